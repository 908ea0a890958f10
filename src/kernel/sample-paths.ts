declare const unit: unique symbol;

/**
 * Sample paths of arrival rates: the calls to be expected in each interval, path after path. They hold what is
 * uncertain of the level and what scatters beyond Poisson; the luck of single calls is not in them. Queueing formulas
 * and the event simulator, which bring that luck themselves, take these.
 */
export type RatePaths = Float64Array & { readonly [unit]: 'rate' };

/**
 * Sample paths of calls as they would be counted: Poisson draws with the rates of the path of the same index, whole
 * numbers. What is compared with actual counts is read off these.
 */
export type CountPaths = Float64Array & { readonly [unit]: 'count' };

/** Says of values that they are rates. */
export const asRates = (values: Float64Array): RatePaths => values as RatePaths;

/** Says of values that they are counts. */
export const asCounts = (values: Float64Array): CountPaths => values as CountPaths;

/** No sample paths: the mean is taken as certain. */
export const noRatePaths: RatePaths = asRates(new Float64Array(0));
