import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hotlineSchema } from '../../src/contract/models/hotline-model.ts';
import { promptsSchema } from '../../src/contract/models/prompts-model.ts';
import { targetsSchema } from '../../src/contract/models/targets-model.ts';
import { tiersSchema } from '../../src/contract/models/tiers-model.ts';
import { clockText, spansOfDay, type WeekdayHours } from '../../src/kernel/time-window.ts';
import { barsOfDay, nextSpan, sameHours, withDay } from '../../src/web/settings/hours/hours-panel.tsx';
import { fractionOf, percentOf } from '../../src/web/settings/use-models.ts';
import {
  addQueue,
  likeData,
  removeQueue,
  renameQueue,
  servedBy,
  unlistedOf,
} from '../../src/web/settings/queues/queues-panel.tsx';
import { queueTarget } from '../../src/web/settings/targets/targets-panel.tsx';

type Line = Parameters<typeof addQueue>[0];

const model = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../models/${name}.json`, import.meta.url), 'utf8'));
const line = {
  hotline: model('hotline'),
  tiers: model('tiers'),
  targets: { ...(model('targets') as object), queues: { general: { connectionRate: 0.95 } } },
  prompts: model('prompts'),
} as unknown as Line;

/** Whether every model of a line is one that its schema takes. */
const fitsSchemas = ({ hotline, tiers, targets, prompts }: Line): boolean =>
  hotlineSchema.safeParse(hotline).success &&
  tiersSchema.safeParse(tiers).success &&
  targetsSchema.safeParse(targets).success &&
  promptsSchema.safeParse(prompts).success;

/** Where a line names a queue, as text. */
const names = (of: Line, queue: string): number => JSON.stringify(of).split(`"${queue}"`).length - 1;

const clock = fc.integer({ min: 0, max: 1440 }).map(clockText);
const span = fc.record({ from: clock, to: clock });
const day: fc.Arbitrary<WeekdayHours> = fc.oneof(
  fc.constant(null),
  span,
  fc.array(span, { minLength: 1, maxLength: 3 }),
);
const week = fc.array(day, { minLength: 7, maxLength: 7 });

describe('opening hours of a week', () => {
  test('a day written anew leaves the others as they were, and is what was written', () => {
    fc.assert(
      fc.property(week, fc.nat(6), fc.array(span, { maxLength: 3 }), (hours, at, spans) => {
        const written = withDay(hours, at, spans);
        expect(spansOfDay(written[at])).toEqual(spans);
        expect(written.filter((_, i) => i !== at)).toEqual(hours.filter((_, i) => i !== at));
        const read = hotlineSchema.shape.openingHours.safeParse(written);
        expect(read.success && read.data).toEqual(written);
        const [own] = hours;
        expect(spansOfDay(withDay(hours, 0, spansOfDay(own))[0])).toEqual(spansOfDay(own));
      }),
    );
  });

  test('bars stand where the line is open; hours are added after those there are', () => {
    expect(
      barsOfDay([
        { from: '08:00', to: '12:00' },
        { from: '22:00', to: '06:00' },
      ]),
    ).toEqual([
      { from: 480, to: 720 },
      { from: 1320, to: 1440 },
    ]);
    expect([barsOfDay(null), barsOfDay({ from: '8:', to: '12:00' })]).toEqual([[], []]);
    expect(nextSpan([])).toEqual({ from: '09:00', to: '17:00' });
    expect(nextSpan([{ from: '08:00', to: '12:00' }])).toEqual({ from: '12:00', to: '22:00' });
    const hours: readonly WeekdayHours[] = [
      { from: '08:00', to: '12:00' },
      null,
      null,
      null,
      null,
      null,
      null,
    ];
    expect(sameHours(hours, 0, [1, 4]).map((each) => each !== null)).toEqual([
      true,
      true,
      false,
      false,
      true,
      false,
      false,
    ]);
  });
});

describe('queues', () => {
  test('one seen in the data is added like the first, answered by the first tier', () => {
    const traffic = [{ queue: 'general' }, { queue: '投诉' }];
    expect(unlistedOf(traffic, line.hotline)).toEqual(['投诉']);
    const own = likeData(line, [{ queue: '市民热线' }]);
    expect(own.hotline.queues.map(({ queue }) => queue)).toEqual(['市民热线']);
    expect([own.targets.queues, fitsSchemas(own)]).toEqual([{}, true]);
    expect(own.tiers.tiers.flatMap(({ queues }) => queues.map(({ queue }) => queue))).toEqual(['市民热线']);
    for (const { queue } of line.hotline.queues)
      expect(names({ ...own, tiers: { ...own.tiers, tiers: [] } }, queue)).toBe(0);
    expect(likeData(line, [])).toEqual(line);
    const added = addQueue(line, '投诉');
    expect(unlistedOf(traffic, added.hotline)).toEqual([]);
    expect(added.tiers.tiers[0]?.queues.at(-1)).toEqual({ queue: '投诉', preference: 1 });
    expect(added.hotline.queues.at(-1)).toMatchObject({ queue: '投诉', name: { 'zh-CN': '投诉' } });
    expect(fitsSchemas(added)).toBe(true);
  });

  test('one is renamed wherever it is named, and back again; one is removed everywhere', () => {
    const queues = line.hotline.queues.map(({ queue }) => queue);
    for (const queue of queues) {
      const renamed = renameQueue(line, queue, '新的');
      expect(fitsSchemas(renamed)).toBe(true);
      expect(renameQueue(renamed, '新的', queue)).toEqual(line);
      const removed = removeQueue(line, queue);
      expect(removed.tiers.tiers.some((tier) => tier.queues.some((route) => route.queue === queue))).toBe(
        false,
      );
      expect(removed.hotline.queues).toHaveLength(queues.length - 1);
    }
    expect(names(line, 'general')).toBeGreaterThan(5);
    // Tiers keep a key of their own.
    expect(renameQueue(line, 'general', '新的').tiers.tiers[0]?.tier).toBe('general');
    expect(removeQueue(line, 'general').targets.queues).toEqual({});
  });

  test('a tier answers a queue as its first, second … choice, or not at all', () => {
    const of = (tiers: Line['tiers']): number | undefined =>
      tiers.tiers[1]?.queues.find(({ queue }) => queue === 'move-car')?.preference;
    const second = servedBy(line.tiers, 1, 'move-car', 2);
    expect([of(line.tiers), of(second), of(servedBy(second, 1, 'move-car', 1))]).toEqual([undefined, 2, 1]);
    expect(servedBy(second, 1, 'move-car', null)).toEqual(line.tiers);
  });
});

test('targets of single queues are set, and gone with their last rate', () => {
  const set = queueTarget({ a: { serviceLevel: null } }, 'b', 'connectionRate', 0.95);
  expect(set).toEqual({ a: { serviceLevel: null }, b: { connectionRate: 0.95 } });
  expect(queueTarget(set, 'b', 'connectionRate', undefined)).toEqual({ a: { serviceLevel: null } });
  expect(queueTarget(set, 'a', 'connectionRate', 0.9).a).toEqual({ serviceLevel: null, connectionRate: 0.9 });
});

test('any percent with up to four decimals is a fraction and back without dust', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000, max: 10_000_000 }), (tenThousandths) => {
      const percent = tenThousandths / 1e4;
      expect(percentOf(fractionOf(percent))).toBe(percent);
    }),
  );
});
