import { valueAt } from '../kernel/value-at.ts';

/**
 * Minimum of a function of a few variables by the downhill simplex (Nelder and Mead 1965, standard
 * coefficients). Deterministic. Meant for smooth likelihoods of two or three parameters; the caller gives a
 * start of the right order. Stops when the simplex's values differ by less than 1e-12 or after `limit` steps.
 */
export const minimise = (
  f: (x: readonly number[]) => number,
  start: readonly number[],
  step: number,
  limit = 600,
): { readonly x: readonly number[]; readonly value: number } => {
  const dimension = start.length;
  const evaluate = (x: readonly number[]): Vertex => ({ x, value: f(x) });
  let simplex = [
    evaluate(start),
    ...start.map((_, i) => evaluate(start.map((v, j) => (i === j ? v + step : v)))),
  ];
  for (let i = 0; i < limit; i += 1) {
    simplex.sort((a, b) => a.value - b.value);
    const [best, worst] = [simplex[0] as Vertex, simplex[dimension] as Vertex];
    if (worst.value - best.value < 1e-12 && spread(best, worst) < 1e-7) break;
    const centre = start.map(
      (_, j) => simplex.slice(0, dimension).reduce((s, v) => s + valueAt(v.x, j), 0) / dimension,
    );
    const along = (t: number): Vertex => evaluate(centre.map((c, j) => c + t * (valueAt(worst.x, j) - c)));
    const next = replaceWorst(along, simplex, worst);
    if (next !== undefined) simplex[dimension] = next;
    else
      simplex = simplex.map((v) =>
        v === best ? v : evaluate(v.x.map((u, j) => (u + valueAt(best.x, j)) / 2)),
      );
  }
  simplex.sort((a, b) => a.value - b.value);
  return simplex[0] as Vertex;
};

interface Vertex {
  readonly x: readonly number[];
  readonly value: number;
}

const spread = (a: Vertex, b: Vertex): number =>
  Math.max(...a.x.map((v, i) => Math.abs(v - valueAt(b.x, i))));

/** Reflection, expansion or contraction; undefined when the simplex must shrink. */
const replaceWorst = (
  along: (t: number) => Vertex,
  simplex: readonly Vertex[],
  worst: Vertex,
): Vertex | undefined => {
  const best = simplex[0] as Vertex;
  const second = simplex[simplex.length - 2] as Vertex;
  const reflected = along(-1);
  if (reflected.value < best.value) {
    const expanded = along(-2);
    return expanded.value < reflected.value ? expanded : reflected;
  }
  if (reflected.value < second.value) return reflected;
  const contracted = reflected.value < worst.value ? along(-0.5) : along(0.5);
  return contracted.value < Math.min(reflected.value, worst.value) ? contracted : undefined;
};
