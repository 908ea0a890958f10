import type { z } from 'zod';
import type { shiftsSchema } from '../../../contract/models/shifts-model.ts';
import { clockText, coveredMinutes, dayMinutes, minuteOf } from '../../../kernel/time-window.ts';

export type Shifts = z.input<typeof shiftsSchema>;
export type ShiftTemplate = Shifts['templates'][number];
export type ShiftBreak = ShiftTemplate['breaks'][number];

/** Minutes to which a bar's ends keep while they are dragged. */
export const dragStep = 15;

/** What of a shift's bar is held: all of it, its earliest or latest start, or its end. */
export const grips = ['whole', 'earliest', 'latest', 'end'] as const;
export type ShiftGrip = (typeof grips)[number];

/** A stretch of the day's bar, minutes from midnight; what runs past midnight begins again at its left. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const inDay = (minute: number): number => ((minute % dayMinutes) + dayMinutes) % dayMinutes;
const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** Minutes from a start on, as stretches of one day's bar. */
export const stretchesOf = (start: number, length: number): Stretch[] => {
  const from = inDay(start);
  const to = from + Math.min(length, dayMinutes);
  if (to <= dayMinutes) return to === from ? [] : [{ from, to }];
  return [
    { from, to: dayMinutes },
    { from: 0, to: to - dayMinutes },
  ];
};

/** Minutes of a clock time; midnight while what is typed is none. */
const minuteTyped = (clock: string): number => (/^\d{2}:\d{2}$/.test(clock) ? minuteOf(clock) : 0);

/** When a shift may start: the earliest minute of the day, and how many minutes later the latest. */
export const startsOf = ({
  earliestStart,
  latestStart,
}: Pick<ShiftTemplate, 'earliestStart' | 'latestStart'>): {
  readonly earliest: number;
  readonly spread: number;
} => {
  const earliest = minuteTyped(earliestStart);
  return { earliest, spread: inDay(minuteTyped(latestStart) - earliest) };
};

/** A template that starts at other times; a time that stays is written as it was. */
export const withStarts = (
  template: ShiftTemplate,
  { earliest, spread }: { readonly earliest: number; readonly spread: number },
): ShiftTemplate => {
  const written = (minute: number, stood: string): string =>
    inDay(minute) === inDay(minuteTyped(stood)) ? stood : clockText(inDay(minute));
  return {
    ...template,
    earliestStart: written(earliest, template.earliestStart),
    latestStart: written(earliest + spread, template.latestStart),
  };
};

/** A shift's bar moved by some minutes at one grip. The latest start never comes before the earliest, nor a day after. */
export const moveShift = (template: ShiftTemplate, grip: ShiftGrip, byMinutes: number): ShiftTemplate => {
  const by = Math.round(byMinutes / dragStep) * dragStep;
  const { earliest, spread } = startsOf(template);
  if (by === 0) return template;
  if (grip === 'whole') return withStarts(template, { earliest: earliest + by, spread });
  if (grip === 'earliest') {
    const kept = clamp(spread - by, 0, dayMinutes - dragStep);
    return withStarts(template, { earliest: earliest + by, spread: kept });
  }
  if (grip === 'latest')
    return withStarts(template, { earliest, spread: clamp(spread + by, 0, dayMinutes - dragStep) });
  return { ...template, hours: clamp(template.hours + by / 60, 0.5, 16) };
};

/** Hours paid: the shift without its unpaid breaks. */
export const paidHours = ({ hours, breaks }: Pick<ShiftTemplate, 'hours' | 'breaks'>): number =>
  hours - breaks.reduce((sum, { minutes, paid }) => sum + (paid ? 0 : minutes / 60), 0);

/** What counts as night on the bars, as labour rules have it in most places. */
const night = { from: '22:00', to: '06:00' } as const;

/** Hours of the night that a shift covers where it starts as late as it may. */
export const nightHours = (template: ShiftTemplate): number => {
  const { earliest, spread } = startsOf(template);
  return coveredMinutes(night, 0, inDay(earliest + spread), 60 * template.hours) / 60;
};

/** A key that no template has yet: the one wanted, else with the least number that is free. */
export const freeKey = (templates: readonly ShiftTemplate[], wanted: string): string => {
  const taken = new Set(templates.map(({ template }) => template));
  for (let n = 1; ; n += 1) {
    const key = n === 1 ? wanted : `${wanted}-${n}`;
    if (!taken.has(key)) return key;
  }
};

/** A first eight hours with two short breaks and a meal. */
export const newShift = (
  templates: readonly ShiftTemplate[],
  name: ShiftTemplate['name'],
): ShiftTemplate => ({
  template: freeKey(templates, 'shift'),
  name,
  hours: 8,
  earliestStart: '08:00',
  latestStart: '09:00',
  startEveryMinutes: 30,
  breaks: [
    { minutes: 15, earliestHours: 1.5, latestHours: 2.5, paid: true },
    { minutes: 45, earliestHours: 3.5, latestHours: 5, paid: true },
    { minutes: 15, earliestHours: 6, latestHours: 7, paid: true },
  ],
});
