import { describe, expect, it } from 'vitest';
import { tiersSchema } from '../../src/contract/models/tiers-model.ts';
import type { OperatorRecord } from '../../src/kernel/records.ts';
import { gradeOperators, scoreOperators } from '../../src/staffing/grade-operators.ts';

const weights = { qualityScore: 1, firstContactResolution: 0, handleTimeSeconds: 0, monthsOfService: 0 };

/** Tiers by name and wage, in the order given. */
const tiersPaid = (
  wages: Readonly<Record<string, number>>,
  requires: Readonly<Record<string, object>> = {},
) =>
  tiersSchema.parse({
    tiers: Object.entries(wages).map(([tier, costPerHour]) => ({
      tier,
      name: { 'zh-CN': tier, en: tier },
      queues: [{ queue: 'calls', preference: 1 }],
      connectionTarget: null,
      costPerHour,
      shrinkage: 0,
      ...(requires[tier] === undefined ? {} : { requires: requires[tier] }),
    })),
  }).tiers;

/** Operators by quality score, named by their place; undefined for one of whom nothing is known. */
const scored = (scores: readonly (number | undefined)[], tier?: string): OperatorRecord[] =>
  scores.map((qualityScore, i) => ({
    operator: `${tier ?? 'free'}-${i}`,
    tier,
    skills: [],
    contractHours: 40,
    ...(qualityScore === undefined ? {} : { qualityScore }),
  })) as OperatorRecord[];

const proposals = (
  people: readonly OperatorRecord[],
  tiers: ReturnType<typeof tiersPaid>,
  seats: Readonly<Record<string, number>> = {},
): (string | undefined)[] =>
  gradeOperators(people, tiers, weights, new Map(Object.entries(seats))).operators.map(
    ({ proposed }) => proposed,
  );

describe('levels and grades', () => {
  it('two levels, two grades: a break lies at the least score of each', () => {
    // Mean 75, standard deviation 15.
    const found = gradeOperators(
      scored([60, 60, 60, 90, 90, 90]),
      tiersPaid({ front: 40, desk: 50 }),
      weights,
    );
    expect(found.breaks).toEqual([-1, 1]);
    expect([...found.fromGrade]).toEqual([
      ['front', 1],
      ['desk', 2],
    ]);
    expect(found.operators.map(({ score }) => score)).toEqual([-1, -1, -1, 1, 1, 1]);
    expect(found.operators.map(({ grade }) => grade)).toEqual([1, 1, 1, 2, 2, 2]);
  });

  it('fewer than three operators to a grade are one grade, in which every tier is open', () => {
    const found = gradeOperators(scored([60, 60, 90, 90, 90]), tiersPaid({ front: 40, desk: 50 }), weights);
    expect(found.breaks).toHaveLength(1);
    expect([...found.fromGrade.values()]).toEqual([1, 1]);
    expect(found.operators.map(({ grade }) => grade)).toEqual([1, 1, 1, 1, 1]);
    expect(found.operators.map(({ proposed }) => proposed)).toEqual(['desk', 'desk', 'desk', 'desk', 'desk']);
  });

  it('as many grades as scores differ, however many levels there are', () => {
    const tiers = tiersPaid({ front: 40, desk: 50, lead: 70 });
    const found = gradeOperators(scored([60, 60, 60, 60, 60, 90, 90, 90, 90, 90]), tiers, weights);
    expect(found.breaks).toEqual([-1, 1]);
    // Two grades over three levels: the upper two levels share the upper grade.
    expect([...found.fromGrade]).toEqual([
      ['front', 1],
      ['desk', 2],
      ['lead', 2],
    ]);
    expect(gradeOperators(scored([80, 80, 80, 80, 80, 80]), tiers, weights).breaks).toEqual([0]);
  });

  it('wages up to a tenth apart are one level, counted from its lowest', () => {
    const levels = (wages: Readonly<Record<string, number>>): unknown =>
      Object.fromEntries(
        gradeOperators(scored([60, 60, 60, 75, 75, 75, 90, 90, 90]), tiersPaid(wages), weights).fromGrade,
      );
    expect(levels({ a: 40, b: 44, c: 45 })).toEqual({ a: 1, b: 1, c: 2 });
    expect(levels({ a: 40, b: 43, c: 46 })).toEqual({ a: 1, b: 1, c: 2 });
    expect(levels({ a: 40, b: 45, c: 50 })).toEqual({ a: 1, b: 2, c: 3 });
    expect(levels({ c: 50, a: 40, b: 45 })).toEqual({ a: 1, b: 2, c: 3 });
  });

  it('three levels in any order: each operator comes where the figures stand', () => {
    const people = scored([60, 75, 90, 60, 75, 90, 60, 75, 90]);
    const wages = [
      ['front', 40],
      ['desk', 50],
      ['lead', 70],
    ] as const;
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
      [1, 2, 0],
    ]) {
      const tiers = tiersPaid(Object.fromEntries(order.map((k) => wages[k] ?? ['', 0])));
      const row = ['front', 'desk', 'lead'];
      expect(proposals(people, tiers)).toEqual([...row, ...row, ...row]);
    }
  });

  it('gives a reason for every tier passed over and for the one proposed', () => {
    const people = scored([60, 75, 90, 60, 75, 90, 60, 75, 90]);
    const tiers = tiersPaid({ front: 40, desk: 50, lead: 70 });
    const { operators } = gradeOperators(people, tiers, weights);
    const [fits, below, full] = ['tier-fits', 'tier-passed-over', 'tier-full'];
    const codes = (own: typeof operators): string[][] =>
      own.slice(0, 3).map(({ reasons }) => reasons.map(({ code }) => code));
    expect(codes(operators)).toEqual([[below, below, fits], [below, fits], [fits]]);
    const oneSeat = gradeOperators(people, tiers, weights, new Map([['desk', 1]]));
    expect(codes(oneSeat.operators.slice(3))).toEqual([[below, below, fits], [below, full, fits], [fits]]);
    expect(gradeOperators(scored([undefined]), tiers, weights).operators[0]?.reasons).toHaveLength(1);
    const strict = tiersPaid({ front: 40 }, { front: { skills: ['licence'] } });
    const nobody = gradeOperators(scored([60]), strict, weights).operators[0];
    expect([nobody?.proposed, nobody?.reasons.length]).toEqual([undefined, 2]);
  });
});

describe('seats', () => {
  const tiers = tiersPaid({ front: 40, desk: 50 });

  it('nobody is moved between tiers of one level; who has no tier may go to any', () => {
    const level = tiersPaid({ front: 40, chat: 42 });
    expect(proposals([...scored([60, 60], 'chat'), ...scored([60, 60], 'front')], level)).toEqual([
      'chat',
      'chat',
      'front',
      'front',
    ]);
    expect(proposals(scored([60, 60, 60]), level)).toEqual(['front', 'front', 'front']);
  });

  it('go to the best scores, whatever the order of the list', () => {
    const people = scored([91, 60, 95, 60, 93, 60, 60]);
    expect(proposals(people, tiers, { desk: 2 })).toEqual([
      ...['front', 'front', 'desk', 'front'],
      ...['desk', 'front', 'front'],
    ]);
  });

  it('are kept by who is there already and is able, and by those of whom nothing is known', () => {
    const people = [...scored([91, undefined], 'desk'), ...scored([60, 60, 60, 95, 93], 'front')];
    const desks = (seats: number): (string | undefined)[] => proposals(people, tiers, { desk: seats });
    const front = (n: number): string[] => Array.from({ length: n }, () => 'front');
    expect(desks(0)).toEqual(['front', 'desk', ...front(5)]);
    expect(desks(1)).toEqual(['front', 'desk', ...front(5)]);
    expect(desks(2)).toEqual(['desk', 'desk', ...front(5)]);
    expect(desks(3)).toEqual(['desk', 'desk', ...front(3), 'desk', 'front']);
    expect(proposals(people, tiers)).toEqual(['desk', 'desk', ...front(3), 'desk', 'desk']);
  });

  it('the lowest level takes all who are left, whatever seats it has', () => {
    expect(proposals(scored([60, 60, 60, 90, 90, 90]), tiers, { front: 0, desk: 1 })).toEqual([
      ...['front', 'front', 'front'],
      ...['desk', 'front', 'front'],
    ]);
  });
});

describe('scores', () => {
  it('a figure that is not known is left out, and the others count for it', () => {
    const both = { ...weights, qualityScore: 3, monthsOfService: 1 };
    const people = scored([60, 90, 75]).map((own, i) =>
      i === 2 ? own : { ...own, monthsOfService: 20 * i },
    );
    // Quality: mean 75, deviation √150; months: mean 10, deviation 10, unknown of the third.
    const far = 15 / Math.sqrt(150);
    const [low, high, middle] = scoreOperators(people, both);
    expect(low).toBeCloseTo((-3 * far - 1) / 4, 12);
    expect(high).toBeCloseTo((3 * far + 1) / 4, 12);
    expect(middle).toBe(0);
  });

  it('five of a tier are compared among themselves, four with everybody', () => {
    const quick = { ...weights, qualityScore: 0, handleTimeSeconds: 1 };
    const handling = (seconds: readonly number[], tier: string): OperatorRecord[] =>
      scored(
        seconds.map(() => undefined),
        tier,
      ).map((own, i) => ({ ...own, handleTimeSeconds: seconds[i] ?? 0 }));
    const desk = (n: number): number[] => Array.from({ length: n }, (_, i) => 400 + i);
    const front = handling([100, 100, 100, 100, 100, 100], 'front');
    const among = scoreOperators([...handling(desk(5), 'desk'), ...front], quick);
    expect(among[2]).toBeCloseTo(0, 12);
    expect(among[0]).toBeCloseTo(Math.SQRT2, 12);
    expect(among[4]).toBeCloseTo(-Math.SQRT2, 12);
    const beside = scoreOperators([...handling(desk(4), 'desk'), ...front], quick);
    expect(beside[0]).toBeLessThan(-1);
    // Where all are alike nobody stands apart.
    expect(among[5]).toBe(0);
  });
});
