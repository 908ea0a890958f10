import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shiftsSchema } from '../../src/contract/models/shifts-model.ts';
import { tiersSchema } from '../../src/contract/models/tiers-model.ts';
import { createParallelMap } from '../../src/engine/parallel-map.ts';
import { startOfDay } from '../../src/kernel/time.ts';
import { takeWork } from '../../src/kernel/work.ts';
import { coverByShifts } from '../../src/scheduling/cover-by-shifts.ts';
import type { CoverRequest, ShiftPlan } from '../../src/scheduling/cover-request.ts';

const model = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../models/${name}.json`, import.meta.url), 'utf8'));
const zone = 'Asia/Shanghai';
const horizon = { zone, startMillis: startOfDay('2026-11-23', zone), intervalMinutes: 30, count: 336 };
const tiers = tiersSchema.parse({
  tiers: ['one', 'two'].map((tier, i) => ({
    tier,
    name: { 'zh-CN': tier, en: tier },
    queues: [{ queue: 'general', preference: i + 1 }],
    connectionTarget: null,
    costPerHour: 40 + 10 * i,
    shrinkage: 0.2,
  })),
}).tiers;

/** One break a shift and starts on the hour: a hundredth of the catalogue's patterns. */
const fewPatterns = (): CoverRequest['shifts'] => {
  const shifts = shiftsSchema.parse(model('shifts'));
  const templates = shifts.templates.map((template) => ({
    ...template,
    startEveryMinutes: 60,
    breaks: template.breaks.slice(1, 2),
  }));
  return { ...shifts, templates };
};

/** A day with two peaks over a night of two operators; `event` operators more on Wednesday from 9:00 to 17:00. */
const needOf = (peak: number, event = 0): Int32Array =>
  Int32Array.from({ length: horizon.count }, (_, i) => {
    const hour = (i % 48) / 2;
    const bell = (centre: number, width: number): number => Math.exp(-(((hour - centre) / width) ** 2));
    const more = Math.floor(i / 48) === 2 && hour >= 9 && hour < 17 ? event : 0;
    return more + Math.round(2 + (peak - 2) * Math.min(1, bell(10, 2.5) + bell(15.5, 3)));
  });

const request = (event: number, change: Partial<CoverRequest> = {}): CoverRequest => ({
  horizon,
  requirement: [
    { tier: 'one', operators: needOf(9, event) },
    { tier: 'two', operators: needOf(4) },
  ],
  tiers,
  shifts: fewPatterns(),
  people: [
    { tier: 'one', operators: 60, weeklyHours: 2400 },
    { tier: 'two', operators: 30, weeklyHours: 1200 },
  ],
  tierMayCover: [{ from: 'two', to: 'one', pricePerHour: 5 }],
  seed: 1,
  gap: 0.05,
  ...change,
});

const operatorsOf = (plan: ShiftPlan): number =>
  plan.shifts.reduce((sum, { operators }) => sum + operators, 0);
const onDay = (plan: ShiftPlan, date: string) => plan.shifts.filter((shift) => shift.date === date);

const parallel = createParallelMap(1);
afterAll(() => parallel.close());

describe('a plan that starts from earlier shifts', () => {
  let before: ShiftPlan;
  beforeAll(async () => {
    const first = await coverByShifts(request(0));
    // Looked through once more, so that no move is left that pays by itself.
    before = await coverByShifts(request(0, { previous: { ...first, cost: first.cost + 1 } }));
  });

  it('takes shifts that were not there to choose from before, though its own cost what they did', async () => {
    const { templates, ...shifts } = fewPatterns();
    const day = templates.find(({ template }) => template === 'day');
    const cheaper = day === undefined ? [] : [{ ...day, template: 'cheaper', costFactor: 0.5 }];
    const offered = { shifts: { ...shifts, templates: [...templates, ...cheaper] } };
    const moved = await coverByShifts(request(0, { ...offered, previous: { ...before, otherChoice: true } }));
    expect(moved.shifts.some(({ template }) => template === 'cheaper')).toBe(true);
    expect(moved.cost).toBeLessThan(before.cost);
  }, 240_000);

  it('is the same plan where nothing has changed, whatever the seed', async () => {
    const again = await coverByShifts(request(0, { previous: before, seed: 7 }));
    expect(again.moved).toEqual({ kept: operatorsOf(before), added: 0, removed: 0, breaks: 0, days: [] });
    expect({ ...again, moved: before.moved }).toEqual(before);
  }, 240_000);

  it('moves what pays and leaves the other days alone: an event on Wednesday adds people there', async () => {
    const changed = await coverByShifts(request(3, { previous: before }));
    const { moved } = changed;
    // Days that Wednesday's hours do not touch stay as they were, breaks and all.
    for (const date of ['2026-11-23', '2026-11-24', '2026-11-27', '2026-11-28', '2026-11-29'])
      expect(onDay(changed, date), date).toEqual(onDay(before, date));
    const wednesday = moved?.days.find(({ date }) => date === '2026-11-25');
    expect((wednesday?.added ?? 0) - (wednesday?.removed ?? 0)).toBeGreaterThanOrEqual(2);
    // Near the bound as a plan of its own, which is proved in the same way.
    expect(changed.gap).toBeLessThanOrEqual(Math.max(0.05, before.gap) + 0.015);
    // The bound is worked out by another thread meanwhile, where there is one.
    const again = await coverByShifts(request(3, { previous: before, parallel }));
    expect(again).toEqual(changed);
  }, 240_000);

  it('is not laid out anew where a tenth less is needed: to move that many shifts would not pay', async () => {
    const [one, two] = request(0).requirement;
    const fewer = one?.operators.map((n) => Math.floor(0.9 * n)) ?? new Int32Array(0);
    takeWork();
    const changed = await coverByShifts(
      request(0, {
        requirement: [{ tier: 'one', operators: fewer }, ...(two === undefined ? [] : [two])],
        gap: 0.005,
        previous: before,
      }),
    );
    expect(changed.gap).toBeGreaterThan(0.005 + before.gap);
    expect(takeWork().roundsOfShifts).toBeLessThanOrEqual(3);
  }, 240_000);

  it('is laid out anew where the earlier shifts are of no use', async () => {
    const useless = await coverByShifts(
      request(0, { previous: { shifts: [], cost: before.cost, bound: before.bound } }),
    );
    expect(useless.gap).toBeLessThanOrEqual(Math.max(0.05, before.gap) + 0.015);
  }, 240_000);
});
