import type { DayGrid } from '../../kernel/interval-series.ts';
import { text, type Text } from '../../kernel/text.ts';
import { addDays, weekdayOf, type PlainDate } from '../../kernel/time.ts';

/** Shortest run of days without data worth a word: shorter ones are holidays and closed days. */
const leastRun = 3;
const mostTold = 5;

/**
 * Says where a history has no data for days on end, closed weekdays aside, between its first day and its last:
 * such days are unknown, not days without calls.
 */
export const gapNotices = (queue: string, grid: DayGrid): Text[] => {
  const runs = emptyRuns(grid);
  const named = text(queue === '' ? '' : `${queue}：`, queue === '' ? '' : `${queue}: `);
  const told = runs.slice(0, mostTold).map(({ from, to, days }) => ({
    chinese: `${from} 至 ${to}（${days} 天）`,
    english: `${from} to ${to} (${days} days)`,
  }));
  if (told.length === 0) return [];
  const more = runs.length - told.length;
  return [
    text(
      `${named['zh-CN']}没有数据的日子：${told.map((run) => run.chinese).join('、')}${more > 0 ? `，另有 ${more} 段` : ''}；按缺失处理，不当作零来电`,
      `${named.en}days without data: ${told.map((run) => run.english).join(', ')}${more > 0 ? ` and ${more} more stretches` : ''}; they are taken as unknown, not as days without calls`,
    ),
  ];
};

interface EmptyRun {
  readonly from: PlainDate;
  readonly to: PlainDate;
  /** Days of weekdays that usually have data. */
  readonly days: number;
}

const emptyRuns = (grid: DayGrid): EmptyRun[] => {
  const has = Array.from({ length: grid.dayCount }, (_, day) =>
    grid.values
      .subarray(day * grid.slotsPerDay, (day + 1) * grid.slotsPerDay)
      .some((calls) => !Number.isNaN(calls)),
  );
  const usual = usualWeekdays(grid, has);
  const runs: EmptyRun[] = [];
  const last = has.lastIndexOf(true);
  for (let day = Math.max(0, has.indexOf(true)); day < last; day += 1) {
    if (has[day] === true) continue;
    const end = has.indexOf(true, day);
    const missing = Array.from({ length: end - day }, (_, i) => addDays(grid.firstDate, day + i)).filter(
      (date) => usual[weekdayOf(date)] === true,
    );
    const [from, to] = [missing[0], missing.at(-1)];
    if (missing.length >= leastRun && from !== undefined && to !== undefined)
      runs.push({ from, to, days: missing.length });
    day = end;
  }
  return runs;
};

/** Weekdays that have data at least every other time. */
const usualWeekdays = (grid: DayGrid, has: readonly boolean[]): readonly boolean[] => {
  const days = new Float64Array(7);
  const withData = new Float64Array(7);
  has.forEach((there, day) => {
    const weekday = weekdayOf(addDays(grid.firstDate, day));
    days[weekday] = (days[weekday] ?? 0) + 1;
    withData[weekday] = (withData[weekday] ?? 0) + (there ? 1 : 0);
  });
  return Array.from(days, (count, weekday) => 2 * (withData[weekday] ?? 0) >= count && count > 0);
};
