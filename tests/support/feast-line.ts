import type { Calendar } from '../../src/kernel/calendar.ts';
import { emptyDayGrid, type DayGrid } from '../../src/kernel/interval-series.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays, dayNumber, type PlainDate, weekdayOf } from '../../src/kernel/time.ts';

type Effects = readonly (readonly [day: number, log: number])[];

/** Log effects by days from a country's feast: people leave before it, stay away and come back slowly. */
const effects: Readonly<Record<string, Effects>> = {
  CN: [
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
  ],
  SA: [
    [-33, 0],
    [-30, -0.12],
    [-10, -0.2],
    [-4, -0.35],
    [0, -0.9],
    [3, -0.6],
    [6, 0.05],
    [10, 0],
  ],
  IN: [
    [-8, 0],
    [-3, 0.1],
    [-1, -0.15],
    [0, -0.8],
    [1, -0.5],
    [2, -0.3],
    [5, -0.05],
    [8, 0],
  ],
  GB: [
    [-10, 0],
    [-7, -0.05],
    [-2, -0.1],
    [1, -0.15],
    [2, 0.05],
    [6, -0.05],
    [9, 0],
  ],
};

const effectOf = (table: Effects, day: number): number => {
  const next = table.findIndex(([at]) => at >= day);
  if (next <= 0) return 0;
  const [from, low] = table[next - 1]!;
  const [to, high] = table[next]!;
  return low + ((high - low) * (day - from)) / (to - from);
};

interface FeastLine {
  /** The line's days before a date. */
  until(origin: PlainDate): DayGrid;
  /** First and last day off of China's last festival; elsewhere the last feast and the day after it. */
  readonly firstOff: PlainDate;
  readonly lastOff: PlainDate;
  /** The three days before and after those. */
  readonly before: readonly PlainDate[];
  readonly after: readonly PlainDate[];
  expected(date: PlainDate): number;
  calls(date: PlainDate): number;
}

/** A line of days over so many feasts of the calendar's country, the last in `year`, at its official days off. */
export const feastLine = ({
  calendar,
  seed,
  years,
  year,
}: {
  readonly calendar: Calendar;
  readonly seed: number;
  readonly years: number;
  readonly year: number;
}): FeastLine => {
  const table = effects[calendar.country ?? '']!;
  const first = `${String(year - years)}-01-01`;
  const count = dayNumber(`${String(year)}-12-31`) - dayNumber(first);
  const dates = Array.from({ length: count }, (_, d) => addDays(first, d));
  const isOff = (date: PlainDate): boolean => calendar.dayKind(date).kind === 'holiday';
  const inChina = calendar.country === 'CN';
  const random = seededRandom(seed);
  let level = 0;
  const expected = new Float64Array(count);
  const calls = new Float64Array(count);
  dates.forEach((date, d) => {
    level = 0.97 * level + 0.02 * random.normal();
    const kind = calendar.dayKind(date);
    const weekend = weekdayOf(date) > 4 && kind.kind !== 'make-up-workday';
    const rest = isOff(date) ? -0.5 : weekend ? -0.6 : 0;
    const festival = kind.feastDay === undefined ? 0 : effectOf(table, kind.feastDay);
    const off = inChina && kind.holiday === 'spring-festival' && isOff(date);
    const mean = 2000 * Math.exp(level + (off ? Math.min(-0.5, festival) : rest + festival));
    expected[d] = mean;
    calls[d] = random.poisson(mean * Math.exp(0.04 * random.normal()));
  });
  const lastFeast = dates.findLast((date) => calendar.dayKind(date).feastDay === 0)!;
  const offs = dates.filter(
    (date) =>
      date.startsWith(String(year)) && isOff(date) && calendar.dayKind(date).holiday === 'spring-festival',
  );
  const firstOff = inChina ? offs[0]! : lastFeast;
  const lastOff = inChina ? offs.at(-1)! : addDays(lastFeast, 1);
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
