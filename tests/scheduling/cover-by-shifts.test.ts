import { chinese, english } from '../support/said.ts';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shiftsSchema, type ShiftsModel } from '../../src/contract/models/shifts-model.ts';
import { tiersSchema } from '../../src/contract/models/tiers-model.ts';
import { createHighsSolver } from '../../src/engine/highs-solver.ts';
import type { Horizon } from '../../src/kernel/hotline.ts';
import { startOfDay } from '../../src/kernel/time.ts';
import { minuteOf } from '../../src/kernel/time-window.ts';
import { coverByShifts } from '../../src/scheduling/cover-by-shifts.ts';
import type { CoverRequest, ShiftPlan } from '../../src/scheduling/cover-request.ts';

const solver = createHighsSolver();
afterAll(() => solver.close());

const model = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../models/${name}.json`, import.meta.url), 'utf8'));
const shifts = shiftsSchema.parse(model('shifts'));
const name = { 'zh-CN': '甲', en: 'One' };
const tiers = tiersSchema.parse({
  tiers: [
    {
      tier: 'one',
      name,
      queues: [{ queue: 'general', preference: 1 }],
      connectionTarget: null,
      costPerHour: 40,
      shrinkage: 0.2,
    },
    {
      tier: 'two',
      name: { 'zh-CN': '乙', en: 'Two' },
      queues: [{ queue: 'general', preference: 2 }],
      connectionTarget: null,
      costPerHour: 60,
      shrinkage: 0,
    },
  ],
}).tiers;

const weekOf = (monday: string, zone: string, hours = 168): Horizon => ({
  zone,
  startMillis: startOfDay(monday, zone),
  intervalMinutes: 30,
  count: 2 * hours,
});
const shanghai = weekOf('2026-11-23', 'Asia/Shanghai');

/** A day with two peaks over a night of two operators. */
const needOf = (horizon: Horizon, peak: number, night: number): Int32Array =>
  Int32Array.from({ length: horizon.count }, (_, i) => {
    const hour = (i % 48) / 2;
    const bell = (centre: number, width: number): number => Math.exp(-(((hour - centre) / width) ** 2));
    return Math.round(night + (peak - night) * Math.min(1, bell(10, 2.5) + bell(15.5, 3)));
  });

const request = (change: Partial<CoverRequest> = {}): CoverRequest => ({
  horizon: shanghai,
  requirement: [{ tier: 'one', operators: needOf(shanghai, 12, 2) }],
  tiers,
  shifts,
  seed: 1,
  gap: 0.05,
  ...change,
});

/** Ready operators of a tier worked out again from the lines of the plan alone. */
const readyFromLines = (plan: ShiftPlan, tier: string, horizon: Horizon, shrinkage: number): number[] => {
  const minutes = horizon.count * horizon.intervalMinutes;
  const heads = new Float64Array(minutes);
  const add = (from: number, length: number, operators: number): void => {
    for (let m = from; m < from + length; m += 1) heads[m % minutes] = (heads[m % minutes] ?? 0) + operators;
  };
  for (const shift of plan.shifts.filter((one) => one.tier === tier)) {
    const day = (startOfDay(shift.date, horizon.zone) - horizon.startMillis) / 60_000;
    add(day + shift.startMinute, shift.endMinute - shift.startMinute, shift.operators);
    for (const pause of shift.breaks) add(day + pause.startMinute, pause.minutes, -pause.operators);
  }
  return Array.from({ length: horizon.count }, (_, i) => {
    const span = heads.subarray(i * horizon.intervalMinutes, (i + 1) * horizon.intervalMinutes);
    return (span.reduce((a, b) => a + b, 0) / horizon.intervalMinutes) * (1 - shrinkage);
  });
};

const templateOf = (plan: ShiftPlan['shifts'][number]) =>
  shifts.templates.find((template) => template.template === plan.template);

it('tells how far it is, tier after tier', async () => {
  const day = weekOf('2026-11-23', 'Asia/Shanghai', 24);
  const told: number[] = [];
  const requirement = ['one', 'two'].map((tier) => ({ tier, operators: needOf(day, 6, 1) }));
  await coverByShifts(request({ horizon: day, requirement, progress: (done) => told.push(done) }));
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  const [first = 0, last = 0] = [told[0], told.at(-1)];
  expect([first > 0, first <= 0.5, last > 0.5, last <= 1]).toEqual([true, true, true, true]);
});

describe('a week of shifts', () => {
  let plan: ShiftPlan;
  beforeAll(async () => {
    plan = await coverByShifts(request());
  });

  it('covers the need within 5 % of the bound, and says the same in lines and in ready operators', () => {
    expect(plan.gap).toBeLessThanOrEqual(0.05);
    expect(plan.cost).toBeGreaterThanOrEqual(plan.bound);
    const ready = plan.ready[0]?.operators ?? new Float64Array(0);
    const again = readyFromLines(plan, 'one', shanghai, 0.2);
    for (const [i, value] of ready.entries()) expect(value).toBeCloseTo(again[i] ?? Number.NaN, 9);
    const need = needOf(shanghai, 12, 2);
    const short = ready.filter((value, i) => value < (need[i] ?? 0) - 1e-9).length;
    expect(short).toBeLessThan(0.1 * ready.length);
  });

  it('keeps every start and break within its template, and gives each operator each break', () => {
    expect(plan.shifts.length).toBeGreaterThan(0);
    for (const shift of plan.shifts) {
      const template = templateOf(shift);
      expect(shift.startMinute).toBeGreaterThanOrEqual(minuteOf(template?.earliestStart ?? '24:00'));
      expect(shift.startMinute).toBeLessThanOrEqual(minuteOf(template?.latestStart ?? '00:00'));
      expect(shift.startMinute % 30).toBe(0);
      expect(shift.endMinute - shift.startMinute).toBe((template?.hours ?? 0) * 60);
      for (const pause of template?.breaks ?? []) {
        const within = shift.breaks.filter(
          (own) =>
            own.minutes === pause.minutes &&
            own.startMinute >= shift.startMinute + pause.earliestHours * 60 &&
            own.startMinute <= shift.startMinute + pause.latestHours * 60,
        );
        expect(within.reduce((sum, own) => sum + own.operators, 0)).toBe(shift.operators);
      }
      const unpaid = (template?.breaks ?? []).reduce((sum, b) => sum + (b.paid ? 0 : b.minutes / 60), 0);
      const hours = (template?.hours ?? 0) - unpaid;
      expect(shift.cost).toBeCloseTo(shift.operators * hours * 40 * (template?.costFactor ?? 1), 9);
    }
  });

  it("covers Monday's early hours by Sunday's night shift", () => {
    const sunday = plan.shifts.filter((shift) => shift.date === '2026-11-29' && shift.endMinute > 1440);
    expect(sunday.length).toBeGreaterThan(0);
    expect(plan.ready[0]?.operators[4]).toBeGreaterThan(0);
    expect(plan.shifts.every((shift) => shift.date >= '2026-11-23' && shift.date <= '2026-11-29')).toBe(true);
  });

  it('is the same plan for the same seed', async () => {
    expect(await coverByShifts(request())).toEqual(plan);
  });

  it('keeps local start times in a week of 169 hours', async () => {
    const horizon = weekOf('2026-10-19', 'Europe/Berlin', 169);
    const plan = await coverByShifts(
      request({ horizon, requirement: [{ tier: 'two', operators: needOf(horizon, 6, 1) }] }),
    );
    const night = plan.shifts.filter((shift) => shift.date === '2026-10-25' && shift.template === 'day');
    for (const shift of night) expect([480, 510, 540, 570]).toContain(shift.startMinute);
    expect(plan.ready[0]?.operators).toHaveLength(338);
  });
});

describe('what cannot be covered', () => {
  const onlyDay: ShiftsModel = { ...shifts, templates: shifts.templates.filter((t) => t.template === 'day') };

  it('is priced and named, with the hours that no template reaches', async () => {
    const plan = await coverByShifts(request({ shifts: onlyDay }));
    const said = plan.relaxed.map((one) => english(one)).join('\n');
    expect(said).toContain('no shift template reaches');
    // Six ready are required, eight heads of whom a fifth is away: told as the requirement is.
    expect(said).toContain('2026-11-23 18:30–2026-11-24 08:00 up to 6.0 short, 36.5 operator-hours');
    expect(chinese(plan.relaxed[0])).toContain('以下时段没有班次模板能覆盖');
    expect(plan.gap).toBeLessThanOrEqual(0.05);
  });

  it('is everything when there are no usable templates', async () => {
    const tooLong = { ...onlyDay.templates[0], hours: 16 } as ShiftsModel['templates'][number];
    const horizon = { ...shanghai, count: 24 };
    const plan = await coverByShifts(
      request({
        horizon,
        shifts: { ...shifts, templates: [tooLong] },
        requirement: [{ tier: 'two', operators: new Int32Array(24).fill(2) }],
      }),
    );
    expect(plan.shifts).toEqual([]);
    // Two missing: one at the mild price, one at the severe one, 12 hours.
    expect(plan.cost).toBeCloseTo(12 * (shifts.prices.underPerHour + shifts.prices.severeUnderPerHour), 6);
  });
});

describe('several tiers', () => {
  const few: ShiftsModel = {
    ...shifts,
    templates: shifts.templates.filter(({ template }) => template === 'day' || template === 'night'),
  };
  const two = [
    { tier: 'one', operators: needOf(shanghai, 8, 1) },
    { tier: 'two', operators: needOf(shanghai, 4, 1) },
  ];

  it('need more heads for the same work while training takes operators away', async () => {
    const kinds = [
      { kind: 'leave', name: { 'zh-CN': '年休', en: 'Leave' }, share: 0.1 },
      {
        kind: 'training',
        name: { 'zh-CN': '培训', en: 'Training' },
        share: 0.4,
        weekdays: [3],
        from: '10:00',
        to: '12:00',
      },
    ];
    const [first] = tiers;
    const withKinds = tiersSchema.parse({ tiers: [{ ...first, shrinkage: kinds }] }).tiers;
    const plan = await coverByShifts(request({ tiers: withKinds }));
    const ready = plan.ready[0]?.operators ?? new Float64Array(0);
    const heads = readyFromLines(plan, 'one', shanghai, 0);
    const [tuesday, wednesday] = [48 + 21, 2 * 48 + 21];
    expect(ready[tuesday]).toBeCloseTo((heads[tuesday] ?? 0) * 0.9, 9);
    expect(ready[wednesday]).toBeCloseTo((heads[wednesday] ?? 0) * 0.5, 9);
    // Twelve ready operators are 14 heads on a usual morning and 24 while half are away.
    expect(heads[wednesday]).toBeGreaterThan((heads[tuesday] ?? 0) + 5);
    expect(plan.reasons).toContainEqual(
      expect.objectContaining({
        code: 'shrinkage-by-kind',
        // Two of 168 hours are training of 40 %.
        values: expect.objectContaining({
          mean: expect.closeTo(0.1 + 0.8 / 168, 9) as number,
          most: 0.5,
          hoursAtMost: 2,
        }) as object,
      }),
    );
  });

  it('come in the order asked for, with costs that add up', async () => {
    const plan = await coverByShifts(request({ shifts: few, requirement: two }));
    expect(plan.ready.map(({ tier }) => tier)).toEqual(['one', 'two']);
    const single = await Promise.all(
      two.map((one, i) => coverByShifts(request({ shifts: few, requirement: [one], seed: 1 + i }))),
    );
    expect(plan.cost).toBeCloseTo((single[0]?.cost ?? 0) + (single[1]?.cost ?? 0), 6);
  });

  it('cost less when one may stand in for the other', async () => {
    const apart = await coverByShifts(request({ shifts: few, requirement: two }));
    const joint = await coverByShifts(
      request({ shifts: few, requirement: two, tierMayCover: [{ from: 'two', to: 'one', pricePerHour: 1 }] }),
    );
    expect(joint.bound).toBeLessThan(apart.bound);
    expect(joint.cost).toBeLessThan(apart.cost);
  });

  it('refuse a tier that nobody knows', async () => {
    const unknown = request({ requirement: [{ tier: 'three', operators: new Int32Array(336) }] });
    await expect(coverByShifts(unknown)).rejects.toThrow('three');
  });
});
