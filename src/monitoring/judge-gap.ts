import type { Sayable } from '../kernel/finding.ts';
import { exactCountTest } from './compare-counts.ts';
import { monitoringFinding, type MonitoringFinding, type NamedCause } from './monitoring-findings.ts';
import { rateInterval } from './rates.ts';

export interface GapQuestion {
  readonly connected: number;
  readonly testCalls: number;
  /** Projected chance of a test call, or equally likely values of it (one per demand future). */
  readonly projected: number | Float64Array;
  /** Parts of (actual − projected) connection rate with their names; the rest (model error) included if wanted. */
  readonly causes: readonly { readonly cause: string; readonly name: Sayable; readonly effect: number }[];
  /** Below this p-value the gap is more than sampling noise. */
  readonly significance?: number;
}

export interface GapVerdict {
  readonly withinSamplingNoise: boolean;
  /** Chance of a result at least as unlikely as the one monitored, if the projection is right. */
  readonly pValue: number;
  readonly gap: number;
  /** The cause whose effect has the gap's sign and is greatest; null when no cause goes that way. */
  readonly likeliestCause: string | null;
  readonly verdict: MonitoringFinding;
}

/**
 * Is the gap between a projected and a monitored rate more than the luck of few test calls, and what is its
 * likeliest cause? Exact two-sided test of k of n against the projected rate, averaged over demand futures.
 */
export const judgeGap = (question: GapQuestion): GapVerdict => {
  const { connected, testCalls, projected, causes, significance = 0.05 } = question;
  const rates = typeof projected === 'number' ? Float64Array.of(projected) : projected;
  if (rates.length === 0) throw new RangeError('no projected rate given');
  const expected = rates.reduce((s, r) => s + r, 0) / rates.length;
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
