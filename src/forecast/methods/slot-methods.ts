import type { MethodName } from '../forecast-types.ts';
import type { ForecastMethod } from './forecast-method.ts';
import { harmonicRegression } from './harmonic-regression.ts';
import { holtWinters } from './holt-winters.ts';
import { lowRank } from './low-rank.ts';
import { poissonRegression, poissonTrend } from './poisson-regression.ts';
import { seasonalNaive } from './seasonal-naive.ts';
import { weekdayMean } from './weekday-mean.ts';
import { weekdayMedian } from './weekday-median.ts';

/** Methods that are forms of the day's level: they are what `auto` mixes, and a plan of their own. */
type LevelForm = 'calendar-regression' | 'day-level' | 'day-level-trend';

/** Methods that forecast slots directly, each under its name: a name without its method does not compile. */
const slotMethodOf: Readonly<Record<Exclude<MethodName, LevelForm>, ForecastMethod>> = {
  'seasonal-naive': seasonalNaive,
  'weekday-mean': weekdayMean,
  'weekday-median': weekdayMedian,
  'holt-winters': holtWinters,
  'harmonic-regression': harmonicRegression,
  'poisson-regression': poissonRegression,
  'poisson-trend': poissonTrend,
  'low-rank': lowRank,
};

export const slotMethods: readonly ForecastMethod[] = Object.values(slotMethodOf);

/** The method of that name among those that forecast slots directly. */
export const slotMethod = (name: 'auto' | MethodName): ForecastMethod | undefined =>
  slotMethods.find((method) => method.name === name);
