import {
  bandChances as chancesOf,
  bandOf,
  publishedBandEdges,
  rateNeededForHot,
  type Band,
  type BandEdges,
} from '../monitoring/bands.ts';

export type { Band, BandEdges } from '../monitoring/bands.ts';

/**
 * Temperature band of a monitored connection rate (0–1): hot from 95 %, warm from 30 %, cold above 0, dead at 0, as
 * published for the monitoring of city hotlines, unless other edges are given. Throws RangeError outside 0–1.
 */
export const temperatureBand = (connectionRate: number, edges: BandEdges = publishedBandEdges): Band =>
  bandOf(connectionRate, edges);

/**
 * Chance (0–1) of each band in a monitoring of so many test calls, where each gets through with the chance
 * `connectionRate`; exact binomial sums. Several rates are equally likely futures.
 *
 * @example
 * ```ts
 * import { bandChances } from 'huawu/monitoring';
 * const { hot } = bandChances(0.96, 20);
 * ```
 */
export const bandChances = (
  connectionRate: number | readonly number[],
  testCalls: number,
  edges: BandEdges = publishedBandEdges,
): Readonly<Record<Band, number>> =>
  chancesOf(
    typeof connectionRate === 'number' ? connectionRate : Float64Array.from(connectionRate),
    testCalls,
    edges,
  );

/** The least connection rate (0–1) at which the next monitoring of so many test calls is hot with the asked chance, in (0, 1). */
export const rateForHot = (
  testCalls: number,
  chance: number,
  edges: BandEdges = publishedBandEdges,
): number => rateNeededForHot({ testCalls, chance, bands: edges });
