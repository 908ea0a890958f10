import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { Range } from '../../contract/documents/schema-parts.ts';
import { currencyOf } from '../../kernel/currency.ts';
import type { Demand } from '../../kernel/hotline.ts';
import {
  averageSpeedOfAnswer,
  connectionRate,
  occupancy,
  type OutcomeTotals,
  serviceLevels,
  totalOutcome,
} from '../../kernel/measures.ts';
import type { CountPaths } from '../../kernel/sample-paths.ts';
import { shortageOf } from '../../render/shortages.ts';
import { type PlanProjection, rateOrNull } from '../operation/project-plan.ts';
import type { PlanParts } from './plan-parts.ts';
import { paidHoursByTemplate, writeHoursChain, writeRelease } from './write-hours.ts';

/** The week as a whole. */
export const writeTotal = (parts: PlanParts, tiers: PlanDocument['tiers']): PlanDocument['total'] => {
  const { week, projection, requirement, capacity } = parts;
  const { count, intervalMinutes } = week.horizon;
  const totals = totalOutcome(projection.outcome);
  const levels = serviceLevels(totals);
  const seen = parts.seen?.total;
  const shortage = shortageOf({ starts: week.starts, intervalMinutes, tiers });
  const hoursOf = (rows: readonly { readonly operators: ArrayLike<number> }[]): number =>
    operatorHoursOf(
      rows.map(({ operators }) => operators),
      0,
      count,
      intervalMinutes,
    );
  const hours = {
    requiredOperatorHours: hoursOf(requirement.tiers),
    scheduledOperatorHours: hoursOf(capacity.tiers),
  };
  return {
    calls: freshRange(parts.demand, parts.counts, 0, count),
    offered: totals.offered,
    connectionRate: rangeOf(connectionRate(totals), overSamplePaths(projection.weekFutures, connectionRate)),
    serviceLevels: {
      ofOffered: rateOrNull(levels.ofOffered),
      ofOfferedWithoutShortAbandons: rateOrNull(levels.ofOfferedWithoutShortAbandons),
      ofAnswered: rateOrNull(levels.ofAnswered),
      withAbandonsWithinThreshold: rateOrNull(levels.withAbandonsWithinThreshold),
    },
    serviceLevel: rangeOf(
      levels.ofOffered,
      overSamplePaths(projection.weekFutures, (t) => serviceLevels(t).ofOffered),
    ),
    averageSpeedOfAnswerSeconds: rateOrNull(averageSpeedOfAnswer(totals)),
    occupancy: rateOrNull(occupancy(projection.outcome)),
    abandoned: totals.abandoned,
    blocked: totals.blocked,
    callersDiverted: totals.divertedOnline + totals.deferred,
    ...hours,
    seenOperatorHours:
      seen === undefined
        ? null
        : (seen.reduce<number>((sum, value) => sum + (value ?? 0), 0) * intervalMinutes) / 60,
    ...paidOf(parts),
    shortage: {
      hours: shortage.hours,
      standInHours: shortage.standInHours,
      openHours: shortage.openHours,
      intervals: shortage.intervals,
      worst: shortage.worst ?? null,
      unstaffed: [...shortage.unstaffed],
    },
    hoursChain: writeHoursChain(parts, tiers, hours),
    release: writeRelease(parts, tiers),
  };
};

/** Hours paid for the shifts and their wages, with the money that these are in. */
const paidOf = ({ schedule, models }: PlanParts) => {
  const hours = paidHoursByTemplate(models.shifts);
  const currency = currencyOf(models.hotline);
  return {
    paidHours: schedule.shifts.reduce(
      (sum, { template, operators }) => sum + operators * (hours.get(template) ?? 0),
      0,
    ),
    wages: schedule.shifts.reduce((sum, { cost }) => sum + cost, 0),
    ...(currency === undefined ? {} : { currency }),
  };
};

/** The week had no prompt played; null where none plays. */
export const writeWithoutPrompts = (projection: PlanProjection): PlanDocument['withoutPrompts'] => {
  if (projection.withoutPrompts === undefined) return null;
  const totals = totalOutcome(projection.withoutPrompts);
  return {
    connectionRate: rateOrNull(connectionRate(totals)),
    serviceLevel: rateOrNull(serviceLevels(totals).ofOffered),
  };
};

/** Quantile of values by linear interpolation (R's type 7); NaN values are left out; NaN for none. */
const quantile = (values: readonly number[], p: number): number => {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  if (sorted.length === 0) return Number.NaN;
  const at = p * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? low;
  return low + (high - low) * (at - Math.floor(at));
};

/** A figure with the 80 % range of its futures. */
export const rangeOf = (mean: number, futures: readonly number[]): Range => ({
  mean: rateOrNull(mean),
  q10: rateOrNull(quantile(futures, 0.1)),
  q90: rateOrNull(quantile(futures, 0.9)),
});

/** A measure over every future. */
export const overSamplePaths = (
  futures: readonly OutcomeTotals[],
  measure: (totals: OutcomeTotals) => number,
): number[] => futures.map(measure);

/** Quantiles of all queues' fresh calls per interval over the joint counts; the mean where there are none. */
export const totalCalls = (
  demand: Demand,
  counts: readonly CountPaths[],
): { mean: number[]; q025: number[]; q10: number[]; q90: number[]; q975: number[] } => {
  const { count } = demand.horizon;
  const mean = Array.from({ length: count }, (_, i) =>
    demand.queues.reduce((sum, queue) => sum + (queue.freshMean[i] ?? 0), 0),
  );
  const paths = Math.min(...demand.queues.map((queue) => queue.pathCount));
  const futures = mean.map((_, i) =>
    Array.from({ length: paths }, (_, p) =>
      counts.reduce((sum, paths) => sum + (paths[p * count + i] ?? 0), 0),
    ),
  );
  const at = (p: number): number[] =>
    mean.map((value, i) => (paths === 0 ? value : quantile(futures[i] ?? [], p)));
  return { mean, q025: at(0.025), q10: at(0.1), q90: at(0.9), q975: at(0.975) };
};

/** Sum over rows at one interval. */
export const sumAt = (rows: readonly ArrayLike<number>[], i: number): number =>
  rows.reduce((sum, row) => sum + (row[i] ?? 0), 0);

/** Operator-hours of rows of operators, from one interval to before another. */
export const operatorHoursOf = (
  rows: readonly ArrayLike<number>[],
  from: number,
  to: number,
  intervalMinutes: number,
): number => {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += sumAt(rows, i);
  return (sum * intervalMinutes) / 60;
};

/** Fresh calls of all queues over some intervals, with the range of the joint counts. */
export const freshRange = (demand: Demand, counts: readonly CountPaths[], from: number, to: number) => {
  const mean = demand.queues.reduce(
    (sum, queue) => sum + queue.freshMean.subarray(from, to).reduce((s, v) => s + v, 0),
    0,
  );
  const paths = Math.min(...demand.queues.map((queue) => queue.pathCount));
  const count = demand.horizon.count;
  const futures = Array.from({ length: paths }, (_, p) =>
    counts.reduce(
      (sum, paths) => sum + paths.subarray(p * count + from, p * count + to).reduce((s, v) => s + v, 0),
      0,
    ),
  );
  return { mean, q10: rateOrNull(quantile(futures, 0.1)), q90: rateOrNull(quantile(futures, 0.9)) };
};
