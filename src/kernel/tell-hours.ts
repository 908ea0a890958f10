import { spansOfDay, type WeekdayHours } from './opening-hours.ts';
import { text, type Text } from './text.ts';

/** A week's hours in words, weekdays of the same hours together. */
export const tellHours = (week: readonly WeekdayHours[]): Text =>
  tellWeekdays(
    week.map((day) => spansOfDay(day).map(({ from, to }) => `${from}–${to}`)),
    text('不开放', 'closed'),
  );

interface SameDays {
  readonly days: number[];
  readonly spans: readonly string[];
}

/** Clock spans of the seven weekdays in words, those of the same spans together; `none` for days without any. */
export const tellWeekdays = (week: readonly (readonly string[])[], none?: Text): Text => {
  const groups = new Map<string, SameDays>();
  week.forEach((spans, weekday) => {
    if (spans.length === 0 && none === undefined) return;
    const group = groups.get(spans.join()) ?? { days: [], spans };
    group.days.push(weekday);
    groups.set(spans.join(), group);
  });
  const told = [...groups.values()];
  return text(
    told.map(({ days, spans }) => `${chineseDays(days)}${spans.join('、') || none?.['zh-CN']}`).join('；'),
    told.map(({ days, spans }) => `${englishDays(days)}${spans.join(', ') || none?.en}`).join('; '),
  );
};

const englishNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const englishDays = (days: readonly number[]): string =>
  days.length === 7 ? 'every day ' : `${days.map((day) => englishNames[day] ?? '').join(', ')} `;

const chineseDays = (days: readonly number[]): string =>
  days.length === 7 ? '每天 ' : `周${days.map((day) => '一二三四五六日'[day] ?? '').join('、')} `;
