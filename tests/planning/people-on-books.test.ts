import { describe, expect, it } from 'vitest';
import type { TiersModel } from '../../src/contract/models/tiers-model.ts';
import type { OperatorRecord } from '../../src/kernel/records.ts';
import { peopleOnBooks } from '../../src/planning/week/make-plan.ts';
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
  });

  it('counts operators of no named tier to the only one', () => {
    expect(peopleOnBooks([person('a', undefined, 40)], { tiers: [general] })).toEqual([
      { tier: 'general', operators: 1, weeklyHours: 40 },
    ]);
  });
});

describe('stand-ins', () => {
  it('are tiers that answer a queue the other is first for, never cheaper than its own people', () => {
    expect(standIns(tiers)).toEqual([
      { from: 'general', to: 'tax', pricePerHour: 15 },
      { from: 'senior', to: 'general', pricePerHour: 4 },
    ]);
  });
});
