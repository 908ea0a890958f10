import { minuteOf } from './time-window.ts';

/** Opening and closing clock time of a weekday, or null when closed all day. */
export type WeekdayHours = { readonly from: string; readonly to: string } | null;

const closing = (day: { readonly from: string; readonly to: string }): number => {
  const to = minuteOf(day.to);
  return to > minuteOf(day.from) ? to : to + 1440;
};

/** True while the line is open on a weekday (Monday 0) at a minute of the day; hours past midnight wrap. */
export const isOpen = (hours: readonly WeekdayHours[], weekday: number, minute: number): boolean => {
  const within = (day: WeekdayHours | undefined, at: number): boolean =>
    day !== null && day !== undefined && at >= minuteOf(day.from) && at < closing(day);
  return within(hours[weekday], minute) || within(hours[(weekday + 6) % 7], minute + 1440);
};
