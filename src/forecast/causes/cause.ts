/** Something by the day that may move calls: rain, bills sent, a campaign. Day numbers are of the local calendar. */
export interface Cause {
  readonly name: string;
  /** Left out: it may move every queue. */
  readonly queue?: string | undefined;
  readonly values: ReadonlyMap<number, number>;
  /** Days ahead of the last known calls for which its values are known; in the past it is taken to have been so too. */
  readonly knownAhead: number;
  /** What if its value were this: outranks what is known. */
  readonly assumed?: ReadonlyMap<number, number> | undefined;
}

/** Longest delay of an effect, days. */
export const mostLag = 7;

/** Value of a cause on a day as it is known at an origin; NaN where it is not. */
export const causeValue = ({ values, knownAhead, assumed }: Cause, day: number, origin: number): number =>
  assumed?.get(day) ?? (day < origin + knownAhead ? (values.get(day) ?? Number.NaN) : Number.NaN);

/** The causes that may move a queue. */
export const causesOfQueue = (causes: readonly Cause[], queue: string): Cause[] =>
  causes.filter((cause) => cause.queue === undefined || cause.queue === queue);

/** How many times the span of what was seen a value may lie outside of it and still be believed. */
export const mostSpansOutside = 3;
