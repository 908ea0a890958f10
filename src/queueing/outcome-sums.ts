import type { Outcome } from '../kernel/hotline.ts';
import type { OutcomeTotals } from '../kernel/measures.ts';
import type { TierState } from './tier-state.ts';
import type { PromptEffect } from './apply-prompts.ts';
import type { QueueMeasures } from './queue-measures.ts';
import type { PathRunner } from './path-runner.ts';

/** Totals that are still being added up. */
export type TotalsRow = { -readonly [Field in keyof OutcomeTotals]: number };

export const emptyTotals = (): TotalsRow => ({
  fresh: 0,
  offered: 0,
  answered: 0,
  answeredWithinThreshold: 0,
  abandoned: 0,
  shortAbandoned: 0,
  abandonedWithinThreshold: 0,
  blocked: 0,
  divertedOnline: 0,
  deferred: 0,
  contained: 0,
  answeredWaitSeconds: 0,
  waitSeconds: 0,
});

/** An outcome of zeros with the runner's queues and tiers; operators and staffed seconds are filled in. */
export const emptyOutcome = (runner: PathRunner): Outcome => {
  const { horizon, queues } = runner.demand;
  const zeros = (): Float64Array => new Float64Array(horizon.count);
  return {
    horizon,
    method: 'analytic',
    queues: queues.map(({ queue }) => ({
      queue,
      fresh: zeros(),
      offered: zeros(),
      answered: zeros(),
      answeredWithinThreshold: zeros(),
      abandoned: zeros(),
      shortAbandoned: zeros(),
      abandonedWithinThreshold: zeros(),
      blocked: zeros(),
      divertedOnline: zeros(),
      deferred: zeros(),
      contained: zeros(),
      answeredWaitSeconds: zeros(),
      waitSeconds: zeros(),
    })),
    tiers: runner.capacity.tiers.map(({ tier, operators }) => ({
      tier,
      operators: Float64Array.from({ length: horizon.count }, (_, i) => operators[i] ?? 0),
      busyOperatorSeconds: zeros(),
      staffedOperatorSeconds: Float64Array.from(
        { length: horizon.count },
        (_, i) => (operators[i] ?? 0) * runner.seconds,
      ),
      answeredByQueue: Object.fromEntries(queues.map(({ queue }) => [queue, zeros()])),
    })),
  };
};

/** One interval of one path, with the weight at which it enters the mean outcome. */
export interface IntervalResult {
  readonly path: number;
  readonly interval: number;
  readonly weight: number;
  readonly calls: readonly Float64Array[];
  readonly effect: PromptEffect | undefined;
  readonly offered: Float64Array;
  readonly measures: QueueMeasures;
  readonly state: TierState;
}

const row = emptyTotals();

const fillRow = (runner: PathRunner, result: IntervalResult, q: number): void => {
  const { measures, interval: i } = result;
  const offered = result.offered[q] ?? 0;
  const fresh = result.calls[q]?.[i] ?? 0;
  const voice = runner.smartVoice[q] ?? 0;
  row.fresh = fresh;
  row.offered = offered;
  row.answered = offered * (measures.answer[q] ?? 0);
  row.answeredWithinThreshold = offered * (measures.within[q] ?? 0);
  row.abandoned = offered * (measures.abandon[q] ?? 0);
  row.shortAbandoned = offered * (measures.abandonShort[q] ?? 0);
  row.abandonedWithinThreshold = offered * (measures.abandonWithin[q] ?? 0);
  row.blocked = offered * (measures.block[q] ?? 0);
  row.divertedOnline = result.effect?.divertedOnline[q]?.[i] ?? 0;
  row.deferred = result.effect?.deferred[q]?.[i] ?? 0;
  row.contained = voice > 0 && voice < 1 ? (fresh / (1 - voice)) * voice : contained(runner, result, q);
  row.answeredWaitSeconds = offered * (measures.answeredWait[q] ?? 0);
  row.waitSeconds = offered * (measures.allWait[q] ?? 0);
};

/** Calls settled by smart voice where it settles none or all. */
const contained = (runner: PathRunner, result: IntervalResult, q: number): number => {
  if (runner.smartVoice[q] !== 1) return 0;
  const queue = runner.demand.queues[q];
  const { count } = runner.demand.horizon;
  const at = result.interval;
  return (result.path < 0 ? queue?.freshMean[at] : queue?.paths[result.path * count + at]) ?? 0;
};

const fields = Object.keys(emptyTotals()) as readonly (keyof OutcomeTotals)[];

/** Adds one interval of a path to the outcome and to the totals given. */
export const addInterval = (
  runner: PathRunner,
  outcome: Outcome,
  result: IntervalResult,
  totals: readonly (TotalsRow | undefined)[],
): void => {
  const { interval: i, weight, state, measures } = result;
  const tiers = outcome.tiers.length;
  outcome.queues.forEach((queue, q) => {
    fillRow(runner, result, q);
    for (const field of fields) {
      queue[field][i] = (queue[field][i] ?? 0) + weight * row[field];
      for (const total of totals) if (total !== undefined) total[field] += row[field];
    }
    for (let k = 0; k < tiers; k += 1) {
      const byQueue = outcome.tiers[k]?.answeredByQueue[queue.queue];
      const part = state.share[q * tiers + k] ?? 0;
      if (byQueue !== undefined) byQueue[i] = (byQueue[i] ?? 0) + weight * row.answered * part;
    }
  });
  outcome.tiers.forEach((tier, k) => {
    let busy = 0;
    outcome.queues.forEach((_, q) => {
      busy += (state.load[q] ?? 0) * (measures.answer[q] ?? 0) * (state.share[q * tiers + k] ?? 0);
    });
    const most = tier.operators[i] ?? 0;
    tier.busyOperatorSeconds[i] =
      (tier.busyOperatorSeconds[i] ?? 0) + weight * Math.min(busy, most) * runner.seconds;
  });
};

/** Adds a share of one outcome's counts and busy time to another of the same shape. */
export const addWeighted = (to: Outcome, from: Outcome, weight: number): void => {
  const add = (into: Float64Array, values: Float64Array | undefined): void => {
    for (let i = 0; i < into.length; i += 1) into[i] = (into[i] ?? 0) + weight * (values?.[i] ?? 0);
  };
  to.queues.forEach((queue, q) => {
    const { queue: name, ...counts } = queue;
    void name;
    for (const [field, values] of Object.entries(counts))
      add(values, from.queues[q]?.[field as keyof typeof counts]);
  });
  to.tiers.forEach((tier, t) => {
    add(tier.busyOperatorSeconds, from.tiers[t]?.busyOperatorSeconds);
    for (const [queue, values] of Object.entries(tier.answeredByQueue))
      add(values, from.tiers[t]?.answeredByQueue[queue]);
  });
};
