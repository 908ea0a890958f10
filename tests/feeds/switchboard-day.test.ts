import { expect, test } from 'vitest';
import { playSwitchboardDay, queueLogOf } from '../../src/demo/switchboard-day.ts';
import { countsOf, oddHabits, presenceOf, scaledDemo } from '../support/switchboard.ts';

const demo = scaledDemo(0.7);
const day = playSwitchboardDay(demo, '2026-11-30', oddHabits);
const lines = queueLogOf(day, oddHabits);
const fields = lines.map(({ text }) => text.split('|'));
const of = (event: string): string[][] => fields.filter((each) => each[4] === event);

test('a day is the same each time, and another one another', () => {
  expect(playSwitchboardDay(demo, '2026-11-30', oddHabits)).toEqual(day);
  expect(playSwitchboardDay(demo, '2026-12-01', oddHabits).legs).not.toEqual(day.legs);
});

test('a call is answered by somebody who is there, and by one who is free', () => {
  const whose = Object.groupBy(day.spans, ({ operator }) => operator);
  const busyUntil = new Map<string, number>();
  for (const leg of day.legs.toSorted((a, b) => a.leftAt - b.leftAt)) {
    const { operator, leftAt, endedAt } = leg;
    if (operator === undefined) continue;
    const span = whose[operator]?.find(({ from, to }) => from <= leftAt && leftAt < to);
    expect(span?.queues).toContain(leg.queue);
    expect(busyUntil.get(operator) ?? 0).toBeLessThanOrEqual(leftAt);
    busyUntil.set(operator, endedAt);
  }
  for (const spans of Object.values(whose))
    for (const [i, span] of (spans ?? []).entries())
      expect(span.from).toBeGreaterThan(spans?.[i - 1]?.to ?? 0);
});

test('every line and day can be played', () => {
  for (const [factor, date] of [
    [0.5, '2026-11-23'],
    [0.6, '2026-11-23'],
    [1, '2026-11-29'],
    [3, '2026-10-01'],
  ] as const)
    expect(playSwitchboardDay(scaledDemo(factor), date, oddHabits).legs.length).toBeGreaterThan(1000);
});

test('as many can be rung as the roster has, within the minute in which they come and go', () => {
  const all = [...presenceOf(day, 60)].filter(([key]) => key.startsWith('general '));
  const noon = all.find(([key]) => key.endsWith(` ${day.from + 10 * 3600}`))?.[1] ?? 0;
  const rostered = 11 * 3600;
  expect(noon / rostered).toBeGreaterThan(0.7);
  expect(noon / rostered).toBeLessThan(1.05);
});

test('the log has the fields of each event, in the order of its clock, and times that fit', () => {
  const counts = [...countsOf(day, 30).values()];
  const sum = (pick: (cell: (typeof counts)[number]) => number): number =>
    counts.reduce((total, cell) => total + pick(cell), 0);
  expect(sum((cell) => cell.offered)).toBe(day.legs.length);
  expect(of('CONNECT')).toHaveLength(sum((cell) => cell.answered));
  expect(of('ABANDON')).toHaveLength(sum((cell) => cell.abandoned));
  const silent = day.legs.filter((leg) => !leg.isEntryLogged);
  expect(silent.length).toBeGreaterThan(5);
  expect(of('ENTERQUEUE')).toHaveLength(day.legs.length - silent.length);
  const times = fields.map(([at]) => Number(at));
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  for (const [at, callid, , , , , , , wait] of of('EXITWITHKEY')) {
    const entered = of('ENTERQUEUE')
      .filter((each) => each[1] === callid)
      .map(([from]) => Number(from));
    if (entered.length === 1) expect(Number(at) - Number(wait)).toBe(entered[0]);
  }
  const talks = ['COMPLETEAGENT', 'COMPLETECALLER'].flatMap((event) =>
    of(event).map((each) => Number(each[6])),
  );
  const handed = [
    ...of('BLINDTRANSFER').map((each) => Number(each[8])),
    ...of('ATTENDEDTRANSFER').map((each) => Number(each[8])),
  ];
  // Where no line says that a call was handed on, the talk in the log runs on until the second one ends.
  const runsOn = day.legs.filter((leg) => leg.runsOnUntil !== undefined);
  expect(runsOn.length).toBeGreaterThan(5);
  const beyond = runsOn.reduce(
    (total, leg) =>
      total + (leg.end === 'lost' ? leg.leftAt - leg.endedAt : (leg.runsOnUntil ?? 0) - leg.endedAt),
    0,
  );
  const logged = [...talks, ...handed].reduce((a, b) => a + b, 0);
  expect(logged - beyond).toBe(sum((cell) => cell.handleSecondsTotal));
});

test('every event of the log is written, so that a reader meets each', () => {
  const events = new Set(fields.map((each) => each[4]));
  const names =
    'ENTERQUEUE CONNECT COMPLETEAGENT COMPLETECALLER ABANDON EXITEMPTY EXITWITHTIMEOUT EXITWITHKEY WITHDRAW RINGNOANSWER RINGCANCELED BLINDTRANSFER ATTENDEDTRANSFER PAUSE UNPAUSE PAUSEALL UNPAUSEALL AGENTLOGIN AGENTLOGOFF ADDMEMBER REMOVEMEMBER CONFIGRELOAD QUEUESTART DID';
  expect(names.split(' ').filter((name) => !events.has(name))).toEqual([]);
});
