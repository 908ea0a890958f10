import { heldFields, type RecordFields, type RecordOf } from './record-fields.ts';

/**
 * Clean records: what ingest hands on and the store keeps, each specified once. A field stands here and in a migration
 * of the store; types, columns and reading follow. Times are instants (epoch milliseconds).
 */

/** A call in hand, or in a queue, for longer than a day was left open by the switchboard. */
const dayOfSeconds = 86_400;

/** One queue's traffic in one interval (docs/en/reference/data-formats.md). */
export const trafficFields = {
  queue: { type: 'text', required: true, key: true },
  startMillis: { type: 'time', required: true, key: true, column: 'start' },
  intervalMinutes: { type: 'count', required: true, inferred: true, whole: true },
  offered: { type: 'count', required: true },
  answered: { type: 'count' },
  abandoned: { type: 'count' },
  shortAbandoned: { type: 'count' },
  blocked: { type: 'count' },
  answeredInThreshold: { type: 'count' },
  waitSecondsTotal: { type: 'seconds' },
  handleSecondsTotal: { type: 'seconds' },
  waitSecondsMean: {
    type: 'seconds',
    only: 'file',
    meanOf: { total: 'waitSecondsTotal', over: ['answered', 'abandoned'] },
  },
  handleSecondsMean: {
    type: 'seconds',
    only: 'file',
    meanOf: { total: 'handleSecondsTotal', over: ['answered'] },
  },
  operators: { type: 'number', state: true },
  /** Average speed of answer, and how long those waited who hung up: together they make the total. */
  waitSecondsMeanAnswered: {
    type: 'seconds',
    only: 'file',
    meanOf: { total: 'waitSecondsTotal', over: ['answered'] },
  },
  waitSecondsMeanAbandoned: {
    type: 'seconds',
    only: 'file',
    meanOf: { total: 'waitSecondsTotal', over: ['abandoned'] },
  },
  /** Attempts known to repeat a failed one, where callers are known. */
  redials: { type: 'count', column: null },
} as const satisfies RecordFields;
export type TrafficRecord = RecordOf<typeof trafficFields>;

/** The figures of an interval, without its queue, start and length. */
export type TrafficMeasure = Exclude<keyof TrafficRecord, 'queue' | 'startMillis' | 'intervalMinutes'>;

export const trafficMeasures: readonly TrafficMeasure[] = heldFields(trafficFields).filter(
  (name) => name !== 'queue' && name !== 'startMillis' && name !== 'intervalMinutes',
);

/** Something for every measure. */
export const ofMeasures = <Value>(of: (measure: TrafficMeasure) => Value): Record<TrafficMeasure, Value> =>
  // every measure is among the entries
  Object.fromEntries(trafficMeasures.map((name) => [name, of(name)])) as Record<TrafficMeasure, Value>;

/** A call as switchboards export it: added up to traffic on the way in and kept nowhere. */
export const callFields = {
  callId: { type: 'text' },
  queue: { type: 'text', required: true },
  arrivedAt: { type: 'time', required: true },
  waitSeconds: { type: 'seconds', required: true, most: dayOfSeconds },
  outcome: { type: 'text', required: true },
  handleSeconds: { type: 'seconds', most: dayOfSeconds },
  caller: { type: 'text' },
  channel: { type: 'text' },
  operator: { type: 'text' },
} as const satisfies RecordFields;

/** One call by which a monitor tried a hotline; indicators are its scores by name. */
export const testCallFields = {
  hotline: { type: 'text', required: true, key: true },
  placedAtMillis: { type: 'time', required: true, key: true, column: 'placed_at' },
  /** Tells apart test calls that a file dates alike (to the minute or the day): first 0, then 1. */
  ordinal: { type: 'count', required: true, key: true, whole: true, only: 'table' },
  connected: { type: 'truth', required: true },
  secondsToOperator: { type: 'seconds', most: 3600 },
  indicators: { type: 'figures', required: true, column: null },
} as const satisfies RecordFields;
export type TestCall = RecordOf<typeof testCallFields>;

/** A hotline's single test calls as columns, in order of time: what rates are counted from. */
export interface TestCallColumns {
  readonly hotline: string;
  readonly placedAtMillis: Float64Array;
  /** 1 where the call got through, else 0. */
  readonly connected: Float64Array;
  /** NaN where it is not known. */
  readonly secondsToOperator: Float64Array;
}

/** A published result of monitoring. `period` is 2019, 2026-Q3 or 2026-11. */
export const resultFields = {
  hotline: { type: 'text', required: true, key: true },
  period: { type: 'text', required: true, key: true },
  testCalls: { type: 'count', whole: true, most: 1_000_000 },
  connected: { type: 'count', whole: true },
  connectionRate: { type: 'share' },
  meanSeconds: { type: 'seconds', most: 3600 },
  indicators: { type: 'figures', required: true, column: null },
  total: { type: 'number', range: [-Infinity, Infinity] },
} as const satisfies RecordFields;
export type MonitoringResult = RecordOf<typeof resultFields>;

/** A hotline of the league, with what groups are made of. */
export const hotlineFields = {
  hotline: { type: 'text', required: true, key: true },
  /** First day on which the rest holds; left out: from the beginning. */
  validFrom: { type: 'date', key: true },
  name: { type: 'text', required: true },
  province: { type: 'text' },
  region: { type: 'text' },
  cityTier: { type: 'text' },
  roundTheClock: { type: 'truth' },
  onlineChannels: { type: 'count' },
  smartVoice: { type: 'truth' },
  enterpriseLine: { type: 'truth' },
} as const satisfies RecordFields;
export type MonitoredHotline = RecordOf<typeof hotlineFields>;

/** What is known of an operator; figures that nobody has measured are left out, never 0. */
export const operatorFields = {
  operator: { type: 'text', required: true, key: true },
  tier: { type: 'text' },
  skills: { type: 'list', required: true },
  contractHours: { type: 'number', required: true, most: 168 },
  handleTimeSeconds: { type: 'seconds', column: 'aht_seconds', most: 3600 },
  qualityScore: { type: 'number' },
  firstContactResolution: { type: 'share' },
  monthsOfService: { type: 'number', most: 720 },
  team: { type: 'text' },
  /** `standard` or `comprehensive`: hours accounted by day and week, or over a longer period (综合计算工时). */
  contract: { type: 'text' },
  /** One of `hoursAccounts`: the period over which comprehensive hours are accounted. */
  hoursAccount: { type: 'text' },
  nightExempt: { type: 'truth' },
  joined: { type: 'date' },
  /** May stand beside new operators. */
  senior: { type: 'truth' },
  /** ISO weekdays that are never worked, Monday 1. */
  fixedDaysOff: { type: 'list' },
  /** Carried from the months before: hours above the standard of the accounting period, negative where below. */
  hoursOverStandard: { type: 'number', range: [-3000, 3000] },
  nightsWorked: { type: 'count', whole: true, most: 400 },
  weekendsWorked: { type: 'count', whole: true, most: 400 },
  holidaysWorked: { type: 'count', whole: true, most: 400 },
  /** What people call them, beside the number. */
  name: { type: 'text' },
  /** Shifts that they may work, by key, template or name; left out: all. */
  shifts: { type: 'list' },
} as const satisfies RecordFields;
export type OperatorRecord = RecordOf<typeof operatorFields>;

export const hoursAccounts = ['month', 'quarter', 'year'] as const;

/** An operator's days off duty, first and last included. Only what is approved binds a roster. */
export const leaveFields = {
  operator: { type: 'text', required: true, key: true },
  from: { type: 'date', required: true, key: true },
  to: { type: 'date', required: true },
  /** `annual`, `sick`, `training` or `other`; annual where a file does not say. */
  kind: { type: 'text', required: true, inferred: true },
  /** `approved`, `asked` or `refused`; approved where a file does not say. */
  state: { type: 'text', required: true, inferred: true },
} as const satisfies RecordFields;
export type LeaveRecord = RecordOf<typeof leaveFields>;

/** What an operator would like on a day: `off`, a shift, or `not SHIFT` to be spared it. */
export const rosterRequestFields = {
  operator: { type: 'text', required: true, key: true },
  date: { type: 'date', required: true, key: true },
  wants: { type: 'text', required: true, key: true },
  /** How much it counts beside others; left out: 1. */
  weight: { type: 'number', most: 100 },
} as const satisfies RecordFields;
export type RosterRequestRecord = RecordOf<typeof rosterRequestFields>;

/** Who works when: an operator's shift of a day, `off` for a day off. Clock times are local HH:MM. */
export const dutyFields = {
  operator: { type: 'text', required: true, key: true },
  date: { type: 'date', required: true, key: true },
  shift: { type: 'text', required: true },
  start: { type: 'text' },
  end: { type: 'text' },
  tier: { type: 'text' },
  /** Stays when the rest is rostered anew. */
  pinned: { type: 'truth' },
} as const satisfies RecordFields;
export type DutyRecord = RecordOf<typeof dutyFields>;

/** Operators of a tier that were there in an interval. */
export const presenceFields = {
  tier: { type: 'text', required: true, key: true },
  startMillis: { type: 'time', required: true, key: true, column: 'start' },
  intervalMinutes: { type: 'count', required: true, inferred: true, whole: true },
  operators: { type: 'number', required: true, most: 20_000 },
} as const satisfies RecordFields;
export type PresenceRecord = RecordOf<typeof presenceFields>;

/** An online channel: requests it takes per interval, operators' seconds for one, share that fails. */
export const channelFields = {
  channel: { type: 'text', required: true, key: true },
  capacityPerInterval: { type: 'number', required: true, most: 1_000_000 },
  operatorSeconds: { type: 'seconds', required: true, most: 28_800 },
  failureShare: { type: 'share', required: true },
} as const satisfies RecordFields;
export type ChannelRecord = RecordOf<typeof channelFields>;

/** Requests that a channel had from an instant on, and how many of them failed. */
export const channelVolumeFields = {
  channel: { type: 'text', required: true, key: true },
  startMillis: { type: 'time', required: true, key: true, column: 'start' },
  requests: { type: 'count', required: true, most: 1_000_000 },
  failed: { type: 'count', most: 1_000_000 },
} as const satisfies RecordFields;
export type ChannelVolume = RecordOf<typeof channelVolumeFields>;

/** A prompt that was played to a queue, from an instant to before another. */
export const promptPlayedFields = {
  prompt: { type: 'text', required: true, key: true },
  queue: { type: 'text', required: true, key: true },
  startMillis: { type: 'time', required: true, key: true, column: 'start' },
  endMillis: { type: 'time', required: true, column: 'end' },
} as const satisfies RecordFields;
export type PromptPlayed = RecordOf<typeof promptPlayedFields>;

/** A planner's event: changes demand from `date` to `end`, then fades. */
export const eventFields = {
  date: { type: 'date', required: true, key: true },
  end: { type: 'date' },
  kind: { type: 'text', required: true, key: true },
  label: { type: 'text', required: true, key: true },
  /** Expected factor minus 1 on the day's calls, e.g. 0.3 for +30 %; left out: learnt from past events of the kind. */
  expectedEffect: { type: 'share', range: [-1, 10] },
  decayDays: { type: 'number' },
  queue: { type: 'text', key: true },
} as const satisfies RecordFields;
export type EventRecord = RecordOf<typeof eventFields>;

/** A forecast made elsewhere: calls of one queue in one interval or day, as a model foresaw them when it was issued. */
export const outsideForecastFields = {
  model: { type: 'text', required: true, key: true },
  queue: { type: 'text', required: true, key: true },
  issuedMillis: { type: 'time', required: true, key: true, column: 'issued' },
  startMillis: { type: 'time', required: true, key: true, column: 'start' },
  intervalMinutes: { type: 'count', required: true, inferred: true, whole: true },
  calls: { type: 'number', required: true },
  /** One in ten intervals is foreseen to have fewer, one in ten more. */
  q10: { type: 'number' },
  q90: { type: 'number' },
} as const satisfies RecordFields;
export type OutsideForecastRecord = RecordOf<typeof outsideForecastFields>;

/** Something that may move calls, by the day: weather, bills sent, campaigns. */
export const causeFields = {
  cause: { type: 'text', required: true, key: true },
  date: { type: 'date', required: true, key: true },
  value: { type: 'number', required: true, range: [-Infinity, Infinity] },
  queue: { type: 'text', key: true },
} as const satisfies RecordFields;
export type CauseRecord = RecordOf<typeof causeFields>;

/** Demands of a day (or of a week or month from it on) by topic; levels of a topic are parted by '/'. */
export const topicFields = {
  topic: { type: 'text', required: true, key: true },
  subtopic: { type: 'text', only: 'file' },
  date: { type: 'date', required: true, key: true },
  queue: { type: 'text', key: true },
  demands: { type: 'count', required: true, inferred: true },
  days: { type: 'count', required: true, column: null, whole: true },
} as const satisfies RecordFields;
export type TopicRecord = RecordOf<typeof topicFields>;

/** What can become of a call record; the last never asked for an operator. */
export const callOutcomes = ['answered', 'abandoned', 'blocked', 'ended_in_menu'] as const;
export type CallOutcome = (typeof callOutcomes)[number];
