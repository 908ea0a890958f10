/** How a day's calls lie over its hours: 24 weights each, of which only the proportions matter. */
export interface DayShape {
  readonly workday: readonly number[];
  /** Of Saturdays and Sundays. */
  readonly restDay: readonly number[];
}

/**
 * The usual shape of a public hotline that is open round the clock: a peak at ten, a lull at noon, a second peak at
 * three. Made up, as the demo's is; hours that a line is closed are left out of it.
 */
export const usualDayShape: DayShape = {
  workday: [
    0.6, 0.4, 0.3, 0.25, 0.25, 0.4, 1, 2.2, 5.5, 8.6, 8.9, 6.6, 4.4, 4.9, 7.4, 7.6, 6.6, 4.8, 3.4, 3, 2.6, 2,
    1.4, 0.9,
  ],
  restDay: [
    0.9, 0.6, 0.4, 0.35, 0.35, 0.5, 1.2, 2.4, 4.6, 6.6, 7, 6, 4.8, 4.8, 5.8, 6, 5.6, 4.8, 4, 3.8, 3.4, 2.8,
    1.9, 1.3,
  ],
};
