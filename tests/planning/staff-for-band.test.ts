import { english } from '../support/said.ts';
import { describe, expect, it } from 'vitest';
import { createParallelMap } from '../../src/engine/parallel-map.ts';
import { buildPolicy } from '../../src/planning/operation/planned-operation.ts';
import { hotHours } from '../../src/planning/band-needs.ts';
import { operatorHours } from '../../src/staffing/require-operators.ts';
import { openIntervals } from '../../src/planning/operation/week-horizon.ts';
import { bandVariantPrices } from '../../src/planning/band/price-band-variants.ts';
import { staffForBand } from '../../src/planning/band/staff-for-band.ts';
import type { Requirement, StaffingRequest } from '../../src/staffing/require-operators.ts';
import { plannedOperationOf } from '../support/planned-operation-of.ts';

const { planned, week } = await plannedOperationOf(4, 2);
const { models, demand } = planned;
const request: StaffingRequest = {
  demand,
  policy: buildPolicy(models.hotline, models.tiers, models.prompts),
  tiers: models.tiers.tiers,
  targets: models.targets,
  trunks: Infinity,
  open: openIntervals(models, week, demand),
};
const target = { band: 'hot', confidence: 0.9, testCalls: 11 } as const;
type Rostered = Awaited<ReturnType<Parameters<typeof staffForBand>[3]>>;
const bare = ({ capacity }: Requirement): Promise<Rostered> =>
  Promise.resolve({ capacity, policy: request.policy, openHours: 0 });

const asRequired = staffForBand(target, request, models, bare, false);

describe('staffing for a band', () => {
  it('takes the cheapest step that reaches the chance; the next cheaper one does not, and costs clearly less', async () => {
    const { targets, bareChance, notices } = await asRequired;
    expect(bareChance).toBeGreaterThanOrEqual(0.9);
    expect(targets).toMatchObject({ serviceLevel: null, occupancyMax: 1, queues: {} });
    const said = notices.map((notice) => english(notice)).join('\n');
    const [, saved, chance] =
      /operator-hours \((\d+) fewer\) and lowers the chance to (\d+\.\d)%/.exec(said) ?? [];
    expect(Number(chance)).toBeLessThan(90);
    expect(Number(saved)).toBeGreaterThan(0);
  }, 240_000);

  it('goes up the ladder where the shifts fall short of the requirement', async () => {
    const short = ({ capacity }: Requirement): Promise<Rostered> =>
      Promise.resolve({
        policy: request.policy,
        openHours: 10,
        capacity: {
          ...capacity,
          tiers: capacity.tiers.map((tier) => ({
            ...tier,
            operators: tier.operators.map((n, i) => (i % 2 === 0 ? Math.max(0, n - 1) : n)),
          })),
        },
      });
    const whole = await asRequired;
    const found = await staffForBand(target, request, models, short, false);
    expect(found.targets.connectionRate).toBeGreaterThan(whole.targets.connectionRate);
  }, 240_000);

  it('says what the people on the books leave open of the need, not how many hours fewer they work', async () => {
    // As many hours as are needed, but one in three of them from noon put into the night.
    const people = ({ capacity }: Requirement): Promise<Rostered> =>
      Promise.resolve({
        policy: request.policy,
        openHours: 321,
        capacity: {
          ...capacity,
          tiers: capacity.tiers.map((tier) => ({
            ...tier,
            operators: tier.operators.map((n, i) => (i % 48 < 12 ? n + 10 : Math.floor(0.6 * n))),
          })),
        },
      });
    const roster = (requirement: Requirement, _: unknown, onBooks: boolean): Promise<Rostered> =>
      onBooks ? people(requirement) : bare(requirement);
    const { notices } = await staffForBand(target, request, models, roster, true);
    expect(notices.map((notice) => english(notice)).join('\n')).toContain(
      "they leave 321 operator-hours of this plan's requirement unfilled",
    );
  }, 240_000);

  it('prices its variants at its own chance: patient callers more than there is work, a pool fewer hours than lines apart', async () => {
    const { bareChance, requirement, targets } = await asRequired;
    const bareRate = targets.connectionRate;
    const parallel = createParallelMap(1);
    const prices = await bandVariantPrices(parallel, { target, bareChance, bareRate, request, models });
    await parallel.close();
    const hours = Object.fromEntries(prices.map((price) => [price.variant, price.operatorHours]));
    const own =
      (requirement.tiers.reduce((sum, tier) => sum + tier.operators.reduce((s, n) => s + n, 0), 0) *
        demand.horizon.intervalMinutes) /
      60;
    // The demand has no futures and nobody calls again: leaving those out changes nothing.
    expect(hours['certain-demand']).toBeCloseTo(own, 0);
    expect(hours['no-redials']).toBeCloseTo(own, 0);
    // Patient callers must all be served: never fewer hours than there is work.
    const work = demand.queues.reduce(
      (sum, queue) => sum + queue.freshMean.reduce((s, n, i) => s + n * (queue.handleTimeSeconds[i] ?? 0), 0),
      0,
    );
    expect(hours['erlang-c']).toBeGreaterThan((1.05 * work) / 3600);
    expect(hours['dedicated']).toBeGreaterThan(hours['pooled'] ?? Infinity);
  }, 240_000);

  it('the hours that hot takes by chance and test calls are those it staffs with, and jump with the count allowed to fail', async () => {
    const ports = { models, progress: () => undefined, shouldStop: () => false };
    const hours = hotHours(ports, week, planned);
    const { requirement } = await asRequired;
    const own = operatorHours(requirement, demand.horizon.intervalMinutes);
    expect(hours(11, 0.9)).toBeCloseTo(own, 6);
    const [even, sure, more] = [hours(11, 0.5) ?? 0, hours(11, 0.9) ?? 0, hours(20, 0.9) ?? 0];
    expect([even < sure, more < sure]).toEqual([true, true]);
    expect(hours(11, 1 - 1e-12)).toBeNull();
  }, 240_000);
});
