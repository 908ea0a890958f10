import { problemsOf } from '../kernel/errors.ts';
import type { NoValues, Sayable } from '../kernel/finding.ts';
import type { Text } from '../kernel/text.ts';
import type { HandleTimesDiffer, UnlistedQueues } from './planning-findings.ts';

/** What can be wrong with what a use case is asked, or with what it is asked of. */
export interface PlanningProblems {
  'demand-beyond-planning': {
    readonly calls: number;
    readonly erlangs: number;
    readonly mostCalls: number;
    readonly mostErlangs: number;
  };
  'large-change': { readonly share: number };
  'unusual-figures': { readonly figures: Sayable };
  'no-traffic-in-span': NoValues;
  'step-does-not-fit': {
    readonly queue: string;
    readonly stepMinutes: number;
    readonly intervalMinutes: number;
  };
  'not-a-cause-value': NoValues;
  'what-if-latestStart': NoValues;
  'what-if-addShift': NoValues;
  'what-if-dropShift': NoValues;
  'what-if-people': NoValues;
  'what-if-openingHours': NoValues;
  'what-if-no-such-shift': { readonly known: readonly string[] };
  'what-if-no-such-tier': { readonly known: readonly string[] };
  'what-if-no-people': { readonly known: readonly string[] };
  'what-if-no-shift-left': NoValues;
  'what-if-latest-before-earliest': { readonly earliest: string; readonly latest: string };
  'handle-time-below-a-second': { readonly seconds: number };
  'no-such-cause': { readonly known: readonly string[] };
  'cause-day-not-asked': { readonly from: string; readonly to: string };
  'no-topics': NoValues;
  'too-few-topic-days': { readonly known: number; readonly least: number };
  'not-a-topic-name': NoValues;
  /** `origin`: the day after the last that is known; `weeks`: as far behind it a week may begin. */
  'topics-week-far': { readonly origin: string; readonly weeks: number };
  'cause-value-far-outside': { readonly least: number; readonly most: number };
  'no-operators': NoValues;
  'no-calls-of-the-day': NoValues;
  'outside-plan-week': { readonly week: string; readonly firstDate: string };
  'no-operators-recorded': { readonly tiers: readonly string[] };
  'no-queue-column': NoValues;
  'no-traffic': NoValues;
  'no-traffic-within-threshold': NoValues;
  'never-monitored': NoValues;
  'nobody-tested': NoValues;
  'too-few-published-scores': { readonly results: number };
  'shares-do-not-make-the-score': NoValues;
  'bad-as-of': NoValues;
  'bad-days': NoValues;
  'bad-origin': NoValues;
  'no-data-to-score': NoValues;
  'no-whole-week-since': { readonly last: string };
  'bad-number': { readonly least: number };
  'no-monitoring-results': { readonly known: readonly string[] };
  'queue-without-traffic': {
    readonly known: readonly { readonly queue: string; readonly name: Text | null }[];
  };
  'queue-not-in-models': UnlistedQueues;
  'made-up-line-goes': NoValues;
  /** A file's handle times are counted otherwise than what is stored. */
  'handle-times-differ': HandleTimesDiffer;
  'rows-get-other-figures': { readonly rows: number };
  'measure-would-be-lost': {
    readonly queue: string;
    readonly measure: 'handleTime' | 'patience' | 'redials';
  };
  'too-short-to-rate': NoValues;
  'history-too-short': {
    readonly queue: string | Text;
    readonly origin: string;
    readonly spanDays: number;
    readonly daysWithData: number;
    readonly weeks: 3 | 4;
  };
  'too-few-periods': {
    readonly queue: string | Text;
    readonly known: number;
    readonly by: 'week' | 'month';
    readonly least: number;
  };
  'unknown-name': { readonly known: readonly string[] };
  'span-ends-before-it-starts': NoValues;
  /** `week`: what the span should lie in; null where it is the start or end of an interval that is not hit. */
  'span-outside-week': { readonly week: { readonly first: string; readonly last: string } | null };
  'no-whole-week': { readonly lastDate: string };
  'which-hotline': NoValues;
  /** What was stored beside a plan cannot be read: the field at fault, empty for all of it. */
  'stored-plan-unreadable': { readonly field: string };
  'unknown-tier': { readonly known: readonly string[] };
}

export const planningProblem = problemsOf<PlanningProblems>();
