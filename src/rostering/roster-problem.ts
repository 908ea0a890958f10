import type { LabourRule } from '../contract/models/labour-rules-model.ts';

interface RosterDay {
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number;
  /** Days with the same month count together: `2026-11`. */
  readonly month: string;
  readonly isHoliday: boolean;
}

/** A shift as people work it. */
export interface RosterShift {
  readonly shift: string;
  /** Minutes after midnight of its day, 0 to 1439. */
  readonly startMinute: number;
  /** From start to end, breaks included; of a shift with several starts from the earliest to the latest end. */
  readonly lengthMinutes: number;
  /** Of one duty, where starts differ; left out: `lengthMinutes`. */
  readonly dutyMinutes?: number;
  /** Minutes that count as hours of work. */
  readonly workMinutes: number;
  readonly mealMinutes: number;
  readonly isNight: boolean;
}

export interface RosterRequest {
  readonly day: number;
  /** Index of a shift, or `off`. */
  readonly wants: number | 'off';
  /** False: the person asks not to have it. */
  readonly isWanted: boolean;
  readonly weight: number;
}

/** What a person brings from the months before. */
interface RosterBalance {
  readonly nights: number;
  readonly weekends: number;
  readonly holidays: number;
  readonly unpopular: number;
  /** Hours worked above the standard so far in the accounting period; negative where below. */
  readonly hoursOverStandard: number;
  /** Hours worked so far in the calendar month in which the period begins. */
  readonly hoursInMonth: number;
}

export interface RosterPerson {
  readonly person: string;
  /** Tiers that they may serve, as indexes; the highest is their own. */
  readonly tiers: readonly number[];
  readonly skills: readonly string[];
  readonly team?: string;
  readonly isNightExempt: boolean;
  /** Shifts that they may work; left out: all. */
  readonly shifts?: readonly number[];
  readonly experience: 'new' | 'experienced' | 'usual';
  /** Hours a week of the contract as a share of full time. */
  readonly contractShare: number;
  /** Leave, absence and fixed days off. */
  readonly unavailable: readonly number[];
  /** Days of approved leave among them, and the day after the period where that is one; left out: none. */
  readonly leave?: readonly number[];
  readonly pinned: readonly { readonly day: number; readonly shift: number | 'off' }[];
  readonly requests: readonly RosterRequest[];
  readonly disliked: readonly number[];
  readonly balance: RosterBalance;
  /** Shifts of the days before the period, the last one last; -1 a day off. Empty where unknown. */
  readonly before: readonly number[];
  /** When the last of them ended, in minutes from the period's first midnight; left out: at its shift's latest end. */
  readonly endedBefore?: number;
}

/** Operators wanted on a shift of a day in a tier, with what one missing and one too many costs. */
export interface RosterDemand {
  readonly day: number;
  readonly shift: number;
  readonly tier: number;
  readonly operators: number;
  readonly underPrice: number;
  readonly overPrice: number;
}

export interface RosterProblem {
  readonly days: readonly RosterDay[];
  readonly shifts: readonly RosterShift[];
  readonly tiers: readonly string[];
  readonly people: readonly RosterPerson[];
  readonly demand: readonly RosterDemand[];
  /** Price per level when somebody serves a tier below their own. */
  readonly downgradePrice: number;
  readonly rules: readonly LabourRule[];
}

/** One person's duty on one day. */
export interface Assignment {
  readonly person: number;
  readonly day: number;
  readonly shift: number;
  readonly tier: number;
  /** Minutes after the day's midnight at which the duty begins and ends; left out: not settled, any start of the shift. */
  readonly times?: readonly [start: number, end: number];
}

/** Who works when: at most one duty a person and day as far as the search goes; a file may hold anything. */
export type Roster = readonly Assignment[];

/** Nobody brings anything. */
export const noBalance: RosterBalance = {
  nights: 0,
  weekends: 0,
  holidays: 0,
  unpopular: 0,
  hoursOverStandard: 0,
  hoursInMonth: 0,
};
