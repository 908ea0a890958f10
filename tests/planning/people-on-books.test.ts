import { describe, expect, it, test } from 'vitest';
import type { TiersModel } from '../../src/contract/models/tiers-model.ts';
import type { OperatorRecord } from '../../src/kernel/records.ts';
import { addDays } from '../../src/kernel/time.ts';
import { sayInNoTier } from '../../src/planning/history/tiers-of-people.ts';
import { peopleOnBooks } from '../../src/planning/week/make-plan.ts';
import { hoursOnLeave } from '../../src/planning/week/plan-parts.ts';
import { standIns } from '../../src/planning/week/staff-week.ts';

const tier = (name: string, costPerHour: number, queues: Record<string, number>) => ({
  tier: name,
  name: { 'zh-CN': name, en: name },
  queues: Object.entries(queues).map(([queue, preference]) => ({
    queue,
    preference,
    overflowDelaySeconds: 0,
  })),
  connectionTarget: null,
  costPerHour,
  shrinkage: 0.2,
});
const general = tier('general', 40, { city: 1, tax: 3 });
const tax = tier('tax', 50, { tax: 1 });
const senior = tier('senior', 60, { city: 2 });
const tiers: TiersModel = { tiers: [general, tax, senior] };
const person = (operator: string, of: string | undefined, contractHours: number): OperatorRecord => ({
  operator,
  skills: [],
  contractHours,
  ...(of === undefined ? {} : { tier: of }),
});

describe('people on the books', () => {
  it('sums heads and contract hours per tier, and leaves out tiers without a record', () => {
    const operators = [
      person('a', 'general', 40),
      person('b', 'tax', 30),
      person('c', 'general', 20),
      person('d', undefined, 40),
      person('e', 'elsewhere', 40),
    ];
    expect(peopleOnBooks(operators, tiers)).toEqual([
      { tier: 'general', operators: 2, weeklyHours: 60 },
      { tier: 'tax', operators: 1, weeklyHours: 30 },
    ]);
    expect(peopleOnBooks([], tiers)).toEqual([]);
    const known = [general, tax, senior].map(({ name }) => name);
    expect(sayInNoTier(operators, tiers)).toMatchObject([
      { code: 'people-in-no-tier', values: { people: 2, of: 5, known } },
    ]);
    expect(sayInNoTier(operators.slice(0, 3), tiers)).toEqual([]);
  });

  it('counts operators of no named tier to the only one', () => {
    expect(peopleOnBooks([person('a', undefined, 40)], { tiers: [general] })).toEqual([
      { tier: 'general', operators: 1, weeklyHours: 40 },
    ]);
    expect(sayInNoTier([person('a', undefined, 40)], { tiers: [general] })).toEqual([]);
    // a grade is no tier, even where there is only one
    expect(sayInNoTier([person('a', '初级', 40)], { tiers: [general] })).toHaveLength(1);
  });
});

describe('stand-ins', () => {
  it('are tiers that answer a queue the other is first for, never cheaper than its own people', () => {
    expect(standIns(tiers, tiers.tiers)).toEqual([
      { from: 'general', to: 'tax', pricePerHour: 15 },
      { from: 'senior', to: 'general', pricePerHour: 4 },
    ]);
    // Nobody is lent by a tier of which nobody is on the books.
    expect(standIns(tiers, [{ tier: 'senior' }, { tier: 'tax' }])).toEqual([
      { from: 'senior', to: 'general', pricePerHour: 4 },
    ]);
  });
});

const onLeave = {
  operator: 'A01',
  tier: 'general',
  skills: [],
  contractHours: 40,
  contract: 'standard' as const,
};
const fortnight = Array.from({ length: 14 }, (_, i) => addDays('2026-11-23', i));
test.each([
  ['a day', '2026-11-24', '2026-11-24', {}, 8],
  ['a whole week: no more than its contract', '2026-11-23', '2026-11-29', {}, 40],
  ['a week and two days', '2026-11-23', '2026-12-01', {}, 56],
  ['a week with fixed days off besides', '2026-11-23', '2026-11-29', { fixedDaysOff: ['5', '6', '7'] }, 32],
])('leave of %s takes hours of the contract', (_, from, to, more, hours) => {
  const leave = [{ operator: 'A01', from, to, kind: 'annual', state: 'approved' as const }];
  expect(hoursOnLeave([{ ...onLeave, ...more }], leave, fortnight)).toBeCloseTo(hours, 9);
});
