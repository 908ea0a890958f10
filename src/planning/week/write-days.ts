import type { PlanDay } from '../../contract/documents/plan-document.ts';
import type { PromptSpan } from '../../contract/documents/prompt-span.ts';
import type { Range } from '../../contract/documents/range-schema.ts';
import {
  averageSpeedOfAnswer,
  connectionRate,
  occupancy,
  serviceLevels,
  totalOutcome,
} from '../../kernel/measures.ts';
import { weekdayOf } from '../../kernel/time.ts';
import { rateOrNull } from '../operation/measure-effect.ts';
import type { OperatorsSeen } from '../operation/operators-seen.ts';
import { freshRange, operatorHoursOf, overFutures, rangeOf, sumAt } from './plan-figures.ts';
import type { PlanParts } from './plan-parts.ts';
import { dayBounds } from '../operation/project-plan.ts';
import { valueAt } from '../../kernel/value-at.ts';

/** A plan's days, one after another, each with the prompts that play on it. */
export const writeDays = (parts: PlanParts, prompts: readonly PromptSpan[]): PlanDay[] =>
  parts.week.dates.map((date, day) => writeDay(parts, date, day, prompts));

const writeDay = (parts: PlanParts, date: string, day: number, prompts: readonly PromptSpan[]): PlanDay => {
  const { week, projection, requirement, capacity } = parts;
  const [from, to] = dayBounds(week)[day] ?? [0, 0];
  const required = requirement.tiers.map((tier) => tier.operators);
  const minutes = week.horizon.intervalMinutes;
  const peak = peakInterval(required, from, to);
  const totals = totalOutcome(projection.outcome, from, to);
  const futures = projection.dayFutures[day] ?? [];
  const monitored = projection.monitoringDays[day];
  const calls = freshRange(parts.demand, parts.counts, from, to);
  // Where nobody calls for the first time the line is shut: no rate can be told of such a day.
  const rate = (measure: (of: typeof totals) => number): Range =>
    calls.mean === 0 ? rangeOf(Number.NaN, []) : rangeOf(measure(totals), overFutures(futures, measure));
  return {
    date,
    weekday: weekdayOf(date) + 1,
    dayKind: parts.calendar.dayKind(date).name,
    calls,
    peak: {
      start: (week.starts[peak] ?? '').slice(11),
      operators: Object.fromEntries(
        requirement.tiers.map((tier) => [tier.tier, valueAt(tier.operators, peak)]),
      ),
      total: sumAt(required, peak),
    },
    requiredOperatorHours: operatorHoursOf(required, from, to, minutes),
    scheduledOperatorHours: operatorHoursOf(
      capacity.tiers.map((tier) => tier.operators),
      from,
      to,
      minutes,
    ),
    connectionRate: rate(connectionRate),
    serviceLevel: rate((t) => serviceLevels(t).ofOffered),
    averageSpeedOfAnswerSeconds: rateOrNull(averageSpeedOfAnswer(totals)),
    occupancy: rateOrNull(occupancy(projection.outcome, from, to)),
    band: monitored?.band ?? 'dead',
    bandChance: monitored?.bandChance ?? 0,
    score: monitored?.score ?? { mean: null, q10: null, q90: null },
    prompts: prompts.filter((prompt) => prompt.date === date),
    shifts: parts.schedule.shifts
      .filter((shift) => shift.date === date)
      .reduce((sum, shift) => sum + shift.operators, 0),
    operatorsSeen: seenOfDay(parts.seen, day, from, to, peak, minutes),
  };
};

const peakInterval = (required: readonly ArrayLike<number>[], from: number, to: number): number => {
  let peak = from;
  for (let i = from; i < to; i += 1) if (sumAt(required, i) > sumAt(required, peak)) peak = i;
  return peak;
};

const seenOfDay = (
  seen: OperatorsSeen | undefined,
  day: number,
  from: number,
  to: number,
  peak: number,
  minutes: number,
): PlanDay['operatorsSeen'] => {
  const days = seen?.days[day] ?? 0;
  if (seen === undefined || days === 0) return null;
  const known = seen.total.slice(from, to).filter((value) => value !== null);
  return {
    peak: seen.total[peak] ?? 0,
    hours: (known.reduce((sum, value) => sum + value, 0) * minutes) / 60,
    days,
  };
};
