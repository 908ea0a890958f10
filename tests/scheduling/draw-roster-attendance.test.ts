import { expect, it } from 'vitest';
import { tiersSchema } from '../../src/contract/models/tiers-model.ts';
import { drawRosterAttendance, operatorsAtWork } from '../../src/scheduling/ready-operators.ts';
import type { PlannedShift } from '../../src/scheduling/cover-request.ts';

const count = 336;
const horizon = {
  zone: 'Asia/Shanghai',
  startMillis: Date.UTC(2026, 10, 22, 16),
  intervalMinutes: 30,
  count,
};
const { tiers } = tiersSchema.parse({
  tiers: [
    {
      tier: 't',
      name: { 'zh-CN': 't', en: 't' },
      queues: [{ queue: 'q', preference: 1 }],
      connectionTarget: null,
      costPerHour: 1,
      shrinkage: [{ kind: 'sick', name: { 'zh-CN': 's', en: 's' }, share: 0.2, onTheDay: true }],
    },
  ],
});
const shift = (date: string, startMinute: number, endMinute: number, operators: number): PlannedShift => ({
  tier: 't',
  date,
  template: 'day',
  startMinute,
  endMinute,
  operators,
  breaks: [{ startMinute: startMinute + 240, minutes: 30, operators }],
  cost: 0,
});
const paths = 3000;

it('draws each operator of a shift for all of it: a binomial share, 1 on average, the same all shift long', () => {
  const roster = [shift('2026-11-23', 480, 960, 10), shift('2026-11-29', 1320, 1800, 5)];
  const [attendance] = drawRosterAttendance(roster, tiers, horizon, paths, { seed: 1, daySpread: {} });
  const at = (i: number): number[] =>
    Array.from({ length: paths }, (_, p) => attendance?.[p * count + i] ?? 0);
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const nine = at(18);
  expect(mean(nine)).toBeCloseTo(1, 1);
  const variance = mean(nine.map((v) => (v - 1) ** 2));
  // Ten operators: variance of the share 0.2 · 0.8 / 10, over 0.8².
  expect(variance / (0.016 / 0.64)).toBeCloseTo(1, 1);
  expect(at(31)).toEqual(nine);
  // In the break nobody is planned, after the shift neither.
  expect(new Set(at(24))).toEqual(new Set([1]));
  expect(new Set(at(40))).toEqual(new Set([1]));
  // A night shift of Sunday runs into the early hours of the week's first day: the horizon closes on itself.
  expect(at(2)).toEqual(at(332));
  expect(new Set(at(2)).size).toBeGreaterThan(2);
});

it('leaves tiers alone of which nobody stays away', () => {
  const certain = tiers.map((tier) => ({ ...tier, shrinkage: 0 }));
  expect(
    drawRosterAttendance([shift('2026-11-23', 480, 960, 10)], certain, horizon, 10, {
      seed: 1,
      daySpread: {},
    }),
  ).toEqual([undefined]);
});

it('counts who is on duty and not on break, by interval, over the end of the horizon', () => {
  const heads = operatorsAtWork(
    [
      shift('2026-11-23', 480, 960, 10),
      shift('2026-11-23', 600, 1080, 4),
      shift('2026-11-29', 1320, 1800, 5),
    ],
    horizon,
  );
  // From 8:00, with the other shift from 10:00, in the first one's break at 12:00, in the other's at 14:00, to 18:00.
  expect([16, 20, 24, 28, 32, 36].map((i) => heads[i])).toEqual([10, 14, 4, 10, 4, 0]);
  // Sunday night: from 22:00, and until 6:00 where the week begins.
  expect([heads[332], heads[0], heads[11], heads[12]]).toEqual([5, 5, 5, 0]);
});
