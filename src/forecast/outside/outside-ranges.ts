import type { Pair } from './judge-outside.ts';
import { mixedError } from './judge-outside.ts';
import type { OutsideDay } from './outside-forecast.ts';

/** Powers of a range's width that are tried: 0 says nothing of a day's scatter, 1 is as wide as the days scatter. */
const powers = [0, 0.25, 0.5, 0.75, 1];
/** Days of a week are surprised together: so much of a day's word counts. */
const worthOfDay = 0.5;
/** Fewest past days with a range from which anything follows, and the furthest that a day's scatter is moved, either way. */
const leastDays = 20;
const mostTimes = 9;

/** What past days have shown of a model's ranges: how far their widths tell which days scatter more than others. */
export interface RangeSkill {
  /** 0: not at all; 1: wholly. */
  readonly power: number;
  /** Log of the usual width, and the mean of what the power makes of past widths. */
  readonly middle: number;
  readonly mean: number;
}

/** Log of a range's width on the log scale; NaN where there is none. */
const logWidth = ({ q10, q90 }: Pick<OutsideDay, 'q10' | 'q90'>): number =>
  q10 > 0 && q90 > q10 ? Math.log(Math.log(q90 / q10)) : Number.NaN;

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Each power weighs as much as errors of the mix speak for scatter that goes with it; how large that is on the whole is left open. */
export const rangeSkill = (pairs: readonly Pair[], level: number): RangeSkill => {
  const days = pairs
    .map((pair) => ({ width: logWidth(pair.outside), square: mixedError(pair, level) ** 2 }))
    .filter(({ width }) => !Number.isNaN(width));
  if (days.length < leastDays) return { power: 0, middle: 0, mean: 1 };
  const middle = meanOf(days.map(({ width }) => width));
  const logs = powers.map((power) => {
    const left = meanOf(days.map(({ width, square }) => square * Math.exp(-2 * power * (width - middle))));
    return (-worthOfDay * days.length * Math.log(Math.max(1e-12, left))) / 2;
  });
  const most = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - most));
  const power =
    powers.reduce((sum, each, i) => sum + each * weights[i]!, 0) /
    weights.reduce((sum, weight) => sum + weight, 0);
  return { power, middle, mean: meanOf(days.map(({ width }) => Math.exp(2 * power * (width - middle)))) };
};

/** How much more, or less, a day scatters than others by its range; 1 where it has none. */
export const varianceByRange = (
  { power, middle, mean }: RangeSkill,
  day: Pick<OutsideDay, 'q10' | 'q90'> | undefined,
): number => {
  const width = day === undefined ? Number.NaN : logWidth(day);
  if (power === 0 || Number.isNaN(width)) return 1;
  return Math.max(1 / mostTimes, Math.min(mostTimes, Math.exp(2 * power * (width - middle)) / mean));
};
