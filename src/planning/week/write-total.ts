import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import {
  averageSpeedOfAnswer,
  connectionRate,
  occupancy,
  serviceLevels,
  totalOutcome,
} from '../../kernel/measures.ts';
import { currencyOf } from '../../kernel/currency.ts';
import { shortageOf } from '../../render/shortages.ts';
import { rateOrNull } from '../operation/measure-effect.ts';
import { freshRange, operatorHoursOf, overFutures, rangeOf } from './plan-figures.ts';
import type { PlanParts } from './plan-parts.ts';
import { paidHoursByTemplate, writeHoursChain, writeRelease } from './write-hours.ts';
import type { PlanProjection } from '../operation/project-plan.ts';

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
    connectionRate: rangeOf(connectionRate(totals), overFutures(projection.weekFutures, connectionRate)),
    serviceLevels: {
      ofOffered: rateOrNull(levels.ofOffered),
      ofOfferedWithoutShortAbandons: rateOrNull(levels.ofOfferedWithoutShortAbandons),
      ofAnswered: rateOrNull(levels.ofAnswered),
      withAbandonsWithinThreshold: rateOrNull(levels.withAbandonsWithinThreshold),
    },
    serviceLevel: rangeOf(
      levels.ofOffered,
      overFutures(projection.weekFutures, (t) => serviceLevels(t).ofOffered),
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
