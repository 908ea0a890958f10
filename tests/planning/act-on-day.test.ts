import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TakenAction } from '../../src/contract/documents/day-document.ts';
import { dayFinding, type DayFindings } from '../../src/intraday/day-findings.ts';
import type { Finding } from '../../src/kernel/finding.ts';
import { leversSchema } from '../../src/contract/models/levers-model.ts';
import { type PersonOption, proposePeople } from '../../src/intraday/people.ts';
import { BadInputError, NoAnswerError } from '../../src/kernel/errors.ts';
import { addDays, startOfDay } from '../../src/kernel/time.ts';
import { valueAt } from '../../src/kernel/value-at.ts';
import { changeRoster } from '../../src/planning/change-roster.ts';
import { breakOptions } from '../../src/planning/day/day-options.ts';
import type { ActionOption } from '../../src/intraday/actions.ts';
import {
  asStanding,
  logAt,
  type Proposed,
  readDayLog,
  stepAction,
  takeActions,
  writeTaken,
} from '../../src/planning/day/day-log.ts';
import { eveningOf } from '../../src/planning/day/evening.ts';
import { describeDay, stepDayAction, takeDayActions } from '../../src/planning/describe-day.ts';
import type { Ports } from '../../src/planning/ports.ts';
import { findRoster, openRoster } from '../../src/planning/roster/open-roster.ts';
import { spanMinutes } from '../../src/kernel/time-window.ts';
import { awaitedOf } from '../../src/render/day-tables.ts';
import { dayText } from '../../src/render/documents/day-text.ts';
import { evaluateRoster } from '../../src/rostering/evaluate/evaluate-roster.ts';
import { speak } from '../../src/words/speak.ts';
import { openPorts } from '../support/demo-workspace.ts';
import { actedDay, layRosteredLine, rowOf } from '../support/rostered-line.ts';
import { isLongRun } from '../support/sweep.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// Actions of a day as people take them: a real store with a plan and a published roster.

const folder = await temporaryFolder();
const line = join(folder, 'line');
let ports: Ports;
let close: () => Promise<void>;
const noon = `${actedDay}T12:00`;

beforeAll(async () => {
  await layRosteredLine(line, 3);
  ({ ports, close } = await openPorts(line, { nowMillis: Date.parse(`${noon}:00+08:00`) }));
});
afterAll(() => close());

/** All rows of the roster and of the day's log, as they are stored. */
const stored = (): { readonly roster: string; readonly log: string } => {
  const database = new DatabaseSync(join(line, 'huawu.db'), { readOnly: true });
  try {
    const roster = database.prepare('select document from rosters').all();
    const rows = ['day_actions', 'roster_changes'].map((table) =>
      database.prepare(`select * from ${table} order by id`).all(),
    );
    const audit = database.prepare('select count(*) as n from audit').all();
    return { roster: String(roster[0]?.['document']), log: JSON.stringify([rows, audit]) };
  } finally {
    database.close();
  }
};

const standing = async () => openRoster(ports, await findRoster(ports, { id: 'roster-acted' }));

/** Hard rules that the roster breaks, by the evaluator of rosters. */
const hardBroken = async (): Promise<string[]> => {
  const { inputs, roster } = await standing();
  return evaluateRoster(inputs.problem, roster).hardBroken.map(({ code, people, days }) =>
    JSON.stringify([code, people, days]),
  );
};

/** What could be proposed to people at noon. */
const proposals = async (): Promise<PersonOption[]> => {
  const { inputs, roster, standing: on } = await standing();
  const day = on.dates.indexOf(actedDay);
  const duties = roster.flatMap(({ person, day: at, shift, tier }) => {
    const operator = inputs.problem.people[person]?.person;
    const duty = on.duties.find((own) => own.operator === operator && own.date === actedDay);
    if (at !== day || duty === undefined) return [];
    const [startMinute, endMinute] = spanMinutes(duty.start, duty.end);
    return [{ person, shift, tier, startMinute, endMinute }];
  });
  return proposePeople(
    { problem: inputs.problem, roster, day, duties },
    {
      now: 24,
      count: 48,
      intervalMinutes: 30,
      tiers: inputs.tiers.map(({ tier }) => ({ tier, ready: 0.8 })),
    },
    leversSchema.parse({}).day,
  );
};

const proposed = (option: PersonOption): Proposed => ({
  option,
  action: {
    kind: option.kind,
    effect: {
      connectionRate: 0.01,
      serviceLevel: 0,
      answered: 1,
      abandoned: -1,
      calledBack: 0,
      chance: null,
    },
    cost: option.cost,
    latest: noon,
    from: noon,
    to: noon,
    tier: null,
    queue: null,
    who: [...option.who],
    operators: 1,
    asks: true,
    said: dayFinding('day-action', {
      kind: option.kind,
      who: option.who.join(),
      tier: null,
      queue: null,
      prompt: null,
      callBackAt: null,
      from: '12:00',
      to: '13:00',
      operators: 1,
      answered: 1,
      lost: -1,
      calledBack: 0,
      latest: null,
    }),
  },
});

const take = async (
  option: PersonOption,
  more: { readonly agreed?: boolean; readonly revision?: number; readonly by?: string } = {},
): Promise<TakenAction> => {
  const log = await readDayLog(ports, actedDay);
  const day = { date: actedDay, asOf: noon, began: noon, log, rostered: 'roster-acted' };
  return valueAt(await takeActions(ports, day, [proposed(option)], { agreed: true, ...more }), 0);
};

const takeDayAction = async (
  on: Ports,
  {
    action,
    ...request
  }: { readonly action: string; readonly asOf: string; readonly agreed: boolean } & {
    readonly revision?: number;
    readonly seed: number;
  },
): Promise<TakenAction> => valueAt(await takeDayActions(on, { actions: [action], ...request }), 0);

const step = (id: number, what: 'agree' | 'decline' | 'take-back', revision?: number) =>
  stepAction(
    ports,
    id,
    { asOf: noon, now: noon, began: noon },
    { step: what, ...(revision === undefined ? {} : { revision }) },
  );

/** Takes back what is in force, the last first. */
const clear = async (): Promise<void> => {
  const { entries } = await readDayLog(ports, actedDay);
  for (const { id, steps } of entries.toReversed())
    if (['ask', 'take', 'agree'].includes(steps.at(-1)?.step ?? '')) await step(id, 'take-back');
};

const first = async (kind: PersonOption['kind']): Promise<PersonOption> => {
  const found = (await proposals()).find((option) => option.kind === kind);
  if (found === undefined) throw new Error(`nothing of ${kind}`);
  return found;
};

test.each(['stay-longer', 'come-earlier', 'call-in', 'send-home'] as const)(
  'taken, %s stands in the roster; taken back, the roster is what it was, byte for byte',
  async (kind) => {
    const before = stored().roster;
    const option = await first(kind);
    const taken = await take(option, { by: '王' });
    expect(taken).toMatchObject({ state: 'taken', steps: [{ step: 'take', by: '王', asOf: noon }] });
    const [move] = taken.roster?.moves ?? [];
    expect([move?.operator, move?.date]).toEqual([option.who[0], actedDay]);
    const { duties } = await findRoster(ports, { id: 'roster-acted' });
    const own = duties.find((duty) => duty.operator === option.who[0] && duty.date === actedDay);
    const { startMinute, endMinute } = option.change;
    expect(own === undefined ? [] : spanMinutes(own.start, own.end)).toEqual([startMinute, endMinute]);
    expect(stored().roster).not.toBe(before);
    expect(await step(taken.id, 'take-back')).toMatchObject({ state: 'taken-back', roster: null });
    expect(stored().roster).toBe(before);
    expect(
      (await ports.store.rosterChanges('roster-acted')).slice(-2).map(({ moves }) => moves.length),
    ).toEqual([1, 1]);
  },
);

test('who has to agree is asked first: the roster waits for it, and a refusal leaves it', async () => {
  const before = stored().roster;
  const asked = await take(await first('stay-longer'), { agreed: false });
  expect(asked).toMatchObject({ state: 'asked', roster: null });
  expect(stored().roster).toBe(before);
  expect(await step(asked.id, 'agree')).toMatchObject({ state: 'taken', roster: { roster: 'roster-acted' } });
  expect(stored().roster).not.toBe(before);
  await step(asked.id, 'take-back');
  expect(stored().roster).toBe(before);
  await expect(step(asked.id, 'agree')).rejects.toBeInstanceOf(BadInputError);
  const again = await take(await first('stay-longer'), { agreed: false });
  expect(await step(again.id, 'decline')).toMatchObject({ state: 'declined', roster: null });
  expect(stored().roster).toBe(before);
});

test('of two who act at once the second is told what the first did, and changes nothing', async () => {
  const { revision } = await readDayLog(ports, actedDay);
  const [one, other] = (await proposals()).filter(({ kind }) => kind === 'send-home');
  if (one === undefined || other === undefined) throw new Error('two to send home are wanted');
  const taken = await take(one, { revision, by: '李' });
  const after = stored();
  await expect(take(other, { revision })).rejects.toMatchObject({
    problems: [{ rule: 'day-changed-meanwhile', values: { step: 'take', by: '李' } }],
  });
  await expect(step(taken.id, 'take-back', revision)).rejects.toMatchObject({
    problems: [{ rule: 'day-changed-meanwhile' }],
  });
  // Both read before either wrote.
  const both = await Promise.allSettled([
    stepDayAction(ports, taken.id, { step: 'take-back' }),
    stepDayAction(ports, taken.id, { step: 'take-back' }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(stored()).not.toEqual(after);
});

test('a duty that somebody changed since is left alone when the action is taken back', async () => {
  const option = await first('stay-longer');
  const taken = await take(option);
  const [operator = ''] = option.who;
  await changeRoster(ports, {
    roster: 'roster-acted',
    moves: [{ operator, date: actedDay, shift: 'off', pinned: false }],
    why: 'ill',
  });
  const before = stored().roster;
  expect(await step(taken.id, 'take-back')).toMatchObject({ state: 'taken-back' });
  expect(stored().roster).toBe(before);
});

const failing = (isOn: boolean): void => {
  const database = new DatabaseSync(join(line, 'huawu.db'));
  database.exec(
    isOn
      ? "create trigger fault before insert on audit begin select raise(abort, 'the disk is full'); end"
      : 'drop trigger fault',
  );
  database.close();
};

/** Several at once, as one step. */
const takeMix = async (
  options: readonly PersonOption[],
  more: { readonly agreed?: boolean; readonly revision?: number; readonly by?: string } = {},
): Promise<TakenAction[]> => {
  const log = await readDayLog(ports, actedDay);
  const day = { date: actedDay, asOf: noon, began: noon, log, rostered: 'roster-acted' };
  return takeActions(ports, day, options.map(proposed), { agreed: true, ...more });
};

/** Of the proposals the first of each of some people. */
const ofPeople = async (many: number): Promise<PersonOption[]> => {
  const all = await proposals();
  return [...Map.groupBy(all, ({ who }) => who[0]).values()].map(([own]) => own!).slice(0, many);
};

test('several are taken in one step: one change of the roster, each taken back by itself', async () => {
  await clear();
  const duties = async () =>
    new Map((await standing()).standing.duties.map((duty) => [`${duty.operator} ${duty.date}`, duty]));
  const [before, changes] = [await duties(), (await ports.store.rosterChanges('roster-acted')).length];
  const options = await ofPeople(3);
  expect(options).toHaveLength(3);
  const taken = await takeMix(options, { by: '王' });
  expect(taken.map(({ state }) => state)).toEqual(['taken', 'taken', 'taken']);
  expect(taken.map(({ steps }) => steps[0]?.number)).toEqual(
    [1, 2, 3].map((n) => taken[0]!.steps[0]!.number - 1 + n),
  );
  const noted = (await ports.store.rosterChanges('roster-acted')).slice(changes);
  expect(noted.map(({ moves }) => moves.map(({ operator }) => operator))).toEqual([
    options.map(({ who }) => who[0]),
  ]);
  for (const [at, { who, change }] of options.entries()) {
    expect(taken[at]?.roster?.moves.map(({ operator }) => operator)).toEqual(who);
    const own = (await duties()).get(`${who[0]} ${actedDay}`);
    expect(own === undefined ? [] : spanMinutes(own.start, own.end)).toEqual([
      change.startMinute,
      change.endMinute,
    ]);
  }
  // In any order.
  for (const at of [1, 0, 2]) await step(taken[at]?.id ?? 0, 'take-back');
  expect(await duties()).toEqual(before);

  // Or all at once: one change of the roster, all or none.
  const again = await takeMix(await ofPeople(3));
  const ids = again.map(({ id }) => id);
  const counted = (await ports.store.rosterChanges('roster-acted')).length;
  const kept = stored();
  const all = { step: 'take-back' as const, also: [...ids.slice(1), taken[0]?.id ?? 0] };
  await expect(stepDayAction(ports, ids[0] ?? 0, all)).rejects.toMatchObject({
    problems: [{ rule: 'day-step-not-open' }],
  });
  expect(stored()).toEqual(kept);
  const unknown = { step: 'take-back' as const, also: [...ids.slice(1), 987_654] };
  expect(await stepDayAction(ports, ids[0] ?? 0, unknown)).toBeUndefined();
  expect(stored()).toEqual(kept);
  const back = await stepDayAction(ports, ids[0] ?? 0, { step: 'take-back', also: ids.slice(1) });
  expect([back, ...(back?.also ?? [])].map((each) => [each?.id, each?.state])).toEqual(
    ids.map((id) => [id, 'taken-back']),
  );
  expect(await duties()).toEqual(before);
  expect(await ports.store.rosterChanges('roster-acted')).toHaveLength(counted + 1);
});

test('of several all are taken or none: excluded by another, decided on an older day, or on a full disk', async () => {
  await clear();
  const [one, other] = await ofPeople(2);
  const same = (await proposals()).filter(({ who }) => who[0] === one?.who[0]);
  const { revision } = await readDayLog(ports, actedDay);
  const before = stored();
  const refused = async (mix: readonly PersonOption[], seen: number, error: unknown): Promise<void> => {
    await expect(takeMix(mix, { revision: seen })).rejects.toMatchObject(error as object);
    expect(stored()).toEqual(before);
  };
  await refused([other!, same[0]!, same.at(-1)!], revision, { problems: [{ rule: 'actions-exclude' }] });
  await refused([one!, other!], revision - 1, { problems: [{ rule: 'day-changed-meanwhile' }] });
  failing(true);
  try {
    await refused([one!, other!], revision, {});
  } finally {
    failing(false);
  }
  expect(await takeMix([one!, other!], { revision })).toHaveLength(2);
});

test('what is best together is taken as a whole: people are asked, the rest counts, and none of it is proposed again', async () => {
  await clear();
  const asked = { asOf: noon, seed: 1 };
  const before = await describeDay(ports, asked);
  const best = before.actions.filter(({ chosen }) => chosen);
  expect(best.some(({ asks }) => asks)).toBe(true);
  // Whoever is to ask somebody reads that person's hours of the day.
  const { duties } = (await standing()).standing;
  for (const { said, who } of before.actions)
    for (const operator of who) {
      const duty = duties.find((own) => own.operator === operator && own.date === actedDay);
      const hours = duty === undefined ? 'off today' : `${duty.start}–${duty.end}`;
      expect(speak('en', 'terminal').say(said)).toMatch(
        new RegExp(`${operator} \\(${hours}(, \\d+ of \\d+ h this week)?\\)`),
      );
    }
  const roster = stored().roster;
  const mix = { ...asked, agreed: false };
  const gone = takeDayActions(ports, { ...mix, actions: [best[0]?.id ?? '', 'call-in nobody 0-1'] });
  await expect(gone).rejects.toMatchObject({ problems: [{ rule: 'action-changed-meanwhile' }] });
  expect((await readDayLog(ports, actedDay)).revision).toBe(before.revision);
  const taken = await takeDayActions(ports, { ...mix, revision: before.revision });
  expect(taken.map(({ action, state }) => [action.kind, action.who, state])).toEqual(
    best.map(({ kind, who, asks }) => [kind, who, asks ? 'asked' : 'taken']),
  );
  expect(stored().roster).toBe(roster);
  const after = await describeDay(ports, asked);
  expect(after.actions.map(({ id }) => id)).not.toEqual(expect.arrayContaining([best[0]?.id]));
  // Those who are still to answer count as agreed in what is proposed besides, and it says how many they are.
  const valuesOf = ({ together }: typeof after) =>
    (together as Finding<'day-together', DayFindings['day-together']>).values;
  expect(valuesOf(after).asked).toBe(taken.filter(({ state }) => state === 'asked').length);
  expect(valuesOf(after).before).toBeCloseTo(valuesOf(before).after, 2);
  // A break that was moved is not moved on.
  const moved = taken.filter(({ action }) => action.kind === 'move-break');
  for (const { action } of moved)
    expect(
      after.actions.filter(
        ({ kind, tier, from }) => kind === 'move-break' && tier === action.tier && from === action.to,
      ),
    ).toEqual([]);
  // One who decided on the day as it was before is told each of them.
  await expect(takeDayActions(ports, { ...mix, revision: before.revision })).rejects.toMatchObject({
    problems: best.map(() => ({ rule: 'day-changed-meanwhile' })),
  });
});

test('what was undone on the roster is in it no more, and is nobody’s hours in the day or its evening', async () => {
  await clear();
  const option = await first('call-in');
  const [operator = ''] = option.who;
  const lookAt = async () => {
    const day = await describeDay(ports, { asOf: noon, seed: 1 });
    return { day, operators: day.intervals.tiers.map(({ expected }) => expected) };
  };
  const before = await lookAt();
  const { id } = await take(option);
  const taken = await lookAt();
  expect(taken.operators).not.toEqual(before.operators);
  expect(taken.day.taken.find((own) => own.id === id)?.roster).not.toBeNull();
  const moves = [{ operator, date: actedDay, shift: 'off', pinned: false }];
  await changeRoster(ports, { roster: 'roster-acted', moves, why: 'ill' });
  const undone = await lookAt();
  expect(undone.operators).toEqual(before.operators);
  expect(undone.day.taken.find((own) => own.id === id)).toMatchObject({ state: 'taken', roster: null });
  const { planned, actions } = (await describeDay(ports, { asOf: `${actedDay}T24:00`, seed: 1 })).evening!;
  expect(actions.find((own) => own.id === id)?.measured).toBe(0);
  await step(id, 'take-back');
  const { evening } = await describeDay(ports, { asOf: `${actedDay}T24:00`, seed: 1 });
  expect(evening?.planned).toBeCloseTo(planned, 12);
});

test('an answer that comes too late is awaited no more: in the sentence, at the terminal, and in the count', async () => {
  await clear();
  await take(await first('stay-longer'), { agreed: false });
  const at = async (asOf: string) => describeDay(ports, { asOf: `${actedDay}T${asOf}`, seed: 1 });
  const [day, late] = [await at('12:00'), await at('12:30')];
  const asked = ({ said }: typeof day) =>
    (said as Finding<'day-headline', DayFindings['day-headline']>).values.asked;
  expect([asked(day), asked(late)]).toEqual([1, 0]);
  expect([awaitedOf(day), awaitedOf(late)]).toEqual([1, 0]);
  expect(dayText(day, 'en')).toContain('decide by 12:00');
  expect(dayText(late, 'en')).not.toContain('decide by 12:00');
  await clear();
});

test('after its last moment nothing is taken, asked or agreed to; declined and taken back it still is', async () => {
  await clear();
  const seen = { asOf: noon, seed: 1 };
  const { actions, takes } = await describeDay(ports, seen);
  const { id: asked } = await take(await first('stay-longer'), { agreed: false });
  const other = actions.find(({ asks, latest }) => !asks && latest < `${actedDay}T12:30`)?.id ?? '';
  expect([takes, other === '']).toEqual([true, false]);
  const later = { ...ports, nowMillis: Date.parse(`${actedDay}T12:31:00+08:00`) };
  const late = { problems: [{ rule: 'action-too-late', values: { now: '12:31' } }] };
  await expect(takeDayAction(later, { ...seen, action: other, agreed: false })).rejects.toMatchObject(late);
  // Of the day as it is by then it is no more proposed: that its moment has passed is why.
  const figures = { connectionRate: 0, serviceLevel: 0, answered: 1, abandoned: 0, calledBack: 0, lost: -1 };
  const dialog = { action: other, latest: `${actedDay}T12:00`, ...figures };
  const now = { seed: 1, actions: [other], seen: [dialog], agreed: false };
  await expect(takeDayActions(later, now)).rejects.toMatchObject(late);
  await expect(stepDayAction(later, asked, { step: 'agree' })).rejects.toMatchObject(late);
  await expect(stepDayAction(later, asked, { step: 'agree', asOf: noon })).rejects.toMatchObject(late);
  const day = await describeDay(later, seen);
  expect([day.takes, day.taken.find(({ id }) => id === asked)?.open]).toEqual([
    false,
    ['decline', 'take-back'],
  ]);
  expect(dayText(day, 'en')).toContain('too late: it had to be decided by 12:00');
  expect(await stepDayAction(later, asked, { step: 'decline' })).toMatchObject({ open: [] });
  await clear();
}, 60_000);

test('a yes that was given in time is noted afterwards with when it was given, between the question and now', async () => {
  await clear();
  const { id: asked } = await take(await first('stay-longer'), { agreed: false });
  const later = { ...ports, nowMillis: Date.parse(`${actedDay}T14:31:00+08:00`) };
  const note = async (step: 'agree' | 'decline', clock: string, from = later) =>
    stepDayAction(from, asked, { step, given: `${actedDay}T${clock}` });
  const refused = (rule: string) => ({ problems: [{ rule }] });
  const never = refused('answer-out-of-time');
  await expect(note('agree', '11:59')).rejects.toMatchObject(never);
  await expect(note('agree', '14:32')).rejects.toMatchObject(never);
  await expect(note('decline', '12:10')).rejects.toMatchObject(never);
  await expect(note('agree', '12:30')).rejects.toMatchObject(refused('action-too-late'));
  await expect(stepDayAction(later, asked, { step: 'agree' })).rejects.toMatchObject(
    refused('action-too-late'),
  );
  const over = { ...ports, nowMillis: Date.parse(`${addDays(actedDay, 1)}T08:00:00+08:00`) };
  await expect(note('agree', '12:10', over)).rejects.toMatchObject(refused('day-over'));
  const agreed = await note('agree', '12:10');
  expect(agreed).toMatchObject({ state: 'taken', steps: [{}, { asOf: `${actedDay}T12:10` }] });
  expect(agreed?.roster).not.toBe(null);
  expect(agreed?.steps[1]?.at).toBe(new Date(later.nowMillis).toISOString());
  await clear();
}, 60_000);

test('what is told of an action is what is noted: taken alone as it is by itself, as a whole beside the others', async () => {
  await clear();
  const asked = { asOf: noon, seed: 1 };
  const { actions, restOfDay } = await describeDay(ports, asked);
  const best = actions.filter(({ chosen }) => chosen);
  expect(best.length).toBeGreaterThan(1);
  for (const { chosen, alone } of actions) expect(alone !== null).toBe(chosen);
  const figuresOf = (said: unknown): unknown => {
    const { answered, lost, calledBack } = (said as Finding<'day-action', DayFindings['day-action']>).values;
    return { answered, lost, calledBack };
  };
  const projected: number[] = [];
  for (const { id, alone } of best.slice(0, 3)) {
    const taken = await takeDayAction(ports, { ...asked, agreed: true, action: id });
    expect(taken.action.effect).toEqual(alone?.effect);
    expect(figuresOf(taken.action.said)).toEqual(figuresOf(alone?.said));
    const after = (await describeDay(ports, asked)).restOfDay.total.connectionRate.mean ?? Number.NaN;
    projected.push(taken.action.effect.connectionRate);
    expect(after - (restOfDay.total.connectionRate.mean ?? 0)).toBeCloseTo(projected.at(-1)!, 2);
    await step(taken.id, 'take-back');
  }
  expect(projected).not.toEqual(best.slice(0, 3).map(({ effect }) => effect.connectionRate));
  // What has come since does not change what was read when it was decided.
  const [read] = best;
  const figures = { connectionRate: 0.012, serviceLevel: 0.02, answered: 9, abandoned: -9, calledBack: 0 };
  const seen = [{ action: read?.id ?? '', latest: read?.latest ?? '', ...figures, lost: -9.3 }];
  const [kept] = await takeDayActions(ports, { ...asked, agreed: true, actions: [read?.id ?? ''], seen });
  expect(kept?.action.effect).toMatchObject(figures);
  expect(figuresOf(kept?.action.said)).toEqual({ answered: 9, lost: -9.3, calledBack: 0 });
  await step(kept?.id ?? 0, 'take-back');
  const whole = await takeDayActions(ports, { ...asked, agreed: false });
  expect(whole.map(({ action }) => action.effect)).toEqual(best.map(({ effect }) => effect));
  await clear();
});

test('what was declined can be asked again, and is nobody’s hours until it is agreed to', async () => {
  await clear();
  const asked = await take(valueAt(await proposals(), 0), { agreed: false });
  const roster = stored().roster;
  for (const what of ['decline', 'ask'] as const) {
    const own = await stepDayAction(ports, asked.id, { asOf: noon, step: what });
    expect(own?.state).toBe(what === 'ask' ? 'asked' : 'declined');
    expect(stored().roster).toBe(roster);
  }
  expect((await stepDayAction(ports, asked.id, { asOf: noon, step: 'agree' }))?.state).toBe('taken');
});

test('no break is moved on from where another was moved to, nor after it was taken', () => {
  const breaks = [26, 28, 30].map((at) => ({ start: `${actedDay}T${at / 2}:00`, minutes: 30, operators: 4 }));
  const plan = { shifts: [{ date: actedDay, tier: 'a', breaks }] } as never;
  const rest = { now: 24, operation: { demand: { horizon: { count: 48, intervalMinutes: 30 } } } } as never;
  const options = breakOptions(actedDay, plan, rest, new Map());
  const places = ({ moved }: ActionOption) => moved.map(({ from }) => from);
  let onward = 0;
  for (const first of options)
    for (const then of options)
      if (places(first)[1] === places(then)[0]) {
        onward += 1;
        expect((then.excludes ?? []).some((word) => first.excludes?.includes(word))).toBe(true);
      }
  expect(onward).toBeGreaterThan(10);
});

test('what was taken counts in the day from then on, is not proposed again, and goes when it is taken back', async () => {
  await clear();
  const asked = { asOf: noon, seed: 1 };
  const before = await describeDay(ports, asked);
  const seen = { asOf: noon, revision: before.revision, agreed: true, seed: 1 };
  const kinds = ['prompt', 'move-break', 'call-backs', 'stay-longer', 'come-earlier', 'call-in'];
  const wanted = before.actions
    .filter(({ kind }, at, all) => kinds.includes(kind) && all.findIndex((one) => one.kind === kind) === at)
    .slice(0, isLongRun ? 6 : 3);
  expect(wanted.length).toBeGreaterThan(1);
  for (const [at, action] of wanted.entries()) {
    const taken = await takeDayAction(ports, {
      ...seen,
      revision: seen.revision + 2 * at,
      action: action.id,
    });
    const { effect } = taken.action;
    if (!action.chosen) expect(effect).toEqual(action.effect);
    const after = await describeDay(ports, asked);
    expect(after.taken.find(({ id }) => id === taken.id)?.state).toBe('taken');
    expect(after.actions.map(({ id }) => id)).not.toContain(action.id);
    const rate = (day: typeof after): number => day.restOfDay.total.connectionRate.mean ?? Number.NaN;
    // The projection runs over more paths than the choice does.
    expect(rate(after) - rate(before)).toBeCloseTo(effect.connectionRate, 2);
    if (effect.connectionRate > 0.002) expect(rate(after)).toBeGreaterThan(rate(before));
    await stepDayAction(ports, taken.id, { step: 'take-back', asOf: noon });
    const again = await describeDay(ports, asked);
    expect({ ...again, taken: [], revision: 0 }).toEqual({ ...before, taken: [], revision: 0 });
  }
  await expect(takeDayAction(ports, { ...seen, action: wanted[0]?.id ?? '' })).rejects.toMatchObject({
    problems: expect.arrayContaining([expect.objectContaining({ rule: 'day-changed-meanwhile' })]),
  });
  const { revision: _late, ...any } = seen;
  await expect(takeDayAction(ports, { ...any, action: 'call-in nobody 0-1' })).rejects.toMatchObject({
    problems: [{ rule: 'action-changed-meanwhile' }],
  });
});

test('what was taken later is not taken a second time as of earlier, and nothing is ahead of time', async () => {
  await clear();
  const of = (time: string) => ({ asOf: `${actedDay}T${time}`, seed: 1, agreed: false });
  const earlier = new Set((await describeDay(ports, of('11:30'))).actions.map(({ id }) => id));
  const { actions } = await describeDay(ports, of('12:00'));
  const { id: action = '' } = actions.find(({ id, asks }) => asks && earlier.has(id)) ?? {};
  expect(action).not.toBe('');
  const ahead = { problems: [{ rule: 'day-ahead' }] };
  await expect(takeDayAction(ports, { ...of('12:01'), action })).rejects.toMatchObject(ahead);
  const { id } = await takeDayAction(ports, { ...of('12:00'), action });
  // who was asked at noon is not asked again
  await expect(takeDayAction(ports, { ...of('11:30'), action })).rejects.toMatchObject({
    problems: [{ rule: 'action-changed-meanwhile' }],
  });
  const back = { step: 'take-back' as const, asOf: of('12:01').asOf };
  await expect(stepDayAction(ports, id, back)).rejects.toMatchObject(ahead);
  expect(await stepDayAction(ports, id, { step: 'take-back' })).toMatchObject({ state: 'taken-back' });
});

test('on a day that is over nothing is taken and nobody’s hours are changed; what became of a question is noted', async () => {
  await clear();
  const seen = { asOf: noon, seed: 1 };
  const { actions } = await describeDay(ports, seen);
  const people = actions.filter(({ asks }) => asks).map(({ id }) => id);
  const other = actions.find(({ asks }) => !asks)?.id ?? '';
  const { id: asked } = await takeDayAction(ports, { ...seen, action: people[0] ?? '', agreed: false });
  const { id: taken } = await takeDayAction(ports, { ...seen, action: other, agreed: false });
  const { actions: left } = await describeDay(ports, seen);
  const agreed = left.find(({ asks }) => asks)?.id ?? '';
  const { id: changed } = await takeDayAction(ports, { ...seen, action: agreed, agreed: true });
  const before = stored();
  const after = { ...ports, nowMillis: Date.parse(`${actedDay}T24:00:00+08:00`) };
  const over = { problems: [{ rule: 'day-over' }] };
  for (const asOf of [noon, `${actedDay}T24:00`]) {
    for (const { id } of left.slice(0, 3))
      await expect(takeDayAction(after, { seed: 1, asOf, action: id, agreed: true })).rejects.toMatchObject(
        over,
      );
    await expect(stepDayAction(after, asked, { step: 'agree', asOf })).rejects.toMatchObject(over);
    await expect(stepDayAction(after, changed, { step: 'take-back', asOf })).rejects.toMatchObject(over);
  }
  expect(stored()).toEqual(before);
  // at its end, whatever moment is named: what was known at noon stays what it was
  const noted = { steps: [{ asOf: noon }, { asOf: `${actedDay}T24:00` }] };
  expect(await stepDayAction(after, asked, { step: 'decline', asOf: noon })).toMatchObject(noted);
  expect(await stepDayAction(after, taken, { step: 'take-back' })).toMatchObject(noted);
  expect(stored().roster).toBe(before.roster);
  await clear();
});

test('of two lines with the same records and as many actions each is told its own', async () => {
  await clear();
  const seen = { asOf: noon, seed: 1 };
  const { actions } = await describeDay(ports, seen);
  await takeDayAction(ports, { ...seen, action: actions[0]?.id ?? '', agreed: true });
  const dayActions: Ports['store']['dayActions'] = async (date) =>
    (await ports.store.dayActions(date)).map((entry) => ({
      ...entry,
      steps: entry.steps.map((one) => ({ ...one, by: '李' })),
    }));
  const other = { ...ports, store: { ...ports.store, dayActions } };
  const byOf = async (line: Ports): Promise<unknown> =>
    (await describeDay(line, seen)).taken.at(-1)?.steps.at(-1)?.by;
  expect([await byOf(ports), await byOf(other), await byOf(ports)]).toEqual([null, '李', null]);
  await clear();
});

test('who is to be asked is called by name, with the number where two have the same', async () => {
  await clear();
  const operators = await ports.store.read('operators');
  await ports.store.write(
    'operators',
    operators.map((own, at) => ({ ...own, name: at < 2 ? '王敏' : `李${at}` })),
  );
  const { actions } = await describeDay(ports, { asOf: noon, seed: 1 });
  const asking = actions.filter(({ asks }) => asks);
  expect(asking.length).toBeGreaterThan(0);
  for (const { who, said } of asking) {
    const at = operators.findIndex(({ operator }) => operator === who[0]);
    expect(said).toMatchObject({ values: { who: at < 2 ? `王敏 ${who[0]}` : `李${at}` } });
  }
});

test('in the evening the gap is split into parts that add up to it, with what each action came to beside its projection', async () => {
  await clear();
  const { actions, revision } = await describeDay(ports, { asOf: noon, seed: 1 });
  const best = actions.filter(({ kind }) => ['call-in', 'stay-longer', 'prompt'].includes(kind));
  for (const [at, { id }] of best.slice(0, 2).entries()) {
    const request = { asOf: noon, action: id, agreed: true, seed: 1, revision: revision + at };
    await takeDayAction(ports, request);
  }
  const queues = ports.models.hotline.queues.slice(0, 2).map(({ queue }) => queue);
  const start = startOfDay(actedDay, 'Asia/Shanghai');
  const rows = Array.from({ length: 24 }, (_, i) => start + (24 + i) * 1_800_000).flatMap((at) =>
    queues.map((queue) => rowOf(queue, at)),
  );
  await ports.store.write('traffic', rows);
  const day = await describeDay(ports, { asOf: `${actedDay}T24:00`, seed: 1 });
  const { evening, taken } = day;
  if (evening === null) throw new Error('a day that is over has its evening');
  const { planned, actual, gap, causes } = evening;
  expect(gap).toBeCloseTo(actual - planned, 12);
  expect(causes.reduce((sum, { effect }) => sum + effect, 0)).toBeCloseTo(gap, 12);
  expect(causes.map(({ cause }) => cause)).toEqual(['forecast', 'absence', 'actions', 'luck']);
  // Nobody's presence is on record: who was rostered is taken to have been there.
  expect(causes[1]?.effect).toBeCloseTo(0, 12);
  expect(evening.actions.map(({ id }) => id)).toEqual(
    taken.filter(({ state }) => state === 'taken').map(({ id }) => id),
  );
  for (const { projected, measured } of evening.actions) {
    expect(Math.sign(measured)).toBe(Math.sign(projected));
    // The afternoon went as was expected at noon, so that the effect did.
    expect(measured / projected).toBeGreaterThan(0.5);
    expect(measured / projected).toBeLessThan(2);
  }
  // What is over is told of before the day is: in points of the whole day, of which the evening adds little.
  const nowMillis = Date.parse(`${actedDay}T23:50:00+08:00`);
  const late = await describeDay({ ...ports, nowMillis }, { seed: 1 });
  const over = late.taken
    .filter(({ action, state }) => state === 'taken' && action.to <= `${actedDay}T23:30`)
    .map(({ id }) => id);
  expect(late.evening?.actions.map(({ id }) => id)).toEqual(over);
  expect(over.length).toBeGreaterThan(0);
  for (const { id, measured } of evening.actions)
    expect(measured / (late.evening?.actions.find((own) => own.id === id)?.measured ?? 0)).toBeCloseTo(1, 1);
  expect(dayText(late, 'en')).toContain('Points measured');
  expect((await describeDay(ports, { asOf: noon, seed: 1 })).evening).toBe(null);
  // As a comparison of the week has it.
  expect(await eveningOf(ports, actedDay, '2026-W48-acted', 1)).toEqual(evening);
  const said = dayText(day, 'en');
  expect(said).toContain('Actions taken');
  expect(said).not.toMatch(/undefined|NaN/);
});

test('what a day offers is what may be done, whenever it is looked at and whatever was done before', async () => {
  const seen = { offered: 0, refused: 0, over: 0, changed: 0, late: 0 };
  const tomorrow = '2026-11-25';
  const acts = fc.record({
    what: fc.constantFrom('take', 'ask', 'ask', 'edit', 'step', 'step', 'step', 'step'),
    which: fc.nat(1000),
    asOf: fc.constantFrom('11:30', '12:00', '24:00'),
    clock: fc.constantFrom('12:00', '12:30'),
    isOffered: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(acts, { minLength: 6, maxLength: 9 }), async (sequence) => {
      await clear();
      let isEdited = false;
      for (const { what, which, asOf, isOffered, clock } of sequence) {
        const options = await proposals();
        const option = options[which % Math.max(1, options.length)];
        if (what === 'take' || what === 'ask') {
          const taken = option && take(option, { agreed: what === 'take' });
          await taken?.catch((error: unknown) => {
            if (!(error instanceof BadInputError) && !(error instanceof NoAnswerError)) throw error;
          });
        } else if (what === 'edit') {
          const { entries } = await readDayLog(ports, actedDay);
          const operator = entries.at(-1)?.action.who[0] ?? 'P1';
          const shift = ['early', 'day', 'late', 'off'][which % 4] ?? 'off';
          const moves = [{ operator, date: actedDay, shift, pinned: false }];
          const edited = changeRoster(ports, { roster: 'roster-acted', moves, why: 'asked for' });
          isEdited = await edited.then(
            () => true,
            () => isEdited,
          );
        } else {
          const today = asOf === '24:00' ? tomorrow : actedDay;
          const began = `${today}T${clock}`;
          const log = await readDayLog(ports, actedDay);
          const { duties } = await findRoster(ports, { id: 'roster-acted' });
          const shown = writeTaken(asStanding(logAt(log, `${actedDay}T${asOf}`), { duties }), log, began);
          const own = shown.toReversed()[which % Math.max(1, Math.min(4, shown.length))];
          if (own === undefined) continue;
          const all =
            isOffered && own.open.length > 0 ? own.open : (['ask', 'agree', 'decline', 'take-back'] as const);
          const next = all[which % all.length] ?? 'ask';
          if (next === 'take') throw new Error('nothing is taken twice');
          const now = { asOf: `${actedDay}T${asOf}`, now: began, began };
          const problem: unknown = await stepAction(ports, own.id, now, { step: next }).then(
            () => undefined,
            (error: unknown) => error,
          );
          if (own.open.includes(next)) {
            seen.offered += 1;
            if (problem === undefined) continue;
            // Somebody has changed the roster since, or taken something else of the same person: the answer says what.
            const [who] = own.action.who;
            const isOthers = log.entries.some(
              ({ id, action, steps }) =>
                id > own.id &&
                action.who[0] === who &&
                steps.some(({ step: made }) => made === 'take' || made === 'agree'),
            );
            expect(isEdited || isOthers).toBe(true);
            const rules = problem instanceof BadInputError ? problem.problems.map(({ rule }) => rule) : [];
            if (!(problem instanceof NoAnswerError)) expect(rules).toEqual(['action-changed-meanwhile']);
            seen.changed += 1;
          } else if (log.entries.find(({ id }) => id === own.id)?.steps.length === own.steps.length) {
            expect(problem).toBeInstanceOf(BadInputError);
            seen.refused += 1;
            if (problem instanceof BadInputError && problem.problems[0]?.rule === 'action-too-late')
              seen.late += 1;
            if (today === tomorrow && own.state === 'taken') seen.over += 1;
          }
        }
      }
    }),
    { numRuns: isLongRun ? 150 : 12, seed: 35 },
  );
  expect(Math.min(seen.offered, seen.refused, seen.over, seen.late)).toBeGreaterThan(0);
  await clear();
});

test('of several that are taken back at once, whose duty was changed since keeps it, pinned as it was', async () => {
  await clear();
  const options = await ofPeople(3);
  const taken = await takeMix(options);
  const [operator = ''] = options[1]?.who ?? [];
  const own = async () =>
    (await standing()).standing.duties.filter((duty) => duty.operator === operator && duty.date === actedDay);
  const [duty] = (await standing()).document.duties.filter((each) => each.operator === operator);
  await changeRoster(ports, {
    roster: 'roster-acted',
    moves: [{ operator, date: actedDay, shift: duty?.shift === 'late' ? 'early' : 'late', pinned: true }],
    breakHardRules: true,
    why: 'agreed otherwise',
  });
  const changed = await own();
  expect(changed.some(({ pinned }) => pinned)).toBe(true);
  const [first = 0, ...also] = taken.map(({ id }) => id);
  expect(await stepDayAction(ports, first, { step: 'take-back', also })).toMatchObject({
    state: 'taken-back',
  });
  expect(await own()).toEqual(changed);
});

/** Somebody's step in a random sequence. */
const moves = fc.record({
  what: fc.constantFrom('take', 'take', 'mix', 'ask', 'back', 'back', 'agree', 'edit', 'fail'),
  by: fc.constantFrom('李', '王'),
  which: fc.nat(1000),
  /** Looked at the day before the last step. */
  isLate: fc.nat(3).map((n) => n === 0),
});

// The last one: it changes the days beside this one too, and leaves the roster as it made it.
test('whatever two people do in turn, the roster keeps its rules, and what is undone is as it was', async () => {
  await clear();
  const allowed = new Set(await hardBroken());
  let [taken, mixed, refused, edited, undone] = [0, 0, 0, 0, 0];
  const runs = isLongRun ? 100 : 8;
  await fc.assert(
    fc.asyncProperty(fc.array(moves, { minLength: 7, maxLength: 9 }), async (sequence) => {
      /** The roster before each action in force, the last one last; empty from an edit on. */
      let stack: { readonly id: number; readonly before: string }[] = [];
      for (const { what, by, which, isLate } of sequence) {
        const before = stored();
        const { entries, revision } = await readDayLog(ports, actedDay);
        const open = entries.filter(({ steps }) => ['take', 'agree'].includes(steps.at(-1)?.step ?? ''));
        const seen = { by, revision: isLate ? revision - 1 : revision };
        const options = await proposals();
        const option = options[which % Math.max(1, options.length)];
        const act = async (): Promise<void> => {
          if (what === 'edit') {
            const operator = `P${(which % 9) + 1}`;
            const shift = ['early', 'day', 'late', 'off'][which % 4] ?? 'off';
            const date = `2026-11-${23 + (which % 7)}`;
            await changeRoster(ports, {
              roster: 'roster-acted',
              moves: [{ operator, date, shift, pinned: false }],
              why: 'asked for',
              by,
            });
            stack = [];
            edited += 1;
          } else if (what === 'back' && open.length > 0) {
            const last = open.at(-1);
            if (last === undefined) return;
            await stepAction(
              ports,
              last.id,
              { asOf: noon, now: noon, began: noon },
              { step: 'take-back', ...seen },
            );
            undone += 1;
            const kept = stack.at(-1);
            if (kept?.id === last.id) {
              expect(stored().roster).toBe(kept.before);
              stack.pop();
            } else stack = [];
          } else if (what === 'agree') {
            const asked = entries.find(({ steps }) => steps.at(-1)?.step === 'ask');
            if (asked === undefined) return;
            await stepAction(
              ports,
              asked.id,
              { asOf: noon, now: noon, began: noon },
              { step: 'agree', ...seen },
            );
            stack.push({ id: asked.id, before: before.roster });
          } else if (what === 'mix') {
            const mix = [0, 3, 5].flatMap((n) => options[(which + n) % Math.max(1, options.length)] ?? []);
            await takeMix(mix, seen);
            stack = [];
            mixed += 1;
          } else if (option !== undefined) {
            const made = await take(option, { ...seen, agreed: what !== 'ask' });
            if (what !== 'ask') stack.push({ id: made.id, before: before.roster });
            taken += 1;
          }
        };
        if (what === 'fail') failing(true);
        try {
          await act();
          expect(what).not.toBe('fail');
        } catch (error) {
          if (what !== 'fail' && !(error instanceof BadInputError) && !(error instanceof NoAnswerError))
            throw error;
          refused += 1;
          // Nothing is half done.
          expect(stored()).toEqual(before);
        } finally {
          if (what === 'fail') failing(false);
        }
        for (const broken of await hardBroken()) expect(allowed).toContain(broken);
      }
    }),
    { numRuns: runs, seed: 7 },
  );
  expect(Math.min(taken, mixed, refused, edited, undone)).toBeGreaterThan(isLongRun ? 10 : 0);
});
