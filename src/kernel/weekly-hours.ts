import type { Finding } from './finding.ts';
import { kernelFinding, type KernelFindings, type SameHours } from './kernel-findings.ts';
import { spansOfDay, type WeekdayHours } from './opening-hours.ts';

type WeeklyHours = Finding<'weekly-hours', KernelFindings['weekly-hours']>;

/** A week's opening hours, weekdays of the same hours together; a day without any is closed. */
export const weeklyHours = (week: readonly WeekdayHours[]): WeeklyHours =>
  kernelFinding('weekly-hours', {
    days: sameHours(week.map((day) => spansOfDay(day).map(({ from, to }) => `${from}–${to}`))),
  });

/** Clock spans within a week, weekdays of the same spans together; undefined where no day has any. */
export const weeklySpans = (week: readonly (readonly string[])[]): WeeklyHours | undefined => {
  const days = sameHours(week).filter(({ spans }) => spans.length > 0);
  return days.length === 0 ? undefined : kernelFinding('weekly-hours', { days });
};

const sameHours = (week: readonly (readonly string[])[]): SameHours[] => {
  const groups = new Map<string, { readonly weekdays: number[]; readonly spans: readonly string[] }>();
  week.forEach((spans, weekday) => {
    const group = groups.get(spans.join()) ?? { weekdays: [], spans };
    group.weekdays.push(weekday);
    groups.set(spans.join(), group);
  });
  return [...groups.values()];
};
