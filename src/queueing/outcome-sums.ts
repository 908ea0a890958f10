import type { Outcome, QueueOutcome, TransferOutcome } from '../kernel/hotline.ts';
import type { TierState } from './tier-state.ts';
import type { PromptEffect } from './prompt-flow.ts';
import type { QueueMeasures } from './queue-measures.ts';
import type { PathRunner } from './path-runner.ts';
import { legAnswer, type TransferFlow } from './transfer-calls.ts';

/** An outcome of zeros with the runner's queues and tiers; operators and staffed seconds are filled in. */
export const emptyOutcome = (runner: PathRunner): Outcome => {
  const { horizon, queues } = runner.demand;
  const zeros = (): Float64Array => new Float64Array(horizon.count);
  const handsOn = runner.system.transfers.length > 0;
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
      ...(handsOn ? { transfers: noTransfers(zeros) } : {}),
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
      ...(handsOn ? { transfersAnswered: zeros() } : {}),
    })),
  };
};

const noTransfers = (zeros: () => Float64Array): TransferOutcome => ({
  sent: zeros(),
  received: zeros(),
  answered: zeros(),
  answeredWithinThreshold: zeros(),
  abandoned: zeros(),
  answeredWaitSeconds: zeros(),
  waitSeconds: zeros(),
});

/** The same outcome in arrays of its own. */
export const copyOutcome = (outcome: Outcome): Outcome => copyArrays(outcome) as Outcome;

const copyArrays = (value: unknown): unknown => {
  if (value instanceof Float64Array) return value.slice();
  if (Array.isArray(value)) return value.map(copyArrays);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, copyArrays(part)]));
};

/** One interval of one path. */
export interface IntervalResult {
  readonly path: number;
  readonly interval: number;
  readonly calls: readonly Float64Array[];
  readonly effect: PromptEffect | undefined;
  readonly offered: Float64Array;
  readonly measures: QueueMeasures;
  readonly state: TierState;
  readonly transfers: TransferFlow | undefined;
}

/** Sets a queue's counts of the interval, field by field: loops over names are many times slower here. */
const setQueue = (runner: PathRunner, result: IntervalResult, q: number, out: QueueOutcome): void => {
  const { measures, interval: i } = result;
  const offered = result.offered[q] ?? 0;
  const fresh = result.calls[q]?.[i] ?? 0;
  const voice = runner.smartVoice[q] ?? 0;
  out.fresh[i] = fresh;
  out.offered[i] = offered;
  out.answered[i] = offered * (measures.answer[q] ?? 0);
  out.answeredWithinThreshold[i] = offered * (measures.within[q] ?? 0);
  out.abandoned[i] = offered * (measures.abandon[q] ?? 0);
  out.shortAbandoned[i] = offered * (measures.abandonShort[q] ?? 0);
  out.abandonedWithinThreshold[i] = offered * (measures.abandonWithin[q] ?? 0);
  out.blocked[i] = offered * (measures.block[q] ?? 0);
  out.divertedOnline[i] = result.effect?.divertedOnline[q]?.[i] ?? 0;
  out.deferred[i] = result.effect?.deferred[q]?.[i] ?? 0;
  out.contained[i] = voice > 0 && voice < 1 ? (fresh / (1 - voice)) * voice : contained(runner, result, q);
  out.answeredWaitSeconds[i] = offered * (measures.answeredWait[q] ?? 0);
  out.waitSeconds[i] = offered * (measures.allWait[q] ?? 0);
};

/** Those handed on have a line: what they meet is what a call meets that found one. */
const setTransfers = (result: IntervalResult, flow: TransferFlow, q: number, out: TransferOutcome): void => {
  const { measures, interval: i } = result;
  const received = flow.received[q] ?? 0;
  const admitted = 1 - (measures.block[q] ?? 0);
  const each = admitted > 0 ? received / admitted : 0;
  const answered = received * legAnswer(measures, q);
  out.sent[i] = flow.sent[q] ?? 0;
  out.received[i] = received;
  out.answered[i] = answered;
  out.answeredWithinThreshold[i] = each * (measures.within[q] ?? 0);
  out.abandoned[i] = received - answered;
  out.answeredWaitSeconds[i] = each * (measures.answeredWait[q] ?? 0);
  out.waitSeconds[i] = each * (measures.allWait[q] ?? 0);
};

/** Calls settled by smart voice where it settles none or all. */
const contained = (runner: PathRunner, result: IntervalResult, q: number): number => {
  if (runner.smartVoice[q] !== 1) return 0;
  const queue = runner.demand.queues[q];
  const { count } = runner.demand.horizon;
  const at = result.interval;
  return (result.path < 0 ? queue?.freshMean[at] : queue?.ratePaths[result.path * count + at]) ?? 0;
};

/** Writes one interval of a path into its outcome. */
export const writeInterval = (runner: PathRunner, outcome: Outcome, result: IntervalResult): void => {
  const { interval: i, state, measures } = result;
  const tiers = outcome.tiers.length;
  const flow = result.transfers;
  for (const [q, queue] of outcome.queues.entries()) {
    setQueue(runner, result, q, queue);
    if (flow !== undefined && queue.transfers !== undefined) setTransfers(result, flow, q, queue.transfers);
  }
  for (const [k, tier] of outcome.tiers.entries()) {
    let busy = 0;
    let handedOn = 0;
    for (const [q, queue] of outcome.queues.entries()) {
      const answer = measures.answer[q] ?? 0;
      const part = state.share[q * tiers + k] ?? 0;
      busy += (state.load[q] ?? 0) * answer * part;
      const byQueue = tier.answeredByQueue[queue.queue];
      if (byQueue !== undefined) byQueue[i] = (result.offered[q] ?? 0) * answer * part;
      handedOn += (queue.transfers?.answered[i] ?? 0) * part;
    }
    if (tier.transfersAnswered !== undefined) tier.transfersAnswered[i] = handedOn;
    tier.busyOperatorSeconds[i] = Math.min(busy, state.operators[k] ?? 0) * runner.seconds;
  }
};

/** Adds a share of one outcome's counts and busy time to another of the same shape. */
export const addWeighted = (to: Outcome, from: Outcome, weight: number): void => {
  const add = (into: Float64Array, values: Float64Array | undefined): void => {
    for (let i = 0; i < into.length; i += 1) into[i] = (into[i] ?? 0) + weight * (values?.[i] ?? 0);
  };
  to.queues.forEach((queue, q) => {
    const { queue: name, transfers, ...counts } = queue;
    void name;
    for (const [field, values] of Object.entries(counts))
      add(values, from.queues[q]?.[field as keyof typeof counts]);
    for (const [field, values] of Object.entries(transfers ?? {}))
      add(values as Float64Array, from.queues[q]?.transfers?.[field as keyof TransferOutcome]);
  });
  to.tiers.forEach((tier, t) => {
    add(tier.busyOperatorSeconds, from.tiers[t]?.busyOperatorSeconds);
    if (tier.transfersAnswered !== undefined) add(tier.transfersAnswered, from.tiers[t]?.transfersAnswered);
    for (const [queue, values] of Object.entries(tier.answeredByQueue))
      add(values, from.tiers[t]?.answeredByQueue[queue]);
  });
};
