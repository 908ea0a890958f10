import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { checkPairs, mendPair, oddChanges, pairsAmong } from '../../src/contract/models/check-pairs.ts';
import { modelDocuments } from '../../src/contract/models/model-schemas.ts';
import { layOutShifts } from '../../src/scheduling/shift-grid.ts';
import { clockText } from '../../src/kernel/time-window.ts';

const folder = join(import.meta.dirname, '../../models');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.json') && !file.startsWith('presets'),
);

type Part = Record<string, unknown>;

/** Every part that a schema describes: its fields with what each takes. */
const describedParts = (shape: unknown): Record<string, Part>[] => {
  if (typeof shape !== 'object' || shape === null) return [];
  const { properties } = shape as { properties?: Record<string, Part> };
  return [
    ...(properties === undefined ? [] : [properties]),
    ...Object.values(shape).flatMap((each) => describedParts(each)),
  ];
};
const described = Object.entries(modelDocuments).flatMap(([model, schema]) =>
  describedParts(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' })).map(
    (fields) => ({ model, fields }),
  ),
);

/** Fields named like an end that are none of a pair, each with why. */
const alone = new Map([
  ['leastMinutes', 'of overtime: the shortest block, to which there is no longest'],
  ['largestShare', 'a limit to which there is no least'],
  ['latestMinutes', 'how much later a shift may start, to which there is no earliest'],
  ['longestWaitSeconds', 'of a monitor: how long it waits'],
  ['leastOwnShare', 'of a tier: to which there is no most'],
  ['minimumOperators', 'fewest that are there, to which there is no most'],
  ['minimumPresence', 'a list of hours'],
  ['minimumPerStart', 'to which there is no most'],
  ['minimumOnMinutes', 'with the next: refused by the rules of prompts, in words that say which clash'],
  ['maximumOnMinutesPerDay', 'see above'],
  ['largestDivertedShare', 'a limit to which there is no least'],
  ['occupancyMax', 'a limit to which there is no least'],
  ['mostOccupancy', 'a limit to which there is no least'],
  ['nightStartsFrom', 'an hour'],
  ['toQueue', 'a queue'],
  ['offeredTo', 'callers'],
  ['scorecard: from', 'where the figure of an indicator comes from'],
]);
const endWords =
  /^(?:least|most|fewest|smallest|largest|shortest|longest|min|max|minimum|maximum|low|high|lowest|highest|earliest|latest|from|to|until|severe|zero|full)$/;
const isNamedAsEnd = (field: string): boolean =>
  field.split(/(?=[A-Z])/).some((word) => endWords.test(word.toLowerCase()));

/** Every object of a document. */
const partsOf = (value: unknown): Part[] =>
  typeof value !== 'object' || value === null
    ? []
    : [...(Array.isArray(value) ? [] : [value as Part]), ...Object.values(value).flatMap(partsOf)];

/** A number or a time of day. */
const isEnd = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && /^\d\d:\d\d$/.test(value));

describe('pairs of a model', () => {
  test('every field of every model that is named like an end has its other end, or a reason to have none', () => {
    const without = described.flatMap(({ model, fields }) => {
      const paired = new Set(pairsAmong(Object.keys(fields)).flat());
      return Object.keys(fields)
        .filter((field) => isNamedAsEnd(field) && !paired.has(field))
        .map((field) => (field === 'from' ? `${model}: ${field}` : field));
    });
    expect([...new Set(without)].toSorted()).toEqual([...alone.keys()].toSorted());
  });

  test('every pair that a schema describes is questioned the wrong way round, one that is added tomorrow too', () => {
    const found = new Set<string>();
    for (const fields of [...described.map((each) => each.fields), { fewestCalls: {}, mostCalls: {} }]) {
      for (const [low, high] of pairsAmong(Object.keys(fields))) {
        found.add(`${low} ${high}`);
        const clock = typeof fields[low]?.['pattern'] === 'string';
        const [more, less] = clock ? ['21:00', '20:00'] : [2, 1];
        const { problems } = checkPairs({ parts: [{ [low]: more, [high]: less }] }, undefined);
        expect(problems, `${low} ${high}`).toMatchObject([{ path: `parts.0.${high}` }]);
        expect(checkPairs({ parts: [{ [low]: less, [high]: more }] }, undefined).problems).toEqual([]);
      }
    }
    expect([...found].toSorted()).toEqual(
      [
        'earliestHours latestHours',
        'earliestStart latestStart',
        'fewestCalls mostCalls',
        'from to',
        'fullSeconds zeroSeconds',
        'least most',
        'underPerHour severeUnderPerHour',
        'warmFrom hotFrom',
      ].toSorted(),
    );
  });

  test.each(files)(
    '%s: as it is it is kept, and every pair of it the other way round is questioned',
    (file) => {
      const document = JSON.parse(readFileSync(join(folder, file), 'utf8')) as unknown;
      expect(checkPairs(document, undefined)).toEqual({ document, problems: [] });
      const pairs = new Map(
        partsOf(document).flatMap((part) =>
          pairsAmong(Object.keys(part)).map((pair) => [pair.join(' '), pair] as const),
        ),
      );
      for (const [low, high] of pairs.values()) {
        const swapped = structuredClone(document);
        // A night that is written so is a day when it is turned round: that may be meant.
        const own = partsOf(swapped).filter(
          (part) =>
            isEnd(part[low]) && isEnd(part[high]) && low in part && high in part && part[low]! < part[high]!,
        );
        for (const part of own) [part[low], part[high]] = [part[high], part[low]];
        const { problems } = checkPairs(swapped, document);
        expect(problems).toHaveLength(own.length);
        for (const { path, value, rule } of problems) {
          expect(path).toMatch(new RegExp(`${high}$`));
          expect(value).toBeDefined();
          expect(['pair-reversed', 'window-reversed']).toContain(rule);
        }
      }
    },
  );

  test('the end that nobody touched can be moved along, and nothing is left to question', () => {
    const clock = (hour: number): string => clockText(hour * 60);
    fc.assert(
      fc.property(
        fc.constantFrom('clock', 'number'),
        fc.tuple(fc.nat(11), fc.nat(11)).filter(([a, b]) => a !== b),
        fc.boolean(),
        (kind, [one, other], isHighTyped) => {
          const of = (value: number): unknown => (kind === 'clock' ? clock(12 + value) : value);
          const [less, more] = [Math.min(one, other), Math.max(one, other)];
          // What stands is in order; one end of it is typed beyond the other by all the way there is.
          const stood = { least: of(less), most: of(more) };
          const typed = isHighTyped ? { ...stood, most: 0 } : { ...stood, least: 99 };
          const document = kind === 'clock' ? { earliestStart: '21:00', latestStart: '20:00' } : typed;
          const standing =
            kind === 'clock'
              ? isHighTyped
                ? { earliestStart: '21:00', latestStart: '22:00' }
                : { earliestStart: '19:00', latestStart: '20:00' }
              : { least: stood.least, most: stood.most };
          const { problems } = checkPairs({ parts: [document] }, { parts: [standing] });
          if (kind === 'number' && problems.length === 0) return;
          expect(problems).toHaveLength(1);
          const mended = mendPair({ parts: [document] }, { parts: [standing] }, problems[0]!);
          expect(mended?.other).toBe(isHighTyped ? mended?.low : mended?.high);
          expect(checkPairs(mended?.document, { parts: [standing] }).problems).toEqual([]);
        },
      ),
    );
  });

  test('a window past midnight is a night, is written as such, stood there before, or is questioned', () => {
    const minute = fc.integer({ min: 0, max: 47 }).map((half) => half * 30);
    fc.assert(
      fc.property(minute, minute, (from, to) => {
        const window = { earliestStart: clockText(from), latestStart: clockText(to) };
        const hours = (to - from) / 60;
        const isQuestioned = hours < 0 && hours + 24 > 12;
        const asked = checkPairs({ templates: [window] }, { templates: [] });
        expect(asked.problems).toHaveLength(isQuestioned ? 1 : 0);
        expect(checkPairs({ templates: [window] }, { templates: [window] }).problems).toEqual([]);
        if (hours >= 0 || to === 0) return;
        const asSuch = { ...window, latestStart: clockText(to + 1440) };
        expect(checkPairs({ templates: [asSuch] }, undefined)).toEqual({
          document: { templates: [window] },
          problems: [],
        });
      }),
    );
  });

  test('a break that ends after its shift, or begins before those before it end, is questioned; what stands is let be', () => {
    const pause = (minutes: number, earliestHours: number, latestHours: number) => ({
      minutes,
      earliestHours,
      latestHours,
    });
    const found = (hours: number, ...breaks: ReturnType<typeof pause>[]) =>
      checkPairs({ templates: [{ hours, breaks }] }, undefined).problems.map(({ rule, path }) => [
        rule,
        path,
      ]);
    const at = (break_: number, field: string): string => `templates.0.breaks.${break_}.${field}`;
    const night = [pause(60, 3.5, 5.5), pause(15, 7, 8)];
    expect(found(9, ...night)).toEqual([]);
    expect(found(4, ...night)).toEqual([
      ['break-beyond-shift', at(0, 'earliestHours')],
      ['break-beyond-shift', at(1, 'earliestHours')],
    ]);
    expect(found(5, pause(60, 3.5, 5.5))).toEqual([['break-beyond-shift', at(0, 'latestHours')]]);
    expect(found(1, pause(60, 0, 0))).toEqual([['break-beyond-shift', at(0, 'minutes')]]);
    expect(found(8, pause(30, 2.25, 2.25), pause(60, 1.5, 2))).toEqual([
      ['break-overtaken', at(0, 'latestHours')],
    ]);
    const standing = { templates: [{ hours: 4, breaks: night }] };
    expect(checkPairs(standing, standing).problems).toEqual([]);
  });

  test('breaks that are let through are all laid out, each within its window and the shift', () => {
    const quarters = (most: number) => fc.nat(most).map((n) => n / 4);
    fc.assert(
      fc.property(
        quarters(40).filter((hours) => hours > 0),
        fc.array(
          fc.record({
            minutes: fc.constantFrom(15, 30, 45, 60),
            earliestHours: quarters(40),
            latestHours: quarters(40),
            paid: fc.boolean(),
          }),
          { maxLength: 3 },
        ),
        (hours, breaks) => {
          fc.pre(checkPairs({ hours, breaks }, undefined).problems.length === 0);
          const template = {
            template: 'one',
            name: { 'zh-CN': '甲', en: 'One' },
            hours,
            earliestStart: '08:00',
            latestStart: '08:00',
            startEveryMinutes: 15,
            breaks,
            costFactor: 1,
          };
          const { templates } = layOutShifts(
            { zone: 'Asia/Shanghai', startMillis: 0, intervalMinutes: 15, count: 96 },
            {
              templates: [template],
              prices: { underPerHour: 1, severeUnderPerHour: 1, mildUnderShare: 0, overPerHour: 0 },
              minimumPerStart: 1,
            },
          );
          const laid = templates[0]?.breaks ?? [];
          expect(laid).toHaveLength(breaks.length);
          const ordered = breaks.toSorted((a, b) => a.earliestHours - b.earliestHours);
          for (const [k, { earliest, latest, lengthSlots }] of laid.entries()) {
            expect(earliest).toBeGreaterThanOrEqual(4 * (ordered[k]?.earliestHours ?? 0));
            expect(latest).toBeLessThanOrEqual(4 * (ordered[k]?.latestHours ?? 0));
            expect(latest + lengthSlots).toBeLessThanOrEqual(4 * hours);
          }
        },
      ),
    );
  });
});

describe('figures that look mistyped', () => {
  const targets = {
    connectionRate: 0.95,
    serviceLevel: 0.8,
    rollingConnectionRate: null,
    minimumOperators: 2,
    queues: {},
  };
  const odd = (change: Part): string[] =>
    oddChanges(targets, { ...targets, ...change }).map(({ path }) => path.join('.'));

  test('a target half typed or far from what it was is asked for, one that moves within reason is not', () => {
    expect(odd({ connectionRate: 0.09 })).toEqual(['connectionRate']);
    expect(odd({ serviceLevel: 0.4, rollingConnectionRate: 0.09 })).toEqual([
      'serviceLevel',
      'rollingConnectionRate',
    ]);
    expect(odd({ minimumOperators: 20 })).toEqual(['minimumOperators']);
    expect(
      odd({ connectionRate: 0.85, serviceLevel: null, rollingConnectionRate: 0.95, minimumOperators: 4 }),
    ).toEqual([]);
    expect(odd({})).toEqual([]);
  });

  test('what is halved, five times as much or a fifth is found wherever it stands, and nothing else', () => {
    const figure = fc.double({ min: 0.01, max: 100, noNaN: true });
    fc.assert(
      fc.property(figure, figure, (before, after) => {
        const far = before !== after && (after / before >= 5 || after / before <= 1 / 5);
        for (const of of [(seconds: number) => ({ part: { seconds } }), (seconds: number) => [[{ seconds }]]])
          expect(oddChanges(of(before), of(after)).length > 0).toBe(far);
      }),
    );
  });
});
