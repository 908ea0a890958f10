/** Two forecasts of the same days or intervals, each by its error; a week's belong together. */
export interface ErrorPair {
  readonly own: number;
  readonly other: number;
}

/** Fewest weeks of past forecasts, and days of a week, from which a share follows. */
export const leastWeeks = 4;
export const leastDaysOfWeek = 3;

/** Weeks that the belief in a forecast without evidence is worth: a share is drawn towards none by so many. */
const doubtWeeks = 2;

const bestShare = (weeks: readonly (readonly ErrorPair[])[], without: number): number => {
  let gain = 0;
  let apart = 0;
  weeks.forEach((week, w) => {
    if (w === without) return;
    for (const { own, other } of week) {
      gain += own * (own - other);
      apart += (own - other) ** 2;
    }
  });
  return apart > 0 ? Math.max(0, Math.min(1, gain / apart)) : 0;
};

/**
 * Share of the other forecast in a mix with the own: the one under which past errors would have been least, found
 * without each week in turn and the least of these taken, so that no one lucky week gives it; drawn towards none while
 * weeks are few. 0 of fewer than four weeks.
 */
export const evidenceWeight = (weeks: readonly (readonly ErrorPair[])[]): number => {
  if (weeks.length < leastWeeks) return 0;
  const least = Math.min(...weeks.map((_, w) => bestShare(weeks, w)));
  return least * (weeks.length / (weeks.length + doubtWeeks));
};
