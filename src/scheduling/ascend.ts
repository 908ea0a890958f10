/** A smooth concave function: fills the gradient, returns the value. */
export type SmoothValue = (point: Float64Array, gradient: Float64Array) => number;

const memory = 12;
const mostHalvings = 12;
const sufficient = 1e-4;

interface Pair {
  readonly moved: Float64Array;
  readonly turned: Float64Array;
  readonly inverse: number;
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
};

const addTimes = (to: Float64Array, factor: number, from: Float64Array): void => {
  for (let i = 0; i < to.length; i += 1) to[i] = (to[i] ?? 0) + factor * (from[i] ?? 0);
};

/** The direction of limited-memory BFGS (Nocedal 1980, two loops). */
const directionOf = (gradient: Float64Array, pairs: readonly Pair[], firstScale: number): Float64Array => {
  const direction = gradient.slice();
  const alphas: number[] = [];
  for (const pair of pairs.toReversed()) {
    const alpha = pair.inverse * dot(pair.moved, direction);
    alphas.push(alpha);
    addTimes(direction, -alpha, pair.turned);
  }
  const last = pairs.at(-1);
  const scale = last === undefined ? firstScale : 1 / (last.inverse * dot(last.turned, last.turned));
  for (let i = 0; i < direction.length; i += 1) direction[i] = (direction[i] ?? 0) * scale;
  for (const [i, pair] of pairs.entries()) {
    const alpha = alphas[pairs.length - 1 - i] ?? 0;
    addTimes(direction, alpha - pair.inverse * dot(pair.turned, direction), pair.moved);
  }
  return direction;
};

/**
 * Climbs from `point` (changed in place) for at most `steps` steps of limited-memory BFGS with backtracking,
 * until three steps in a row gain less than the share `settled` of the value. From `floorFrom` on, entries stay above 0.
 */
export const ascend = (
  point: Float64Array,
  value: SmoothValue,
  floorFrom: number,
  limits: { readonly steps: number; readonly firstScale: number; readonly settled: number },
): void => {
  let gradient = new Float64Array(point.length);
  let now = value(point, gradient);
  const pairs: Pair[] = [];
  let small = 0;
  for (let step = 0; step < limits.steps; step += 1) {
    const free = gradient.slice();
    for (let i = floorFrom; i < free.length; i += 1)
      if ((point[i] ?? 0) <= 0 && (free[i] ?? 0) < 0) free[i] = 0;
    const direction = directionOf(free, pairs, limits.firstScale);
    for (let i = floorFrom; i < free.length; i += 1)
      direction[i] = Math.max(direction[i] ?? 0, -(point[i] ?? 0));
    const slope = dot(direction, free);
    if (!(slope > 0)) {
      if (pairs.length === 0) return;
      pairs.length = 0;
      continue;
    }
    const next = new Float64Array(point.length);
    const nextGradient = new Float64Array(point.length);
    let reached = -Infinity;
    let length = 1;
    for (let halving = 0; halving < mostHalvings; halving += 1, length *= 0.4) {
      next.set(point);
      addTimes(next, length, direction);
      for (let i = floorFrom; i < next.length; i += 1) next[i] = Math.max(0, next[i] ?? 0);
      reached = value(next, nextGradient);
      if (reached >= now + sufficient * length * slope) break;
      reached = -Infinity;
    }
    if (reached === -Infinity) {
      if (pairs.length === 0) return;
      pairs.length = 0;
      continue;
    }
    rememberStep(pairs, point, next, gradient, nextGradient);
    const gain = reached - now;
    point.set(next);
    gradient = nextGradient;
    now = reached;
    small = gain < limits.settled * Math.abs(now) ? small + 1 : 0;
    if (small > 2) return;
  }
};

const rememberStep = (
  pairs: Pair[],
  from: Float64Array,
  to: Float64Array,
  gradient: Float64Array,
  nextGradient: Float64Array,
): void => {
  const moved = to.map((value, i) => value - (from[i] ?? 0));
  const turned = gradient.map((value, i) => value - (nextGradient[i] ?? 0));
  const curvature = dot(moved, turned);
  if (curvature <= 1e-9) return;
  pairs.push({ moved, turned, inverse: 1 / curvature });
  if (pairs.length > memory) pairs.shift();
};
