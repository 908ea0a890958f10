import { coverageScale } from './calibrate.ts';
import type { PastScores } from './replay-plan.ts';

/** Factors on standard deviations: of slots at 80 % and at 95 %, and of day totals. */
export interface CoverageScales {
  readonly slot80: number;
  readonly slot95: number;
  readonly day: number;
}

/** Day totals are few: past luck may not narrow them by more than a quarter. */
const leastDayScale = 0.75;

/** Factors under which past forecasts were covered as often as promised. */
export const scalesOf = (past: PastScores, weeks: number): CoverageScales => ({
  slot80: coverageScale(past.slots, weeks, 80),
  slot95: coverageScale(past.slots, weeks, 95),
  day: Math.max(coverageScale(past.days, weeks, 80), leastDayScale),
});

/** Factors per day ahead: those of the first week, moving evenly to those of the week `lastWeek` days later. */
export const scalesAhead = (
  near: CoverageScales,
  far: CoverageScales,
  lastWeek: number,
  days: number,
): { slotScale80: Float64Array; slotScale95: Float64Array; dayScale: Float64Array } => {
  const between = (name: keyof CoverageScales): Float64Array =>
    Float64Array.from({ length: days }, (_, j) => {
      const t = lastWeek === 0 ? 0 : Math.min(1, Math.max(0, (j - 3.5) / lastWeek));
      return (1 - t) * near[name] + t * far[name];
    });
  return { slotScale80: between('slot80'), slotScale95: between('slot95'), dayScale: between('day') };
};
