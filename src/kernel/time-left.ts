/** How far work is, and when. */
export interface Pace {
  /** Share of the work that is done, 0–1. */
  readonly done: number;
  /** Milliseconds of a clock that nobody sets. */
  readonly at: number;
}

/** Work and time that have to be seen before anything is said of the rest. */
const least = { share: 0.05, millis: 2000 };

/** Seconds that the rest of the work takes at the pace since it was first looked at; undefined while that says little. */
export const secondsLeft = (begun: Pace, now: Pace): number | undefined => {
  const [share, millis] = [now.done - begun.done, now.at - begun.at];
  if (share < least.share || millis < least.millis || now.done >= 1) return undefined;
  return (((1 - now.done) / share) * millis) / 1000;
};
