import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RosterDocument } from '../../src/contract/documents/roster-document.ts';
import { changeRosterRequestSchema } from '../../src/contract/http/roster-requests.ts';
import { BadInputError } from '../../src/kernel/errors.ts';
import { valueAt } from '../../src/kernel/value-at.ts';
import { changeRoster, swapDuties } from '../../src/planning/change-roster.ts';
import type { Ports } from '../../src/planning/ports.ts';
import { repairRoster } from '../../src/planning/repair-roster.ts';
import { findRoster } from '../../src/planning/roster/open-roster.ts';
import { takeBack } from '../../src/rostering/change/standing-roster.ts';
import { isReasoned } from '../../src/web/roster/refused-change.tsx';
import { openPorts } from '../support/demo-workspace.ts';
import { actedDay, layRosteredLine } from '../support/rostered-line.ts';

let folder = '';
let ports: Ports;
let close: () => Promise<void>;
const roster = 'roster-acted';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huawu-back-'));
  await layRosteredLine(join(folder, 'line'), 3);
  ({ ports, close } = await openPorts(join(folder, 'line'), {
    nowMillis: Date.parse(`${actedDay}T12:00:00+08:00`),
  }));
}, 60_000);
afterAll(async () => {
  await close();
  await rm(folder, { recursive: true });
});

const standing = () => findRoster(ports, { id: roster });
const lastChange = async () =>
  valueAt(await ports.store.rosterChanges(roster), -1 + (await standing()).revision);
const all = { breakHardRules: true, why: 'not ill after all', by: 'Lin' } as const;
const change = (moves: object[], more: object = {}) =>
  changeRoster(ports, changeRosterRequestSchema.parse({ roster, moves, ...all, ...more }));
const fallIll = async (date: string, from?: string) => {
  const duty = valueAt(
    (await standing()).duties.filter((one) => one.date === date),
    0,
  );
  const absent = { operator: duty.operator, date, ...(from === undefined ? {} : { from }) };
  await repairRoster(ports, { roster, absent, take: 1, seed: 1, ...all });
  return { duty, illness: await lastChange() };
};

test.each([
  ['the whole day', '2026-11-26', undefined],
  ['the rest of it', '2026-11-25', '10:00'],
])(
  'an illness of %s is taken back whole: everybody has the days they had, in one change',
  async (_, date, from) => {
    const before = await standing();
    const { illness } = await fallIll(date, from);
    const ill = await standing();
    expect(ill.absences).toHaveLength(1);
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

test.each([
  [{}, true, false, false],
  [{ why: 'ill' }, true, false, false],
  [{ by: 'Lin' }, true, false, false],
  [{ why: 'ill', by: 'Lin' }, true, false, true],
  [{ why: 'ill' }, true, true, true],
  [{}, false, false, true],
])('%o of a change, published %s, signed in %s: all is said %s', (said, isPublished, isSignedIn, isSaid) => {
  expect(isReasoned(said, isPublished, isSignedIn)).toBe(isSaid);
});

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
