import chineseDays from 'chinese-days';
import type { Finding } from './finding.ts';
import { once } from './remember.ts';
import { type Text, untranslated } from './text.ts';
import { addDays, dateOfDayNumber, dayNumber, type PlainDate, weekdayOf } from './time.ts';

/** A feast whose date moves from year to year and around which calls differ from the usual, days off or not. */
export interface MovingFeast {
  /** Days from the feast itself (0), between the first and the last knot; undefined on days farther from it. */
  dayOf(date: PlainDate): number | undefined;
  /** Days between which the effect is straight, ascending; the first and last are where it begins and ends. */
  readonly knots: readonly number[];
  /** How far its days lie from a usual one before any is seen: standard deviation, log scale. */
  readonly size: number;
}

/** What a day is in the calendar, as far as calls care. */
interface DayKind {
  readonly kind: 'ordinary' | 'holiday' | 'partial-holiday' | 'make-up-workday' | 'day-before-holiday';
  /** Key shared by the same holiday of every year: 'spring-festival'. Also set on make-up workdays. */
  readonly holiday?: string;
  /** Position in the run of holiday days, from 1; for the Spring Festival 0 is the eve of lunar New Year. */
  readonly dayInHoliday?: number;
  /** True on partial holidays of which offices work about half. */
  readonly half?: boolean;
  /** True when offices work on the day. */
  readonly working: boolean;
  readonly name: Text | null;
  /** How many working days after the end of a holiday: 1, 2 or 3; 0 when none ended so lately. */
  readonly workingDaysAfter: number;
  /** Days from the country's moving feast; left out on days far from it. */
  readonly feastDay?: number;
  /** A single working day between a holiday and a weekend or another holiday. */
  readonly bridge: boolean;
  /** True when the date is set by law but that year's official notice is not known (days off may differ). */
  readonly presumed: boolean;
}

export interface Calendar {
  /** ISO country, null when no country's holidays are used. */
  readonly country: string | null;
  /** The feast on a moving date around which calls differ: lunar New Year, Easter, Ramadan, Diwali. */
  readonly feast: MovingFeast | null;
  dayKind(date: PlainDate): DayKind;
  /** Last date whose holidays are known; null when there is no such limit. */
  readonly coveredUntil: PlainDate | null;
}

/** One line of a user's override file: it outranks every other source. */
export interface CalendarOverride {
  readonly date: PlainDate;
  readonly kind: 'holiday' | 'partial-holiday' | 'make-up-workday' | 'ordinary';
  readonly name?: string | undefined;
  /** True for a partial holiday of which offices work about half. */
  readonly half?: boolean | undefined;
  /** Key of the holiday; made from the name where it is left out. */
  readonly holiday?: string | undefined;
}

/** A holiday as a list or a library tells it. */
export interface HolidayRow {
  readonly date: PlainDate;
  readonly name: string;
  /** 'full' (default) or anything that contains 'half', 'partial' or 'optional'. */
  readonly kind?: string;
}

export interface CalendarOptions {
  readonly country: string | null;
  readonly overrides?: readonly CalendarOverride[];
  readonly holidays?: readonly HolidayRow[];
  /** Holidays of a country other than China for a year: see `loadCalendar`. */
  readonly yearHolidays?: (year: number) => readonly HolidayRow[];
}

/** Key of a holiday from its name: lower case, words joined by '-', substitute days keep the key. */
const holidayKey = (name: string): string => {
  const plain = name
    .slice(0, 200)
    .toLowerCase()
    .replace(/\((substitute|observed)[^)]*\)|\bobserved\b/g, '')
    .replace(/['’.]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return plain === '' ? 'holiday' : plain;
};

const isPartial = (kind: string | undefined): boolean => /half|partial|optional/i.test(kind ?? '');

const rowsByDate = (rows: readonly HolidayRow[]): Map<PlainDate, BaseDay> => {
  const days = new Map<PlainDate, BaseDay>();
  for (const row of rows) {
    const kind = isPartial(row.kind) ? 'partial-holiday' : 'holiday';
    const half = /half/i.test(row.kind ?? '');
    const known = days.get(row.date);
    if (kind === 'partial-holiday' && known !== undefined && !(half && known.kind === kind)) continue;
    const name = row.name.replaceAll('_', ' ');
    const day = { kind, holiday: holidayKey(name), name: untranslated(name), presumed: false } as const;
    days.set(row.date, half ? { ...day, half } : day);
  }
  return days;
};

const overridesByDate = (overrides: readonly CalendarOverride[]): Map<PlainDate, BaseDay> =>
  new Map(
    overrides.map((o) => {
      const name = o.name ?? o.holiday;
      const key = o.holiday ?? (name === undefined ? undefined : holidayKey(name));
      return [
        o.date,
        {
          kind: o.kind,
          ...(key === undefined || o.kind === 'ordinary' ? {} : { holiday: key }),
          ...(o.half === true && o.kind === 'partial-holiday' ? { half: true } : {}),
          name: name === undefined ? null : untranslated(name),
          presumed: false,
        },
      ] as const;
    }),
  );

const ordinary: BaseDay = { kind: 'ordinary', name: null, presumed: false };

/** The country's own word on a date, memoised by year where a library is asked. */
const countryDays = (options: CalendarOptions): ((date: PlainDate) => BaseDay | undefined) => {
  if (options.country === 'CN') return chineseDay;
  const source = options.yearHolidays;
  if (source === undefined) return () => undefined;
  const years = new Map<string, Map<PlainDate, BaseDay>>();
  return (date) => {
    const year = date.slice(0, 4);
    let days = years.get(year);
    if (days === undefined) {
      days = rowsByDate(source(Number(year)));
      years.set(year, days);
    }
    return days.get(date);
  };
};

const laterOf = (a: PlainDate, b: PlainDate): PlainDate => (a > b ? a : b);

/** China's notices end somewhere; an override of a later year says that the year is known after all. */
const coverage = (options: CalendarOptions): PlainDate | null => {
  if (options.country !== 'CN') return null;
  let until = chineseCoveredUntil();
  const years = new Set(
    [...(options.overrides ?? []), ...(options.holidays ?? [])].map((row) => row.date.slice(0, 4)),
  );
  for (const year of [...years].sort()) {
    if (Number(year) === Number(until.slice(0, 4)) + 1) until = laterOf(until, `${year}-12-31`);
  }
  return until;
};

/**
 * The calendar of a country with a user's changes on top: what kind of day each date is.
 *
 * China (2004 on) comes with make-up workdays; years after the last official notice fall back to the dates
 * that the law fixes, marked `presumed`. Other countries need `yearHolidays` (use `loadCalendar`). A list
 * given as `holidays` is added to the country's; `overrides` outrank both.
 */
export const calendarOf = (options: CalendarOptions): Calendar => {
  const overridden = overridesByDate(options.overrides ?? []);
  const listed = rowsByDate(options.holidays ?? []);
  const national = countryDays(options);
  const coveredUntil = coverage(options);
  const rest = restDays[(options.country ?? '').slice(0, 2)] ?? saturdayAndSunday;
  const bases = new Map<PlainDate, BaseDay>();
  const lookUp = (date: PlainDate): BaseDay => {
    const own = overridden.get(date) ?? listed.get(date);
    if (own !== undefined) return own;
    const day = national(date);
    // A year that the user has covered is theirs alone: presumed dates would be beside the true ones.
    if (day?.presumed === true && coveredUntil !== null && date <= coveredUntil) return ordinary;
    return day ?? ordinary;
  };
  const base = (date: PlainDate): BaseDay => {
    let day = bases.get(date);
    if (day === undefined) {
      day = lookUp(date);
      bases.set(date, day);
    }
    return day;
  };
  const memo = new Map<PlainDate, DayKind>();
  const feast = movingFeastOf(options.country);
  return {
    country: options.country,
    feast,
    coveredUntil,
    dayKind: (date) => {
      let kind = memo.get(date);
      if (kind === undefined) {
        const feastDay = feast?.dayOf(date);
        kind = { ...describeDay(date, base, rest), ...(feastDay === undefined ? {} : { feastDay }) };
        memo.set(date, kind);
      }
      return kind;
    },
  };
};

const isOff = (day: BaseDay): boolean => day.kind === 'holiday';

/** Days of rest per week (Monday 0) where they are not Saturday and Sunday. */
const restDays: Readonly<Record<string, readonly number[]>> = {
  ...Object.fromEntries(
    ['IL', 'SA', 'EG', 'JO', 'KW', 'QA', 'BH', 'OM', 'IQ', 'SY', 'LY', 'DZ', 'SD', 'YE', 'BD', 'MV'].map(
      (c) => [c, [4, 5]],
    ),
  ),
  IR: [3, 4],
  AF: [3, 4],
  NP: [5],
};
const saturdayAndSunday: readonly number[] = [5, 6];

const works = (date: PlainDate, day: BaseDay, rest: readonly number[]): boolean =>
  day.kind === 'make-up-workday' || (!isOff(day) && !rest.includes(weekdayOf(date)));

/** Position of a day in its run of holiday days, from 1. */
const dayOfRun = (date: PlainDate, base: (date: PlainDate) => BaseDay): number => {
  const { kind, holiday } = base(date);
  let day = 1;
  for (; day <= 15; day += 1) {
    const earlier = base(addDays(date, -day));
    if (earlier.kind !== kind || earlier.holiday !== holiday) break;
  }
  return day;
};

/** Working days since the last holiday's end, looking back over at most three of them. */
const workingDaysAfterHoliday = (
  date: PlainDate,
  base: (date: PlainDate) => BaseDay,
  rest: readonly number[],
): number => {
  if (!works(date, base(date), rest)) return 0;
  let worked = 1;
  for (let back = 1; back <= 9 && worked <= 3; back += 1) {
    const earlier = addDays(date, -back);
    const day = base(earlier);
    if (isOff(day)) return worked;
    if (works(earlier, day, rest)) worked += 1;
  }
  return 0;
};

const describeDay = (
  date: PlainDate,
  base: (date: PlainDate) => BaseDay,
  rest: readonly number[],
): DayKind => {
  const day = base(date);
  const working = works(date, day, rest);
  const holidayLike = day.kind === 'holiday' || day.kind === 'partial-holiday';
  const next = base(addDays(date, 1));
  const previous = base(addDays(date, -1));
  const idle = (offset: number): boolean => !works(addDays(date, offset), base(addDays(date, offset)), rest);
  const eve = working && isOff(next) && day.kind === 'ordinary';
  return {
    kind: eve ? 'day-before-holiday' : day.kind,
    ...(day.holiday === undefined ? {} : { holiday: day.holiday }),
    ...(holidayLike ? { dayInHoliday: day.dayInHoliday ?? dayOfRun(date, base) } : {}),
    ...(day.half === true ? { half: true } : {}),
    working,
    name: day.name,
    workingDaysAfter: workingDaysAfterHoliday(date, base, rest),
    bridge: working && idle(1) && idle(-1) && (isOff(next) || isOff(previous)),
    presumed: day.presumed,
  };
};

/** Dates asked for lie beyond the calendar's last known year; null where they do not. */
export const coverageNotice = (
  calendar: Calendar,
  lastDate: PlainDate,
): Finding<'holidays-known-until', { readonly until: string }> | null => {
  const until = calendar.coveredUntil;
  return until === null || lastDate <= until ? null : { code: 'holidays-known-until', values: { until } };
};

/** True of a make-up workday (调休上班): a day of rest that is worked like a working day. */
export const isMakeUpDay = (calendar: Calendar, date: string): boolean =>
  calendar.dayKind(date).kind === 'make-up-workday';

/** What one source says of a date, before its neighbours are looked at. */
interface BaseDay {
  readonly kind: 'ordinary' | 'holiday' | 'partial-holiday' | 'make-up-workday';
  readonly holiday?: string;
  readonly dayInHoliday?: number;
  /** True where offices work about half of the day. */
  readonly half?: boolean;
  readonly name: Text | null;
  readonly presumed: boolean;
}

// The package is CommonJS whose names Node cannot see: they come off the default export.
// oxlint-disable-next-line import/no-named-as-default-member
const { getDayDetail, getHolidaysInRange, getLunarDate, getSolarTermDate } = chineseDays;

/** Year of the first official notice in the package's data. */
const firstYear = 2004;

/**
 * Last day of the last year whose official holiday notice is known. The package answers for later years
 * too, with no holidays in them, so coverage is found by asking which years have any.
 */
const chineseCoveredUntil = once((): PlainDate => {
  let year = firstYear;
  while (getHolidaysInRange(`${year}-01-01`, `${year}-12-31`, false).length > 0) year += 1;
  return `${year - 1}-12-31`;
});

const keyOf = (english: string): string =>
  english
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z]+/g, '-');

const noticedDay = (date: PlainDate): BaseDay | undefined => {
  const detail = getDayDetail(date);
  const [english, chinese] = detail.name.split(',');
  if (chinese === undefined || english === undefined) return undefined;
  const holiday = keyOf(english);
  const name = detail.work
    ? { 'zh-CN': `${chinese}调休上班`, en: `make-up workday (${english})` }
    : { 'zh-CN': chinese, en: english };
  const lunar = holiday === 'spring-festival' ? movingFeastOf('CN')?.dayOf(date) : undefined;
  const position = lunar === undefined ? {} : { dayInHoliday: lunar };
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
  const newYear = movingFeastOf('CN')?.dayOf(date);
  if (newYear !== undefined && newYear >= 0 && newYear <= 3)
    return said('spring-festival', { 'zh-CN': '春节', en: 'Spring Festival' }, newYear);
  const lunar = getLunarDate(date);
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
const chineseDay = (date: PlainDate): BaseDay | undefined => {
  if (date < `${firstYear}-01-01` || date > '2099-12-31') return undefined;
  return date <= chineseCoveredUntil() ? noticedDay(date) : presumedDay(date);
};

/** The nearest of a feast's dates, found once a year of ours. */
const nearest = (
  datesOfYear: (year: number) => readonly PlainDate[],
  [first = 0, ...others]: readonly number[],
): MovingFeast['dayOf'] => {
  const last = others.at(-1) ?? first;
  const years = new Map<number, readonly number[]>();
  const daysOf = (year: number): readonly number[] => {
    let days = years.get(year);
    if (days === undefined) years.set(year, (days = datesOfYear(year).map(dayNumber)));
    return days;
  };
  return (date) => {
    const year = Number(date.slice(0, 4));
    const day = dayNumber(date);
    return [year - 1, year, year + 1]
      .flatMap(daysOf)
      .map((feast) => day - feast)
      .find((apart) => apart >= first && apart <= last);
  };
};

const everyDay = (year: number): PlainDate[] => {
  const first = dayNumber(`${String(year)}-01-01`);
  return Array.from({ length: dayNumber(`${String(year + 1)}-01-01`) - first }, (_, day) =>
    dateOfDayNumber(first + day),
  );
};

/** The eve of lunar New Year, which lies between 20 January and 20 February. */
const lunarNewYearsEve = (year: number): PlainDate[] => {
  for (let date = `${String(year)}-01-20`; date < `${String(year)}-02-21`; date = addDays(date, 1)) {
    const { lunarMon, lunarDay } = getLunarDate(addDays(date, 1));
    if (lunarMon === 1 && lunarDay === 1) return [date];
  }
  return [];
};

const springFestival = (): MovingFeast => {
  const knots = [-13, -10, -6, -3, -1, 0, 2, 5, 7, 9, 12, 16, 20];
  return { dayOf: nearest(lunarNewYearsEve, knots), knots, size: 0.3 };
};

/** Easter Sunday by the rule of the Western or the Eastern churches. Source: Meeus, Astronomical Algorithms, ch. 8. */
const easterSunday = (year: number, eastern: boolean): PlainDate => {
  if (eastern) {
    const d = (19 * (year % 19) + 15) % 30;
    const e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
    const centuries = Math.floor(year / 100);
    // 22 March of the Julian calendar, in the Gregorian one
    return addDays(`${String(year)}-03-22`, d + e + centuries - Math.floor(centuries / 4) - 2);
  }
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const m = Math.floor((a + 11 * h) / 319);
  const l = (2 * (b % 4) + 2 * Math.floor(c / 4) - (c % 4) - h + m + 32) % 7;
  return addDays(`${String(year)}-03-22`, h - m + l);
};

const easterOf = (eastern: boolean): MovingFeast => {
  const knots = [-12, -7, -3, -1, 0, 1, 3, 7, 10];
  return { dayOf: nearest((year) => [easterSunday(year, eastern)], knots), knots, size: 0.1 };
};

/** The first day after Ramadan by the Umm al-Qura calendar; a country may begin a day later by sight of the moon. */
const endsOfRamadan = (year: number): PlainDate[] => {
  const islamic = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura', {
    month: 'numeric',
    day: 'numeric',
    timeZone: 'UTC',
  });
  return everyDay(year).filter((date) => islamic.format(new Date(date)) === '10/1');
};

const ramadan = (): MovingFeast => {
  const knots = [-38, -30, -29, -22, -12, -4, -1, 0, 2, 4, 7, 12];
  return { dayOf: nearest(endsOfRamadan, knots), knots, size: 0.2 };
};

/** New moons of a year, in days of Julian ephemeris: mean phase and the largest periodic terms, within an hour. */
const newMoon = (lunation: number): number => {
  const t = lunation / 1236.85;
  const rad = Math.PI / 180;
  const sun = rad * (2.5534 + 29.1053567 * lunation);
  const moon = rad * (201.5643 + 385.81693528 * lunation + 0.0107582 * t * t);
  const node = rad * (160.7108 + 390.67050284 * lunation);
  return (
    2451550.09766 +
    29.530588861 * lunation +
    0.00015437 * t * t -
    0.4072 * Math.sin(moon) +
    0.17241 * Math.sin(sun) +
    0.01608 * Math.sin(2 * moon) +
    0.01039 * Math.sin(2 * node) +
    0.00739 * Math.sin(moon - sun) -
    0.00514 * Math.sin(moon + sun)
  );
};

/** The evening without a moon between mid-October and mid-November, in India. Source of the moon: Meeus, ch. 49. */
const diwaliOf = (year: number): PlainDate[] => {
  const earliest = dayNumber(`${String(year)}-10-17`);
  const around = Math.round((year - 2000 + 0.79) * 12.3685);
  for (let lunation = around - 1; lunation <= around + 2; lunation += 1) {
    // 1970 began at 2440587.5; India's clock is 5.5 hours ahead; the evening's hours count
    const day = Math.floor(newMoon(lunation) - 2440587.5 + 5.5 / 24 - 19.5 / 24);
    if (day >= earliest && day < earliest + 30) return [dateOfDayNumber(day)];
  }
  return [];
};

const diwali = (): MovingFeast => {
  const knots = [-10, -5, -2, -1, 0, 1, 2, 5, 9];
  return { dayOf: nearest(diwaliOf, knots), knots, size: 0.2 };
};

const keepers: readonly (readonly [string, () => MovingFeast])[] = [
  ['CN HK MO TW SG VN KR', once(springFestival)],
  ['SA AE EG JO KW QA BH OM IQ SY LY DZ SD YE IR AF TR ID PK BD MY MA TN', once(ramadan)],
  ['IN NP', once(diwali)],
  ['GR CY RO BG RS MK UA GE ET ER', once(() => easterOf(true))],
  [
    'GB IE DE FR ES PT IT AT CH BE NL LU DK SE NO FI IS PL CZ SK HU SI HR EE LV LT MT CA AU NZ ZA MX BR AR CL CO PE PH',
    once(() => easterOf(false)),
  ],
];

/** The moving feast that a country keeps above others; null where none is known. `country` is 'CN', 'GB-ENG'. */
const movingFeastOf = (country: string | null): MovingFeast | null => {
  const nation = (country ?? '').slice(0, 2);
  if (nation === '') return null;
  return keepers.find(([countries]) => countries.split(' ').includes(nation))?.[1]() ?? null;
};
