import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hoursLevels } from '../../src/contract/documents/hours-document.ts';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import type {
  RepairDocument,
  RosterChange,
  RosterDocument,
} from '../../src/contract/documents/roster-document.ts';
import { changeRosterRequestSchema, rosterRequestSchema } from '../../src/contract/http/roster-requests.ts';
import { BadInputError, NoAnswerError, UsageError } from '../../src/kernel/errors.ts';
import { failureOf } from '../../src/cli/report-failure.ts';
import { problemDetailsOf } from '../../src/http/problem-details.ts';
import { clockText, minuteOf } from '../../src/kernel/time-window.ts';
import { changeRoster, publishRoster, swapDuties } from '../../src/planning/change-roster.ts';
import { paidHours } from '../../src/rostering/change/standing-roster.ts';
import { makeRoster } from '../../src/planning/make-roster.ts';
import { packOperation, unpackOperation } from '../../src/planning/operation/planned-operation.ts';
import type { Models, Ports } from '../../src/planning/ports.ts';
import { repairRoster } from '../../src/planning/repair-roster.ts';
import { showRoster, showRosterBasis } from '../../src/planning/show-roster.ts';
import {
  feishuShifts,
  rosterCalendar,
  rosterFile,
  rosterHtml,
  weComSchedules,
} from '../../src/render/roster-file.ts';
import { ingestDuties } from '../../src/ingest/kinds/ingest-duties.ts';
import { csv as csvSource, shanghai } from '../support/ingest-options.ts';
import { rosterText, dutyTable, wallRows } from '../../src/render/roster-text.ts';
import { shortageOf } from '../../src/contract/shortages.ts';
import { rosterTargets } from '../../src/render/week-answer.ts';
import { speak } from '../../src/words/speak.ts';
import { hoursOn } from '../../src/web/roster/roster-draft.ts';
import { isLongRun } from '../support/sweep.ts';
import { openCopy } from '../support/test-site.ts';

let ports: Ports;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ ports, close } = await openCopy('plan'));
}, 600_000);
afterAll(() => close());

/** What somebody sets otherwise between two steps. */
interface Otherwise {
  readonly laterMinutes: number;
  readonly longerHours: number;
  readonly leaveShare: number;
  readonly costFactor: number;
  readonly isOneGone: boolean;
}

const otherwise = fc.record<Otherwise>({
  laterMinutes: fc.integer({ min: -6, max: 6 }).map((steps) => steps * 60),
  longerHours: fc.integer({ min: -2, max: 2 }),
  leaveShare: fc.constantFrom(0, 0.05, 0.2),
  costFactor: fc.constantFrom(0.2, 1, 5),
  isOneGone: fc.boolean(),
});

const later = (clock: string, minutes: number): string =>
  clockText((minuteOf(clock) + minutes + 2880) % 1440);

const modelsWith = (models: Models, { laterMinutes, longerHours, ...tiers }: Otherwise): Models => {
  const templates = models.shifts.templates.map((one) => ({
    ...one,
    hours: Math.max(3, one.hours + longerHours),
    earliestStart: later(one.earliestStart, laterMinutes),
    latestStart: later(one.latestStart, laterMinutes),
  }));
  return {
    ...models,
    shifts: { ...models.shifts, templates: tiers.isOneGone ? templates.slice(1) : templates },
    tiers: {
      ...models.tiers,
      tiers: models.tiers.tiers.map((tier, at) => ({
        ...tier,
        costPerHour: at === 0 ? tier.costPerHour * tiers.costFactor : tier.costPerHour,
        queues: tier.queues.map((queue) => ({ ...queue, preference: queue.preference + at })),
        shrinkage: [
          {
            kind: 'leave',
            name: { 'zh-CN': '休假', en: 'Leave' },
            share: tiers.leaveShare,
          },
        ],
      })),
    },
  };
};

let drafts = 0;

/** Another plan of the week, made under other settings, as a later run would store it. */
const planAgain = async (of: PlanDocument, operation: Uint8Array, change: Otherwise): Promise<void> => {
  const planned = unpackOperation(operation, of.id);
  drafts += 1;
  const minutes = 60 * change.longerHours;
  await ports.store.savePlan(
    {
      ...of,
      id: `${of.week}-draft${drafts}`,
      createdAt: new Date(ports.nowMillis + drafts * 60_000).toISOString(),
      shifts: of.shifts
        .filter((_, at) => !change.isOneGone || at % 3 !== 0)
        .map((shift) => ({
          ...shift,
          start: later(shift.start, change.laterMinutes),
          end: later(shift.end, change.laterMinutes + minutes),
          operators: shift.operators * 2,
        })),
    },
    packOperation({ ...planned, models: modelsWith(planned.models, change) }),
  );
};

const duty = ({ operator, date }: { readonly operator: string; readonly date: string }): string =>
  `${operator} ${date}`;

/** Duties that are wanted by day, shift and tier: those that somebody has and those left open. */
const wantedOf = ({ duties, uncovered }: RosterDocument): Map<string, number> => {
  const wanted = new Map<string, number>();
  const add = (date: string, shift: string, tier: string, operators: number): void => {
    const key = `${date} ${shift} ${tier}`;
    wanted.set(key, (wanted.get(key) ?? 0) + operators);
  };
  for (const { date, shift, tier } of duties) add(date, shift, tier, 1);
  for (const { date, shift, tier, operators } of uncovered) add(date, shift, tier, operators);
  return wanted;
};

/** What must hold of a roster after a step that touched these days of people and nothing else. */
const expectUntouched = (
  before: RosterDocument,
  after: RosterDocument,
  touched: RosterChange['moves'],
): void => {
  const moved = new Set(touched.map(duty));
  const dates = new Set(touched.map(({ date }) => date));
  const plansOf = ({ days }: RosterDocument) =>
    days.map(({ date, plan, repeated }) => [date, plan, repeated]);
  expect(plansOf(after)).toEqual(plansOf(before));
  expect(after.projection.map(({ week, plan }) => [week, plan])).toEqual(
    before.projection.map(({ week, plan }) => [week, plan]),
  );
  expect(after.duties.filter((one) => !moved.has(duty(one)))).toEqual(
    before.duties.filter((one) => !moved.has(duty(one))),
  );
  const hours = ({ shifts }: RosterDocument) =>
    shifts.map(({ shift, starts, hours: paid, night }) => [shift, starts, paid, night]);
  expect(hours(after)).toEqual(hours(before));
  const openOn = ({ uncovered }: RosterDocument) =>
    uncovered
      .filter(({ date }) => !dates.has(date))
      .map(({ date, shift, tier, operators }) => `${date} ${shift} ${tier} ${operators}`);
  expect(openOn(after)).toEqual(openOn(before));
};

/** Hours run in one chain from the plan's, which no step touches, to what people have: every step named, and they add up. */
const expectOneChain = (made: RosterDocument, after: RosterDocument): void => {
  const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
  expect(after.chain?.length).toBeGreaterThan(0);
  for (const [at, { week, steps }] of (after.chain ?? []).entries()) {
    const untilDuties = steps.findIndex(({ step: each }) => each === 'unfilled');
    expect(steps.slice(0, untilDuties), week).toEqual(made.chain?.[at]?.steps.slice(0, untilDuties));
    let running = 0;
    for (const [k, { step: each, hours }] of steps.entries()) {
      if (k > 0 && hoursLevels.includes(each)) expect(hours, `${week} ${each}`).toBeCloseTo(running, 6);
      running = k === 0 || hoursLevels.includes(each) ? hours : running + hours;
    }
  }
  const of = (name: string): number =>
    sum(
      (after.chain ?? []).flatMap(({ steps }) =>
        steps.flatMap(({ step: each, hours }) => (each === name ? [hours] : [])),
      ),
    );
  expect(of('rostered')).toBeCloseTo(sum(after.people.map(({ hours }) => hours)), 0);
  expect(-of('unfilled')).toBeCloseTo(sum(after.uncovered.map(({ hours }) => hours)), 6);
};

/** The wall sheet and the rows that go out say the stored times, and every duty starts when its shift may. */
const expectOnTheWall = (roster: RosterDocument): void => {
  const shifts = new Map(roster.shifts.map((one) => [one.shift, one]));
  for (const { shift, start } of roster.duties) expect(shifts.get(shift)?.starts).toContain(start);
  expect(
    dutyTable(roster, 'en')
      .rows.slice(0, roster.duties.length)
      .map((row) => row.slice(3, 5)),
  ).toEqual(roster.duties.map(({ start, end }) => [start, end]));
  const sheet = rosterHtml(roster, 'en');
  for (const { starts } of shifts.values()) expect(sheet).toContain(starts[0]);
};

const stored = async (id: string): Promise<RosterDocument> => {
  const found = await ports.store.roster(id);
  if (found === undefined) throw new Error('the roster is gone');
  return found;
};

/** What a step comes to: refused for a reason of its own it changes nothing. */
const tried = async (work: () => Promise<unknown>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof BadInputError || error instanceof NoAnswerError || error instanceof UsageError))
      throw error;
  }
};

/** How often each hard rule breaks. */
const hardBroken = ({ broken }: RosterDocument): Map<string, number> =>
  new Map(
    [
      ...Map.groupBy(
        broken.filter(({ hard }) => hard),
        ({ rule }) => rule,
      ),
    ].map(([rule, own]) => [rule, own.length] as const),
  );

type Step = readonly ['swap' | 'edit' | 'stand-in' | 'publish' | 'undo', number, number];

const between = fc.record({
  settings: fc.option(otherwise),
  plan: fc.option(otherwise),
  removes: fc.boolean(),
});

const step: fc.Arbitrary<Step> = fc.tuple(
  fc.constantFrom('swap', 'edit', 'stand-in', 'publish', 'undo'),
  fc.nat({ max: 9999 }),
  fc.nat({ max: 9999 }),
);

const carryOut = async (own: Ports, roster: RosterDocument, [kind, one, other]: Step): Promise<unknown> => {
  const first = roster.duties[one % roster.duties.length];
  const second = roster.duties[other % roster.duties.length];
  if (first === undefined || second === undefined) return undefined;
  const places = [first, second].map(({ operator, date }) => ({ operator, date }));
  switch (kind) {
    case 'publish':
      return publishRoster(own, { roster: roster.id, supersede: 'again', breakHardRules: true });
    case 'swap':
      return swapDuties(own, { roster: roster.id, duties: places, carryOut: true, why: 'asked' });
    case 'stand-in':
      return repairRoster(own, {
        roster: roster.id,
        absent: { operator: first.operator, date: first.date },
        take: 1,
        why: 'ill',
        seed: 1,
      });
    default: {
      const last = (await own.store.rosterChanges(roster.id)).at(-1)?.moves ?? [];
      const shift = other % 3 === 0 ? 'off' : second.shift;
      const moves =
        kind === 'undo' && last.length > 0
          ? last.map(({ operator, date, before }) => ({ operator, date, shift: before }))
          : [{ operator: first.operator, date: first.date, shift }];
      return changeRoster(own, changeRosterRequestSchema.parse({ roster: roster.id, moves, why: 'asked' }));
    }
  }
};

describe('a roster keeps the plan that it was made for', () => {
  let made: RosterDocument;
  /** Another draft of what was made. */
  const draftOf = async (id: string): Promise<RosterDocument> => {
    await ports.store.saveRoster({ ...made, id });
    return stored(id);
  };
  beforeAll(async () => {
    const change = { laterMinutes: 120, longerHours: 1, leaveShare: 0.2, costFactor: 5, isOneGone: true };
    const own = { ...ports, models: modelsWith(ports.models, change) };
    made = await makeRoster(own, rosterRequestSchema.parse({ weeks: 1 }));
  }, 600_000);

  test('whatever is set and planned between any two steps, a step touches what it says and nothing else', async () => {
    const plan = (await ports.store.plan(made.days[0]?.plan)) as PlanDocument;
    const operation = (await ports.store.plannedOperation(plan.id)) as Uint8Array;
    const wanted = wantedOf(made);
    const id = made.id;
    let changed = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(between, step), { minLength: 3, maxLength: 5 }), async (steps) => {
        let own = ports;
        await ports.store.savePlan(plan, operation);
        for (const [meanwhile, one] of steps) {
          if (meanwhile.settings !== null)
            own = { ...ports, models: modelsWith(ports.models, meanwhile.settings) };
          if (meanwhile.plan !== null) await planAgain(plan, operation, meanwhile.plan);
          if (meanwhile.removes) await ports.store.removePlan(plan.id);
          else await ports.store.savePlan(plan, operation);
          const before = await stored(id);
          await tried(() => carryOut(own, before, one));
          const after = await stored(id);
          const changes = (await ports.store.rosterChanges(id)).slice(before.revision);
          // Nobody has said that hard rules may break: at no door do they.
          const [hardBefore, hardAfter] = [before, after].map(hardBroken);
          for (const [rule, times] of hardAfter ?? [])
            expect(times, `${rule} by ${one[0]}`).toBeLessThanOrEqual(hardBefore?.get(rule) ?? 0);
          changed += changes.flatMap(({ moves }) => moves).length;
          expectUntouched(
            before,
            after,
            changes.flatMap(({ moves }) => moves),
          );
          expectOnTheWall(after);
          // What is open is what the plan wants less who is there, to the last duty.
          for (const { date, shift, tier, operators } of after.uncovered) {
            const there = after.duties.filter(
              (each) => each.date === date && each.shift === shift && each.tier === tier,
            ).length;
            expect(operators + there).toBe(wanted.get(`${date} ${shift} ${tier}`) ?? 0);
          }
          expectOneChain(made, after);
          const { problem } = await showRosterBasis(own, id);
          expect(problem.shifts.map(({ shift }) => shift)).toEqual(made.shifts.map(({ shift }) => shift));
        }
      }),
      { numRuns: isLongRun ? 20 : 3, seed: 29, endOnFailure: true },
    );
    await ports.store.savePlan(plan, operation);
    expect(changed).toBeGreaterThan(5);
  }, 1_800_000);

  test('who falls ill after an hour keeps that hour, in the hours everywhere, and is offered for nothing that day', async () => {
    const day = 2;
    const before = await stored(made.id);
    const date = before.days[day]?.date ?? '';
    let ill: RosterDocument['duties'][number] | undefined;
    let part: RepairDocument | undefined;
    for (const each of before.duties.filter((one) => one.date === date)) {
      const absent = { operator: each.operator, date, from: later(each.start, 60) };
      const asked = { roster: before.id, absent, seed: 1 };
      part = await repairRoster(ports, asked);
      if (part.candidates[0]?.moves.length !== 1 || part.candidates[0].broken.some(({ hard }) => hard))
        continue;
      ill = each;
      await repairRoster(ports, { ...asked, take: 1, why: 'ill' });
      break;
    }
    if (ill === undefined || part === undefined) throw new Error('nobody can step in');
    const { operator, shift, start, end } = ill;
    const from = later(start, 60);
    const after = await stored(before.id);
    expect(after.duties.some((one) => one.operator === operator && one.date === date)).toBe(false);
    expect(after.absences).toContainEqual({ operator, date, shift, start, end, from, tier: ill.tier });
    const hoursIn = (roster: RosterDocument, who: string | undefined): number =>
      roster.people.find((one) => one.operator === who)?.hours ?? Number.NaN;
    const [standIn] = part.candidates;
    const second = standIn?.moves[0]?.operator;
    const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
    // What became of it is told by the hour.
    expect((await ports.store.rosterChanges(before.id)).at(-1)?.moves).toMatchObject([
      { operator, beforeTimes: `${start}–${end}`, illFrom: from },
      { operator: second, after: shift, afterTimes: `${from}–${end}` },
    ]);
    const kind = after.shifts.find((one) => one.shift === shift);
    // The parts of a duty are paid as the whole is, each without the unpaid breaks that lie in it.
    for (let cut = 60; cut < (kind?.dutyMinutes ?? 0); cut += 60) {
      const at = later(start, cut);
      const parts = [paidHours({ start, end: at }, kind), paidHours({ start: at, end }, kind)];
      expect(sum(parts)).toBeCloseTo(kind?.hours ?? Number.NaN, 6);
      expect(parts[0]).toBeGreaterThan(0);
      expect(parts[0]).toBeLessThanOrEqual(cut / 60);
    }
    const lunch = { hours: 8, dutyMinutes: 540, starts: ['08:00'], unpaid: [{ after: 240, minutes: 60 }] };
    expect(
      [
        ['08:00', '13:00'],
        ['13:00', '17:00'],
        ['08:00', '11:00'],
      ].map(([first = '', last = '']) => paidHours({ start: first, end: last }, lunch)),
    ).toEqual([4, 4, 3]);
    const left = standIn?.hours ?? Number.NaN;
    expect(hoursIn(before, operator) - hoursIn(after, operator)).toBeCloseTo(left, 1);
    expect(hoursIn(after, second) - hoursIn(before, second)).toBeCloseTo(left, 1);
    expect(hoursIn(after, second)).toBeCloseTo(standIn?.standIn?.weekHours ?? Number.NaN, 1);
    // The page's grid, the wall sheet and the chain of hours count the same.
    const rostered = (after.chain ?? [])
      .flatMap(({ steps }) => steps)
      .filter((one) => one.step === 'rostered');
    expect(sum(rostered.map(({ hours }) => hours))).toBeCloseTo(
      sum(after.people.map(({ hours }) => hours)),
      0,
    );
    const wall = wallRows(after, 'en');
    for (const [at, person] of after.people.entries()) {
      const own = new Map(
        after.duties.flatMap((one) =>
          one.operator === person.operator ? [[one.date, one.shift] as const] : [],
        ),
      );
      const options = after.days.map(
        (one) => 1 + after.shifts.findIndex((each) => each.shift === own.get(one.date)),
      );
      expect(hoursOn(after, at, options)).toBeCloseTo(person.hours, 1);
      expect(wall[at]?.hours).toBe(person.hours);
    }
    const at = after.people.findIndex((one) => one.operator === operator);
    expect(wall[at]?.cells[day]).toMatchObject({ start, end: from });
    // What goes out says the hour: rows, which come in again without it, calendars and messengers.
    const csv = new TextDecoder().decode(await rosterFile(after, 'csv', 'en', []));
    const row = csv.split(/\r?\n/).find((line) => line.startsWith(`${operator},${date},`));
    expect(row).toContain(`${start},${from},`);
    expect(row?.endsWith(`,${from}`)).toBe(true);
    const again = await ingestDuties([csvSource(csv)], shanghai);
    expect(again.records.filter((one) => one.shift !== 'off')).toHaveLength(after.duties.length);
    expect(again.records.some((one) => one.operator === operator && one.date === date)).toBe(false);
    const calendar = rosterCalendar(after, 'en', [], operator).replaceAll('\r\n ', '');
    expect(calendar).toContain(`(sick from ${from})`);
    expect(calendar).not.toContain('CANCELLED');
    const number = after.shifts.findIndex((one) => one.shift === shift) + 1;
    const ofDay = weComSchedules(after)
      .calls.flatMap(({ items }) => items)
      .find((one) => one.userid === operator && one.day === Number(date.slice(8)));
    expect(ofDay?.schedule_id).toBe(number);
    expect(feishuShifts(after).ill).toEqual([{ userid: operator, date, start, from, end }]);
    const { problem } = await showRosterBasis(ports, after.id);
    expect(problem.people.find(({ person }) => person === operator)?.unavailable).toContain(day);
    const back = await changeRoster(
      ports,
      changeRosterRequestSchema.parse({
        roster: after.id,
        moves: [
          { operator, date, shift },
          { operator: second, date, shift: 'off' },
        ],
        why: 'not ill',
      }),
    );
    expect(back.absences ?? []).toEqual(
      after.absences?.filter((one) => one.operator !== operator || one.date !== date),
    );
    expect(hoursIn(back, operator)).toBe(hoursIn(before, operator));
  }, 300_000);

  test('no stand-in gives up a duty that is over or under way', async () => {
    const roster = await stored(made.id);
    const date = roster.days[3]?.date ?? '';
    const ill = roster.duties.filter((one) => one.date === date).slice(0, 6);
    /** Beginnings of the duties that stand-ins would give up, as it would be planned then. */
    const givenUp = async (then: string): Promise<string[]> => {
      const atThatTime = { ...ports, nowMillis: Date.parse(`${then}:00+08:00`) };
      const found = await Promise.all(
        ill.map(({ operator }) =>
          repairRoster(atThatTime, { roster: roster.id, absent: { operator, date }, seed: 1 }),
        ),
      );
      const moves = found.flatMap(({ candidates }) => candidates.flatMap((candidate) => candidate.moves));
      return moves.flatMap(({ before, beforeTimes, date: on }) =>
        before === 'off' ? [] : [`${on}T${beforeTimes?.slice(0, 5)}`],
      );
    };
    const early = (await givenUp(`${roster.from}T00:00`)).toSorted();
    expect(early.length).toBeGreaterThan(2);
    const begun = early[Math.floor(early.length / 2)]!;
    expect((await givenUp(begun)).filter((start) => start <= begun)).toEqual([]);
  }, 300_000);

  test('a draft that breaks hard rules is published only where that is said with a reason', async () => {
    const refusal = async (work: () => Promise<unknown>): Promise<unknown> => {
      try {
        return await work();
      } catch (error) {
        if (error instanceof NoAnswerError)
          return error.clashingRules.map((said) => ('code' in said ? said.code : ''));
        if (error instanceof BadInputError) return error.problems.map(({ rule }) => rule);
        throw error;
      }
    };
    const draft = await draftOf('to-publish');
    const roster = draft.id;
    const { operator = '', shift = '', tier } = draft.duties[0] ?? {};
    const alike = draft.duties.filter((one) => one.shift === shift && one.tier === tier);
    const two = [...new Set(alike.map((one) => one.operator))].slice(0, 2);
    // Every day of the week: nobody may.
    const moves = two.flatMap((who) =>
      draft.days.map(({ date }) => ({ operator: who, date, shift, pinned: false })),
    );
    const allTheSame = { breakHardRules: true, why: 'asked' };
    expect(await refusal(() => changeRoster(ports, { roster, moves }))).toEqual(['change-breaks-rules']);
    // Each rule once, with whom it breaks for and how often.
    const rulesIn = (error: unknown) =>
      (
        (error as NoAnswerError).clashingRules[0] as unknown as {
          readonly values: {
            readonly rules: readonly { rule: object; times: number; operators: readonly string[] }[];
          };
        }
      ).values.rules;
    const rules = rulesIn(await changeRoster(ports, { roster, moves }).catch((error: unknown) => error));
    expect(new Set(rules.map(({ rule }) => JSON.stringify(rule))).size).toBe(rules.length);
    expect(rules.flatMap(({ operators }) => operators)).toContain(operator);
    await changeRoster(ports, { roster, moves, ...allTheSame });
    const publish = (said: object) =>
      refusal(() => publishRoster(ports, { roster, supersede: 'anew', ...said }));
    const published = async () => (await ports.store.roster(roster))?.publishedAt;
    expect(await publish({})).toEqual(['publish-breaks-rules']);
    expect(await refusal(() => publishRoster(ports, { roster, breakHardRules: true }))).not.toHaveProperty(
      'publishedAt',
    );
    expect(await published()).toBeNull();
    const thrown: unknown = await publishRoster(ports, { roster, supersede: 'anew' }).catch(
      (error: unknown) => error,
    );
    expect([problemDetailsOf(thrown).status, failureOf(thrown).exitCode]).toEqual([422, 4]);
    const times = rulesIn(thrown).reduce((sum, one) => sum + one.times, 0);
    expect(times).toBe((await stored(roster)).broken.filter(({ hard }) => hard).length);
    expect(times).toBeGreaterThan(rulesIn(thrown).length);
    expect(await publish(allTheSame)).toMatchObject({ document: 'roster-published' });
    expect(await published()).not.toBeNull();
    expect((await ports.store.rosterChanges(roster)).at(-1)).toMatchObject({ why: 'asked', moves: [] });
  }, 300_000);

  test('it says whether the targets hold, the same as its days do, and how much of what is short the plan has', async () => {
    const roster = await draftOf('to-judge');
    const plan = (await ports.store.plan(roster.days[0]?.plan)) as PlanDocument;
    const heldOf = ({ projection }: RosterDocument) => {
      const held = projection[0]?.targets;
      if (held === undefined) throw new Error('the roster says nothing of targets');
      return held;
    };
    const sum = (of: { readonly days: readonly { readonly shortHours: number }[] }): number =>
      of.days.reduce((all, { shortHours }) => all + shortHours, 0);
    const expectAgreed = (document: RosterDocument): void => {
      const held = heldOf(document);
      const lowest = Math.min(...held.days.flatMap(({ connectionRate }) => connectionRate ?? []));
      if (held.missed?.figure === 'connectionRate') expect(lowest).toBe(held.missed.value);
      expect(held.days.every(({ connectionRate = null }) => connectionRate !== null)).toBe(true);
      expect(held.planShortHours).toBeCloseTo(shortageOf(plan).openHours, 6);
      if (held.short !== null) expect(sum(held)).toBeCloseTo(held.short.hours, 6);
      expect(held.days.map(({ date }) => date)).toEqual(document.days.map(({ date }) => date));
      const said = rosterTargets(document);
      const holds = held.unstaffed === null && held.missed === null;
      const english = said === undefined ? '' : speak('en', 'terminal').say(said);
      expect(english.startsWith('Are the targets met? Yes')).toBe(holds);
      expect(english.startsWith('Are the targets met? No')).toBe(!holds);
      expect(rosterText(document, 'en')).toContain(english);
    };
    expectAgreed(roster);
    // Nobody comes on a day: it is the worst, by hours without anybody, and what the other days have stays.
    const date = roster.days[3]?.date ?? '';
    const gone = roster.duties.filter((one) => one.date === date);
    const empty = await changeRoster(
      ports,
      changeRosterRequestSchema.parse({
        roster: roster.id,
        moves: gone.map(({ operator }) => ({ operator, date, shift: 'off' })),
        breakHardRules: true,
        why: 'strike',
      }),
    );
    expectAgreed(empty);
    const [before, after] = [heldOf(roster), heldOf(empty)];
    expect(after.unstaffed).not.toBeNull();
    expect(after.missed?.date).toBe(date);
    expect(sum(after)).toBeGreaterThan(sum(before) + 50);
    expect(after.days[0]?.shortHours).toBeCloseTo(before.days[0]?.shortHours ?? Number.NaN, 6);
  }, 300_000);

  test.runIf(isLongRun)(
    'made again, it keeps who is ill, who stands in and what was exchanged in the published one',
    async () => {
      const { id } = await draftOf('to-make-again');
      await publishRoster(ports, { roster: id, supersede: 'again', breakHardRules: true });
      const first = await stored(id);
      const dates = [first.days[2]?.date, first.days[4]?.date];
      for (const one of first.duties.filter(({ date }) => date === dates[0])) {
        const absent = { operator: one.operator, date: one.date, from: later(one.start, 60) };
        await tried(() => repairRoster(ports, { roster: id, absent, take: 1, why: 'ill', seed: 1 }));
        if ((await stored(id)).absences?.length !== first.absences?.length) break;
      }
      const onDay = first.duties.filter(({ date }) => date === dates[1]);
      const pairs = onDay.flatMap((one) =>
        onDay.flatMap((other) => (one.shift < other.shift ? [[one, other]] : [])),
      );
      for (const pair of pairs) {
        if ((await ports.store.rosterChanges(id)).some(({ why }) => why === 'asked')) break;
        const places = pair.map(({ operator, date }) => ({ operator, date }));
        await tried(() => swapDuties(ports, { roster: id, duties: places, carryOut: true, why: 'asked' }));
      }
      const standing = await stored(id);
      const moves = (await ports.store.rosterChanges(id)).flatMap((change) => change.moves);
      expect(moves.length).toBeGreaterThan(3);
      expect(standing.absences).toHaveLength(1 + (first.absences?.length ?? 0));
      const again = await makeRoster(ports, rosterRequestSchema.parse({ weeks: 1, seed: 5, effort: 1 }));
      expect(again.id).not.toBe(id);
      expect(again.absences).toEqual(standing.absences);
      const on = (roster: RosterDocument, move: (typeof moves)[number]) =>
        roster.duties
          .filter((one) => duty(one) === duty(move))
          .map(({ shift, start, end, tier }) => [shift, start, end, tier]);
      // A day that would break a hard rule of the person is free again, and said.
      const notice = again.notices.find((said) => 'code' in said && said.code === 'carried-over');
      const { lost = [] } =
        (notice as { values?: { lost?: { operator: string; date: string }[] } }).values ?? {};
      const keptMoves = moves.filter((move) => lost.every((day) => duty(day) !== duty(move)));
      expect(keptMoves.length).toBeGreaterThan(1);
      for (const move of keptMoves) expect(on(again, move), duty(move)).toEqual(on(standing, move));
      // What somebody asks for themselves comes before it.
      const [freed] = moves.filter(({ after }) => after !== 'off');
      const { operator = '', date = '' } = freed ?? {};
      const pins = [{ operator, date, shift: 'off' }];
      const pinned = await makeRoster(
        ports,
        rosterRequestSchema.parse({ weeks: 1, seed: 5, effort: 1, pins }),
      );
      expect(pinned.duties.filter((one) => duty(one) === `${operator} ${date}`)).toEqual([]);
    },
    300_000,
  );

  test('it says which duties of the plan that stands by now it lacks, and is judged by that plan as well', async () => {
    const shown = await showRoster(ports, made.from);
    expect(shown.replanned).toBeUndefined();
    expect((await showRosterBasis(ports, shown.id)).projection).toBeUndefined();
    const plan = (await ports.store.plan(made.days[0]?.plan)) as PlanDocument;
    const operation = (await ports.store.plannedOperation(plan.id)) as Uint8Array;
    await planAgain(plan, operation, {
      laterMinutes: 0,
      longerHours: 0,
      leaveShare: 0,
      costFactor: 1,
      isOneGone: false,
    });
    const standing = (await ports.store.planOfWeek(plan.week)) as PlanDocument;
    expect(standing.id).not.toBe(plan.id);
    const stale = await showRoster(ports, made.from);
    expect(stale.replanned?.map(({ date, plan: id }) => [date, id])).toEqual(
      stale.days.map(({ date }) => [date, standing.id]),
    );
    for (const { date, wanted, lacks } of stale.replanned ?? []) {
      const planned = standing.shifts.filter((one) => one.date === date);
      expect(wanted).toBe(planned.reduce((sum, { operators }) => sum + operators, 0));
      expect(lacks).toBeGreaterThanOrEqual(wanted - stale.duties.filter((one) => one.date === date).length);
    }
    const basis = await showRosterBasis(ports, stale.id);
    expect(basis.projection?.map((one) => one.plan)).toEqual([standing.id]);
    const said = speak('en', 'terminal').say(
      rosterTargets({ ...stale, projection: basis.projection ?? [] })!,
    );
    expect(said).toContain(`Judged by plan ${standing.id} (`);
    await ports.store.removePlan(standing.id);
    expect((await showRoster(ports, made.from)).replanned).toBeUndefined();
  }, 300_000);

  test('made after the settings changed, it has the times of the plan that it is made for', async () => {
    const plan = (await ports.store.plan(made.days[0]?.plan)) as PlanDocument;
    const times = new Set(plan.shifts.map(({ start, end }) => `${start} ${end.replace('24:00', '00:00')}`));
    for (const { start, end } of made.duties) expect(times).toContain(`${start} ${end}`);
    const planned = (tier: string): number =>
      plan.shifts.reduce((sum, shift) => (shift.tier === tier ? sum + shift.operators : sum), 0);
    const wanted = [...wantedOf(made)];
    // Leave is known by name: the plan's own share for it is taken off, not the one that was set afterwards.
    for (const { tier } of made.tiers) {
      const own = wanted.reduce((sum, [key, n]) => (key.endsWith(` ${tier}`) ? sum + n : sum), 0);
      expect(own).toBeLessThanOrEqual(planned(tier));
      expect(own).toBeGreaterThan(0.85 * planned(tier));
    }
  });
});
