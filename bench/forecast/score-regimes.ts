import { forecastQueue } from '../../src/forecast/forecast-queues.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { addDays, dayNumber } from '../../src/kernel/time.ts';
import type { RegimeLine } from './made-up-regimes.ts';

/** Sums over the day totals that were scored. */
export interface RegimeScore {
  readonly days: number;
  readonly calls: number;
  /** Days inside the 80 % and the 95 % range. */
  readonly in80: number;
  readonly in95: number;
  /** Width of the 80 % range. */
  readonly width: number;
  readonly error: number;
  readonly bias: number;
}

const nothing: RegimeScore = { days: 0, calls: 0, in80: 0, in95: 0, width: 0, error: 0, bias: 0 };

/** Both together. */
export const addScores = (a: RegimeScore, b: RegimeScore): RegimeScore => ({
  days: a.days + b.days,
  calls: a.calls + b.calls,
  in80: a.in80 + b.in80,
  in95: a.in95 + b.in95,
  width: a.width + b.width,
  error: a.error + b.error,
  bias: a.bias + b.bias,
});

const within = (calls: number, low: number, high: number): number => (calls >= low && calls <= high ? 1 : 0);

const calendar = calendarOf({ country: null });

/** Scores a line's forecast from so many days after its change, lead by lead: each is a week, 1 the first. */
export const scoreLine = (
  { grid, changed }: RegimeLine,
  since: number,
  leads: readonly number[],
): RegimeScore[] => {
  const request = { calendar, method: 'auto', seed: 1, pathCount: 0 } as const;
  const days = 7 * Math.max(...leads);
  const forecast = forecastQueue(grid, { ...request, origin: addDays(changed, since), days });
  const first = dayNumber(changed) + since - dayNumber(grid.firstDate);
  const { mean, q10, q90, q025, q975 } = forecast.dayQuantiles;
  const scoreDay = (j: number): RegimeScore => {
    const calls = grid.values[first + j]!;
    return {
      days: 1,
      calls,
      in80: within(calls, q10[j]!, q90[j]!),
      in95: within(calls, q025[j]!, q975[j]!),
      width: q90[j]! - q10[j]!,
      error: Math.abs(mean[j]! - calls),
      bias: mean[j]! - calls,
    };
  };
  return leads.map((lead) =>
    Array.from({ length: 7 }, (_, k) => scoreDay(7 * (lead - 1) + k)).reduce(addScores, nothing),
  );
};
