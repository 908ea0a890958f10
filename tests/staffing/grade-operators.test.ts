import { english } from '../support/said.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tiersSchema } from '../../src/contract/models/tiers-model.ts';
import type { OperatorRecord } from '../../src/kernel/records.ts';
import { gradeOperators, scoreOperators } from '../../src/staffing/grade-operators.ts';

const weights = {
  qualityScore: 0.4,
  firstContactResolution: 0.3,
  handleTimeSeconds: 0.2,
  monthsOfService: 0.1,
};

const { tiers } = tiersSchema.parse({
  tiers: [
    { tier: 'front', queue: 'general', costPerHour: 40 },
    { tier: 'desk', queue: 'expert', costPerHour: 50 },
  ].map(({ tier, queue, costPerHour }) => ({
    tier,
    name: { 'zh-CN': tier, en: tier },
    queues: [{ queue, preference: 1 }],
    connectionTarget: null,
    costPerHour,
    shrinkage: 0.2,
    ...(tier === 'desk' ? { requires: { skills: ['certificate'], monthsOfService: 12 } } : {}),
  })),
});

const operator = (name: string, change: Partial<OperatorRecord> = {}): OperatorRecord => ({
  operator: name,
  tier: 'front',
  skills: ['general', 'expert', 'certificate'],
  contractHours: 40,
  handleTimeSeconds: 200,
  qualityScore: 80,
  firstContactResolution: 0.6,
  monthsOfService: 24,
  ...change,
});

/** Six middling operators and three whose figures stand apart. */
const team = [
  ...[0, 1, 2, 3, 4, 5].map((i) => operator(`plain-${i}`, { qualityScore: 80 + i / 10 })),
  ...[0, 1, 2].map((i) =>
    operator(`able-${i}`, {
      qualityScore: 95 + i / 10,
      firstContactResolution: 0.85,
      handleTimeSeconds: 150,
    }),
  ),
];

const proposedOf = (people: readonly OperatorRecord[], seats?: ReadonlyMap<string, number>) =>
  new Map(gradeOperators(people, tiers, weights, seats).operators.map((one) => [one.operator.operator, one]));

describe('grading', () => {
  it('gives away no seat of an operator of whom nothing is known', () => {
    const { operator: name, contractHours, skills } = operator('unknown');
    const unknown: OperatorRecord = { operator: name, tier: 'desk', contractHours, skills };
    const desk = (seats: number): number =>
      [...proposedOf([...team, unknown], new Map([['desk', seats]])).values()].filter(
        ({ proposed }) => proposed === 'desk',
      ).length;
    expect([1, 2, 3].map(desk)).toEqual([1, 2, 3]);
  });

  it('splits operators where their figures stand apart', () => {
    const graded = proposedOf(team);
    expect(graded.size).toBe(team.length);
    for (const [name, { grade, proposed }] of graded) {
      expect(grade).toBe(name.startsWith('able') ? 2 : 1);
      expect(proposed).toBe(name.startsWith('able') ? 'desk' : 'front');
    }
  });

  it('keeps certificates and floors, and says which one was not kept', () => {
    const people = [
      ...team.slice(0, 7),
      operator('able-1', { ...team[7], operator: 'able-1', skills: ['general', 'expert'] }),
      operator('able-2', { ...team[8], operator: 'able-2', monthsOfService: 3 }),
    ];
    const graded = proposedOf(people);
    expect(graded.get('able-0')?.proposed).toBe('desk');
    expect(graded.get('able-1')?.proposed).toBe('front');
    expect(english(graded.get('able-1')?.reasons[0])).toContain('certificate');
    expect(graded.get('able-2')?.proposed).toBe('front');
    expect(english(graded.get('able-2')?.reasons[0])).toContain('12 months');
  });

  it('gives a limited number of seats to who is there already, then to the best', () => {
    const people = team.map((one) => (one.operator === 'able-0' ? { ...one, tier: 'desk' } : one));
    const graded = proposedOf(people, new Map([['desk', 2]]));
    expect(graded.get('able-0')?.proposed).toBe('desk');
    expect(graded.get('able-2')?.proposed).toBe('desk');
    expect(graded.get('able-1')?.proposed).toBe('front');
    expect(graded.get('able-1')?.reasons[0]).toMatchObject({ code: 'tier-full' });
  });

  it('leaves an operator without any figure where they are', () => {
    const unknown: OperatorRecord = { operator: 'new', tier: 'desk', skills: [], contractHours: 40 };
    const found = proposedOf([...team, unknown]).get('new');
    expect(found).toMatchObject({ grade: null, score: null, proposed: 'desk' });
    expect(scoreOperators([unknown], weights)).toEqual([null]);
  });

  it('compares handle time with the own tier only', () => {
    const slow = [0, 1, 2, 3, 4].map((i) =>
      operator(`desk-${i}`, { tier: 'desk', handleTimeSeconds: 400 + 10 * i }),
    );
    const quick = [0, 1, 2, 3, 4].map((i) => operator(`front-${i}`, { handleTimeSeconds: 100 + 10 * i }));
    const only = { ...weights, qualityScore: 0, firstContactResolution: 0, monthsOfService: 0 };
    const scores = scoreOperators([...slow, ...quick], only);
    expect(scores.slice(0, 5)).toEqual(scores.slice(5));
    expect(scores[0] ?? 0).toBeGreaterThan(scores[4] ?? 0);
  });

  it('never grades a better operator lower, and loses nobody', () => {
    const figures = fc.record({
      qualityScore: fc.integer({ min: 50, max: 100 }),
      monthsOfService: fc.integer({ min: 0, max: 90 }),
      handleTimeSeconds: fc.integer({ min: 100, max: 400 }),
    });
    fc.assert(
      fc.property(fc.array(figures, { minLength: 1, maxLength: 40 }), (all) => {
        const people = all.map((own, i) => operator(`op-${i}`, own));
        const { operators, breaks } = gradeOperators(people, tiers, weights);
        expect(operators.length).toBe(people.length);
        expect(breaks).toEqual(breaks.toSorted((a, b) => a - b));
        const byScore = operators.toSorted((a, b) => (a.score ?? 0) - (b.score ?? 0));
        byScore.forEach(({ grade }, i) =>
          expect(grade ?? 0).toBeGreaterThanOrEqual(byScore[i - 1]?.grade ?? 0),
        );
      }),
      { numRuns: 60 },
    );
  });
});
