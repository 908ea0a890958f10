import { modelSchemas } from '../../src/contract/models/model-schemas.ts';
import { type PromptsModel } from '../../src/contract/models/prompts-model.ts';
import { type TargetsModel } from '../../src/contract/models/targets-model.ts';
import type { PromptRequest } from '../../src/diversion/prompt-spans.ts';
import { type Capacity, type Demand, noRatePaths, noRepeats, type Policy } from '../../src/kernel/hotline.ts';

type Entry = PromptsModel['prompts'][number];

export const entry = (
  change: Partial<Omit<Entry, 'response'>> & { response?: Partial<Entry['response']> } = {},
): Entry => ({
  prompt: 'online',
  kind: 'online-channel',
  name: { 'zh-CN': '线上', en: 'Online' },
  announcement: { 'zh-CN': '可在线上办理。', en: 'You can use the online service.' },
  channel: 'app',
  ...change,
  response: {
    reach: 1,
    onlineShare: 0.15,
    offPeakShare: 0,
    offPeakReturnShare: 0,
    onlineFailureShare: 0.1,
    announcementSeconds: 3,
    onlineHandleSeconds: 0,
    assumed: true,
    ...change.response,
  },
});

export const offPeak = (): Entry =>
  entry({
    prompt: 'later',
    kind: 'off-peak',
    announcement: { 'zh-CN': '{hour}以后更易接通。', en: 'Call after {hour}.' },
    response: { onlineShare: 0, offPeakShare: 0.2, offPeakReturnShare: 0.8, onlineFailureShare: 0 },
  });

export const catalogueOf = (
  prompts: Entry[],
  rules: Partial<PromptsModel['rules']> = {},
  capacityPerInterval = 1000,
): PromptsModel =>
  modelSchemas.prompts.parse({
    prompts,
    channels: [
      {
        channel: 'app',
        name: { 'zh-CN': '小程序', en: 'App' },
        capacityPerInterval,
        operatorSeconds: 0,
        failureShare: 0.1,
      },
    ],
    rules: {
      minimumOnMinutes: 60,
      maximumOnMinutesPerDay: 480,
      quietHours: { from: '22:00', to: '07:00' },
      largestDivertedShare: 0.5,
      ...rules,
    },
  });

export const targets: TargetsModel = modelSchemas.targets.parse({
  connectionRate: 0.9,
  serviceLevel: 0.8,
  rollingConnectionRate: null,
  occupancyMax: 0.9,
  confidence: 0.8,
  minimumOperators: 1,
});

export interface SmallWorld {
  /** Local wall clock of the first interval on Monday 2026-11-23. */
  readonly start?: string;
  /** Calls per interval, by queue. */
  readonly calls: Readonly<Record<string, readonly number[]>>;
  readonly operators: number;
  readonly catalogue: PromptsModel;
  readonly redial?: number;
}

/** A request over a few half-hours: all queues on one tier, 180 s handle time, 120 s patience. */
export const smallRequest = (world: SmallWorld, change: Partial<PromptRequest> = {}): PromptRequest => {
  const queues = Object.entries(world.calls);
  const count = queues[0]?.[1].length ?? 0;
  const demand: Demand = {
    horizon: {
      zone: 'Asia/Shanghai',
      startMillis: Date.parse(`2026-11-23T${world.start ?? '09:00'}:00+08:00`),
      intervalMinutes: 30,
      count,
    },
    queues: queues.map(([queue, calls]) => ({
      queue,
      freshMean: Float64Array.from(calls),
      ratePaths: noRatePaths,
      pathCount: 0,
      handleTimeSeconds: new Float64Array(count).fill(180),
      patienceSeconds: 120,
      repeats: { ...noRepeats, afterAbandon: world.redial ?? 0.4 },
    })),
  };
  const capacity: Capacity = {
    trunks: Infinity,
    tiers: [{ tier: 'all', operators: new Float64Array(count).fill(world.operators) }],
  };
  const policy: Policy = {
    queues: queues.map(([queue]) => ({
      queue,
      routes: [{ tier: 'all', preference: 1, overflowDelaySeconds: 0 }],
      priority: 1,
      answerTimeThresholdSeconds: 15,
      shortAbandonSeconds: 5,
      smartVoiceShare: 0,
    })),
    prompts: [],
    channels: world.catalogue.channels.map(
      ({ channel, capacityPerInterval, operatorSeconds, failureShare }) => ({
        channel,
        capacityPerInterval,
        operatorSeconds,
        failureShare,
      }),
    ),
  };
  return {
    demand,
    capacity,
    policy,
    catalogue: world.catalogue,
    targets,
    open: new Uint8Array(count).fill(1),
    neverDivert: [],
    ...change,
  };
};

/** A morning peak over 14 half-hours. */
export const peak = [30, 45, 70, 85, 90, 80, 60, 45, 35, 30, 28, 25, 22, 20];
