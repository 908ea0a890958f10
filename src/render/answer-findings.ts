import type { Text } from '../kernel/text.ts';
import { findingsOf, type FindingOf, type NoValues, type Sayable } from '../kernel/finding.ts';
import type { PlanDocument } from '../contract/documents/plan-document.ts';
import type { TargetsHeld } from '../contract/documents/roster-document.ts';
import type { SaidOf } from '../kernel/said-values.ts';

type AssumedCause = NonNullable<PlanDocument['assumedCauses']>[number];

/** What a figure was in the plan before and is now; null: it had no base. */
interface Moved {
  readonly before: number | null;
  readonly after: number | null;
}

/** When an event is, for whom, and what it is expected to do to the day's calls (factor less 1; null: learnt). */
export interface EventSpan {
  readonly date: string;
  readonly end: string | null;
  readonly queue: Text | null;
  readonly effect: number | null;
}

/** A planner's adjustment of the forecast; of a queue by its name, null: of every queue. */
export interface OverruleTold extends Pick<
  PlanDocument['overrules'][number],
  'date' | 'from' | 'to' | 'factor' | 'calls' | 'reason'
> {
  readonly queue: Text | null;
}

/** What a plan answers, what it asks somebody to decide, and what moved it from the one before. */
export interface AnswerFindings extends SaidOf<'answer'> {
  'week-answer': AnswerFindings['targets-hold'] & {
    readonly calls: number;
    readonly connectionRate: number | null;
    readonly band: PlanDocument['monitoring']['likeliestBand'];
    readonly bandChance: number;
    readonly paidHours: number | null;
    readonly readyHours: number;
    readonly wages: number | null;
    readonly currency: string | null;
    /** Wages are at the prices that the workspace came with. */
    readonly pricesAssumed: boolean;
  };
  /** Whether the targets hold: they do where nothing is told. */
  'targets-hold': TargetsHeld & {
    /** Queues that miss a target in the plan's simulation. */
    readonly unproved: readonly Text[];
    /** No list of operators was known: what holds, holds with all people that the plan asks for. */
    readonly noPeople?: true;
  };
  /** The same in some thirty words, the worst first, and what is to be said beside that. */
  'week-verdict': AnswerFindings['targets-hold'];
  'week-detail': AnswerFindings['week-answer'];
  /**
   * The same of a roster: in how many of its weeks they do not, the worst of them, what of its shortage the plan has
   * already, and shifts of all weeks that nobody has.
   */
  'roster-targets': {
    readonly weeks: number;
    /** The plan that it is judged by, and the targets of that; null for older rosters. */
    readonly plan: string | null;
    readonly wanted: {
      readonly connectionRate: number;
      readonly rollingConnectionRate?: number | null | undefined;
      readonly serviceLevel: number | null;
      readonly seconds: number;
    } | null;
    readonly worst:
      | (TargetsHeld & {
          readonly week: string;
          readonly planShortHours: number;
          /** Days that the plan's own shifts miss; null where an older roster does not say. */
          readonly planMissedDays: number | null;
        })
      | null;
    readonly missing: number;
    readonly openDuties: number;
  };
  /** From first to last day; `day` is that of the most calls. */
  'week-calls': {
    readonly from: string;
    readonly to: string;
    readonly calls: number | null;
    readonly low: number | null;
    readonly high: number | null;
    readonly day: string;
    readonly most: number | null;
  };
  /** Hours; `short` is left open after tiers have helped each other, most at a wall clock, of a tier before all. */
  'week-people': {
    readonly required: number;
    readonly scheduled: number;
    readonly paid: number | null;
    readonly wages: number | null;
    readonly currency: string | null;
    readonly pricesAssumed: boolean;
    readonly short: {
      readonly hours: number;
      readonly at: string;
      readonly tier: Text;
      readonly operators: number;
    } | null;
  };
  'week-outcome': {
    readonly connectionRate: number | null;
    readonly serviceLevel: number | null;
    readonly seconds: number;
    readonly testCalls: number;
    readonly band: PlanDocument['monitoring']['likeliestBand'];
    readonly bandChance: number;
  };
  'decide-assumed-handle-time': { readonly queues: readonly Text[]; readonly of: number };
  'decide-short': {
    readonly hours: number;
    readonly intervals: number;
    readonly of: number;
    readonly peopleUsedUp: boolean;
    /** Paid hours that the plan keeps for leave and those of them that are booked, where most are not. */
    readonly leave: { readonly keptHours: number; readonly bookedHours: number } | null;
    /** What keeps most of it from being filled: no shift reaches there, the people are used up, or filling costs more; null: not told. */
    readonly limit: 'shifts' | 'people' | 'price' | null;
    /** The rule of the people that is reached, and the tier whose people they are. */
    readonly rule: Sayable | null;
    readonly tier?: Text | null;
    /** How far the search stopped above the proved bound, where that is more than it was asked for. */
    readonly gap: number | null;
  };
  'decide-unstaffed': NonNullable<AnswerFindings['week-answer']['unstaffed']>;
  /** Operators' shifts that can go with nobody short for it. */
  'decide-release': {
    readonly shifts: number;
    readonly paidHours: number;
    readonly wages: number;
    readonly currency: string | null;
    readonly days: readonly { readonly date: string; readonly shifts: number }[];
  };
  /** Hours beyond the requirement: where most are, and why they stay where no whole shift can go. */
  'hours-beyond': {
    readonly hours: number;
    readonly stretches: NonNullable<PlanDocument['total']['release']>['stretches'];
    readonly shifts: number;
    readonly shortest: { readonly name: Text; readonly hours: number } | null;
  };
  'search-stopped': { readonly gap: number };
  /** What becomes of required hours that fall or rise between two plans: less on duty + less short + more beyond. */
  'changed-saving': {
    readonly required: number;
    readonly ready: number;
    readonly paid: number | null;
    readonly short: number;
    readonly beyond: number;
    readonly releasable: number;
    readonly shortest: { readonly name: Text; readonly hours: number } | null;
    readonly gap: number | null;
  };
  /** Shifts that go from days whose calls are as before to days that want more. */
  'changed-days': { readonly days: readonly { readonly date: string; readonly shifts: number }[] };
  /** Operator-hours short at the times of test calls, and at others. */
  'changed-hot': { readonly during: Moved; readonly besides: Moved };
  'changed-calls': Moved;
  'changed-required': Moved;
  'changed-paid': Moved;
  'changed-wages': Moved & { readonly currency: string | null };
  'changed-connection': Moved;
  'changed-level': Moved & { readonly seconds: number };
  'changed-band': Moved & { readonly band: PlanDocument['monitoring']['likeliestBand'] };
  'changed-short': Moved;
  'because-target': Moved & { readonly target: keyof PlanDocument['targets'] };
  'because-factor': Moved & { readonly ground: keyof NonNullable<PlanDocument['factors']> };
  'because-cause': Moved & Omit<AssumedCause, 'value'>;
  'because-overrules': {
    readonly added: readonly OverruleTold[];
    readonly removed: readonly OverruleTold[];
  };
  /** An event about the week; null: it was not there, or is not any more. */
  'because-event': {
    readonly label: string;
    readonly before: EventSpan | null;
    readonly after: EventSpan | null;
  };
  /** A setting by its names from the outside in; null: a value that is not told, or an entry that is not there. */
  'because-setting': {
    readonly where: Text;
    readonly change: 'added' | 'removed' | 'changed';
    readonly before: Text | null;
    readonly after: Text | null;
  };
  /** Settings and events are as they were. */
  'because-records': NoValues;
  /** What a what-if plan was asked to take otherwise: changes of factors as shares, values of causes. */
  'asked-what-if': {
    readonly factors: readonly {
      readonly ground: keyof NonNullable<PlanDocument['factors']>;
      readonly change: number;
    }[];
    readonly causes: readonly AssumedCause[];
    readonly settings: NonNullable<PlanDocument['whatIf']>;
  };
}
export type AnswerFinding = FindingOf<AnswerFindings>;
export const answerFinding = findingsOf<AnswerFindings>();
