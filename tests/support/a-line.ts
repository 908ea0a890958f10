import {
  asRates,
  type Capacity,
  type Demand,
  noRepeats,
  type Policy,
  type QueueDemand,
  type Route,
  type Transfer,
} from '../../src/kernel/hotline.ts';

/** Builders of small lines for tests: named parts, everything else plain. */

export interface AQueue {
  readonly queue: string;
  readonly callsPerHour: number | readonly number[];
  readonly handle: number;
  readonly patience: number;
  readonly routes: readonly Route[];
  readonly priority?: number;
  readonly repeats?: Partial<QueueDemand['repeats']>;
  readonly paths?: readonly (readonly number[])[];
  readonly smartVoice?: number;
  readonly transfers?: readonly Transfer[];
}

export const to = (tier: string, preference = 1, overflowDelaySeconds = 0): Route => ({
  tier,
  preference,
  overflowDelaySeconds,
});

export const aDemand = (queues: readonly AQueue[], count: number, intervalMinutes = 60): Demand => ({
  horizon: { zone: 'Asia/Shanghai', startMillis: Date.UTC(2026, 10, 22, 16), intervalMinutes, count },
  queues: queues.map((q) => ({
    queue: q.queue,
    freshMean: Float64Array.from(
      { length: count },
      (_, i) =>
        ((typeof q.callsPerHour === 'number' ? q.callsPerHour : (q.callsPerHour[i] ?? 0)) * intervalMinutes) /
        60,
    ),
    ratePaths: asRates(Float64Array.from((q.paths ?? []).flat())),
    pathCount: q.paths?.length ?? 0,
    handleTimeSeconds: new Float64Array(count).fill(q.handle),
    patienceSeconds: q.patience,
    repeats: { ...noRepeats, ...q.repeats },
  })),
});

export const aPolicy = (queues: readonly AQueue[]): Policy => ({
  prompts: [],
  channels: [],
  queues: queues.map((q) => ({
    queue: q.queue,
    routes: q.routes,
    priority: q.priority ?? 1,
    answerTimeThresholdSeconds: 15,
    shortAbandonSeconds: 5,
    smartVoiceShare: q.smartVoice ?? 0,
    ...(q.transfers === undefined ? {} : { transfers: q.transfers }),
  })),
});

export const aCapacity = (
  tiers: Readonly<Record<string, number | readonly number[]>>,
  count: number,
  trunks = Infinity,
): Capacity => ({
  trunks,
  tiers: Object.entries(tiers).map(([tier, operators]) => ({
    tier,
    operators: Float64Array.from({ length: count }, (_, i) =>
      typeof operators === 'number' ? operators : (operators[i] ?? 0),
    ),
  })),
});
