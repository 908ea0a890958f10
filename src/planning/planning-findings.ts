import type { HandleTimeConvention } from '../contract/documents/feed-documents.ts';
import type { PlanDocument } from '../contract/documents/plan-document.ts';
import type { LeversModel } from '../contract/models/levers-model.ts';
import { problemsOf } from '../kernel/errors.ts';
import { type FindingOf, findingsOf, type NoValues, type Sayable } from '../kernel/finding.ts';
import type { Text } from '../kernel/text.ts';
import type { SaidOf } from '../kernel/said-values.ts';

/** Queues that have traffic but no entry in the models, and the queue and tier whose ways they take. */
export interface UnlistedQueues {
  readonly queues: readonly string[];
  readonly pattern: Text | null;
  readonly tier: Text | null;
}

/** Days on end without data, of weekdays that usually have some. */
export interface RunOfDays {
  readonly from: string;
  readonly to: string;
  readonly days: number;
}

/** Errors a week ahead in the later weeks and those before, and the queue and weekday that count most. */
interface ForecastTrend {
  readonly earlierWeeks: number;
  readonly laterWeeks: number;
  readonly before: number;
  readonly now: number;
  readonly queue: Text;
  /** Monday 1 to Sunday 7. */
  readonly weekday: number;
}

/** A topic's season in a year: its days, and demands of a usual day before it rose and after. */
export interface TopicYear {
  readonly from: string;
  readonly to: string;
  readonly riseDays: number;
  readonly before: number;
  readonly after: number;
}

interface ExpectedSeason {
  readonly topic: string;
  readonly years: readonly TopicYear[];
  readonly day: string;
  readonly low: string;
  readonly high: string;
}

/** Conventions by which handle times are counted, and between which days. */
export interface HandleTimesDiffer {
  readonly conventions: readonly {
    readonly convention: HandleTimeConvention;
    readonly from: string;
    readonly to: string;
  }[];
}

/** A queue that has the calls of another's, or of all others' together, on days from one to another; calls a day. */
export interface CallsCountedTwice {
  /** Keys of all of them. */
  readonly keys: readonly string[];
  readonly queue: string | Text;
  readonly others: readonly (string | Text)[];
  readonly from: string;
  readonly to: string;
  readonly days: number;
  readonly calls: number;
}

/** What use cases have to say, by code, with the values that go with it. */
export interface PlanningFindings
  extends
    SaidOf<'comparison'>,
    SaidOf<'prompts'>,
    SaidOf<'levers'>,
    SaidOf<'requirement'>,
    SaidOf<'band'>,
    SaidOf<'records'> {
  /** Handle times are counted by several conventions, each between two days. */
  'handle-times-differ': HandleTimesDiffer;
  'calls-counted-twice': CallsCountedTwice;
  /** Whether a week held the targets of its plan, by the switch's records, and what did most of the distance to the plan. */
  'week-against-target': {
    readonly actual: number;
    readonly target: number;
    readonly isMissed: boolean;
    /** The same of calls answered within so many seconds; null where no target was set or nothing is on record. */
    readonly level?:
      (Readonly<Record<'actual' | 'target' | 'seconds', number>> & { readonly isMissed: boolean }) | null;
    /** Null where the target held, or nothing lowered the rate. */
    readonly cause: { readonly name: Sayable; readonly effect: number } | null;
  };
  /** The part of a gap that no recorded cause explains, as a share. */
  'gap-unexplained': {
    readonly effect: number;
    /** The parts that are on record, by name. */
    readonly recorded: readonly Sayable[];
    readonly presenceKnown: boolean;
  };

  /** prompts.json is another than the one with which the plan was made. */
  'prompts-changed-since-plan': NoValues;
  /** Levers have nothing to reach: prompts recover none of the calls short, or nothing is asked to be corrected. */
  'nothing-for-levers-to-match': {
    readonly callsShort: number;
    readonly targetFrom: 'prompts' | 'share';
  };
  'levers-out-of-reach': {
    readonly levers: readonly { readonly lever: Sayable; readonly callsShort: number }[];
  };
  'best-mix-found': {
    readonly budget: number;
    readonly parts: readonly { readonly lever: Sayable; readonly level: number }[];
    readonly cost: number;
    readonly recoveredCallers: number;
    readonly callsShort: number;
  };
  'lever-limits-and-prices': { readonly settings: LeversModel };

  /** A period's test calls beside the switch's connection rate over the same days; null where it is not on record. */
  'test-calls-beside-traffic': {
    readonly from: string;
    readonly to: string;
    readonly days: number;
    readonly testCalls: number;
    readonly connected: number;
    /** 95 % interval of the rate behind the test calls. */
    readonly low: number;
    readonly high: number;
    readonly actual: number | null;
    readonly isWithin: boolean | null;
  };
  /** What the plans of a period's weeks promised beside what came in the same intervals. */
  'planned-in-period': {
    readonly weeks: number;
    readonly weeksWithTraffic: number;
    readonly projectedConnectionRate: number | null;
    readonly actualConnectionRate: number | null;
  };
  /** What of a period could not be compared. */
  'period-in-part': { readonly daysWithoutTraffic: number; readonly testCallsLeftOut: number };
  /** The week of a period that forecast, projection and causes are of. */
  'period-week': { readonly period: string; readonly week: string };
  'band-target-chosen': {
    readonly testCalls: number;
    readonly confidence: number;
    readonly band: 'hot' | 'warm';
    readonly rate: number;
    readonly chance: number;
    readonly hours: number;
  };
  'band-out-of-reach': {
    readonly testCalls: number;
    readonly chance: number;
    readonly band: 'hot' | 'warm';
    readonly confidence: number;
  };
  'day-so-far': {
    readonly time: string;
    readonly counted: number;
    readonly planned: number;
    /** Share of the planned; null where none was. */
    readonly change: number | null;
  };
  /** Errors are alike however far ahead, since chance makes most of them: least and largest error, and chance's part. */
  'leads-alike-by-chance': {
    readonly low: number;
    readonly high: number;
    readonly chance: number;
    readonly weeks: readonly number[];
  };
  storm: { readonly date: string; readonly from: string; readonly factor: number };
  'queues-not-in-models': UnlistedQueues;
  'events-taken-in': {
    readonly count: number;
    readonly events: readonly { readonly date: string; readonly end: string; readonly label: string }[];
  };
  /** `doubt` is what is doubtful; `use` is null for figures that were confirmed and no longer stand in the store. */
  'doubtful-figures': {
    readonly doubt: Sayable;
    readonly use: 'left-out' | 'relied-on' | null;
    readonly confirmed: { readonly file: string; readonly date: string } | null;
  };
  /** Days that came as totals were spread over their hours by a usual shape of the day. */
  'shape-assumed': {
    readonly spread: Sayable;
    readonly confirmed: { readonly file: string; readonly date: string };
  };
  /** The projection of the calls, handle times and operators that were, beside what came of them; `luck` is its 95 % half width. */
  'replayed-with-actual': {
    readonly projected: number;
    readonly actual: number;
    readonly luck: number | null;
  };
  /** What a comparison says with the redials that are assumed, and without: shares, and parts of the gap. */
  'rests-on-assumed-redials': {
    readonly share: number;
    readonly callsOff: number;
    readonly volume: number;
    readonly volumeWithout: number;
    readonly bias: number | null;
    readonly biasWithout: number | null;
  };
  'forecasts-steady': ForecastTrend;
  'forecasts-better': ForecastTrend;
  'forecasts-worse': ForecastTrend;
  /** Share of the week's open intervals that have traffic on record. */
  'week-in-part': { readonly knownShare: number };
  'days-without-data': {
    readonly queue: string | Text;
    readonly runs: readonly RunOfDays[];
    readonly more: number;
  };
  /** Days with zeros where many calls were due; the latest of them. */
  'outages-suspected': {
    readonly queue: string | Text;
    readonly days: number;
    readonly latest: readonly string[];
  };
  'day-changed-by-hand': { readonly date: string; readonly before: number; readonly after: number };
  'event-changes-day': { readonly date: string; readonly event: string; readonly effect: number };
  'cause-values-assumed': { readonly causes: NonNullable<PlanDocument['assumedCauses']> };
  /** A value of it was assumed, and no queue's forecast uses it. */
  'assumed-cause-has-no-part': { readonly name: string };
  /** Of all people on the list, those of none of the tiers that a plan has. */
  'people-in-no-tier': { readonly people: number; readonly of: number; readonly known: readonly Text[] };
  /** Operators required at most, and operators on calls in the busiest interval that was seen. */
  'requirement-far-above-seen': {
    readonly operators: number;
    readonly busiest: number;
    readonly times: number;
  };
  'shifts-from-earlier-plan': {
    readonly plan: string;
    readonly kept: number;
    readonly removed: number;
    readonly breaks: number;
    readonly days: readonly { readonly date: string; readonly added: number; readonly removed: number }[];
  };
  'outlook-without-two-years': {
    readonly queue: string | Text;
    readonly known: number;
    readonly by: 'week' | 'month';
  };
  /** A topic's season is to come; days until its expected first day, below 0 where that is over. */
  'topic-season-ahead': ExpectedSeason & { readonly daysAhead: number };
  'topic-season-late': ExpectedSeason;
  'topic-season-begun': {
    readonly topic: string;
    readonly years: readonly TopicYear[];
    readonly running: TopicYear;
  };
  /** A topic's last seven days, out of season, beside what the four weeks before made usual. */
  'topic-rises-now': { readonly topic: string; readonly demands: number; readonly expected: number };
  'topic-ended': { readonly topic: string; readonly since: string };
  'topic-perhaps-renamed': { readonly topic: string; readonly since: string; readonly heir: string };
  /** Demands by topic over first-time calls. */
  'topics-basis': { readonly share: number; readonly days: number };
  'topics-without-calls': NoValues;
  'topics-without-a-year': { readonly days: number };
  'topics-pooled': { readonly topics: number };
  /** Calls of the weeks ahead by the topics' forecast, and by the line's own. */
  'topics-far-from-line': { readonly calls: number; readonly line: number };
}

export type PlanningFinding = FindingOf<PlanningFindings>;

export const planningFinding = findingsOf<PlanningFindings>();

/** What can be wrong with what a use case is asked, or with what it is asked of. */
export interface PlanningProblems extends SaidOf<'planning-problems'> {
  'demand-beyond-planning': {
    readonly calls: number;
    readonly erlangs: number;
    readonly mostCalls: number;
    readonly mostErlangs: number;
  };
  'large-change': { readonly share: number };
  'what-if-no-people': { readonly known: readonly string[] };
  /** `origin`: the day after the last that is known; `weeks`: as far behind it a week may begin. */
  'topics-week-far': { readonly origin: string; readonly weeks: number };
  'bad-number': { readonly least: number };
  'queue-without-traffic': {
    readonly known: readonly { readonly queue: string; readonly name: Text | null }[];
  };
  'queue-not-in-models': UnlistedQueues;
  /** People whose tier is none of the hotline's: what stands there, and the tiers that there are. */
  'tiers-not-in-models': {
    readonly people: number;
    readonly said: readonly string[];
    readonly known: readonly Text[];
  };
  /** People without a tier who were given the one whose queues are their skills. */
  'tiers-from-skills': { readonly people: number };
  'made-up-line-goes': NoValues;
  /** A file's handle times are counted otherwise than what is stored. */
  'handle-times-differ': HandleTimesDiffer;
  /** Stored rows that get other figures: of which days, and their calls as stored and afterwards. */
  'rows-get-other-figures': {
    readonly rows: number;
    readonly from: string;
    readonly to: string;
    readonly before: number;
    readonly after: number;
  };
  'measure-would-be-lost': {
    readonly queue: string;
    readonly measure: 'handleTime' | 'patience' | 'redials';
  };
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
  /** `week`: what the span should lie in; null where it is the start or end of an interval that is not hit. */
  'span-outside-week': { readonly week: { readonly first: string; readonly last: string } | null };
  /** What was stored beside a plan cannot be read: the field at fault, empty for all of it. */
  'stored-plan-unreadable': { readonly field: string };
}

export const planningProblem = problemsOf<PlanningProblems>();
