import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RosterDocument } from '../../src/contract/documents/roster-document.ts';
import { changeRosterRequestSchema } from '../../src/contract/http/roster-requests.ts';
import { BadInputError, UsageError } from '../../src/kernel/errors.ts';
import { valueAt } from '../../src/kernel/value-at.ts';
import { changeRoster, publishRoster, swapDuties } from '../../src/planning/change-roster.ts';
import type { Ports } from '../../src/planning/ports.ts';
import { repairRoster } from '../../src/planning/repair-roster.ts';
import { findRoster } from '../../src/planning/roster/open-roster.ts';
import { changeThatTook, takeBack } from '../../src/rostering/change/standing-roster.ts';
import { localUser } from '../../src/store/audit-log.ts';
import { openPorts } from '../support/demo-workspace.ts';
import { actedDay, layRosteredLine } from '../support/rostered-line.ts';
import { isLongRun } from '../support/sweep.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();
let ports: Ports;
let close: () => Promise<void>;
const roster = 'roster-acted';

beforeAll(async () => {
  await layRosteredLine(join(folder, 'line'), 3);
  ({ ports, close } = await openPorts(join(folder, 'line'), {
    nowMillis: Date.parse(`${actedDay}T12:00:00+08:00`),
  }));
});
afterAll(() => close());

const standing = () => findRoster(ports, { id: roster });
const lastChange = async () =>
  valueAt(await ports.store.rosterChanges(roster), -1 + (await standing()).revision);
const all = { breakHardRules: true, why: 'not ill after all', by: 'Lin' } as const;
const change = (moves: object[], more: object = {}) =>
  changeRoster(ports, changeRosterRequestSchema.parse({ roster, moves, ...all, ...more }));
const fallIll = async (date: string, from?: string, take = 1) => {
  const duty = valueAt(
    (await standing()).duties.filter((one) => one.date === date),
    0,
  );
  const absent = { operator: duty.operator, date, ...(from === undefined ? {} : { from }) };
  await repairRoster(ports, { roster, absent, take, seed: 1, ...all });
  return { duty, illness: await lastChange() };
};

test.each([
  ['the whole day', '2026-11-26', undefined, 1],
  ['the rest of it', '2026-11-25', '10:00', 1],
  ['a day for which nobody steps in', '2026-11-27', undefined, 0],
])(
  'an illness of %s is taken back whole: everybody has the days they had, in one change',
  async (_, date, from, take) => {
    const before = await standing();
    const { illness } = await fallIll(date, from, take);
    const ill = await standing();
    expect(ill.absences).toHaveLength(1);
    if (take === 0) expect(illness.moves).toHaveLength(1);
    const { moves, left } = takeBack(ill, illness);
    expect(left).toEqual([]);
    const after = await change(moves, { takesBack: ill.revision });
    expect(after.duties).toEqual(before.duties);
    expect(after.absences ?? []).toEqual([]);
    expect(after.revision).toBe(ill.revision + 1);
    expect(await lastChange()).toMatchObject({ why: all.why, by: 'Lin' });
  },
);

test('what somebody changed since stays, and is told; what stands is put back', async () => {
  const { duty, illness } = await fallIll('2026-11-27');
  const stepsIn = valueAt(illness.moves, 1);
  const moved = stepsIn.after === 'day' ? 'late' : 'day';
  const since = await change([{ operator: stepsIn.operator, date: stepsIn.date, shift: moved }]);
  const { moves, left } = takeBack(since, illness);
  expect(left).toEqual([stepsIn]);
  const after = await change(moves);
  const on = (operator: string) =>
    after.duties.find((one) => one.operator === operator && one.date === '2026-11-27');
  expect(on(duty.operator)).toEqual(duty);
  expect(on(stepsIn.operator)?.shift).toBe(moved);
});

test('whoever stepped in keeps the duty where that is asked for: nobody is ill any more, nor on two days', async () => {
  const { duty } = await fallIll('2026-11-28');
  const ill = await standing();
  const day = { operator: duty.operator, date: duty.date, shift: 'off' };
  const unpinned = await change([day]);
  expect(unpinned.absences).toEqual(ill.absences);
  const after = await change([{ ...day, notIll: true }]);
  expect(after.absences ?? []).toEqual([]);
  expect(after.duties).toEqual(ill.duties);
});

test('what took the duty of who is ill is found, though their illness was put back since', async () => {
  const { duty, illness } = await fallIll('2026-11-24');
  const ill = await standing();
  await change([{ operator: duty.operator, date: duty.date, shift: 'off', notIll: true }]);
  const { revision } = await standing();
  await changeRoster(ports, changeRosterRequestSchema.parse({ roster, takesBack: revision, ...all }));
  const after = await standing();
  expect(after.absences).toEqual(ill.absences);
  const changes = await ports.store.rosterChanges(roster);
  const absence = valueAt(
    (after.absences ?? []).filter(({ date }) => date === duty.date),
    0,
  );
  expect(changes[changeThatTook(changes, absence)]).toEqual(illness);
});

test('a change that is not there, and neither days nor a change, are refused by name', async () => {
  const { revision } = await standing();
  const refused = (more: object) =>
    changeRoster(ports, changeRosterRequestSchema.parse({ roster, ...all, ...more }));
  await expect(refused({ takesBack: revision + 1 })).rejects.toThrow('no-such-change');
  await expect(refused({})).rejects.toThrow('neither-days-nor-change');
});

test('who worked until they fell ill keeps these hours where another keeps the rest', async () => {
  const { duty } = await fallIll('2026-11-29', '10:00');
  const ill = await standing();
  const after = await change([{ operator: duty.operator, date: duty.date, shift: 'off', notIll: true }]);
  const worked = { ...duty, end: '10:00' };
  expect(after.duties).toHaveLength(ill.duties.length + 1);
  expect(after.duties).toEqual(expect.arrayContaining([...ill.duties, worked]));
});

/** A roster whose first two early duties of a day have these hours, the first one pinned. */
const layHours = async (id: string, hours: readonly (readonly [string, string])[]) => {
  const { duties: standard, ...rest } = await standing();
  const early = standard.filter(({ date, shift }) => date === '2026-11-25' && shift === 'early');
  const duties = standard.map((duty) => {
    const [start, end] = hours[early.indexOf(duty)] ?? [duty.start, duty.end];
    return { ...duty, start, end, pinned: duty === early[0] };
  });
  await ports.store.saveRoster({ ...rest, id, duties });
  return { ...valueAt(early, 0), before: (await findRoster(ports, { id })).duties };
};

test.each([
  [
    'regular hours beside longer ones',
    [
      ['06:00', '14:00'],
      ['06:00', '16:00'],
    ],
  ],
  [
    'longer hours beside regular ones',
    [
      ['06:00', '16:00'],
      ['06:00', '14:00'],
    ],
  ],
  ['part of a duty', [['08:00', '14:00']]],
] as const)('%s, moved away and taken back, are the very hours, pinned as they were', async (name, hours) => {
  const id = `roster-${name}`;
  const { operator, date, before } = await layHours(id, hours);
  const moved = await change([{ operator, date, shift: 'late' }], { roster: id });
  const made = valueAt(await ports.store.rosterChanges(id), 0);
  const { moves, left } = takeBack(moved, made);
  expect(left).toEqual([]);
  const after = await change(moves, { roster: id, takesBack: 1 });
  expect(after.duties).toEqual(before);
});

test('an exchange of duties that differ in their end alone is taken back', async () => {
  const { operator, date, before } = await layHours('roster-ends', [
    ['06:00', '14:00'],
    ['06:00', '16:00'],
  ]);
  const other = before.find((duty) => duty.date === date && duty.end === '16:00')?.operator ?? '';
  const places = [operator, other].map((one) => ({ operator: one, date }));
  await swapDuties(ports, { ...all, roster: 'roster-ends', duties: places, carryOut: true });
  const made = valueAt(await ports.store.rosterChanges('roster-ends'), 0);
  const older = { moves: made.moves.map(({ beforeTier: _tier, ...move }) => move) };
  const swapped = await findRoster(ports, { id: 'roster-ends' });
  expect(takeBack(swapped, older)).toMatchObject({ back: [], left: older.moves });
  const after = await change(takeBack(swapped, made).moves, { roster: 'roster-ends', takesBack: 1 });
  expect(after.duties).toEqual(before);
});

test('an illness since a day off was given is not undone with it', async () => {
  const day = { operator: 'P1', date: '2026-11-26' };
  const absences = [{ ...day, shift: 'early', start: '06:00', end: '14:00', tier: 'all', from: '06:00' }];
  const given = { moves: [{ ...day, before: 'early', after: 'off', beforeTimes: '06:00–14:00' }] };
  expect(takeBack({ duties: [], absences }, given)).toMatchObject({ moves: [], left: given.moves });
});

test('a change that was undone and made again is taken back once, from the change that stands', () => {
  const day = { operator: 'P1', date: '2026-11-26' };
  const own = { ...day, start: '06:00', end: '14:00', tier: 'all', pinned: false };
  const there = { before: 'early', after: 'late', beforeTimes: '06:00–14:00', afterTimes: '14:00–22:00' };
  const back = { before: 'late', after: 'early', beforeTimes: '14:00–22:00', afterTimes: '06:00–14:00' };
  const tiers = { beforeTier: 'all', afterTier: 'all' };
  const [made, undone] = [there, back].map((each) => ({ moves: [{ ...day, ...each, ...tiers }] }));
  const changes = [made, undone, made].flatMap((change) => change ?? []);
  const document = { duties: [{ ...own, shift: 'late', start: '14:00', end: '22:00' }] };
  const offered = changes.map(
    (change, at) => takeBack(document, change, changes.slice(at + 1)).moves.length > 0,
  );
  expect(offered).toEqual([false, false, true]);
});

test('a published roster changes only with a reason, by exchange and by stand-in as by hand', async () => {
  const before = await standing();
  const [one, other] = before.duties.filter(({ date }) => date === '2026-11-27');
  const places = [one, other].map((duty) => ({ operator: duty?.operator ?? '', date: '2026-11-27' }));
  const absent = valueAt(places, 0);
  const agreed = { roster, breakHardRules: true };
  const moves = [{ ...absent, shift: 'off', pinned: false }];
  for (const ask of [
    () => changeRoster(ports, { ...agreed, moves }),
    () => swapDuties(ports, { ...agreed, duties: places, carryOut: true }),
    () => repairRoster(ports, { ...agreed, absent, take: 1, seed: 1 }),
  ])
    expect(
      await ask().catch((error: unknown) =>
        error instanceof BadInputError ? error.problems.map(({ path }) => path) : error,
      ),
    ).toEqual(['why']);
  expect((await standing()).revision).toBe(before.revision);
});

test('a change is kept with who made it: by the name they give, else as the user of this machine', async () => {
  const draft = { ...(await standing()), id: 'roster-named', publishedAt: null };
  await ports.store.saveRoster(draft);
  const [duty] = draft.duties;
  const moves = [{ operator: duty?.operator ?? '', date: duty?.date ?? '', shift: 'off', pinned: false }];
  await changeRoster(ports, { roster: draft.id, moves, breakHardRules: true, why: 'ill', by: 'Lin' });
  await publishRoster(ports, { roster: draft.id, supersede: 'later', breakHardRules: true });
  expect((await ports.store.rosterChanges(draft.id)).map(({ by }) => by)).toEqual([
    'Lin',
    localUser.name === '' ? undefined : localUser.name,
  ]);
});

/** What somebody does to the roster; numbers choose among the people, days, duties or changes that are there. */
const step = fc.record({
  kind: fc.constantFrom('edit', 'pin', 'swap', 'ill', 'well', 'undo' as const),
  one: fc.nat(8),
  other: fc.nat(8),
  day: fc.nat(6),
  later: fc.nat(6),
  shift: fc.constantFrom('early', 'day', 'late', 'off'),
  pinned: fc.boolean(),
});

/** All of a roster but how often it was changed, and the bound of its search, which no change keeps. */
const stateOf = ({ revision: _revision, cost, ...rest }: RosterDocument) => ({ ...rest, cost: cost.total });
const dayOf = (
  { duties, absences = [], pinnedDaysOff = [] }: RosterDocument,
  { operator, date }: { operator: string; date: string },
) =>
  [duties, absences, pinnedDaysOff].map((rows) =>
    rows.filter((one) => one.operator === operator && one.date === date),
  );
const rulesOf = (error: unknown): string[] => {
  if (error instanceof BadInputError) return error.problems.map(({ rule }) => rule);
  throw error;
};

test('changes taken back from the newest on give every state before, to the letter; an earlier one gives its days, or is refused', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 7 }), async (steps) => {
      run += 1;
      const id = `roster-any-${run}`;
      const now = () => findRoster(ports, { id });
      const undo = (takesBack: number) => changeRoster(ports, { roster: id, takesBack, ...all });
      await ports.store.saveRoster({ ...(await findRoster(ports, { id: 'roster-acted' })), id });
      const first = valueAt((await now()).duties, 0);
      const { operator, date } = first;
      await change([{ operator, date, shift: first.shift === 'day' ? 'off' : 'day' }], { roster: id });
      await undo(1);
      const states = [await now()];
      const known = await ports.store.rosterChanges(id);
      for (const { kind, one, other, day, later, shift, pinned } of steps) {
        const { people, days, duties, absences = [] } = await now();
        const place = (person: number, on: number) => ({
          operator: valueAt(people, person % people.length).operator,
          date: valueAt(days, on).date,
        });
        const own = duties.find(
          (duty) => duty.operator === place(one, day).operator && duty.date === place(one, day).date,
        );
        const ill = absences[one % Math.max(1, absences.length)];
        const revision = (await now()).revision;
        try {
          if (kind === 'edit') await change([{ ...place(one, day), shift, pinned }], { roster: id });
          if (kind === 'pin')
            await change([{ ...place(one, day), shift: own?.shift ?? 'off', start: own?.start, pinned }], {
              roster: id,
            });
          if (kind === 'swap' && one !== other)
            await swapDuties(ports, {
              ...all,
              roster: id,
              duties: [place(one, day), place(other, later)],
              carryOut: true,
            });
          if (kind === 'ill' && own !== undefined)
            await repairRoster(ports, {
              ...all,
              roster: id,
              absent: { ...place(one, day), ...(pinned ? { from: own.start.replace(':00', ':30') } : {}) },
              take: 1,
              seed: 1,
            });
          if (kind === 'well' && ill !== undefined)
            await change(
              [
                pinned
                  ? { operator: ill.operator, date: ill.date, shift: ill.shift }
                  : { operator: ill.operator, date: ill.date, shift: 'off', notIll: true },
              ],
              { roster: id },
            );
          if (kind === 'undo') {
            const before = await now();
            const number = 1 + (other % revision);
            const { moves } = valueAt(await ports.store.rosterChanges(id), number - 1);
            const after = await undo(number);
            const was = number > known.length ? states[number - known.length - 1] : undefined;
            const moved = new Set(moves.map((move) => `${move.operator} ${move.date}`));
            for (const { operator } of people)
              for (const { date } of days) {
                const isMoved = moved.has(`${operator} ${date}`);
                const like = isMoved ? was : before;
                if (like !== undefined)
                  expect(dayOf(after, { operator, date })).toEqual(dayOf(like, { operator, date }));
              }
          }
        } catch (error) {
          expect(['day-changed-since', 'nothing-to-take-back', 'no-such-candidate']).toContain(
            error instanceof UsageError && 'code' in error.said ? error.said.code : rulesOf(error)[0],
          );
        }
        const after = await now();
        expect(after.revision - revision).toBeLessThan(2);
        if (after.revision > revision) states.push(after);
      }
      const changes = await ports.store.rosterChanges(id);
      for (let at = states.length - 1; at > 0; at -= 1) {
        const made = valueAt(changes, known.length + at - 1);
        const isNothing = takeBack(valueAt(states, at), made).moves.length === 0;
        const after = isNothing ? await now() : await undo(known.length + at);
        expect(stateOf(after)).toEqual(stateOf(valueAt(states, at - 1)));
      }
    }),
    { numRuns: isLongRun ? 40 : 6, seed: 3 },
  );
}, 600_000);

test('of a rule a stand-in is told either that it breaks or that it is kept again, and what stays broken', async () => {
  const { duties } = await standing();
  const nameOf = ({ rule, hard, operators }: RosterDocument['broken'][number]): string =>
    JSON.stringify([rule, hard, operators]);
  let stay = 0;
  for (const { operator, date } of duties.slice(0, 14)) {
    const { candidates } = await repairRoster(ports, { roster, absent: { operator, date }, seed: 1 });
    for (const { moves, broken, mended, stays = [] } of candidates) {
      const rules = new Set(broken.map(({ rule }) => rule));
      expect(mended.filter(({ rule }) => rules.has(rule))).toEqual([]);
      for (const one of stays)
        expect([one.operators, broken.map(nameOf).includes(nameOf(one))]).toEqual([
          [moves[0]?.operator],
          false,
        ]);
      stay += stays.length;
    }
  }
  expect(stay).toBeGreaterThan(0);
});
