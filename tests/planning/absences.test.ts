import { describe, expect, it } from 'vitest';
import type { Capacity } from '../../src/kernel/hotline.ts';
import {
  connectionRate,
  serviceLevels,
  totalOutcome,
  type OutcomeTotals,
} from '../../src/kernel/measures.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { spreadOfDays } from '../../src/planning/week/absence-law.ts';
import { projectPaths } from '../../src/queueing/project.ts';
import { simulatePlan } from '../../src/queueing/simulator/simulate-plan.ts';
import { planMadeUpLine } from '../support/made-up-lines.ts';

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

/** Quarter of an hour of the day at which a clock time lies. */
const quarterOf = (clock: string): number => {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return 4 * hour + minute / 15;
};

const add = (there: Float64Array, at: number, by: number): void => {
  there[at % there.length] = (there[at % there.length] ?? 0) + by;
};

type Planned = Awaited<ReturnType<typeof planMadeUpLine>>;

/** The roster lived through operator by operator: each is away for a whole shift with the stated chance. */
const fallenIll = ({ plan, planned }: Planned): Capacity => {
  const random = seededRandom(77);
  const { count } = planned.demand.horizon;
  const slots = 2 * count;
  const first = Date.parse(plan.firstDate);
  const turnout = new Float64Array(weeks * count).fill(1);
  const operators = planned.capacity.tiers[0]?.operators ?? new Float64Array(0);
  for (let week = 0; week < weeks; week += 1) {
    const there = new Float64Array(slots);
    for (const shift of plan.shifts) {
      const start = ((Date.parse(shift.date) - first) / 86_400_000) * 96 + quarterOf(shift.start);
      const length = (quarterOf(shift.end) - quarterOf(shift.start) + 96) % 96;
      for (let head = 0; head < shift.operators; head += 1) {
        if (random.uniform() < sick / (1 - leave)) continue;
        for (let t = start; t < start + length; t += 1) add(there, t, 1);
        // Everyone takes a part of each of the shift's breaks, as many as go then.
        for (const pause of shift.breaks) {
          const from = start + ((quarterOf(pause.start) - quarterOf(shift.start) + 96) % 96);
          for (let t = from; t < from + pause.minutes / 15; t += 1)
            add(there, t, -pause.operators / shift.operators);
        }
      }
    }
    for (let i = 0; i < count; i += 1) {
      const ready = (1 - leave) * (((there[2 * i] ?? 0) + (there[2 * i + 1] ?? 0)) / 2);
      if ((operators[i] ?? 0) > 0) turnout[week * count + i] = ready / (operators[i] ?? 1);
    }
  }
  return { ...planned.capacity, tiers: planned.capacity.tiers.map((tier) => ({ ...tier, turnout })) };
};

const certain = (capacity: Capacity): Capacity => ({
  ...capacity,
  tiers: capacity.tiers.map(({ tier, operators }) => ({ tier, operators })),
});

const standardError = (values: readonly number[]): number => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1) / values.length);
};

describe('a week planned for operators who fall ill', () => {
  it('has the rates of weeks in which the roster’s operators do, and says what that takes off', async () => {
    const made = await planMadeUpLine(line, 3);
    const { planned, plan } = made;
    const drawn = projectPaths(planned);
    const without = projectPaths({ ...planned, capacity: certain(planned.capacity) });
    const lived = simulatePlan({ ...planned, capacity: fallenIll(made) }, { replications: weeks, seed: 5 });
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
    expect(JSON.stringify(plan.notices).includes('Absences are drawn on each path')).toBe(true);
  }, 300_000);
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
