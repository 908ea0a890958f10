import type { DayStep, SignalKind, TakenAction } from '../contract/documents/day-document.ts';
import { problemsOf } from '../kernel/errors.ts';
import { findingsOf, type NoValues, type Sayable } from '../kernel/finding.ts';
import type { Text } from '../kernel/text.ts';
import type { SaidOf } from '../kernel/said-values.ts';

/** A rate of the whole day until midnight, its target, and the chance that it is met. */
export interface DayRate {
  readonly rate: number | null;
  readonly target: number | null;
  readonly chance: number | null;
}

/** Calls that were lost: whose callers have called again, or are expected to, and who is left to be called. They add up. */
export interface LostCallersSaid {
  readonly calls: number;
  readonly calledAgain: number;
  readonly willCallAgain: number;
  readonly toCall: number;
}

/** What can still be done on a day. */
export type ActionKind =
  | 'move-break'
  | 'move-meeting'
  | 'call-off-training'
  | 'hold-work'
  | 'stay-longer'
  | 'come-earlier'
  | 'call-in'
  | 'send-home'
  | 'lend-tier'
  | 'prompt'
  | 'call-backs'
  | 'smart-voice';

/** What a day in progress has to say, by code. Times are local clock times 'HH:MM', shares 0–1. */
export interface DayFindings extends SaidOf<'day'> {
  /** `factor`: what came ÷ what was planned since then; null where nothing can be compared. */
  'day-signal': {
    readonly kind: SignalKind;
    /** null: the whole line. */
    readonly queue: Text | null;
    readonly since: string;
    readonly factor: number | null;
    readonly confidence: number;
    /** Of operators, where presence is told, the last count: those ready for calls, of all tiers. */
    readonly counted?: {
      readonly from: string;
      readonly to: string;
      readonly present: number;
      readonly rostered: number;
    };
    /** Of a silence since the last call how many would have come. */
    readonly missed?: number;
    /** How many days before that was; left out: today. */
    readonly days?: number | undefined;
  };
  /** The one sentence: what is other than planned, and what becomes of the day if nothing is done. */
  'day-headline': {
    readonly time: string;
    /** From when on no row has come, where that is no luck: nothing is known of the day since then. */
    readonly blindSince: string | null;
    /** How many calls would have come since, where feeds tell when the last one came. */
    readonly missed?: number | null;
    readonly days?: number | undefined;
    /** Until when calls are counted, where the feed is still reading those that came later. */
    readonly caughtUpTo: string | null;
    readonly signals: readonly Sayable[];
    /** Stretches of which not all was counted. */
    readonly gaps: readonly { readonly from: string; readonly to: string }[];
    /** The interval that is over last, where more calls came than its range has and no signal tells of it yet. */
    readonly lately: {
      readonly from: string;
      readonly to: string;
      readonly came: number;
      readonly planned: number;
    } | null;
    /** The interval that is over last, where many of those who called were lost. */
    readonly lost: {
      readonly from: string;
      readonly to: string;
      readonly came: number;
      readonly lost: number;
    } | null;
    /** Actions in force, which count in what follows, and those that somebody was asked for, which do not. */
    readonly taken: number;
    readonly asked: number;
    readonly connectionRate: DayRate;
    /** Answered within so many seconds. */
    readonly serviceLevel: DayRate & { readonly seconds: number };
  };
  /** No plan stands for the week: the same weekday of another is taken. */
  'day-plan-of-other-week': {
    readonly week: string;
    readonly planWeek: string;
    /** Of the day that is borrowed: taken out of its calls. */
    readonly events: readonly string[];
  };
  /** Where the operators come from of whom nobody tells how many are present. */
  'day-operators-from': { readonly from: 'presence' | 'roster' | 'plan' };
  /** Calls lost today, by queue, and what became of their callers; who calls again does so `within` so many minutes. */
  'day-lost-callers': { readonly queues: readonly LostCallersSaid[]; readonly within: number };
  /** Something that can still be done, and what it does: of those best together in that set, else by itself. Times are local clock times. */
  'day-action': {
    readonly kind: ActionKind;
    /** Whom it is about; null: nobody by name. */
    readonly who: string | null;
    /** The same one by one, each with the hours of the day's roster; null: off. Left out of what was noted without. */
    readonly people?: readonly {
      readonly name: string;
      readonly shift: readonly [start: string, end: string] | null;
      /** Hours of the week, worked and by contract, of whom hours are asked. */
      readonly hours?: readonly [worked: number, contract: number];
    }[];
    readonly tier: Text | null;
    readonly queue: Text | null;
    readonly prompt: Text | null;
    /** Of a prompt that promises to call back, the clock time from which callers are called. */
    readonly callBackAt: string | null;
    readonly from: string;
    readonly to: string;
    /** Ready operators that it adds or takes; 0 where it is about none. */
    readonly operators: number;
    /** Calls answered more until midnight. */
    readonly answered: number;
    /** Calls not answered more until midnight: what the connection rate falls by. */
    readonly lost: number;
    /** Lost callers reached by being called back. */
    readonly calledBack: number;
    /** null: it was taken. */
    readonly latest: string | null;
    /** It begins at once: `latest` is the moment itself. */
    readonly isNow?: boolean;
  };
  /**
   * What the actions that are best together come to; `holds`: the target holds without any, `isSure`: so surely that time
   * can be given back, else `doubt` is the least sure target. `chance` of the target with them; null: not known.
   */
  'day-together': {
    readonly steps: number;
    /** Calls that they keep from being lost until midnight. */
    readonly fewerLost: number;
    /** Of all of them, in hours of an operator. */
    readonly cost: number;
    /** Who waits for an answer, and counts here as having agreed. */
    readonly asked: number;
    readonly rate: 'connectionRate' | 'serviceLevel';
    readonly seconds: number;
    readonly before: number;
    readonly after: number;
    readonly target: number;
    readonly reached: boolean;
    readonly holds: boolean;
    readonly isSure: boolean;
    readonly doubt: {
      readonly of: 'connectionRate' | 'serviceLevel' | 'rolling';
      readonly chance: number;
    } | null;
    readonly chance: number | null;
    /** Whether a roster stands that says whom to ask. */
    readonly rostered: boolean;
    /** Local clock time by which the first of them is to be decided. */
    readonly latest: string | null;
    readonly isNow: boolean;
  };
  /** As how many ready operators each one present counts. */
  'day-operators-worth': { readonly worth: number };
  /** How soon steps of a size are found in nine of ten days; null: not in most. */
  'day-found-within': {
    readonly steps: readonly {
      readonly kind: SignalKind;
      readonly factor: number;
      readonly minutes: number | null;
    }[];
  };
  /** What a rate of false alarms signals are held to, and by how many past days. */
  'day-signals-tested': { readonly perWeek: number; readonly pastDays: number };
}

export const dayFinding = findingsOf<DayFindings>();

/** What can be wrong with what is done on a day, by rule. */
export interface DayProblems extends SaidOf<'day-problems'> {
  /** A step that somebody made since the day was looked at. */
  'day-changed-meanwhile': {
    readonly step: DayStep['step'];
    readonly at: string;
    readonly by: string | null;
    readonly said: Sayable;
  };
  /** It is not proposed any more, or the person's day is another by now. */
  'action-changed-meanwhile': NoValues;
  /** Of some that were to be taken together, one excludes another: one person's, one break's. */
  'actions-exclude': NoValues;
  'day-step-not-open': { readonly state: TakenAction['state'] };
  /** Its last moment is over. */
  'action-too-late': { readonly latest: string; readonly now: string };
  /** The answer of somebody who was asked, noted with a time at which it cannot have been given. */
  'answer-out-of-time': { readonly asked: string; readonly now: string };
}
export const dayProblem = problemsOf<DayProblems>();
