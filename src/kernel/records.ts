import type { PlainDate } from './time.ts';

/**
 * Clean records: what ingest hands on and the store keeps. Times are instants (epoch milliseconds).
 */

/** One queue's traffic in one interval (docs/data-formats.md). Fields that a file does not carry are undefined. */
export interface TrafficRecord {
  readonly queue: string;
  readonly startMillis: number;
  readonly intervalMinutes: number;
  readonly offered: number;
  readonly answered?: number;
  readonly abandoned?: number;
  readonly shortAbandoned?: number;
  readonly blocked?: number;
  readonly answeredInThreshold?: number;
  readonly waitSecondsTotal?: number;
  readonly handleSecondsTotal?: number;
  readonly operators?: number;
  /** Attempts known to repeat a failed one, where callers are known. */
  readonly redials?: number;
}

/** One call by which a monitor tried a hotline; indicators are its scores by name. */
export interface TestCall {
  readonly hotline: string;
  readonly placedAtMillis: number;
  readonly connected: boolean;
  readonly secondsToOperator?: number;
  readonly indicators: Readonly<Record<string, number>>;
}

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
export interface MonitoringResult {
  readonly hotline: string;
  readonly period: string;
  readonly testCalls?: number;
  readonly connected?: number;
  readonly connectionRate?: number;
  readonly meanSeconds?: number;
  readonly indicators: Readonly<Record<string, number>>;
  readonly total?: number;
}

/** A hotline of the league, with what groups are made of. */
export interface MonitoredHotline {
  readonly hotline: string;
  /** First day on which the rest holds, YYYY-MM-DD; left out: from the beginning. */
  readonly validFrom?: string;
  readonly name: string;
  readonly province?: string;
  readonly region?: string;
  readonly cityTier?: string;
  readonly roundTheClock?: boolean;
  readonly onlineChannels?: number;
  readonly smartVoice?: boolean;
  readonly enterpriseLine?: boolean;
}

/** What is known of an operator; figures that nobody has measured are left out, never 0. Shares are 0–1. */
export interface OperatorRecord {
  readonly operator: string;
  readonly tier?: string;
  readonly skills: readonly string[];
  readonly contractHours: number;
  readonly handleTimeSeconds?: number;
  readonly qualityScore?: number;
  readonly firstContactResolution?: number;
  readonly monthsOfService?: number;
}

/** Operators of a tier that were there in an interval. */
export interface PresenceRecord {
  readonly tier: string;
  readonly startMillis: number;
  readonly intervalMinutes: number;
  readonly operators: number;
}

/** An online channel: requests it takes per interval, operators' seconds for one, share that fails (0–1). */
export interface ChannelRecord {
  readonly channel: string;
  readonly capacityPerInterval: number;
  readonly operatorSeconds: number;
  readonly failureShare: number;
}

/** Requests that a channel had from an instant on, and how many of them failed. */
export interface ChannelVolume {
  readonly channel: string;
  readonly startMillis: number;
  readonly requests: number;
  readonly failed?: number;
}

/** A prompt that was played to a queue, from an instant to before another. */
export interface PromptPlayed {
  readonly prompt: string;
  readonly queue: string;
  readonly startMillis: number;
  readonly endMillis: number;
}

/** A planner's event: changes demand from `date` to `end`, then fades. */
export interface EventRecord {
  readonly date: PlainDate;
  readonly end?: PlainDate;
  readonly kind: string;
  readonly label: string;
  /** Expected factor minus 1 on the day's calls, e.g. 0.3 for +30 %; undefined: learnt from past events of the kind. */
  readonly expectedEffect?: number;
  readonly decayDays?: number;
  readonly queue?: string;
}

/** What can become of a call record; the last never asked for an operator. */
export const callOutcomes = ['answered', 'abandoned', 'blocked', 'ended_in_menu'] as const;
export type CallOutcome = (typeof callOutcomes)[number];
