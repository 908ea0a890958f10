import type { TargetsModel } from '../contract/models/targets-model.ts';
import type { Operation } from '../kernel/hotline.ts';
import type { PlainDate } from '../kernel/time.ts';

/**
 * A day in progress. Every array per interval has `operation.demand.horizon.count` entries, from midnight to midnight of
 * the hotline's wall clock; index `now` is the first interval that is not over. NaN stands for what nobody told.
 * Counts are calls, times seconds, shares 0–1. Nothing here is a clock of the machine: `asOfMillis` is the time asked about.
 */
export interface DayPicture {
  readonly date: PlainDate;
  /** Local wall clock 'YYYY-MM-DDTHH:MM' of each interval. */
  readonly starts: readonly string[];
  readonly asOfMillis: number;
  /** Intervals that are over at that time. */
  readonly now: number;
  /** The day as it was planned: demand with joint rate paths, rostered operators, routing, prompts. */
  readonly operation: Operation;
  readonly targets: TargetsModel;
  /** In the order of `operation.demand.queues`. */
  readonly queues: readonly QueuePicture[];
  /** In the order of `operation.capacity.tiers`. */
  readonly tiers: readonly TierPicture[];
}

/** One queue of the day: what was planned, and what has come so far. */
export interface QueuePicture {
  readonly queue: string;
  readonly planned: {
    /** Offered calls expected per interval, redials included: what a switchboard's counts are compared with. */
    readonly offered: Float64Array;
    readonly handleTimeSeconds: Float64Array;
    /** Share of offered calls that the plan expects to answer, per interval; NaN where it expects none. */
    readonly answeredShare: Float64Array;
  };
  readonly seen: SeenCounts;
}

/** Counts of a queue per interval; NaN from the first interval that is not over, and where nobody told. */
export interface SeenCounts {
  readonly offered: Float64Array;
  readonly answered: Float64Array;
  readonly answeredInThreshold: Float64Array;
  readonly abandoned: Float64Array;
  readonly blocked: Float64Array;
  /** Waits of those answered and of those who hung up, summed. */
  readonly waitSeconds: Float64Array;
  /** Handle time of those answered, summed. */
  readonly handleSeconds: Float64Array;
}

/** Operators of a tier, ready for calls: as rostered (shrinkage taken off), and as presence has it (NaN: not told). */
export interface TierPicture {
  readonly tier: string;
  readonly rostered: Float64Array;
  readonly present: Float64Array;
}

/**
 * The rest of the day by what is known at `now`, as an operation that `project` takes. Its horizon is the whole day, so
 * that redials, overload and prompts of the morning reach into the afternoon: intervals before `now` hold what came (on
 * every sample path), those from `now` on hold sample paths of calls, updated handle times and patience, and the
 * operators that are to be expected. A change to the rest of the day (an action, a prompt, call-backs) is a change of
 * this operation from `now` on; what it does is the difference of two `projectRest`, which add what was counted before
 * `now` to what is projected after it.
 */
export interface RestOfDay {
  readonly now: number;
  readonly operation: Operation;
  /** In the order of the demand's queues. */
  readonly queues: readonly QueueRest[];
  /** Counted until `now` in the 24 hours before midnight, per interval of yesterday: see `rollingRates`; NaN: not told. */
  readonly yesterday: { readonly offered: Float64Array; readonly answered: Float64Array };
  readonly targets: TargetsModel;
}

/** One queue's rest of the day. */
export interface QueueRest {
  readonly queue: string;
  /** What came before `now`, summed; NaN parts are left out of both sides of a rate. */
  readonly soFar: SoFar;
  /** Factor of the calls still to come against the plan, per interval; 1 before `now`. */
  readonly callsFactor: Float64Array;
  readonly handleTimeFactor: number;
  readonly patienceFactor: number;
}

/** Sums of what was counted before `now`. A field that nobody told is NaN. */
export interface SoFar {
  readonly offered: number;
  readonly answered: number;
  readonly answeredInThreshold: number;
  readonly abandoned: number;
  /** As `unansweredOf` has them. */
  readonly lost: number;
  readonly elsewhere: number;
}
