import { z } from 'zod';
import { closingTime } from '../kernel/time-window.ts';

/**
 * Settings from which the demo hotline is made up (data/demo.json). Fractions are 0–1, clock times local
 * 'HH:MM', shapes 24 weights of the hours of a day (only their proportions matter).
 */

const share = z.number().min(0).max(1);
const positive = z.number().positive();
const key = z.string().regex(/^[a-z0-9][a-z0-9-]*$/);
const date = z.iso.date();
const clockTime = z.string().regex(closingTime);
const hourlyShape = z.array(z.number().min(0)).length(24);
const factors = z.record(z.string().min(1), z.number().min(0));

const queueSettingsSchema = z.strictObject({
  queue: key,
  /** Fresh calls of an ordinary Wednesday. */
  callsPerDay: positive,
  /** Factors of Monday … Sunday. */
  weekdays: z.array(z.number().min(0)).length(7),
  /** Factor on a Sunday's calls on a public holiday. */
  holidayFactor: z.number().min(0),
  /** Growth in a year, e.g. 0.04. */
  yearlyGrowth: z.number(),
  workdayShape: hourlyShape,
  restDayShape: hourlyShape,
  priority: z.number().int().min(1),
  handleSeconds: positive,
  patienceSeconds: positive,
});

const tierSchema = z.strictObject({
  tier: key,
  operators: z.number().int().min(0),
  /** Queues it answers, with the preference with which a call tries it. */
  queues: z.record(key, z.number().int().min(1)),
  /** Factor on the queues' handle time. */
  handleFactor: positive,
  /** Mean quality score (0–100), first-contact resolution and months of service of its operators. */
  qualityScore: z.number().min(0).max(100),
  firstContactResolution: share,
  monthsOfService: positive,
  /** Spans on duty that add up; `to` at or before `from` runs past midnight. */
  roster: z.array(
    z.strictObject({
      from: clockTime,
      to: clockTime,
      workday: z.number().int().min(0),
      restDay: z.number().int().min(0),
    }),
  ),
});

const eventSettingsSchema = z.strictObject({
  date,
  end: date.optional(),
  kind: key,
  label: z.string().min(1),
  /** Factor minus 1 on the calls of each queue named. */
  effects: z.record(key, z.number().min(-1)),
  decayDays: z.number().min(0),
  /** Hour of the first day at which it starts. */
  fromHour: z.number().min(0).max(24).default(0),
});

const responseSchema = z.strictObject({
  reach: share,
  onlineShare: share,
  offPeakShare: share,
  offPeakReturnShare: share,
  onlineFailureShare: share,
  announcementSeconds: z.number().min(0),
});

const pastPromptSchema = z.strictObject({
  prompt: key,
  queue: key,
  channel: key.optional(),
  /** ISO weekdays, Monday 1. */
  weekdays: z.array(z.number().int().min(1).max(7)),
  from: clockTime,
  to: clockTime,
  /** Clock time to which off-peak callers move. */
  offPeakTarget: clockTime.optional(),
  /** How callers truly respond: what learning should find. */
  truth: responseSchema,
});

const bandsSchema = z.strictObject({
  hot: z.number().int().min(0),
  warm: z.number().int().min(0),
  cold: z.number().int().min(0),
  dead: z.number().int().min(0),
});

const monitoredSchema = z.strictObject({
  previousPeriod: z.string(),
  currentPeriod: z.string(),
  testCalls: z.number().int().min(1),
  /** Counts per band for all lines; with another number of lines they are scaled. */
  bands: bandsSchema,
  previousBands: bandsSchema,
  /** Hotlines whose mean seconds are at most `standardSeconds`. */
  meetingStandard: z.number().int().min(0),
  previousMeetingStandard: z.number().int().min(0),
  standardSeconds: positive,
  regions: z.array(z.string()).min(1),
  cityTiers: z.array(z.string()).min(1),
  /** Weights with which the published total was made: connection, seconds, then indicators by name. */
  weights: z.strictObject({
    connection: share,
    seconds: share,
    indicators: z.record(key, share),
  }),
});

export const demoSettingsSchema = z.strictObject({
  madeUp: z.literal(true),
  seed: z.number().int(),
  zone: z.string(),
  intervalMinutes: z.union([z.literal(5), z.literal(10), z.literal(15), z.literal(30), z.literal(60)]),
  lastDate: date,
  /** Days of history up to and with `lastDate`. */
  days: z.number().int().min(1),
  /** Hotlines in the league table, the demo's own line among them. */
  lines: z.number().int().min(1),
  /** Key of the demo's own line. */
  hotline: key,
  trunks: z.number().int().min(1),
  answerTimeThresholdSeconds: positive,
  shortAbandonSeconds: positive,
  greetingSeconds: z.number().min(0),
  yearlyWave: z.strictObject({ amplitude: z.number().min(0), peakDayOfYear: z.number() }),
  noise: z.strictObject({
    /** Standard deviation of a day's log level shared by all queues, its carry-over to the next day, and the queue's own. */
    sharedDay: z.number().min(0),
    carryOver: z.number().min(0).max(0.99),
    queueDay: z.number().min(0),
    /** Coefficient of variation of an interval's rate: counts are wider than Poisson. */
    interval: z.number().min(0),
  }),
  handleTimeVariation: positive,
  repeats: z.strictObject({
    afterAbandon: share,
    afterAbandonDelaySeconds: positive,
    afterBlock: share,
    afterBlockDelaySeconds: positive,
  }),
  holidays: z.strictObject({
    /** Further factor by the holiday's English name. */
    factors,
    makeUpWorkday: z.number().min(0),
    dayBefore: z.number().min(0),
    dayAfter: z.number().min(0),
  }),
  absence: share,
  queues: z.array(queueSettingsSchema).min(1),
  tiers: z.array(tierSchema).min(1),
  events: z.array(eventSettingsSchema),
  /** Spans in which the switchboard was down: counts of 0 were written. */
  outages: z.array(z.strictObject({ date, from: clockTime, to: clockTime })),
  channels: z.array(
    z.strictObject({
      channel: key,
      capacityPerInterval: z.number().min(0),
      operatorSeconds: z.number().min(0),
      failureShare: share,
      /** Requests that come without any prompt, on an ordinary workday. */
      requestsPerDay: z.number().min(0),
    }),
  ),
  /** Weeks before the end for which channel volumes and past prompts are kept. */
  channelWeeks: z.number().int().min(0),
  pastPrompts: z.array(pastPromptSchema),
  testCalls: z.strictObject({
    perMonth: z.number().int().min(0),
    queue: key,
    longestWaitSeconds: positive,
    handleSeconds: positive,
    /** Spread of an indicator's points between test calls. */
    spread: z.number().min(0),
  }),
  monitored: monitoredSchema,
});

/** Settings of a made-up hotline, validated. */
export type DemoSettings = z.output<typeof demoSettingsSchema>;

/** What the switchboard counted for one queue, per interval of arrival. */
export interface QueueCounts {
  readonly offered: Int32Array;
  readonly answered: Int32Array;
  readonly abandoned: Int32Array;
  readonly shortAbandoned: Int32Array;
  readonly blocked: Int32Array;
  readonly answeredInThreshold: Int32Array;
  readonly redials: Int32Array;
  /** Waits of answered and abandoned calls, and handle times of answered ones, summed. */
  readonly waitSeconds: Float64Array;
  readonly handleSeconds: Float64Array;
}

/** One channel's requests that prompts caused, and those that failed, per interval. */
export interface PromptedRequests {
  readonly requests: Int32Array;
  readonly failed: Int32Array;
}

/** What a made-up history of the line yields. */
export interface LineHistory {
  readonly queues: readonly QueueCounts[];
  readonly prompted: readonly PromptedRequests[];
  /** Queue wait of each test call, seconds, announcement included; NaN when it was not connected. */
  readonly testWaits: Float64Array;
  /** Tier that answered each test call; -1 for none. */
  readonly testTiers: Int32Array;
}

/** A prompt that was played in the intervals of `on`. */
export interface PlayedPrompt {
  readonly settings: DemoSettings['pastPrompts'][number];
  readonly queue: number;
  /** Index of the channel it points to; -1: none. */
  readonly channel: number;
  readonly on: Uint8Array;
}

/** A monitor's call: seconds since the first interval. */
export interface PlacedTestCall {
  readonly atSeconds: number;
}

/** All that the event simulation of the line needs, with queues, tiers and channels by index. */
export interface LineSetup {
  readonly settings: DemoSettings;
  readonly count: number;
  /** Fresh calls per queue and interval. */
  readonly fresh: readonly Int32Array[];
  /** Operators per tier and interval. */
  readonly operators: readonly Int32Array[];
  /** 1 where the switchboard was down. */
  readonly down: Uint8Array;
  readonly prompts: readonly PlayedPrompt[];
  readonly testCalls: readonly PlacedTestCall[];
  /** Hears of every call once it is known how it ends, in no order. */
  readonly onCall?: (call: PlayedCall) => void;
}

/** What became of one call; times in seconds since the first interval. */
export interface PlayedCall {
  /** Indices of its queue and of the tier that answered; -1: none did. */
  readonly queue: number;
  readonly tier: number;
  readonly arrived: number;
  /** When it was answered, or the caller hung up; `arrived` where all lines were taken. */
  readonly left: number;
  readonly handleSeconds: number;
  readonly isBlocked: boolean;
}

/** Queues that a tier answers. */
export const queuesOfTiers = (settings: DemoSettings): number[][] =>
  settings.tiers.map((tier) =>
    settings.queues.flatMap(({ queue }, q) => (tier.queues[queue] === undefined ? [] : [q])),
  );

/** What the demo has to say, by code, with the values that go with it. */
export interface DemoFindings {
  'made-up-zone-changes-clocks': { readonly zone: string };
}
