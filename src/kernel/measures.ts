import type { Outcome, QueueOutcome, TransferOutcome } from './hotline.ts';

/**
 * Totals of an outcome over some queues and intervals. Every rate names its base; a rate whose base is 0 is
 * NaN, never 0 or 1.
 */
export interface OutcomeTotals {
  readonly fresh: number;
  readonly offered: number;
  readonly answered: number;
  readonly answeredWithinThreshold: number;
  readonly abandoned: number;
  readonly shortAbandoned: number;
  readonly abandonedWithinThreshold: number;
  readonly blocked: number;
  readonly divertedOnline: number;
  readonly deferred: number;
  readonly contained: number;
  readonly answeredWaitSeconds: number;
  readonly waitSeconds: number;
}

const fields = [
  'fresh',
  'offered',
  'answered',
  'answeredWithinThreshold',
  'abandoned',
  'shortAbandoned',
  'abandonedWithinThreshold',
  'blocked',
  'divertedOnline',
  'deferred',
  'contained',
  'answeredWaitSeconds',
  'waitSeconds',
] as const satisfies readonly (keyof OutcomeTotals & keyof QueueOutcome)[];

/** Sums an outcome over the queues that `keepQueue` accepts and the intervals from `from` to before `to`. */
export const totalOutcome = (
  outcome: Outcome,
  from = 0,
  to = outcome.horizon.count,
  keepQueue: (queue: string) => boolean = () => true,
): OutcomeTotals => {
  const totals: Record<(typeof fields)[number], number> = {
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
  };
  for (const queue of outcome.queues) {
    if (!keepQueue(queue.queue)) continue;
    for (const field of fields) {
      const values = queue[field];
      let sum = totals[field];
      for (let i = from; i < to; i += 1) sum += values[i] ?? 0;
      totals[field] = sum;
    }
  }
  return totals;
};

/** Totals of calls handed on; zeros where no queue hands any on. */
type TransferTotals = Readonly<Record<keyof TransferOutcome, number>>;

const transferFields = [
  'sent',
  'received',
  'answered',
  'answeredWithinThreshold',
  'abandoned',
  'answeredWaitSeconds',
  'waitSeconds',
] as const satisfies readonly (keyof TransferOutcome)[];

/** Sums the calls handed on, over the queues that `keepQueue` accepts and the intervals from `from` to before `to`. */
export const totalTransfers = (
  outcome: Outcome,
  from = 0,
  to = outcome.horizon.count,
  keepQueue: (queue: string) => boolean = () => true,
): TransferTotals => {
  const totals: Record<keyof TransferOutcome, number> = {
    sent: 0,
    received: 0,
    answered: 0,
    answeredWithinThreshold: 0,
    abandoned: 0,
    answeredWaitSeconds: 0,
    waitSeconds: 0,
  };
  for (const { queue, transfers } of outcome.queues) {
    if (transfers === undefined || !keepQueue(queue)) continue;
    for (const field of transferFields)
      for (let i = from; i < to; i += 1) totals[field] += transfers[field][i] ?? 0;
  }
  return totals;
};

/**
 * What everybody meets who comes to some queues, from outside or handed on by another operator: the base of a
 * queue's own targets. The line's rates take calls from outside only.
 */
export const withTransfers = (calls: OutcomeTotals, handedOn: TransferTotals): OutcomeTotals => ({
  ...calls,
  offered: calls.offered + handedOn.received,
  answered: calls.answered + handedOn.answered,
  answeredWithinThreshold: calls.answeredWithinThreshold + handedOn.answeredWithinThreshold,
  abandoned: calls.abandoned + handedOn.abandoned,
  answeredWaitSeconds: calls.answeredWaitSeconds + handedOn.answeredWaitSeconds,
  waitSeconds: calls.waitSeconds + handedOn.waitSeconds,
});

const ratio = (part: number, base: number): number => (base > 0 ? part / base : Number.NaN);

/** Connection rate: answered / offered. */
export const connectionRate = (t: OutcomeTotals): number => ratio(t.answered, t.offered);

/** Average speed of answer: mean queue wait of answered calls, seconds. */
export const averageSpeedOfAnswer = (t: OutcomeTotals): number => ratio(t.answeredWaitSeconds, t.answered);

/** The four service levels in use, each named after its base. */
export const serviceLevels = (
  t: OutcomeTotals,
): {
  readonly ofOffered: number;
  readonly ofOfferedWithoutShortAbandons: number;
  readonly ofAnswered: number;
  readonly withAbandonsWithinThreshold: number;
} => ({
  ofOffered: ratio(t.answeredWithinThreshold, t.offered),
  ofOfferedWithoutShortAbandons: ratio(t.answeredWithinThreshold, t.offered - t.shortAbandoned),
  ofAnswered: ratio(t.answeredWithinThreshold, t.answered),
  withAbandonsWithinThreshold: ratio(t.answeredWithinThreshold + t.abandonedWithinThreshold, t.offered),
});

/** Occupancy: busy time / staffed time, over the tiers and intervals asked for; NaN without staff. */
export const occupancy = (outcome: Outcome, from = 0, to = outcome.horizon.count, tier?: string): number => {
  let busy = 0;
  let staffed = 0;
  for (const t of outcome.tiers) {
    if (tier !== undefined && t.tier !== tier) continue;
    for (let i = from; i < to; i += 1) {
      busy += t.busyOperatorSeconds[i] ?? 0;
      staffed += t.staffedOperatorSeconds[i] ?? 0;
    }
  }
  return ratio(busy, staffed);
};

/** Connection rate that a day, and so a week, is to reach: that of an interval, or of any 24 hours where that is more. */
export const connectionTargetOf = ({
  connectionRate: ofInterval,
  rollingConnectionRate,
}: {
  readonly connectionRate: number;
  readonly rollingConnectionRate?: number | null | undefined;
}): number => Math.max(ofInterval, rollingConnectionRate ?? 0);
