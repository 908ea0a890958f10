import chineseDays from 'chinese-days';
import type { BaseDay } from './base-day.ts';
import { once } from './remember.ts';
import type { Text } from './text.ts';
import { addDays, type PlainDate } from './time.ts';

// The package is CommonJS whose names Node cannot see: they come off the default export.
// oxlint-disable-next-line import/no-named-as-default-member
const { getDayDetail, getHolidaysInRange, getLunarDate, getSolarTermDate } = chineseDays;

/** Year of the first official notice in the package's data. */
const firstYear = 2004;

/**
 * Last day of the last year whose official holiday notice is known. The package answers for later years
 * too, with no holidays in them, so coverage is found by asking which years have any.
 */
export const chineseCoveredUntil = once((): PlainDate => {
  let year = firstYear;
  while (getHolidaysInRange(`${year}-01-01`, `${year}-12-31`, false).length > 0) year += 1;
  return `${year - 1}-12-31`;
});

const keyOf = (english: string): string =>
  english
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z]+/g, '-');

/** Days from the eve of lunar New Year (0), so that festivals of different years line up. */
const springFestivalDay = (date: PlainDate): number => {
  const lunar = getLunarDate(date);
  if (lunar.lunarMon === 1) return lunar.lunarDay;
  let offset = 0;
  while (offset > -15) {
    const later = getLunarDate(addDays(date, 1 - offset));
    if (later.lunarMon === 1) return offset;
    offset -= 1;
  }
  return offset;
};

const noticedDay = (date: PlainDate): BaseDay | undefined => {
  const detail = getDayDetail(date);
  const [english, chinese] = detail.name.split(',');
  if (chinese === undefined || english === undefined) return undefined;
  const holiday = keyOf(english);
  const name = detail.work
    ? { 'zh-CN': `${chinese}调休上班`, en: `make-up workday (${english})` }
    : { 'zh-CN': chinese, en: english };
  const position = holiday === 'spring-festival' ? { dayInHoliday: springFestivalDay(date) } : {};
  return { kind: detail.work ? 'make-up-workday' : 'holiday', holiday, ...position, name, presumed: false };
};

const byLaw: readonly { readonly key: string; readonly name: Text; readonly dates: readonly string[] }[] = [
  { key: 'new-years-day', name: { 'zh-CN': '元旦', en: "New Year's Day" }, dates: ['01-01'] },
  { key: 'labour-day', name: { 'zh-CN': '劳动节', en: 'Labour Day' }, dates: ['05-01', '05-02'] },
  {
    key: 'national-day',
    name: { 'zh-CN': '国庆节', en: 'National Day' },
    dates: ['10-01', '10-02', '10-03'],
  },
];

/** Dates that the State Council's regulation on public holidays fixes (as amended in 2024). */
const presumedDay = (date: PlainDate): BaseDay | undefined => {
  const monthDay = date.slice(5);
  const said = (holiday: string, name: Text, dayInHoliday?: number): BaseDay => ({
    kind: 'holiday',
    holiday,
    ...(dayInHoliday === undefined ? {} : { dayInHoliday }),
    name,
    presumed: true,
  });
  for (const fixed of byLaw) if (fixed.dates.includes(monthDay)) return said(fixed.key, fixed.name);
  const lunar = getLunarDate(date);
  const eve = getLunarDate(addDays(date, 1));
  if (eve.lunarMon === 1 && eve.lunarDay === 1)
    return said('spring-festival', { 'zh-CN': '春节', en: 'Spring Festival' }, 0);
  if (lunar.lunarMon === 1 && lunar.lunarDay <= 3) {
    return said('spring-festival', { 'zh-CN': '春节', en: 'Spring Festival' }, lunar.lunarDay);
  }
  if (lunar.isLeap) return undefined;
  if (lunar.lunarMon === 5 && lunar.lunarDay === 5) {
    return said('dragon-boat-festival', { 'zh-CN': '端午', en: 'Dragon Boat Festival' });
  }
  if (lunar.lunarMon === 8 && lunar.lunarDay === 15) {
    return said('mid-autumn-festival', { 'zh-CN': '中秋', en: 'Mid-autumn Festival' });
  }
  if (date === getSolarTermDate(Number(date.slice(0, 4)), 4, 'pure_brightness')) {
    return said('tomb-sweeping-day', { 'zh-CN': '清明', en: 'Tomb-sweeping Day' });
  }
  return undefined;
};

/** What China's calendar says of a date; undefined for an ordinary one. */
export const chineseDay = (date: PlainDate): BaseDay | undefined => {
  if (date < `${firstYear}-01-01` || date > '2099-12-31') return undefined;
  return date <= chineseCoveredUntil() ? noticedDay(date) : presumedDay(date);
};
