import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { shiftsSchema } from '../../src/contract/models/shifts-model.ts';
import { tiersSchema } from '../../src/contract/models/tiers-model.ts';
import { createHighsSolver } from '../../src/engine/highs-solver.ts';
import type { Horizon } from '../../src/kernel/hotline.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { startOfDay } from '../../src/kernel/time.ts';
import { boundByPrices, priceCover } from '../../src/scheduling/price-cover.ts';
import { coverByShifts } from '../../src/scheduling/cover-by-shifts.ts';
import type { CoverProblem, StartLimit } from '../../src/scheduling/cover-problem.ts';
import type { CoverRequest, PlannedShift, ShiftPlan } from '../../src/scheduling/cover-request.ts';
import { relaxCover } from './cover-relaxation.ts';
import { drawRosterAttendance } from '../../src/scheduling/ready-operators.ts';
import { placeDeferrable } from '../../src/scheduling/place-deferrable.ts';
import { layOutPrices } from '../../src/scheduling/soft-prices.ts';
import { layOutShifts } from '../../src/scheduling/shift-grid.ts';
import { solveCover } from '../../src/scheduling/solve-cover.ts';
import { digest, type Figures } from '../support/digest.ts';

/*
 * Small made-up covers, their prices, bounds and plans. The figures stand as they were worked out; the tests beside
 * this one say that they are right. Whoever changes one on purpose writes the new ones by `npx vitest run
 * tests/scheduling/standing-figures.test.ts -u` and names both in the changelog.
 */
const solver = createHighsSolver();
afterAll(() => solver.close());

const slots = 48;
/** Two days of hours with two types of shift, drawn from a seed; with few people where a number is given. */
const problemOf = (seed: number, people?: number): CoverProblem => {
  const random = seededRandom(seed, 5);
  const demand = Int32Array.from({ length: slots }, (_, t) =>
    Math.round(6 + 5 * Math.sin((2 * Math.PI * (t - 6)) / 24) + 2 * random.uniform()),
  );
  const heads = (from: number, to: number, most: number): StartLimit => ({
    from,
    to,
    weights: Float64Array.of(1, 1),
    most,
  });
  return {
    slots,
    demand,
    mildUnder: demand.map(() => 1),
    underPrice: 8,
    severeUnderPrice: 20,
    overPrice: 0.3,
    types: [
      {
        lengthSlots: 9,
        starts: Int32Array.from({ length: slots / 2 }, (_, i) => 2 * i),
        cost: 9,
        breaks: [{ lengthSlots: 1, earliest: 3, latest: 5 }],
      },
      { lengthSlots: 4, starts: Int32Array.from({ length: slots }, (_, i) => i), cost: 4.6, breaks: [] },
    ],
    minimumPerStart: 1,
    ...(people === undefined
      ? {}
      : {
          limits: [
            heads(0, 24, people),
            heads(24, 48, people),
            { from: 0, to: slots, weights: Float64Array.of(8, 4), most: 12 * people },
          ],
          deepUnder: demand.map((n) => Math.max(1, Math.floor(n / 2))),
          deepUnderPrice: 40,
        }),
  };
};
const links = [
  { from: 0, to: 1, price: 0.2 },
  { from: 1, to: 0, price: 0.1 },
];
const worlds: Readonly<Record<string, readonly [readonly CoverProblem[], typeof links]>> = {
  free: [[problemOf(1)], []],
  short: [[problemOf(2, 12)], []],
  lending: [[problemOf(3, 14), problemOf(4)], links],
};

const bounds = (name: string): Figures => {
  const [problems, between] = worlds[name] ?? [[], []];
  const system = layOutPrices(problems, between);
  const random = seededRandom(9);
  return digest([
    {
      bounds: Array.from({ length: 40 }, (_, i) => {
        const scale = (i + 1) * random.uniform();
        return boundByPrices(
          system,
          Float64Array.from({ length: system.size }, () => scale * (random.uniform() - 0.2)),
        );
      }),
    },
  ]);
};
const prices = (name: string): Figures => {
  const [problems, between] = worlds[name] ?? [[], []];
  return digest([priceCover(problems, between)]);
};
const solved = async (name: string): Promise<Figures> => {
  const [problems, between] = worlds[name] ?? [[], []];
  return digest([await solveCover(problems, between, { gap: 0.1, seed: 1, rounds: 1 })]);
};

const zone = 'Asia/Shanghai';
const horizon: Horizon = {
  zone,
  startMillis: startOfDay('2026-11-23', zone),
  intervalMinutes: 30,
  count: 2 * 48,
};
const named = (tier: string) => ({ 'zh-CN': tier, en: tier });
const { tiers, deferrable = [] } = tiersSchema.parse({
  tiers: ['one', 'two'].map((tier, k) => ({
    tier,
    name: named(tier),
    queues: [{ queue: 'general', preference: k + 1 }],
    connectionTarget: null,
    costPerHour: 40 + 10 * k,
    shrinkage:
      k === 0
        ? 0.2
        : [
            { kind: 'leave', name: named('leave'), share: 0.1 },
            { kind: 'sick', name: named('sick'), share: 0.08, onTheDay: true },
            {
              kind: 'training',
              name: named('training'),
              share: 0.3,
              weekdays: [2],
              from: '09:00',
              to: '11:00',
            },
          ],
  })),
  deferrable: [
    { work: 'orders', name: named('orders'), hoursPerDay: 6, withinDays: 2 },
    { work: 'letters', name: named('letters'), hoursPerDay: 3, tiers: ['two'] },
  ],
});
const needOf = (peak: number): Int32Array =>
  Int32Array.from({ length: horizon.count }, (_, i) => {
    const hour = (i % 48) / 2;
    const bell = (centre: number, width: number): number => Math.exp(-(((hour - centre) / width) ** 2));
    return Math.round(1 + (peak - 1) * Math.min(1, bell(10, 2.5) + bell(15.5, 3)));
  });
const shifts = shiftsSchema.parse(
  JSON.parse(readFileSync(new URL('../../models/shifts.json', import.meta.url), 'utf8')),
);
const request: CoverRequest = {
  horizon,
  requirement: [
    { tier: 'one', operators: needOf(7) },
    { tier: 'two', operators: needOf(3) },
  ],
  tiers,
  shifts,
  seed: 1,
  gap: 0.2,
};
const figuresOf = (plan: ShiftPlan): Figures => digest([plan]);

const roster: PlannedShift[] = [480, 720, 1320].map((startMinute, i) => ({
  tier: i === 2 ? 'two' : 'one',
  date: `2026-11-2${3 + (i % 2)}`,
  template: 'day',
  startMinute,
  endMinute: startMinute + 480,
  operators: 3 + i,
  breaks: [{ startMinute: startMinute + 240, minutes: 30, operators: 2 }],
  cost: 0,
}));

const cases: Readonly<Record<string, () => Figures | Promise<Figures>>> = {
  ...Object.fromEntries(Object.keys(worlds).map((name) => [`bounds-${name}`, () => bounds(name)])),
  ...Object.fromEntries(Object.keys(worlds).map((name) => [`prices-${name}`, () => prices(name)])),
  ...Object.fromEntries(Object.keys(worlds).map((name) => [`solved-${name}`, () => solved(name)])),
  ...Object.fromEntries(
    Object.entries(worlds).map(([name, [problems, between]]) => [
      `relaxed-${name}`,
      () => digest([relaxCover(problems, between).programme]),
    ]),
  ),
  planUnderAnotherSeed: async () => figuresOf(await coverByShifts({ ...request, seed: 3 })),
  grid: () => digest([layOutShifts(horizon, shifts)]),
  plan: async () => figuresOf(await coverByShifts(request)),
  planWithinHours: async () => {
    const open = Uint8Array.from({ length: horizon.count }, (_, i) => (i % 48 >= 15 && i % 48 < 42 ? 1 : 0));
    const requirement = request.requirement.map(({ tier, operators }) => ({
      tier,
      operators: operators.map((n, i) => n * (open[i] ?? 0)),
    }));
    return figuresOf(await coverByShifts({ ...request, requirement, open }));
  },
  planOfNobody: async () => {
    const requirement = request.requirement.map(({ tier, operators }) => ({
      tier,
      operators: operators.map(() => 0),
    }));
    return figuresOf(await coverByShifts({ ...request, requirement }));
  },
  planOfFewPeople: async () =>
    figuresOf(
      await coverByShifts({
        ...request,
        people: [
          { tier: 'one', operators: 9, weeklyHours: 360 },
          { tier: 'two', operators: 6, weeklyHours: 200 },
        ],
        tierMayCover: [{ from: 'two', to: 'one', pricePerHour: 5 }],
      }),
    ),
  planChanged: async () => {
    const before = await coverByShifts(request);
    const more = needOf(7).map((n, i) => n + (i >= 20 && i < 30 ? 2 : 0));
    const [, two] = request.requirement;
    const requirement = [{ tier: 'one', operators: more }, ...(two === undefined ? [] : [two])];
    const { shifts: own, cost, bound } = before;
    return figuresOf(
      await coverByShifts({ ...request, requirement, previous: { shifts: own, cost, bound } }),
    );
  },
  attendance: () =>
    digest([
      { attendance: drawRosterAttendance(roster, tiers, horizon, 5, { seed: 2, daySpread: { one: 0.3 } }) },
    ]),
  deferrable: () =>
    digest([
      {
        placed: placeDeferrable({
          horizon,
          works: deferrable,
          tiers,
          ready: tiers.map(({ tier }, k) => ({
            tier,
            operators: Float64Array.from(needOf(5), (n, i) => n + ((i * 7 + k) % 5) / 4),
          })),
          needed: tiers.map(({ tier }) => ({ tier, operators: needOf(5) })),
          days: [0, 1].map((d) => [48 * d, 48 * d + 48] as const),
        }),
      },
    ]),
};

describe('figures that stand', () => {
  it.each(Object.keys(cases))('%s', async (name) => {
    expect(await cases[name]?.()).toMatchSnapshot();
  });
});
