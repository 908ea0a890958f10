import { describe, expect, it } from 'vitest';
import { tiersSchema } from '../../src/contract/models/tiers-model.ts';
import { absenceChance, assumedOnTheDay } from '../../src/kernel/shrinkage.ts';
import { drawAttendance } from '../../src/staffing/staffing-request.ts';

const horizon = {
  zone: 'Asia/Shanghai',
  startMillis: Date.UTC(2026, 10, 22, 16),
  intervalMinutes: 30,
  count: 336,
};
const nameOf = (name: string) => ({ 'zh-CN': name, en: name });
const tiersWith = (shrinkage: unknown) =>
  tiersSchema.parse({
    tiers: [
      {
        tier: 't',
        name: nameOf('t'),
        queues: [{ queue: 'q', preference: 1 }],
        connectionTarget: null,
        costPerHour: 1,
        shrinkage,
      },
    ],
  }).tiers;
const law = { seed: 3, daySpread: {} };
const paths = 4000;
const allOnTheDay = (share: number) => [{ kind: 'sick', name: nameOf('sick'), share, onTheDay: true }];
const drawn = (shrinkage: unknown, operators: number, interval = 30, daySpread = 0): number[] => {
  const operatorsPresent = drawAttendance(tiersWith(shrinkage), horizon, {
    seed: 3,
    daySpread: { t: daySpread },
  });
  return Array.from({ length: paths }, (_, p) => operatorsPresent?.(0, operators, p, interval) ?? Number.NaN);
};
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const variance = (values: readonly number[]): number => mean(values.map((v) => (v - mean(values)) ** 2));

describe('operators who turn up', () => {
  it('are a binomial number: as many as planned on average, with its variance', () => {
    // 15 ready of 20 on the roster, each away with 25 %.
    const there = drawn(allOnTheDay(0.25), 15);
    expect(Math.abs(mean(there) - 15)).toBeLessThan(4 * Math.sqrt((20 * 0.25 * 0.75) / paths));
    expect(variance(there) / (20 * 0.25 * 0.75)).toBeCloseTo(1, 1);
    expect(there.every((n) => Number.isInteger(n) && n <= 20)).toBe(true);
  });

  it('stay away for a whole duty, and are the same people whatever the number asked for', () => {
    const operatorsPresent = drawAttendance(tiersWith(allOnTheDay(0.25)), horizon, law);
    for (let p = 0; p < 50; p += 1) {
      expect(operatorsPresent?.(0, 15, p, 16)).toBe(operatorsPresent?.(0, 15, p, 31));
      expect(operatorsPresent?.(0, 16, p, 16)).toBeGreaterThanOrEqual(
        operatorsPresent?.(0, 15, p, 16) ?? Infinity,
      );
    }
    const days = Array.from({ length: 7 }, (_, d) => operatorsPresent?.(0, 15, 0, 48 * d + 20));
    expect(new Set(days).size).toBeGreaterThan(1);
  });

  it('are all who are planned where the roster knows beforehand, or absences are taken as certain', () => {
    const leave = { kind: 'leave', name: nameOf('leave'), share: 0.15 };
    const sick = { kind: 'sick', name: nameOf('sick'), share: 0.05, onTheDay: true };
    expect(drawAttendance(tiersWith([leave]), horizon, law)).toBeUndefined();
    expect(drawAttendance(tiersWith(0.2), horizon, undefined)).toBeUndefined();
    // Of those whom leave spares, 5 in 85 are ill: less is uncertain than where all of it is drawn.
    expect(absenceChance(tiersWith([leave, sick])[0]?.shrinkage ?? 0, horizon)[0]).toBeCloseTo(
      0.05 / 0.85,
      9,
    );
    expect(variance(drawn([leave, sick], 16))).toBeLessThan(0.5 * variance(drawn(allOnTheDay(0.2), 16)));
  });

  it('are, of shrinkage in one figure, away on the day for the usual share of it only', () => {
    const chance = assumedOnTheDay / (1 - 0.26 + assumedOnTheDay);
    expect(absenceChance(0.26, horizon)[0]).toBeCloseTo(chance, 12);
    // Of 100 on the roster, ill are a binomial number; of the time of the others 80 % is on calls.
    const there = drawn(0.26, 74);
    expect(Math.abs(mean(there) - 74)).toBeLessThan(4 * 0.8 * Math.sqrt((100 * chance) / paths));
    expect(variance(there) / (0.8 ** 2 * 100 * chance * (1 - chance))).toBeCloseTo(1, 1);
    expect(absenceChance(0.04, horizon)[0]).toBeCloseTo(0.04, 12);
  });

  it('differ more where days differ', () => {
    const [usual, spread] = [drawn(allOnTheDay(0.1), 90), drawn(allOnTheDay(0.1), 90, 30, 0.6)];
    expect(mean(spread) / mean(usual)).toBeCloseTo(1, 1);
    expect(variance(spread)).toBeGreaterThan(3 * variance(usual));
  });
});
