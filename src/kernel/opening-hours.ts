/** Opening and closing clock time of a weekday, or null when closed all day. */
export type WeekdayHours = { readonly from: string; readonly to: string } | null;

const clockMinutes = (said: string): number => Number(said.slice(0, 2)) * 60 + Number(said.slice(3, 5));

const closing = (day: { readonly from: string; readonly to: string }): number => {
  const to = clockMinutes(day.to);
  return to > clockMinutes(day.from) ? to : to + 1440;
};

/** True while the line is open on a weekday (Monday 0) at a minute of the day; hours past midnight wrap. */
export const isOpen = (hours: readonly WeekdayHours[], weekday: number, minute: number): boolean => {
  const within = (day: WeekdayHours | undefined, at: number): boolean =>
    day !== null && day !== undefined && at >= clockMinutes(day.from) && at < closing(day);
  return within(hours[weekday], minute) || within(hours[(weekday + 6) % 7], minute + 1440);
};
