/** Units in which a file may give a duration. 'clock' is h:mm:ss or mm:ss; 'clock-hours' reads 8:30 as hours and minutes. */
export const durationUnits = ['seconds', 'minutes', 'hours', 'milliseconds', 'clock', 'clock-hours'] as const;
export type DurationUnit = (typeof durationUnits)[number];
