/** Minute of the day of a clock time 'HH:MM' (24:00 is 1440). */
export const clockMinutes = (clock: string): number =>
  Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
