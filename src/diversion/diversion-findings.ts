import type { LeverName } from '../contract/documents/effect-documents.ts';
import { problemsOf } from '../kernel/errors.ts';
import { type Finding, type FindingOf, findingsOf, type NoValues } from '../kernel/finding.ts';
import type { Text } from '../kernel/text.ts';
import type { DiversionAim } from './diversion-aim.ts';
import type { ClockRule, PlayingObstacles, PlayingProblems, RuleClashes } from './playing-rules.ts';
import type { SaidOf } from '../kernel/said-values.ts';

/** What keeps a queue's callers from being diverted, or diverted more, in an interval. */
interface DiversionObstacles extends PlayingObstacles {
  'queue-never-diverted': NoValues;
  'no-prompt-suits-queue': NoValues;
  'prompt-plays-already': { readonly callers: number; readonly followers: number };
  /** Shares of the day's callers. */
  'diverted-share-at-limit': { readonly share: number; readonly largest: number };
  'no-prompt-worth-playing': NoValues;
}

export type DiversionObstacle = FindingOf<DiversionObstacles>;

/** What a prompt's take-up was learnt from. */
interface Learnt {
  readonly prompt: Text;
  readonly intervals: number;
  /** The share of hearers that the catalogue says, and the 80 % interval of the one that records show. */
  readonly setting: number;
  readonly low: number;
  readonly high: number;
}

/** What diversion has to say, by code, with the values that go with it. Shares are 0–1. */
export interface DiversionFindings extends DiversionObstacles, RuleClashes {
  'take-up-hardly-seen': Learnt;
  'take-up-learnt': Learnt & { readonly mean: number; readonly from: 'channel' | 'calls' };

  'targets-met-without-prompts': NoValues;
  'no-prompt-mends': { readonly callsShort: number };
  'calls-short-of-targets': { readonly before: number; readonly after: number };
  'worst-interval-with-prompts': {
    /** Local time 'YYYY-MM-DD HH:MM' at which it starts. */
    readonly time: string;
    /** The worst of all, or of those in which prompts may play. */
    readonly among: 'all' | 'playable';
    readonly levelBefore: number;
    readonly levelAfter: number;
    /** Within so many seconds a call counts as answered in time; plans of earlier versions do not say. */
    readonly seconds?: number;
    /** The target for answers in time; null where there is none. */
    readonly target: number | null;
    readonly mayPlay: boolean;
    /** Which rule bars prompts then; plans of earlier versions do not say. */
    readonly barredBy?: ClockRule;
    readonly firstCallers: number;
    readonly moved: number;
  };
  'channel-overfull': {
    readonly channel: string;
    readonly capacity: number;
    readonly intervals: number;
    readonly failing: number;
  };
  'share-limit-binds': NoValues;

  'interval-stays-short': {
    readonly queues: readonly {
      readonly queue: Text;
      readonly callsShort: number;
      readonly because: readonly DiversionObstacle[];
    }[];
  };
  'needed-for-target': {
    readonly target: number;
    readonly tier: Text;
    /** Operators more in the tier from the start of the day; null: no number of them would do. */
    readonly operators: number | null;
    readonly takeUp: 'no-prompt-plays' | 'not-even-ten-times' | { readonly factor: number };
  };

  'chosen-on-mean-forecast': {
    /** Price of a diverted caller, in calls. */
    readonly price: number;
    readonly aim: DiversionAim;
  };
  'take-up-assumed': { readonly prompts: readonly Text[] };
  'played-by-estimated-wait': { readonly seconds: number; readonly prompts: readonly Text[] };
  'patience-after-prompt-assumed': {
    readonly prompts: readonly { readonly prompt: Text; readonly factor: number }[];
  };
  'off-peak-returns-assumed': { readonly prompts: readonly Text[] };
  'take-up-scaled': { readonly factor: number };

  'lever-name': { readonly lever: LeverName };
  'lever-prompts': { readonly online: number; readonly offPeak: number };
  'lever-callbacks': { readonly callers: number };
  'lever-overtime': { readonly operators: number; readonly hours: number };
  'lever-later-start': { readonly shifts: number };
  'lever-smart-voice': { readonly share: number; readonly calls: number };
  'lever-direct-answer': { readonly shorter: number; readonly fewerReconnects: number };
}

export type DiversionFinding = FindingOf<DiversionFindings>;

export const diversionFinding = findingsOf<DiversionFindings>();

/** What can be wrong with a catalogue of prompts, or with prompts drawn by hand. */
export interface DiversionProblems
  extends PlayingProblems, Omit<SaidOf<'diversion-problems'>, keyof PlayingProblems> {
  'channel-without-capacity': { readonly listed: boolean };
  'clashing-rules': { readonly clash: Finding };
}

export const diversionProblem = problemsOf<DiversionProblems>();
