import { valueAt } from '../kernel/value-at.ts';

/** Most causes that are split exactly: 2^n re-runs. */
export const mostCauses = 5;

/**
 * Splits a gap between plan and reality into its causes: Shapley values (1953) over re-runs. `evaluate` gets
 * the set of causes for which what happened replaces what was planned, and answers the figure (such as the
 * connection rate); it is asked once per subset, the empty one first. Each effect is the change that replacing
 * its cause brings, averaged over all orders in which causes can be replaced, so that none is favoured by
 * coming first; the effects sum to evaluate(all) − evaluate(none). Order of the answer is that of `causes`.
 * Throws RangeError above five causes, or when a cause is named twice.
 */
export const explainGap = <Cause extends string>(
  causes: readonly { readonly cause: Cause }[],
  evaluate: (replaced: ReadonlySet<Cause>) => number,
): readonly { readonly cause: Cause; readonly effect: number }[] => {
  const names = causes.map((c) => c.cause);
  if (names.length > mostCauses) throw new RangeError(`at most ${mostCauses} causes, got ${names.length}`);
  if (new Set(names).size < names.length) throw new RangeError(`a cause is named twice: ${names.join(', ')}`);
  const figures = Array.from({ length: 2 ** names.length }, (_, subset) =>
    evaluate(new Set(names.filter((_name, i) => ((subset >> i) & 1) === 1))),
  );
  return names.map((cause, i) => ({ cause, effect: shapleyValue(figures, i, names.length) }));
};

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));

/** Weighted sum over subsets without player i: |S|! (n − |S| − 1)! / n! × (v(S ∪ i) − v(S)). */
const shapleyValue = (figures: readonly number[], i: number, players: number): number => {
  let value = 0;
  for (const [subset, figure] of figures.entries()) {
    if (((subset >> i) & 1) === 1) continue;
    const size = subset.toString(2).replaceAll('0', '').length;
    const weight = (factorial(size) * factorial(players - size - 1)) / factorial(players);
    value += weight * (valueAt(figures, subset | (1 << i)) - figure);
  }
  return value;
};
