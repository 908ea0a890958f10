import type { Outcome, QueueOutcome } from '../../src/kernel/hotline.ts';

export interface QueueFill {
  readonly queue?: string;
  readonly offered: number;
  readonly answered: number;
  readonly blocked?: number;
  readonly answeredWaitSeconds?: number;
  readonly waitSeconds?: number;
}

/** A week from Monday 2026-11-23 in Shanghai, in half-hours, every interval filled by `fill`. */
export const madeOutcome = (
  fill: (interval: number) => readonly QueueFill[],
  tiers: Readonly<Record<string, number>> = { first: 1 },
  count = 336,
): Outcome => {
  const names = fill(0).map((f, i) => f.queue ?? `queue-${i}`);
  const filled = Array.from({ length: count }, (_, i) => fill(i));
  const series = (pick: (f: QueueFill) => number, q: number): Float64Array =>
    Float64Array.from(filled, (row) => {
      const cell = row[q];
      return cell === undefined ? 0 : pick(cell);
    });
  const zero = new Float64Array(count);
  const queues = names.map((queue, q): QueueOutcome => ({
    queue,
    fresh: series((f) => f.offered, q),
    offered: series((f) => f.offered, q),
    answered: series((f) => f.answered, q),
    answeredWithinThreshold: series((f) => f.answered, q),
    abandoned: series((f) => f.offered - f.answered - (f.blocked ?? 0), q),
    shortAbandoned: zero,
    abandonedWithinThreshold: zero,
    blocked: series((f) => f.blocked ?? 0, q),
    divertedOnline: zero,
    deferred: zero,
    contained: zero,
    answeredWaitSeconds: series((f) => f.answeredWaitSeconds ?? 0, q),
    waitSeconds: series((f) => f.waitSeconds ?? f.answeredWaitSeconds ?? 0, q),
  }));
  return {
    horizon: { zone: 'Asia/Shanghai', startMillis: Date.UTC(2026, 10, 22, 16), intervalMinutes: 30, count },
    queues,
    tiers: Object.entries(tiers).map(([tier, share]): Outcome['tiers'][number] => ({
      tier,
      operators: new Float64Array(count).fill(1),
      busyOperatorSeconds: zero,
      staffedOperatorSeconds: new Float64Array(count).fill(1800),
      answeredByQueue: Object.fromEntries(queues.map((q) => [q.queue, q.answered.map((x) => x * share)])),
    })),
    method: 'analytic',
  };
};
