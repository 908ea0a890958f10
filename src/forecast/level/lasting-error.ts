import type { RollingLevels } from './rolling-levels.ts';
import { weeksShared } from './rolling-evidence.ts';
import { valueAt } from '../../kernel/value-at.ts';

/** Weeks of past forecasts below which their mean error is taken for chance. */
const leastWeeks = 9;

/** Spans of errors of their own below which nothing is said to last: one or two are a season, or chance. */
const leastSpans = 3;

/** One wild day must not pass for a lasting error. */
const mostDayError = 0.3;

/**
 * How far were past forecasts at the planned horizon off on average, on the log scale (truth less forecast)?
 * Shrunk by 1 − 2·se²/mean², so that what chance explains is 0. Origins are a week
 * apart, so errors `judgedWeeks` ahead share all but one of their weeks with the next: they count as so much fewer.
 * `mean` gives the forecast of a rolling day.
 */
export const lastingError = (
  rolling: RollingLevels,
  mean: (index: number) => number,
  judgedWeeks: number,
): number => {
  const sums = new Map<number, { sum: number; days: number }>();
  for (let i = 0; i < rolling.day.length; i += 1) {
    const error = Math.max(-mostDayError, Math.min(mostDayError, valueAt(rolling.truth, i) - mean(i)));
    const week = sums.get(valueAt(rolling.origin, i)) ?? { sum: 0, days: 0 };
    sums.set(valueAt(rolling.origin, i), { sum: week.sum + error, days: week.days + 1 });
  }
  const weeks = Array.from(sums.values(), ({ sum, days }) => sum / days);
  const size = weeks.length;
  if (size < leastWeeks) return 0;
  const average = weeks.reduce((a, b) => a + b, 0) / size;
  if (average === 0) return 0;
  const squares = weeks.reduce((a, b) => a + (b - average) ** 2, 0);
  const spans = size / weeksShared(judgedWeeks);
  if (spans < leastSpans) return 0;
  const variance = squares / (size - 1) / spans;
  return average * Math.max(0, 1 - (2 * variance) / (average * average));
};
