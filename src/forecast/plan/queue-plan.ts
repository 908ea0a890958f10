import type { PreparedHistory } from '../history/prepare-history.ts';
import type { CauseStory } from '../causes/cause-story.ts';
import type { FittedForms } from '../level/level-forms.ts';
import type { Replayed } from '../outside/judge-outside.ts';
import type { DayPlan } from './day-plan.ts';

/** Variances of a day's relative surprise: what the whole day shares, and what fades to 1/e within so many hours. */
export interface Memory {
  readonly shared: number;
  readonly fading: number;
  readonly hours: number;
}

/** A plan of the days ahead with what it was made from, for parts, reasons and the update within the day. */
export interface QueuePlan extends DayPlan {
  readonly history: PreparedHistory;
  readonly forms: FittedForms;
  /** Share of each form of the level in the mean. */
  readonly weights: readonly number[];
  /** Rolling error of what was chosen, fraction; NaN where the history is too short. */
  readonly mixWape: number;
  readonly replayed: Replayed;
  /** What was found of the causes that were given; left out where none were. */
  readonly causes?: CauseStory;
  /** Factor that causes have on each day ahead; left out where none is taken. */
  readonly causeFactor?: Float64Array;
  /** Memory of surprises within the day; learnt when first asked for. */
  readonly memory: () => Memory;
}

/** A value made when it is first asked for, and kept. */
export const once = <Value>(make: () => Value): (() => Value) => {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
};
