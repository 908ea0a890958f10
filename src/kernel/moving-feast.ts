import chineseDays from 'chinese-days';
import { once } from './remember.ts';
import { addDays, dateOfDayNumber, dayNumber, type PlainDate } from './time.ts';

// The package's bundle exports one object by default.
// oxlint-disable-next-line import/no-named-as-default-member
const { getLunarDate } = chineseDays;

/** A feast whose date moves from year to year and around which calls differ from the usual, days off or not. */
export interface MovingFeast {
  /** Days from the feast itself (0), between the first and the last knot; undefined on days farther from it. */
  dayOf(date: PlainDate): number | undefined;
  /** Days between which the effect is straight, ascending; the first and last are where it begins and ends. */
  readonly knots: readonly number[];
  /** How far its days lie from a usual one before any is seen: standard deviation, log scale. */
  readonly size: number;
}

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
export const movingFeastOf = (country: string | null): MovingFeast | null => {
  const nation = (country ?? '').slice(0, 2);
  if (nation === '') return null;
  return keepers.find(([countries]) => countries.split(' ').includes(nation))?.[1]() ?? null;
};
