import { calendarOf } from '../../src/kernel/calendar.ts';
import { emptyDayGrid, type DayGrid } from '../../src/kernel/interval-series.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays, dayNumber, type PlainDate, weekdayOf } from '../../src/kernel/time.ts';

/** Log effect by days from the eve of lunar New Year: people leave before it and come back slowly. */
const byLunarDay: readonly (readonly [number, number])[] = [
  [-13, 0],
  [-6, -0.08],
  [-3, -0.2],
  [-1, -0.5],
  [0, -1.2],
  [1, -1.3],
  [3, -1.1],
  [6, -0.8],
  [8, -0.45],
  [11, -0.2],
  [15, -0.05],
  [18, 0],
];

const effectOf = (day: number): number => {
  const next = byLunarDay.findIndex(([at]) => at >= day);
  if (next <= 0) return 0;
  const [from, low] = byLunarDay[next - 1]!;
  const [to, high] = byLunarDay[next]!;
  return low + ((high - low) * (day - from)) / (to - from);
};

interface SpringFestivalLine {
  /** The line's days before a date. */
  until(origin: PlainDate): DayGrid;
  readonly firstOff: PlainDate;
  readonly lastOff: PlainDate;
  /** The three days before and after the official days off of the last year. */
  readonly before: readonly PlainDate[];
  readonly after: readonly PlainDate[];
  expected(date: PlainDate): number;
  calls(date: PlainDate): number;
}

const calendar = calendarOf({ country: 'CN' });

/** A line of days over so many Spring Festivals, the last of `year`, whose days off are the official ones. */
export const springFestivalLine = ({
  seed,
  years,
  year,
}: {
  readonly seed: number;
  readonly years: number;
  readonly year: number;
}): SpringFestivalLine => {
  const first = `${String(year - years)}-01-01`;
  const count = dayNumber(`${String(year)}-03-31`) - dayNumber(first);
  const dates = Array.from({ length: count }, (_, d) => addDays(first, d));
  const isOff = (date: PlainDate): boolean => calendar.dayKind(date).holiday === 'spring-festival';
  const eves = dates
    .filter((date) => isOff(date) && calendar.dayKind(date).dayInHoliday === 1)
    .map((date) => addDays(date, -1));
  const random = seededRandom(seed);
  let level = 0;
  const expected = new Float64Array(count);
  const calls = new Float64Array(count);
  dates.forEach((date, d) => {
    level = 0.97 * level + 0.02 * random.normal();
    const kind = calendar.dayKind(date);
    const rest =
      kind.kind === 'holiday' ? -0.5 : weekdayOf(date) > 4 && kind.kind !== 'make-up-workday' ? -0.6 : 0;
    const near = eves.map((eve) => dayNumber(date) - dayNumber(eve)).find((day) => Math.abs(day) <= 20);
    const festival = near === undefined ? 0 : effectOf(near);
    const log =
      level +
      (kind.holiday === 'spring-festival' && kind.kind === 'holiday'
        ? Math.min(-0.5, festival)
        : rest + festival);
    const mean = 2000 * Math.exp(log);
    expected[d] = mean;
    calls[d] = random.poisson(mean * Math.exp(0.04 * random.normal()));
  });
  const offs = dates.filter(
    (date) => date.startsWith(String(year)) && isOff(date) && calendar.dayKind(date).kind === 'holiday',
  );
  const [firstOff, lastOff] = [offs[0]!, offs.at(-1)!];
  const at = (date: PlainDate): number => dayNumber(date) - dayNumber(first);
  return {
    until: (origin) => {
      const grid = emptyDayGrid(first, at(origin), 1440);
      grid.values.set(calls.subarray(0, at(origin)));
      return grid;
    },
    firstOff,
    lastOff,
    before: [-3, -2, -1].map((day) => addDays(firstOff, day)),
    after: [1, 2, 3].map((day) => addDays(lastOff, day)),
    expected: (date) => expected[at(date)]!,
    calls: (date) => calls[at(date)]!,
  };
};
