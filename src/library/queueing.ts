import {
  erlang,
  leastOperators as least,
  type ErlangInput,
  type ErlangMeasures,
} from '../queueing/erlang.ts';

export type { ErlangInput, ErlangMeasures } from '../queueing/erlang.ts';

/** A line with enough trunks unless their number is given. */
export type Interval = Omit<ErlangInput, 'trunks'> & Partial<Pick<ErlangInput, 'trunks'>>;

/**
 * Measures of one stationary interval in which callers hang up (Erlang A; with `trunks` M/M/n/K+M): shares per offered
 * call in 0–1, waits in seconds. Exact to double rounding up to 10,000 Erlangs. Throws RangeError for values that an
 * interval cannot have.
 *
 * @example
 * ```ts
 * import { erlangA } from 'huawu/queueing';
 * const { pConnect, slOffered } = erlangA({
 *   loadErlangs: 20, operators: 22, handleTimeSeconds: 240, patienceSeconds: 120, thresholdSeconds: 15,
 * });
 * ```
 */
export const erlangA = (interval: Interval & { readonly patienceSeconds: number }): ErlangMeasures => {
  if (!(interval.patienceSeconds < Infinity))
    throw new RangeError('Erlang A asks for a finite patience; without one it is Erlang C');
  const measures = erlang({ trunks: Infinity, ...interval });
  // With finite patience every load is stable.
  if (!measures.stable) throw new RangeError('no stationary answer');
  return measures;
};

/**
 * The same where nobody hangs up (Erlang C). Undefined where operators are no more than the load in Erlangs: the queue
 * grows without end.
 */
export const erlangC = (
  interval: Omit<Interval, 'patienceSeconds' | 'trunks'>,
): ErlangMeasures | undefined => {
  const measures = erlang({ ...interval, patienceSeconds: Infinity, trunks: Infinity });
  return measures.stable ? measures : undefined;
};

/**
 * Share of calls in 0–1 that find none of `lines` free where nobody queues (Erlang B). Load in Erlangs, ≥ 0; lines a whole
 * number ≥ 0. Throws RangeError outside.
 */
export const erlangB = (loadErlangs: number, lines: number): number => {
  const measures = erlang({
    loadErlangs,
    operators: lines,
    trunks: lines,
    handleTimeSeconds: 1,
    patienceSeconds: Infinity,
    thresholdSeconds: 0,
  });
  return measures.stable ? measures.pBlock : 1;
};

/**
 * The fewest operators that answer the share `target` (0–1) of offered calls within `thresholdSeconds`; undefined where no
 * number does.
 *
 * @example
 * ```ts
 * import { leastOperators } from 'huawu/queueing';
 * leastOperators({ loadErlangs: 20, handleTimeSeconds: 240, patienceSeconds: 120, thresholdSeconds: 15 }, 0.85);
 * ```
 */
export const leastOperators = (interval: Omit<Interval, 'operators'>, target: number): number | undefined =>
  least({ trunks: Infinity, ...interval }, target)?.operators;
