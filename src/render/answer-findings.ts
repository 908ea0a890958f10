import type { Text } from '../kernel/text.ts';
import { findingsOf, type FindingOf, type NoValues } from '../kernel/finding.ts';
import type { PlanDocument } from '../contract/documents/plan-document.ts';

/** When people are missing most: days of the week and part of the day. */
export interface ShortTime {
  readonly days: 'workdays' | 'weekend' | 'all';
  readonly part: 'night' | 'morning' | 'afternoon' | 'evening';
}

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

/** What a plan answers, what it asks somebody to decide, and what moved it from the one before. */
export interface AnswerFindings {
  'week-answer': {
    readonly calls: number;
    /** Operators missing at most times of the stretch, and hours missing in the week, after tiers have helped out. */
    readonly short:
      | (ShortTime & {
          readonly operators: number;
          readonly hours: number;
          /** Where most are missing; wall clock. */
          readonly most: { readonly at: string; readonly operators: number } | null;
        })
      | null;
    readonly connectionRate: number | null;
    readonly band: PlanDocument['monitoring']['likeliestBand'];
    readonly bandChance: number;
    readonly paidHours: number | null;
    readonly readyHours: number;
    readonly wages: number | null;
    readonly currency: string | null;
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
  'decide-bring-data': NoValues;
  'decide-make-plan': { readonly week: string };
  'decide-approve': { readonly week: string };
  'decide-publish': { readonly week: string };
  'decide-unusual': { readonly figures: number };
  'decide-assumed-shape': NoValues;
  'decide-far-data': { readonly days: number; readonly lastDate: string };
  'decide-learnt-hours': NoValues;
  'decide-assumed-handle-time': { readonly queues: readonly Text[]; readonly of: number };
  'decide-short': {
    readonly hours: number;
    readonly intervals: number;
    readonly of: number;
    readonly peopleUsedUp: boolean;
  };
  'decide-not-proved': { readonly queues: readonly Text[] };
  'decide-prompts': { readonly prompts: number; readonly diverted: number };
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
  'because-data': { readonly before: string; readonly after: string };
  'because-data-changed': NoValues;
  'because-overrules': { readonly added: number; readonly removed: number };
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
  'because-more-settings': { readonly more: number };
  'because-people-used-up': { readonly open: number };
  'because-settings': NoValues;
  /** Settings and events are as they were. */
  'because-records': NoValues;
  /** What a what-if plan was asked to take otherwise: changes of factors as shares, values of causes. */
  'asked-what-if': {
    readonly factors: readonly {
      readonly ground: keyof NonNullable<PlanDocument['factors']>;
      readonly change: number;
    }[];
    readonly causes: readonly AssumedCause[];
  };
}
export type AnswerFinding = FindingOf<AnswerFindings>;
export const answerFinding = findingsOf<AnswerFindings>();
