import { calendarOf } from '../../src/kernel/calendar.ts';
import { emptyDayGrid, type DayGrid } from '../../src/kernel/interval-series.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays, weekdayOf } from '../../src/kernel/time.ts';

/** One series to score methods on. */
export interface BenchSet {
  readonly name: string;
  readonly grid: DayGrid;
  readonly country: string | null;
}

interface Recipe {
  readonly name: string;
  readonly intervalMinutes: number;
  readonly days: number;
  readonly callsPerDay: number;
  readonly country: string | null;
  readonly weekendFactor: number;
  readonly open: readonly [number, number];
  readonly weekendOpen: boolean;
  /** Growth per week on the log scale. */
  readonly growth?: number;
  /** Factor on the level from a share of the days on. */
  readonly shift?: readonly [number, number];
  readonly gapShare?: number;
  readonly seed: number;
}

const recipes: readonly Recipe[] = [
  {
    name: 'city-line',
    intervalMinutes: 30,
    days: 500,
    callsPerDay: 3500,
    country: 'CN',
    weekendFactor: 0.7,
    open: [0, 24],
    weekendOpen: true,
    seed: 11,
  },
  {
    name: 'small-line',
    intervalMinutes: 60,
    days: 300,
    callsPerDay: 50,
    country: 'CN',
    weekendFactor: 0.6,
    open: [8, 20],
    weekendOpen: true,
    seed: 12,
  },
  {
    name: 'growing-line',
    intervalMinutes: 15,
    days: 250,
    callsPerDay: 1500,
    country: null,
    weekendFactor: 0.6,
    open: [8, 22],
    weekendOpen: true,
    growth: 0.02,
    seed: 13,
  },
  {
    name: 'shifted-line',
    intervalMinutes: 60,
    days: 250,
    callsPerDay: 900,
    country: null,
    weekendFactor: 0.8,
    open: [0, 24],
    weekendOpen: true,
    shift: [0.7, 1.4],
    seed: 14,
  },
  {
    name: 'short-ragged',
    intervalMinutes: 30,
    days: 77,
    callsPerDay: 400,
    country: null,
    weekendFactor: 0.5,
    open: [9, 18],
    weekendOpen: false,
    gapShare: 0.12,
    seed: 15,
  },
  {
    name: 'day-totals',
    intervalMinutes: 1440,
    days: 400,
    callsPerDay: 800,
    country: 'CN',
    weekendFactor: 0.75,
    open: [0, 24],
    weekendOpen: true,
    seed: 16,
  },
];

const profile = (hour: number): number =>
  0.05 +
  Math.exp(-(((hour - 10) / 1.8) ** 2)) +
  0.9 * Math.exp(-(((hour - 15) / 2) ** 2)) +
  0.25 * Math.exp(-(((hour - 20) / 2) ** 2));

const makeUp = (r: Recipe): BenchSet => {
  const first = '2024-01-01';
  const random = seededRandom(r.seed);
  const calendar = calendarOf({ country: r.country });
  const grid = emptyDayGrid(first, r.days, r.intervalMinutes);
  const n = grid.slotsPerDay;
  let level = 0;
  let noise = 0;
  for (let d = 0; d < r.days; d += 1) {
    const date = addDays(first, d);
    const weekend = weekdayOf(date) >= 5;
    const kind = calendar.dayKind(date);
    level += 0.006 * random.normal();
    noise = 0.4 * noise + 0.04 * random.normal();
    const off = kind.kind === 'holiday' || (weekend && kind.kind !== 'make-up-workday');
    if (off && !r.weekendOpen) continue;
    if (r.gapShare !== undefined && random.uniform() < r.gapShare) continue;
    const factor =
      (kind.kind === 'holiday' ? 0.5 : weekend && off ? r.weekendFactor : 1 - 0.03 * weekdayOf(date)) *
      (kind.workingDaysAfter === 1 ? 1.2 : 1);
    const shifted = r.shift !== undefined && d >= r.shift[0] * r.days ? r.shift[1] : 1;
    const total = r.callsPerDay * factor * shifted * Math.exp(level + noise + ((r.growth ?? 0) * d) / 7);
    let sum = 0;
    const shares = Array.from({ length: n }, (_, s) => {
      const hour = ((s + 0.5) * r.intervalMinutes) / 60;
      const open = hour > r.open[0] && hour < r.open[1];
      const share = open ? profile(hour) : 0;
      sum += share;
      return share;
    });
    shares.forEach((share, s) => {
      if (share === 0) return;
      if (r.gapShare !== undefined && random.uniform() < 0.01) return;
      grid.values[d * n + s] = random.poisson((((total * share) / sum) * random.gamma(60)) / 60);
    });
  }
  return { name: r.name, grid, country: r.country };
};

/** Series made from seeds, so that the bench runs without any data beside the repository. */
export const madeUpSets = (): BenchSet[] => recipes.map(makeUp);
