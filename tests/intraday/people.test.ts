import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { LabourRule } from '../../src/contract/models/labour-rules-model.ts';
import {
  type DayRoster,
  keepsHardRules,
  type PersonOption,
  proposePeople,
  weekHours,
  withChange,
} from '../../src/intraday/people.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { valueAt } from '../../src/kernel/value-at.ts';
import { evaluateRoster } from '../../src/rostering/evaluate/evaluate-roster.ts';
import {
  noBalance,
  type RosterPerson,
  type RosterProblem,
  type RosterShift,
} from '../../src/rostering/roster-problem.ts';
import { isLongRun } from '../support/sweep.ts';
import { usualDay } from './call-back-world.ts';

const shifts: RosterShift[] = [
  { shift: 'early', startMinute: 360, lengthMinutes: 480, workMinutes: 420, mealMinutes: 60, isNight: false },
  { shift: 'day', startMinute: 540, lengthMinutes: 480, workMinutes: 450, mealMinutes: 30, isNight: false },
  { shift: 'late', startMinute: 840, lengthMinutes: 480, workMinutes: 420, mealMinutes: 60, isNight: false },
  { shift: 'night', startMinute: 1320, lengthMinutes: 480, workMinutes: 450, mealMinutes: 30, isNight: true },
];

const rules: readonly LabourRule[] = [
  { rule: 'unavailable', price: 'hard' },
  { rule: 'pinned', price: 'hard' },
  { rule: 'minimum-rest', hours: 11, price: 'hard' },
  { rule: 'overtime-a-day', standard: 8, hours: 1, price: 'hard' },
  { rule: 'most-days-in-a-row', days: 5, price: 'hard' },
  { rule: 'no-nights-if-exempt', price: 'hard' },
  { rule: 'own-shifts', price: 'hard' },
  { rule: 'most-nights-in-a-row', nights: 3, price: 'hard' },
  { rule: 'days-off-after-nights', days: 1, price: 'hard' },
  { rule: 'new-beside-experienced', newPerExperienced: 2, price: 'hard' },
  { rule: 'team-together', price: 'hard' },
] as readonly LabourRule[];

/** A fortnight of people whose roster may itself break some rules, and the day in its middle. */
const dayRosterOf = (seed: number, people: number): DayRoster => {
  const random = seededRandom(seed, 3);
  const whole = (to: number): number => Math.floor(to * random.uniform());
  const day = 4 + whole(9);
  const problem: RosterProblem = {
    days: Array.from({ length: 14 }, (_, at) => ({
      weekday: (at % 7) + 1,
      month: '2026-11',
      isHoliday: false,
    })),
    shifts,
    tiers: ['one', 'two'],
    people: Array.from({ length: people }, (_, at): RosterPerson => ({
      person: `p${at}`,
      tiers: at % 4 === 0 ? [0, 1] : [0],
      skills: [],
      ...(at % 3 === 0 ? { team: `t${at % 2}` } : {}),
      isNightExempt: at % 5 === 0,
      ...(at % 7 === 0 ? { shifts: [0, 1] } : {}),
      experience: at % 4 === 1 ? 'new' : at % 4 === 2 ? 'experienced' : 'usual',
      contractShare: 1,
      unavailable: whole(6) === 0 ? [day] : [],
      pinned: whole(5) === 0 ? [{ day, shift: 'off' as const }] : [],
      requests: [],
      disliked: [],
      balance: noBalance,
      before: whole(2) === 0 ? [2, 2] : [-1, 0],
    })),
    demand: [{ day, shift: 0, tier: 0, operators: 2, underPrice: 10, overPrice: 1 }],
    downgradePrice: 1,
    rules: rules.filter(() => random.uniform() < 0.8),
  };
  const roster = problem.people.flatMap((_, person) =>
    problem.days.flatMap((__, at) =>
      random.uniform() < 0.6 ? [{ person, day: at, shift: whole(4), tier: 0 }] : [],
    ),
  );
  return {
    problem,
    roster,
    day,
    duties: roster
      .filter((one) => one.day === day)
      .map(({ person, shift, tier }) => {
        const { startMinute, lengthMinutes } = valueAt(shifts, shift);
        return { person, shift, tier, startMinute, endMinute: startMinute + lengthMinutes };
      }),
  };
};

const span = (now: number) => ({
  now,
  count: 48,
  intervalMinutes: 30,
  tiers: [
    { tier: 'one', ready: 0.85 },
    { tier: 'two', ready: 0.9 },
  ],
});

/** Units of hard rules broken, by rule and person or by rule: read off the whole roster. */
const hardUnits = (problem: RosterProblem, roster: DayRoster['roster'], keep: (code: string) => boolean) => {
  const sums = new Map<string, number>();
  for (const { rule, code, units } of evaluateRoster(problem, roster).hardBroken)
    if (keep(code)) sums.set(`${rule} ${code}`, (sums.get(`${rule} ${code}`) ?? 0) + units);
  return sums;
};
const crew = new Set(['team-together', 'new-beside-experienced', 'least-qualified']);

describe('people who could stay, come or go', () => {
  it('break no hard rule of the whole roster that holds without them', () => {
    let seen = 0;
    const kinds = new Set<string>();
    fc.assert(
      fc.property(fc.nat(100_000), fc.integer({ min: 0, max: 40 }), (seed, now) => {
        const own = dayRosterOf(seed, 12);
        for (const { change, latest, moved } of proposePeople(own, span(now), usualDay)) {
          seen += 1;
          kinds.add(change.kind);
          const after = withChange(own, change);
          const keep = (code: string): boolean => change.kind === 'call-in' || !crew.has(code);
          const before = hardUnits(own.problem, own.roster, keep);
          for (const [key, units] of hardUnits(own.problem, after, keep))
            expect(units).toBeLessThanOrEqual((before.get(key) ?? 0) + 1e-9);
          expect(latest).toBeGreaterThanOrEqual(now);
          for (const { from, to } of moved) expect(from >= now && from < to && to <= 48).toBe(true);
        }
      }),
      { numRuns: isLongRun ? 700 : 40 },
    );
    expect(seen).toBeGreaterThan(isLongRun ? 10_000 : 400);
    expect([...kinds].sort()).toEqual(['call-in', 'come-earlier', 'send-home', 'stay-longer']);
  });

  it('are refused what rest, leave, the day’s hours and the crew forbid', () => {
    const own = dayRosterOf(1, 12);
    const [tired, away] = [0, 1];
    const problem: RosterProblem = {
      ...own.problem,
      rules,
      people: own.problem.people.map(({ shifts: _shifts, team: _team, ...one }, at) => ({
        ...one,
        pinned: [],
        before: [],
        isNightExempt: false,
        unavailable: at === away ? [4] : [],
        experience: at === 5 ? 'new' : 'usual',
      })),
    };
    const roster = [
      { person: tired, day: 3, shift: 2, tier: 0 },
      { person: 2, day: 4, shift: 1, tier: 0 },
    ];
    const today = {
      ...own,
      day: 4,
      problem,
      roster,
      duties: [{ person: 2, shift: 1, tier: 0, startMinute: 540, endMinute: 1020 }],
    };
    const callIn = (person: number, shift: number) =>
      keepsHardRules(today, { kind: 'call-in', person, shift, tier: 0, startMinute: 0, endMinute: 0 });
    // Until 22:00 the evening before: not at 6 or at 9, but at 14.
    expect([callIn(tired, 0), callIn(tired, 2)]).toEqual([false, true]);
    expect(callIn(away, 2)).toBe(false);
    // A new one alone.
    expect(callIn(5, 2)).toBe(false);
    const stay = (endMinute: number) =>
      keepsHardRules(today, {
        kind: 'stay-longer',
        person: 2,
        shift: 1,
        tier: 0,
        startMinute: 540,
        endMinute,
      });
    // 7.5 hours of work: an hour and a half more are allowed, two are not.
    expect([stay(1080), stay(1140)]).toEqual([true, false]);
  });

  it('ask a person for one thing at a time, and give nothing where nobody is there', () => {
    const own = dayRosterOf(4, 12);
    const options: PersonOption[] = proposePeople(own, span(10), usualDay);
    for (const { who, excludes } of options) expect(excludes).toEqual([`person ${who[0]}`]);
    expect(
      proposePeople(
        { ...own, duties: [], problem: { ...own.problem, people: [] }, roster: [] },
        span(0),
        usualDay,
      ),
    ).toEqual([]);
    expect(proposePeople(own, span(48), usualDay)).toEqual([]);
  });
});

test('who has worked fewest hours of the week is asked first, and who has worked most goes home first', () => {
  let pairs = 0;
  for (let seed = 1; seed <= 30; seed += 1) {
    const own = dayRosterOf(seed, 12);
    const alike = Map.groupBy(proposePeople(own, span(16), usualDay), ({ kind, moved }) =>
      JSON.stringify([kind, moved]),
    );
    for (const options of alike.values()) {
      // The roster begins on a Monday.
      const week = Math.floor(own.day / 7);
      const hours = options.map(({ change }) =>
        own.roster
          .filter(({ person, day }) => person === change.person && Math.floor(day / 7) === week)
          .reduce((sum, { shift }) => sum + valueAt(shifts, shift).workMinutes / 60, 0),
      );
      expect(options.map(({ change }) => weekHours(own, change.person))).toEqual(hours);
      pairs += hours.length - 1;
      const sign = options[0]?.kind === 'send-home' ? -1 : 1;
      expect(hours).toEqual(hours.toSorted((a, b) => sign * (a - b)));
    }
  }
  expect(pairs).toBeGreaterThan(20);
});
