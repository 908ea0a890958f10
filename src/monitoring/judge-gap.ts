import { binomialProbability, logGamma } from '../kernel/distributions.ts';
import type { Sayable } from '../kernel/finding.ts';
import { meanOf } from '../kernel/statistics.ts';
import { valueAt } from '../kernel/value-at.ts';
import { monitoringFinding, type MonitoringFinding, type NamedCause } from './monitoring-findings.ts';
import { rateInterval } from './rates.ts';

interface GapQuestion {
  readonly connected: number;
  readonly testCalls: number;
  /** Projected chance of a test call, or equally likely values of it (one per demand future). */
  readonly projected: number | Float64Array;
  /** Parts of (actual − projected) connection rate with their names; the rest (model error) included if wanted. */
  readonly causes: readonly { readonly cause: string; readonly name: Sayable; readonly effect: number }[];
}

interface GapVerdict {
  readonly withinSamplingNoise: boolean;
  /** Chance of a result at least as unlikely as the one monitored, if the projection is right. */
  readonly pValue: number;
  readonly gap: number;
  /** The cause whose effect has the gap's sign and is greatest; null when no cause goes that way. */
  readonly likeliestCause: string | null;
  readonly verdict: MonitoringFinding;
}

/** Below this p-value the gap is more than sampling noise. */
const significance = 0.05;

/**
 * Is the gap between a projected and a monitored rate more than the luck of few test calls, and what is its
 * likeliest cause? Exact two-sided test of k of n against the projected rate, averaged over demand futures.
 */
export const judgeGap = (question: GapQuestion): GapVerdict => {
  const { connected, testCalls, projected, causes } = question;
  const rates = typeof projected === 'number' ? Float64Array.of(projected) : projected;
  if (rates.length === 0) throw new RangeError('no projected rate given');
  const expected = meanOf(rates);
  const gap = connected / testCalls - expected;
  const pValue = exactCountTest(connected, testCalls, rates);
  const withinSamplingNoise = pValue >= significance;
  const cause = leadingCause(causes, gap);
  return {
    withinSamplingNoise,
    pValue,
    gap,
    likeliestCause: cause?.cause ?? null,
    verdict: monitoringFinding('monitored-against-projected', {
      testCalls,
      connected,
      ...rateInterval(connected, testCalls),
      projected: expected,
      pValue,
      judgement:
        pValue >= ordinaryFrom
          ? 'ordinary'
          : withinSamplingNoise
            ? 'within-sampling-noise'
            : 'beyond-sampling-noise',
      gap,
      cause: withinSamplingNoise ? null : namedCause(cause),
    }),
  };
};

/** From this p-value on a number would read oddly ("unlikely with a chance of 100%"): the result is an ordinary one. */
const ordinaryFrom = 0.5;

type Cause = GapQuestion['causes'][number];

/** Effects smaller than this, a twentieth of a point, are no cause worth a word. */
const leastEffect = 0.0005;

const leadingCause = (causes: readonly Cause[], gap: number): Cause | undefined =>
  causes
    .filter((c) => c.effect * gap > 0 && Math.abs(c.effect) >= leastEffect)
    .toSorted((a, b) => Math.abs(b.effect) - Math.abs(a.effect))[0];

const namedCause = (cause: Cause | undefined): NamedCause | null =>
  cause === undefined ? null : { name: cause.name, effect: cause.effect };

/** How the switch's own connection rate held against the plan, and which cause did most of it. */
export const trafficFinding = (gap: number | null, causes: readonly Cause[]): MonitoringFinding =>
  gap === null
    ? monitoringFinding('no-answered-calls-recorded')
    : monitoringFinding('traffic-against-plan', { gap, cause: namedCause(leadingCause(causes, gap)) });

const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);

/**
 * Could two monitorings of one line differ so by chance alone? Two-sided p-value of Fisher's exact test for
 * k1 of n1 against k2 of n2: the chance, given the sum, of tables no likelier than the one seen. Conservative:
 * with 11 calls each, a move must be large (11 against 6, p = 0.035) to count.
 */
export const fisherExact = (k1: number, n1: number, k2: number, n2: number): number => {
  const sum = k1 + k2;
  const lowest = Math.max(0, sum - n2);
  const highest = Math.min(n1, sum);
  const chance = (k: number): number =>
    Math.exp(logChoose(n1, k) + logChoose(n2, sum - k) - logChoose(n1 + n2, sum));
  const seen = chance(k1);
  let p = 0;
  for (let k = lowest; k <= highest; k += 1) {
    const each = chance(k);
    if (each <= seen * (1 + 1e-9)) p += each;
  }
  return Math.min(1, p);
};

/**
 * Could k of n come from a line whose true rate is one of these equally likely values? Two-sided p-value of the
 * exact test: the chance of all counts no likelier than the one seen, under the mixture of binomials.
 */
const exactCountTest = (connected: number, testCalls: number, rates: Float64Array): number => {
  const chance = (k: number): number =>
    rates.reduce((sum, p) => sum + binomialProbability(k, testCalls, p), 0) / rates.length;
  const seen = chance(connected);
  let p = 0;
  for (let k = 0; k <= testCalls; k += 1) {
    const each = chance(k);
    if (each <= seen * (1 + 1e-9)) p += each;
  }
  return Math.min(1, p);
};

/** Most causes that are split exactly: 2^n re-runs. */
const mostCauses = 5;

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

const factorial = (n: number): number => (n === 0 ? 1 : n * factorial(n - 1));

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
