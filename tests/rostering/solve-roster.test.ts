import { readFileSync, readdirSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { labourRulesSchema, type LabourRule } from '../../src/contract/models/labour-rules-model.ts';
import { createHighsSolver } from '../../src/engine/highs-solver.ts';
import { createParallelMap } from '../../src/engine/parallel-map.ts';
import type { ParallelMap } from '../../src/kernel/ports.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { evaluateRoster } from '../../src/rostering/evaluate/evaluate-roster.ts';
import type { RosterProblem } from '../../src/rostering/roster-problem.ts';
import { solveRoster } from '../../src/rostering/search/solve-roster.ts';
import { demandOf, smallPerson, smallProblem } from '../support/small-roster.ts';

const solvers = [createHighsSolver(), createHighsSolver()];
const parallel = createParallelMap(2);
afterAll(() => Promise.all([...solvers.map((solver) => solver.close()), parallel.close()]));

const rules: readonly LabourRule[] = [
  { rule: 'unavailable', price: 'hard' },
  { rule: 'minimum-rest', hours: 11, price: 'hard' },
  { rule: 'most-days-in-a-row', days: 5, price: 'hard' },
  { rule: 'hours-a-week', least: 32, most: 40, leaveHours: 8, price: 3 },
  { rule: 'most-nights', nights: 3, per: 'week', price: 'hard' },
  { rule: 'disliked-shifts', price: 2 },
];

/** A fortnight of some people with two tiers, drawn from a seed. */
const drawnProblem = (seed: number, count: number): RosterProblem => {
  const random = seededRandom(seed);
  const draw = (below: number): number => Math.floor(random.uniform() * below);
  const people = Array.from({ length: count }, (_, index) =>
    smallPerson(`p${index}`, {
      tiers: index % 3 === 0 ? [0, 1] : [0],
      unavailable: [draw(14)],
      disliked: [draw(4)],
    }),
  );
  const demand = Array.from({ length: 14 }, (_, day) => [
    demandOf(day, 0, 1 + draw(2)),
    demandOf(day, 2, 1 + draw(2)),
    demandOf(day, 3, 1),
    { ...demandOf(day, 1, 1), tier: 1 },
  ]).flat();
  return { ...smallProblem(rules, people, 14, demand), tiers: ['0', '1'] };
};

/** A fortnight of twenty people whose hard rules leave few lines. */
const tightProblem = (): RosterProblem => {
  const random = seededRandom(1);
  const draw = (below: number): number => Math.floor(random.uniform() * below);
  const hard: readonly LabourRule[] = [
    { rule: 'unavailable', price: 'hard' },
    { rule: 'minimum-rest', hours: 11, price: 'hard' },
    { rule: 'most-days-in-a-row', days: 5, price: 'hard' },
    { rule: 'fewest-days-in-a-row', days: 2, price: 'hard' },
    { rule: 'fewest-days-off-in-a-row', days: 2, price: 'hard' },
    { rule: 'most-weekends', weekends: 1, price: 'hard' },
    { rule: 'hours-in-period', least: 64, most: 80, leaveHours: 0, price: 'hard' },
    { rule: 'disliked-shifts', price: 2 },
  ];
  const people = Array.from({ length: 20 }, (_, index) =>
    smallPerson(`p${index}`, { unavailable: [draw(14)], disliked: [draw(4)] }),
  );
  const demand = Array.from({ length: 14 }, (_, day) =>
    [0, 1, 2, 3].map((shift) => demandOf(day, shift, 2 + draw(3))),
  ).flat();
  return smallProblem(hard, people, 14, demand);
};

describe('a roster', () => {
  test('is proved the best, costs what a second reading says and breaks no hard rule', async () => {
    for (const seed of [1, 2]) {
      const problem = drawnProblem(seed, 9);
      const { roster, cost, bound } = await solveRoster(problem, { solvers, parallel, seed: 1, rounds: 2 });
      const judged = evaluateRoster(problem, roster);
      expect(judged.cost).toBeCloseTo(cost, 6);
      expect(judged.hardBroken).toEqual([]);
      expect(cost - bound).toBeLessThanOrEqual(0.02 * cost + 2);
    }
  });

  test('is proved the best without rounds where hard rules leave annealing little to move', async () => {
    const problem = tightProblem();
    const { roster, cost, bound } = await solveRoster(problem, { solvers, parallel, seed: 1, rounds: 0 });
    expect(evaluateRoster(problem, roster)).toMatchObject({ cost, hardBroken: [] });
    expect(cost).toBeLessThanOrEqual(1.01 * bound);
  });

  test('under a clock is dived for while annealing lasts, which ends once that is better', async () => {
    const dived = Promise.withResolvers<undefined>();
    let annealings = 0;
    const slowly: ParallelMap = async (task, requests) => {
      if (task.name === 'annealTask') {
        annealings += 1;
        await dived.promise;
      }
      return parallel(task, requests);
    };
    const problem = tightProblem();
    const { roster, cost, bound } = await solveRoster(problem, {
      solvers,
      parallel: slowly,
      seed: 1,
      rounds: 0,
      secondsLeft: () => 60,
      progress: ({ step }) => {
        if (step === 'parts') dived.resolve(undefined);
      },
    });
    expect(annealings).toBe(1);
    expect(evaluateRoster(problem, roster)).toMatchObject({ cost, hardBroken: [] });
    expect(cost).toBeLessThanOrEqual(1.01 * bound);
  });

  test('is the same under the same seed and counts, whoever computes first', async () => {
    const problem = drawnProblem(3, 7);
    const [first, second] = [
      await solveRoster(problem, { solvers, parallel, seed: 5, rounds: 2 }),
      await solveRoster(problem, { solvers, parallel, seed: 5, rounds: 2 }),
    ];
    expect(second).toEqual(first);
  });

  test('by annealing alone still has a bound that it does not fall below', async () => {
    const problem = drawnProblem(6, 8);
    const { cost, bound } = await solveRoster(problem, {
      solvers,
      parallel,
      seed: 1,
      rounds: 1,
      prices: false,
    });
    expect(bound).toBeGreaterThan(0);
    expect(bound).toBeLessThanOrEqual(cost + 1e-6);
  });

  test('stopped at once is still whole', async () => {
    const problem = drawnProblem(4, 12);
    const answer = await solveRoster(problem, {
      solvers,
      parallel,
      seed: 1,
      rounds: 100,
      shouldStop: () => true,
    });
    const judged = evaluateRoster(problem, answer.roster);
    expect(judged.hardBroken).toEqual([]);
    expect(judged.cost).toBeCloseTo(answer.cost, 6);
  });

  test('tells who has no line that keeps the hard rules, and puts them on no duty', async () => {
    const base = drawnProblem(5, 6);
    const people = base.people.map((person, index) =>
      index === 2 ? { ...person, unavailable: [1], pinned: [{ day: 1, shift: 0 }] } : person,
    );
    const problem = {
      ...base,
      people,
      rules: [...rules, { rule: 'pinned' as const, price: 'hard' as const }],
    };
    const { roster, without } = await solveRoster(problem, {
      solvers,
      parallel,
      seed: 1,
      rounds: 1,
      prices: false,
    });
    expect(without).toEqual([2]);
    expect(roster.filter(({ person }) => person === 2)).toEqual([]);
  });
});

test('the profiles of labour rules hold to their schema', () => {
  const folder = new URL('../../models/labour-rules/', import.meta.url);
  const files = readdirSync(folder);
  expect(files.sort()).toEqual(['china-comprehensive.json', 'china-standard.json', 'international.json']);
  for (const file of files) {
    const profile = labourRulesSchema.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
    expect(`${profile.profile}.json`).toBe(file);
  }
});

test.each([
  ['an unknown rule', { rule: 'no-mondays', price: 1 }],
  ['a number out of range', { rule: 'minimum-rest', hours: 40 }],
  ['a field that the rule does not have', { rule: 'meal-break', beyondHours: 6, minutes: 30, seconds: 1 }],
])('a profile with %s is refused', (_, rule) => {
  const name = { 'zh-CN': '试', en: 'trial' };
  const parsed = labourRulesSchema.safeParse({ profile: 'trial', name, nightStartsFrom: 22, rules: [rule] });
  expect(parsed.success).toBe(false);
});
