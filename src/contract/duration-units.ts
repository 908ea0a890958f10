/** Units in which a file may give a duration. 'days' are fractions of a day, as spreadsheets keep times; 'clock' is h:mm:ss or mm:ss; 'clock-hours' reads 8:30 as hours and minutes. */
export const durationUnits = [
  'seconds',
  'minutes',
  'hours',
  'days',
  'milliseconds',
  'clock',
  'clock-hours',
] as const;
export type DurationUnit = (typeof durationUnits)[number];
