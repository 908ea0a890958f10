import type { PromptPlacement } from './hotline.ts';

type Asked = Pick<PromptPlacement, 'offPeakTarget' | 'offPeakReturn'>;

/**
 * In which intervals do the callers call whom a prompt asked in `interval` to call later? `visit` is given each interval
 * with its share of them, in order; shares sum to 1. They call from the interval named to the end of the hours suggested,
 * in proportion to the usual calls there; all in the interval named where no hours are given or nobody usually calls.
 * A target below 0 asks nobody. Intervals may lie beyond the horizon: those callers come after it.
 */
export const visitOffPeakReturns = (
  { offPeakTarget, offPeakReturn }: Asked,
  interval: number,
  visit: (at: number, share: number) => void,
): void => {
  const target = offPeakTarget[interval] ?? -1;
  if (target >= 0)
    visitHours(target, offPeakReturn?.until[interval] ?? target + 1, offPeakReturn?.weights, visit);
};

/** The same for hours from interval `from` to before `until`. */
export const visitHours = (
  from: number,
  until: number,
  weights: Float64Array | undefined,
  visit: (at: number, share: number) => void,
): void => {
  let whole = 0;
  for (let at = from; at < until; at += 1) whole += weights?.[at] ?? 0;
  if (!(whole > 0)) {
    visit(from, 1);
    return;
  }
  for (let at = from; at < until; at += 1) {
    const weight = weights?.[at] ?? 0;
    if (weight > 0) visit(at, weight / whole);
  }
};

/**
 * The moment at which one of them calls, in intervals from the start of the horizon, given a uniform draw from [0, 1):
 * even within an interval, between intervals by the same shares.
 */
export const drawOffPeakReturn = (asked: Asked, interval: number, uniform: number): number => {
  let passed = 0;
  let moment = -1;
  visitOffPeakReturns(asked, interval, (at, share) => {
    if (moment >= 0 && passed > uniform) return;
    moment = at + Math.min(1, Math.max(0, (uniform - passed) / share));
    passed += share;
  });
  return moment;
};
