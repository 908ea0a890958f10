import { chinese, english } from '../support/said.ts';
import { afterAll, describe, expect, it } from 'vitest';
import type { ShiftsModel } from '../../src/contract/models/shifts-model.ts';
import type { TiersModel } from '../../src/contract/models/tiers-model.ts';
import { createHighsSolver } from '../../src/engine/highs-solver.ts';
import type { Horizon } from '../../src/kernel/hotline.ts';
import { coverByShifts } from '../../src/scheduling/cover-by-shifts.ts';
import type { CoverRequest, ShiftPlan, TierPeople } from '../../src/scheduling/cover-request.ts';
import { rulesOfPeople } from '../../src/scheduling/explain-shortage.ts';
import { layOutShifts } from '../../src/scheduling/shift-grid.ts';

const solver = createHighsSolver();
afterAll(() => solver.close());

const zone = 'Asia/Shanghai';
const monday = Date.UTC(2026, 10, 22, 16);
const horizonOf = (days: number, intervalMinutes: number): Horizon => ({
  zone,
  startMillis: monday,
  intervalMinutes,
  count: (days * 1440) / intervalMinutes,
});

const tierNamed = (tier: string, costPerHour = 40): TiersModel['tiers'][number] => ({
  tier,
  name: { 'zh-CN': tier, en: tier },
  queues: [{ queue: 'all', preference: 1, overflowDelaySeconds: 0 }],
  connectionTarget: null,
  costPerHour,
  shrinkage: 0,
});

const template = (
  name: string,
  hours: number,
  everyMinutes: number,
  breaks: ShiftsModel['templates'][number]['breaks'] = [],
  latestStart = '23:30',
): ShiftsModel['templates'][number] => ({
  template: name,
  name: { 'zh-CN': name, en: name },
  hours,
  earliestStart: '00:00',
  latestStart,
  startEveryMinutes: everyMinutes,
  breaks,
  costFactor: 1,
});

const prices = { underPerHour: 150, severeUnderPerHour: 400, mildUnderShare: 0.1, overPerHour: 5 };
const eights: ShiftsModel = { templates: [template('eight', 8, 480)], prices, minimumPerStart: 1 };

const request = (
  days: number,
  heads: readonly number[],
  people: readonly TierPeople[] | undefined,
  shifts: ShiftsModel = eights,
): CoverRequest => {
  const horizon = horizonOf(days, 480);
  return {
    horizon,
    requirement: [
      {
        tier: 'desk',
        operators: Int32Array.from({ length: horizon.count }, (_, i) => heads[i % heads.length] ?? 0),
      },
    ],
    tiers: [tierNamed('desk')],
    shifts,
    gap: 0,
    ...(people === undefined ? {} : { people }),
  };
};

const desk = (operators: number, weeklyHours: number): TierPeople => ({
  tier: 'desk',
  operators,
  weeklyHours,
});

const startsPerDay = (plan: ShiftPlan): number[] => {
  const days = new Map<string, number>();
  for (const { date, operators } of plan.shifts) days.set(date, (days.get(date) ?? 0) + operators);
  return [...days.values()];
};
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('rules of people', () => {
  it('oneShiftADay: no more shifts start on a date than there are operators', async () => {
    const free = await coverByShifts(request(7, [1, 3, 2], undefined));
    expect(Math.max(...startsPerDay(free))).toBe(6);
    const plan = await coverByShifts(request(7, [1, 3, 2], [desk(4, 1000)]));
    expect(Math.max(...startsPerDay(plan))).toBe(4);
    expect(plan.cost).toBeGreaterThan(free.cost);
    // Two of six heads are missing every day: each stretch says its hours, and together they are what is left open.
    expect(free.openHours).toBe(0);
    expect(plan.openHours).toBeGreaterThan(0);
    const said = plan.relaxed.map((one) => english(one)).join();
    const each = [...said.matchAll(/([\d.]+) operator-hours(?= *[;.])/g)].map((found) => Number(found[1]));
    expect(sum(each)).toBeCloseTo(plan.openHours, 6);
  });

  it('hours left open are ready ones: less what is away at that time, not on average', async () => {
    const training = {
      kind: 'training',
      name: { 'zh-CN': '培训', en: 'Training' },
      share: 0.5,
      from: '08:00',
      to: '16:00',
    };
    const tiers = [{ ...tierNamed('desk'), shrinkage: [training] }];
    const plan = await coverByShifts({ ...request(7, [0, 3, 0], [desk(1, 1000)]), tiers });
    // Three ready for 8 h on 7 days are wanted; one operator is half there on six of them.
    expect(plan.openHours).toBeCloseTo(3 * 8 * 7 - 0.5 * 8 * 6, 6);
    // What is listed as left open is counted in the same way, so that it can be set beside the table of who is missing.
    const said = plan.relaxed.map((one) => english(one)).join();
    expect(said).toContain('144.0 operator-hours');
    expect(said).toMatch(/up to 3\.0 short, 24\.0 operator-hours/);
    expect(chinese(plan.relaxed[0])).toContain('144.0 工时');
  });

  it('dayOffInSeven: one operator covers six days of seven', async () => {
    const plan = await coverByShifts(request(7, [0, 1, 0], [desk(1, 1000)]));
    expect(sum(startsPerDay(plan))).toBe(6);
    expect(plan.relaxed.map((said) => english(said)).join()).toContain(
      'all 1 operators on the books are used',
    );
    const shorter = await coverByShifts(request(6, [0, 1, 0], [desk(1, 1000)]));
    expect(sum(startsPerDay(shorter))).toBe(6);
    expect(shorter.relaxed).toEqual([]);
  });

  it('contractHours: paid hours stay within the contracts, unpaid breaks not counted', async () => {
    const plan = await coverByShifts(request(7, [0, 1, 0], [desk(1, 40)]));
    expect(sum(startsPerDay(plan))).toBe(5);
    const paused: ShiftsModel = {
      ...eights,
      templates: [
        template('nine', 9, 480, [{ minutes: 60, earliestHours: 4, latestHours: 4, paid: false }], '08:00'),
      ],
    };
    const nines = await coverByShifts(request(7, [0, 1, 0], [desk(1, 40)], paused));
    expect(sum(startsPerDay(nines))).toBe(5);
    const short = await coverByShifts(request(7, [0, 1, 0], [desk(1, 39.9)], paused));
    expect(sum(startsPerDay(short))).toBe(4);
  });

  it('counts days by the local date, also when one has 25 hours', () => {
    const horizon: Horizon = {
      zone: 'Europe/Berlin',
      startMillis: Date.UTC(2026, 9, 18, 22),
      intervalMinutes: 60,
      count: 169,
    };
    const grid = layOutShifts(horizon, { ...eights, templates: [template('eight', 8, 60)] });
    const [perDay = [], inAll, hours] = rulesOfPeople(grid, desk(3, 100)).map(({ limits }) => limits);
    expect(perDay.map(({ from, to }) => to - from)).toEqual([24, 24, 24, 24, 24, 24, 25]);
    expect(inAll?.[0]?.most).toBe(18);
    expect(hours?.[0]?.most).toBe(100);
  });
});

/** The price of a slot of eight hours as the documents say it, apart from the product's own code. */
const slotPrice = (need: number, heads: number): number => {
  let price = Math.max(0, heads - need) * 5 * 8;
  for (let missing = 1; missing <= need - heads; missing += 1) {
    const isDeep = missing > Math.floor(need / 2) && missing > Math.min(1, need - 1);
    price += (isDeep ? 800 : missing === 1 ? 150 : 400) * 8;
  }
  return price;
};

/** Least price over all ways to start shifts of 8 and 16 hours on two days, by trying them all. */
const leastByEnumeration = (need: readonly number[], operators: number, hours: number): number => {
  const kinds = [0, 1, 2, 3, 4, 5].flatMap((start) => [
    { start, length: 1 },
    { start, length: 2 },
  ]);
  let least = Infinity;
  const visit = (kind: number, heads: readonly number[], days: readonly number[], paid: number): void => {
    if (paid * 8 > hours + 1e-9 || days.some((count) => count > operators)) return;
    const one = kinds[kind];
    if (one === undefined) {
      const price = sum(heads.map((there, slot) => slotPrice(need[slot] ?? 0, there))) + paid * 8 * 40;
      least = Math.min(least, price);
      return;
    }
    const day = one.start < 3 ? 0 : 1;
    for (let count = 0; count <= operators; count += 1) {
      const next = heads.map((there, slot) =>
        slot === one.start || (one.length === 2 && slot === (one.start + 1) % 6) ? there + count : there,
      );
      visit(
        kind + 1,
        next,
        days.map((n, i) => (i === day ? n + count : n)),
        paid + count * one.length,
      );
    }
  };
  visit(0, [0, 0, 0, 0, 0, 0], [0, 0], 0);
  return least;
};

describe('a small world', () => {
  const shifts: ShiftsModel = {
    ...eights,
    templates: [template('eight', 8, 480), template('sixteen', 16, 480)],
  };
  const need = [1, 3, 2, 1, 2, 2];

  it.each([
    [0, 40],
    [1, 100],
    [2, 1000],
    [2, 98],
    [3, 1000],
    [3, 140],
    [3, 60],
  ])('%i operators with %i hours a week: the price found by trying all', async (operators, weekly) => {
    const exact = leastByEnumeration(need, operators, (weekly * 2) / 7);
    const plan = await coverByShifts(request(2, need, [desk(operators, weekly)], shifts));
    expect(plan.cost).toBeCloseTo(exact, 6);
    expect(plan.bound).toBeLessThanOrEqual(exact + 1e-6);
    expect(plan.bound).toBeGreaterThan(0.6 * exact);
    const hours = sum(plan.shifts.map((s) => ((s.endMinute - s.startMinute) / 60) * s.operators));
    expect(hours).toBeLessThanOrEqual((weekly * 2) / 7 + 1e-6);
    expect(Math.max(0, ...startsPerDay(plan))).toBeLessThanOrEqual(operators);
  });
});

describe('people in a request', () => {
  it('change nothing where no tier is named', async () => {
    const without = await coverByShifts(request(7, [1, 3, 2], undefined));
    const other = await coverByShifts(request(7, [1, 3, 2], []));
    expect({ ...other, reasons: [] }).toEqual({ ...without, reasons: [] });
    expect(other.reasons.map((said) => english(said)).join()).toContain('No operators are on record');
  });

  it('share a shortage out instead of leaving a time without anyone', async () => {
    // Eighteen operators are wanted and twelve there are: the night keeps its people.
    const plan = await coverByShifts(request(7, [2, 9, 7], [desk(12, 12 * 56)]));
    const ready = plan.ready[0]?.operators ?? new Float64Array(0);
    expect(Math.min(...ready)).toBeGreaterThanOrEqual(1);
    expect(plan.bound).toBeLessThanOrEqual(plan.cost + 1e-6);
  });

  it('lend spare operators to a tier that has none', async () => {
    const base = request(7, [0, 2, 0], [desk(0, 0), { tier: 'senior', operators: 3, weeklyHours: 120 }]);
    const both: CoverRequest = {
      ...base,
      tiers: [tierNamed('desk'), tierNamed('senior', 60)],
      requirement: [...base.requirement, { tier: 'senior', operators: new Int32Array(base.horizon.count) }],
    };
    const apart = await coverByShifts(both);
    expect(apart.shifts.some(({ tier }) => tier === 'senior')).toBe(false);
    expect(apart.relaxed).not.toEqual([]);
    const linked = await coverByShifts({
      ...both,
      tierMayCover: [{ from: 'senior', to: 'desk', pricePerHour: 4 }],
    });
    expect(sum(linked.shifts.map(({ operators }) => operators))).toBe(14);
    expect(linked.relaxed).toEqual([]);
    expect(linked.bound).toBeLessThanOrEqual(linked.cost + 1e-6);
  });

  it('stand in where it helps, and a shortage is told on one base: before they do, and after', async () => {
    const base = request(7, [0, 3, 0], [desk(1, 1000), { tier: 'senior', operators: 1, weeklyHours: 1000 }]);
    const both: CoverRequest = {
      ...base,
      tiers: [tierNamed('desk'), tierNamed('senior', 60)],
      requirement: [...base.requirement, { tier: 'senior', operators: new Int32Array(base.horizon.count) }],
      tierMayCover: [{ from: 'senior', to: 'desk', pricePerHour: 4 }],
    };
    const plan = await coverByShifts(both);
    const hours = (of: (tier: number, i: number) => number): number =>
      (both.requirement.reduce(
        (total, { operators }, tier) => total + sum(Array.from(operators, (_, i) => of(tier, i))),
        0,
      ) *
        both.horizon.intervalMinutes) /
      60;
    const gap = (tier: number, i: number): number =>
      (both.requirement[tier]?.operators[i] ?? 0) - (plan.ready[tier]?.operators[i] ?? 0);
    const short = hours((tier, i) => Math.max(0, gap(tier, i)));
    const open = hours((tier, i) => Math.max(0, gap(tier, i) - (plan.standIns[tier]?.operators[i] ?? 0)));
    // Three for 8 h on 7 days; the desk's one and the senior's one are there on six of them.
    expect([short, open]).toEqual([120, 72]);
    expect(plan.openHours).toBeCloseTo(open, 9);
    expect(english(plan.relaxed[0])).toContain(
      '120.0 operator-hours below the requirement, other tiers cover 48.0 of them, 72.0 remain',
    );
    expect(chinese(plan.relaxed[0])).toContain('低于需求 120.0 工时，其他等级支援 48.0 工时，剩 72.0 工时');
  });

  it.each([
    [-1, 40],
    [1.5, 40],
    [1, Number.NaN],
    [1, -40],
  ])('refuse %d operators with %d hours', async (operators, weekly) => {
    await expect(coverByShifts(request(7, [1], [desk(operators, weekly)]))).rejects.toThrow(RangeError);
  });
});
