import type { Sayable } from '../kernel/finding.ts';
import type { ShiftsModel } from '../contract/models/shifts-model.ts';
import type { TiersModel } from '../contract/models/tiers-model.ts';
import type { Horizon } from '../kernel/hotline.ts';
import type { ParallelMap, Progress, ShouldStop } from '../kernel/ports.ts';

/** Ready operators (on duty, after shrinkage) that a tier needs per interval of the horizon. */
export interface TierRequirement {
  readonly tier: string;
  readonly operators: Int32Array;
}

/** A tier whose operators may stand in for another's, at a price per operator-hour. */
export interface TierCover {
  readonly from: string;
  readonly to: string;
  readonly pricePerHour: number;
}

/** The operators on a tier's books. */
export interface TierPeople {
  readonly tier: string;
  /** Whole number from 0. */
  readonly operators: number;
  /** Sum of their contract hours a week. */
  readonly weeklyHours: number;
}

/** Shifts that were planned for the same horizon before. */
export interface PreviousShifts {
  readonly shifts: readonly Omit<PlannedShift, 'cost' | 'endMinute'>[];
  readonly cost: number;
  readonly bound: number;
  /** Templates or people are others than then: what costs the same may still be bettered. */
  readonly otherChoice?: boolean;
}

/** What became of earlier shifts, in operators' shifts, and the breaks that moved within shifts that stayed. */
export interface ShiftsMoved {
  readonly kept: number;
  readonly added: number;
  readonly removed: number;
  readonly breaks: number;
  /** Local dates on which shifts start that were added or removed. */
  readonly days: readonly { readonly date: string; readonly added: number; readonly removed: number }[];
}

export interface CoverRequest {
  /** Usually a week; taken as cyclic: its first hours are covered by shifts that start at its end. */
  readonly horizon: Horizon;
  readonly requirement: readonly TierRequirement[];
  readonly tiers: TiersModel['tiers'];
  readonly shifts: ShiftsModel;
  /** 1 for each interval in which the line is open: shifts keep within these hours wherever a template can; absent: always. */
  readonly open?: Uint8Array;
  /** Tiers that it names keep within their people (hard); the others, or all when left out, have no limit. */
  readonly people?: readonly TierPeople[];
  readonly tierMayCover?: readonly TierCover[];
  /** Where the plan starts from: what need not move stays as it was. */
  readonly previous?: PreviousShifts;
  /** Default 1. The same seed gives the same plan, since all limits are counts. */
  readonly seed?: number;
  /** Relative gap between price and bound at which to stop, e.g. 0.02. */
  readonly gap: number;
  /** Threads that work out the bound while this one changes earlier shifts. */
  readonly parallel?: ParallelMap;
  readonly progress?: Progress;
  readonly shouldStop?: ShouldStop;
}

/** A break of some of a shift's operators. Minutes count from local midnight of the shift's date. */
export interface PlannedBreak {
  readonly startMinute: number;
  readonly minutes: number;
  readonly operators: number;
}

/** Operators of a tier who share template and start. `endMinute` above 1440 lies in the next day. */
export interface PlannedShift {
  readonly tier: string;
  /** Local date on which the shift starts. */
  readonly date: string;
  readonly template: string;
  readonly startMinute: number;
  readonly endMinute: number;
  readonly operators: number;
  readonly breaks: readonly PlannedBreak[];
  /** Wages of these operators. */
  readonly cost: number;
}

export interface ShiftPlan {
  readonly shifts: readonly PlannedShift[];
  /** Ready operators per interval: on shift, not on break, times 1 − shrinkage. */
  readonly ready: readonly { readonly tier: string; readonly operators: Float64Array }[];
  /**
   * Operators of other tiers who step in, less those lent to other tiers, per interval; counted as ready operators of
   * the tier itself. Required − ready is what a tier is short of; less this it is what is left open.
   */
  readonly standIns: readonly { readonly tier: string; readonly operators: Float64Array }[];
  /** Ready operator-hours that are left open after tiers have stood in for each other, interval by interval. */
  readonly openHours: number;
  /** What became of the earlier shifts; undefined where there were none. */
  readonly moved: ShiftsMoved | undefined;
  /** Wages plus the price of operators missing and of operators beyond the need. */
  readonly cost: number;
  /** No plan under these templates and prices can cost less. */
  readonly bound: number;
  /** (cost − bound) / bound; 0 when both are 0. */
  readonly gap: number;
  /** Priced rules that do not all hold in this plan, with what they cost. */
  readonly relaxed: readonly Sayable[];
  readonly reasons: readonly Sayable[];
}
