import type { Calendar } from '../../kernel/calendar.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import { dateOfDayNumber, dayNumber, weekdayOfDay } from '../../kernel/time.ts';

/**
 * A topic's demands by day, beside how much of a usual day each is: 1 on average, by weekday, and 0 where nothing is
 * known or a feast moves the figures. Sums run from the first day on.
 */
export interface TopicDays {
  readonly first: number;
  /** Day after the last. */
  readonly end: number;
  readonly countSums: Float64Array;
  readonly usualSums: Float64Array;
  /** How many times more than Poisson weeks scatter around their neighbours, at least 1. */
  readonly scatter: number;
}

const sums = (values: Float64Array): Float64Array => {
  const all = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i += 1) all[i + 1] = all[i]! + values[i]!;
  return all;
};

/** Demands between two days of the calendar. */
export const demandsIn = ({ countSums, first }: TopicDays, from: number, to: number): number =>
  countSums[to - first]! - countSums[from - first]!;

/** Usual days between two days of the calendar. */
export const usualIn = ({ usualSums, first }: TopicDays, from: number, to: number): number =>
  usualSums[to - first]! - usualSums[from - first]!;

/** Demands of a usual day between two days; NaN where none is known. */
export const rateIn = (days: TopicDays, from: number, to: number): number =>
  demandsIn(days, from, to) / usualIn(days, from, to);

/** Share of a usual day that each weekday is, drawn a little towards all being alike. */
const weekdayShares = (counts: Float64Array, first: number): number[] => {
  const own = Array.from({ length: 7 }, () => ({ sum: 0, days: 0 }));
  counts.forEach((count, d) => {
    if (Number.isNaN(count)) return;
    const day = own[weekdayOfDay(first + d)]!;
    day.sum += count;
    day.days += 1;
  });
  const all = own.reduce((a, { sum, days }) => ({ sum: a.sum + sum, days: a.days + days }), {
    sum: 0,
    days: 0,
  });
  const mean = all.sum / Math.max(1, all.days);
  return own.map(({ sum, days }) => (mean > 0 ? (sum / mean + 4) / (days + 4) : 1));
};

/** How weeks scatter around the middle of their neighbours, as a multiple of Poisson. */
const scatterOf = (days: Omit<TopicDays, 'scatter'>): number => {
  const plain = { ...days, scatter: 1 };
  const ratios: number[] = [];
  for (let day = days.first + 7; day + 14 <= days.end; day += 7) {
    const [before, own, after] = [-7, 0, 7].map((shift) => {
      const usual = usualIn(plain, day + shift, day + shift + 7);
      return { usual, count: demandsIn(plain, day + shift, day + shift + 7) };
    });
    if (Math.min(before!.usual, own!.usual, after!.usual) < 3) continue;
    const around = (before!.count + after!.count) / (before!.usual + after!.usual);
    const expected = around * own!.usual;
    if (expected < 0.5) continue;
    // the neighbours' mean has half of a week's variance
    ratios.push((own!.count - expected) ** 2 / (1.5 * expected));
  }
  ratios.sort((a, b) => a - b);
  // the median of a squared normal is 0.455
  return Math.max(1, (ratios[Math.floor(ratios.length / 2)] ?? 0) / 0.455);
};

/** Lays a topic's days out; days off and those after a feast are not looked at. */
export const topicDays = (grid: DayGrid, calendar: Calendar): TopicDays => {
  const first = dayNumber(grid.firstDate);
  const counts = Float64Array.from({ length: grid.dayCount }, (_, d) => {
    const { kind } = calendar.dayKind(dateOfDayNumber(first + d));
    return kind === 'ordinary' || kind === 'day-before-holiday' ? grid.values[d]! : Number.NaN;
  });
  const shares = weekdayShares(counts, first);
  const known = { first, end: first + grid.dayCount };
  const days = {
    ...known,
    countSums: sums(counts.map((count) => (Number.isNaN(count) ? 0 : count))),
    usualSums: sums(counts.map((count, d) => (Number.isNaN(count) ? 0 : shares[weekdayOfDay(first + d)]!))),
  };
  return { ...days, scatter: scatterOf(days) };
};
