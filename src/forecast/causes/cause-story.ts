import type { NeverSeen } from './cause-ahead.ts';
import type { NoPart } from './judge-causes.ts';

/** What one step more of a cause does so many days later: factors less 1, the ends of an 80 % interval. */
export interface LagEffect {
  readonly lag: number;
  readonly low: number;
  readonly high: number;
  /** Whether it is one beyond chance: 19 in 20. */
  readonly isSure: boolean;
}

/** What was found of the causes of a queue's calls. */
export interface CauseStory {
  readonly taken: readonly {
    readonly name: string;
    readonly step: number;
    /** What it was on the days that it was found in. */
    readonly least: number;
    readonly most: number;
    /** Days on which it is known beside the calls. */
    readonly days: number;
    readonly lags: readonly LagEffect[];
  }[];
  readonly refused: readonly { readonly name: string; readonly why: NoPart; readonly days: number }[];
  /** Errors of past days with and without the causes, by effects learnt before them; left out where the history is short. */
  readonly errors?: { readonly without: number; readonly with: number };
  /** Causes taken of which the values are not known from a day number on. */
  readonly unknown: readonly { readonly name: string; readonly day: number }[];
  readonly unseen: readonly NeverSeen[];
}
