/**
 * Standard deviation over time of a load that falls or rises within an interval from its start to where its arrivals
 * would have it, as a share of the distance between the two: e^(−t) over `length` handle times.
 */
export const spreadWithin = (length: number): number => {
  const mean = -Math.expm1(-length) / length;
  const square = -Math.expm1(-2 * length) / (2 * length);
  return Math.sqrt(Math.max(0, square - mean * mean));
};

/** Normal density over upper tail: Abramowitz and Stegun 26.2.14 (continued fraction) in the tail, 7.1.26 elsewhere; to 1e-5. */
const hazard = (x: number): number => {
  if (x > 2.5) {
    let rest = x;
    for (let k = 8; k >= 1; k -= 1) rest = x + k / rest;
    return rest;
  }
  const t = 1 / (1 + 0.3275911 * Math.abs(x) * Math.SQRT1_2);
  const series =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const density = 0.7978845608028654;
  return x >= 0 ? density / series : density / (2 * Math.exp((x * x) / 2) - series);
};

/**
 * Load, beyond the mean, at which a stationary queue has all operators busy as often as on average over an interval in
 * which the load moves by `spread` (standard deviation, Erlangs): waiting bends upwards in load, so times above the mean
 * cost more than times below it save. Second order, with the curve of P(wait) of Garnett, Mandelbaum and Reiman (2002);
 * `theta` is patience as hang-ups a handle time. At least 0, at most the spread.
 */
export const loadForMoving = (load: number, operators: number, theta: number, spread: number): number => {
  if (!(spread > leastSpread * Math.sqrt(load)) || operators <= 0) return 0;
  const root = Math.sqrt(load);
  const spare = (operators - load) / root;
  if (spare <= 0) return 0;
  const ratio = Math.sqrt(Math.max(theta, leastTheta));
  const x = spare / ratio;
  const [leaving, busy] = [hazard(x), hazard(-spare)];
  const chance = 1 / (1 + (ratio * leaving) / busy);
  const excess = x > 50 ? 1 / x : leaving - x;
  const slope = excess / ratio + busy + spare;
  const bend = (x > 50 ? -1 / (x * x) : leaving * excess - 1) / (ratio * ratio) - (busy * (busy + spare) - 1);
  const curvature = (slope * (1 - 2 * chance) - bend / slope) / root;
  return Math.min(spread, Math.max(0, (spread * spread * curvature) / 2));
};

/** Movements of less than this share of the load's own scatter move no figure. */
const leastSpread = 0.05;
const leastTheta = 1e-4;
