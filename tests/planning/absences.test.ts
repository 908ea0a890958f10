import { describe, expect, it } from 'vitest';
import type { Capacity } from '../../src/kernel/hotline.ts';
import {
  connectionRate,
  serviceLevels,
  totalOutcome,
  type OutcomeTotals,
} from '../../src/kernel/measures.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { spreadOfDays } from '../../src/planning/history/absence-law.ts';
import { projectPaths } from '../../src/queueing/project.ts';
import { simulatePlan } from '../../src/queueing/simulator/simulate-plan.ts';
import { fallenIll, standardError } from '../support/fallen-ill.ts';
import { planMadeUpLine } from '../support/made-up-lines.ts';
import { isLongRun } from '../support/sweep.ts';

const nameOf = (name: string) => ({ 'zh-CN': name, en: name });
/** Leave is known when the roster is made; of the rest, 12 in 90 are away on the day. */
const leave = 0.1;
const sick = 0.12;
const shrinkage = [
  { kind: 'leave', name: nameOf('leave'), share: leave },
  { kind: 'sick', name: nameOf('sick'), share: sick, onTheDay: true },
];
const line = {
  name: 'a line whose operators fall ill',
  queues: [{ queue: 'all', callsPerDay: 700, handleSeconds: 220, patienceSeconds: 110 }],
  tiers: [{ tier: 'all', queues: [['all', 1] as const], shrinkage }],
};
const weeks = 300;

const certain = (capacity: Capacity): Capacity => ({
  ...capacity,
  tiers: capacity.tiers.map(({ tier, operators }) => ({ tier, operators })),
});

describe('a week planned for operators who fall ill', () => {
  it.runIf(isLongRun)(
    'has the rates of weeks in which the roster’s operators do, and says what that takes off',
    async () => {
      const { planned, plan } = await planMadeUpLine(line, 3);
      const drawn = projectPaths(planned);
      const without = projectPaths({ ...planned, capacity: certain(planned.capacity) });
      const lived = simulatePlan(
        { ...planned, capacity: fallenIll(plan, planned, weeks, 77) },
        { replications: weeks, seed: 5 },
      );
      for (const [measure, halfWidth] of [
        [connectionRate, lived.halfWidths.connectionRate],
        [(totals: OutcomeTotals) => serviceLevels(totals).ofOffered, lived.halfWidths.serviceLevel],
      ] as const) {
        const [byFormula, certainly] = [drawn, without].map(({ outcome }) => measure(totalOutcome(outcome)));
        const simulated = measure(totalOutcome(lived.outcome));
        const error = Math.hypot(halfWidth / 1.96, standardError(drawn.pathTotals.map(measure)));
        expect(Math.abs((byFormula ?? 0) - simulated)).toBeLessThan(4 * error);
        // Taken as certain, absences flatter by more than the luck of all these weeks.
        expect((certainly ?? 0) - simulated).toBeGreaterThan(4 * (halfWidth / 1.96));
      }
      const price = plan.variants.find(({ variant }) => variant === 'certain-absences');
      expect(price?.operatorHours).toBeLessThan(0.98 * plan.total.requiredOperatorHours);
      expect(JSON.stringify(plan.notices).includes('absences-drawn')).toBe(true);
    },
    300_000,
  );
});

describe('how days differ in presence', () => {
  /** Twelve weeks of a roster of so many, each away with the chance; some days have another roster. */
  const daysOf = (sd: number, heads = 60, seed = 5, holiday = heads): Map<string, number> => {
    const random = seededRandom(seed);
    return new Map(
      Array.from({ length: 84 }, (_, day) => {
        const chance = 0.1 * Math.exp(sd * random.normal());
        let present = 0;
        for (let head = 0; head < (day >= 31 && day < 36 ? holiday : heads); head += 1)
          if (random.uniform() >= chance) present += 1;
        return [new Date(Date.UTC(2026, 7, 31 + day)).toISOString().slice(0, 10), 8 * present] as const;
      }),
    );
  };

  it('is told apart from the luck of single operators', () => {
    expect(spreadOfDays(daysOf(0), 0.1)).toBeLessThan(0.25);
    const seen = spreadOfDays(daysOf(0.7), 0.1);
    expect(seen).toBeGreaterThan(0.4);
    expect(seen).toBeLessThan(1);
    expect(spreadOfDays(new Map([...daysOf(0.7)].slice(0, 15)), 0.1)).toBe(0);
    expect(spreadOfDays(daysOf(0.7), 0)).toBe(0);
  });

  it('is not read into small teams, nor into a holiday’s other roster', () => {
    for (const holiday of [10, 3]) {
      const seeds = Array.from({ length: 200 }, (_, seed) => spreadOfDays(daysOf(0, 10, seed, holiday), 0.1));
      expect(seeds.filter((spread) => spread > 0).length).toBeLessThan(20);
    }
  });
});
