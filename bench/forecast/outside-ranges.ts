/**
 * Is a forecast from outside worth its ranges? Made-up lines of days beside a model that knows more than their past tells:
 *   node bench/forecast/outside-ranges.ts [--seeds 60]
 * WIS over the mean and share of day totals inside the 80 % range, of the mix with the model's ranges and without them.
 */
import { parseArgs } from 'node:util';
import { forecastQueue } from '../../src/forecast/forecast-queues.ts';
import type {
  OutsideDay,
  OutsideForecast,
  OutsideIssue,
} from '../../src/forecast/outside/outside-forecast.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { emptyDayGrid } from '../../src/kernel/interval-series.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays, dayNumber, weekdayOf } from '../../src/kernel/time.ts';

const { values: options } = parseArgs({ options: { seeds: { type: 'string', default: '60' } } });
const first = '2025-09-01';
const days = 210;
const origin = addDays(first, days);
const calendar = calendarOf({ country: null });

/** How much a day is surprised, and how wide the model says it is: in proportion, for days of three kinds. */
const kinds = {
  'tells unsure days (3, 6, 15 %)': { scatter: [0.03, 0.06, 0.15], said: [0.03, 0.06, 0.15] },
  'tells them, all too narrow by half': { scatter: [0.03, 0.06, 0.15], said: [0.015, 0.03, 0.075] },
  'tells them, all days nearly alike': { scatter: [0.05, 0.06, 0.07], said: [0.05, 0.06, 0.07] },
  'one width for all': { scatter: [0.06, 0.06, 0.06], said: [0.06, 0.06, 0.06] },
  'widths of chance': { scatter: [0.06, 0.06, 0.06], said: [0.03, 0.06, 0.15] },
  'widths of chance, days unlike': { scatter: [0.03, 0.06, 0.15], said: undefined },
} as const;

const made = (seed: number, { scatter, said }: (typeof kinds)[keyof typeof kinds]) => {
  const random = seededRandom(seed);
  const grid = emptyDayGrid(first, days + 7, 1440);
  const issues: OutsideIssue[] = [];
  let issue = new Map<number, OutsideDay>();
  const actual: number[] = [];
  for (let d = 0; d < days + 7; d += 1) {
    const kind = Math.floor(3 * random.uniform());
    const other = Math.floor(3 * random.uniform());
    // what moves the day and the model knows, and what nobody knows
    const known = 0.1 * random.normal();
    const mean = (weekdayOf(addDays(first, d)) > 4 ? 500 : 1000) * Math.exp(known);
    const calls = random.poisson(mean * Math.exp(scatter[kind]! * random.normal()));
    if (d < days) grid.values[d] = calls;
    else {
      grid.values[d] = Number.NaN;
      actual.push(calls);
    }
    const wide = 1.2816 * (said === undefined ? scatter[other]! : said[kind]!);
    issue.set(dayNumber(first) + d, {
      calls: mean,
      slots: undefined,
      q10: mean * Math.exp(-wide),
      q90: mean * Math.exp(wide),
    });
    if (d % 7 !== 6) continue;
    if (d >= days - 84) issues.push({ from: dayNumber(first) + d - 6, days: issue });
    issue = new Map();
  }
  return { grid, issues, actual };
};

const blind = (issues: readonly OutsideIssue[]): OutsideIssue[] =>
  issues.map(({ from, days: own }) => ({
    from,
    days: new Map(
      [...own].map(([day, said]) => [day, { ...said, q10: Number.NaN, q90: Number.NaN }] as const),
    ),
  }));

interface Score {
  wis: number;
  inside: number;
  inside95: number;
  days: number;
}

const score = (
  into: Score,
  grid: ReturnType<typeof made>['grid'],
  issues: readonly OutsideIssue[],
  actual: readonly number[],
) => {
  const outside: OutsideForecast[] = [{ model: 'own', queue: 'q', issues }];
  const { dayQuantiles: q } = forecastQueue(grid, {
    origin,
    days: 7,
    calendar,
    method: 'auto',
    seed: 1,
    pathCount: 1,
    outside,
  });
  actual.forEach((came, j) => {
    const interval = (low: number, high: number, alpha: number): number =>
      high - low + (2 / alpha) * (Math.max(0, low - came) + Math.max(0, came - high));
    const wis =
      (0.5 * Math.abs(came - q.q50[j]!) +
        0.1 * interval(q.q10[j]!, q.q90[j]!, 0.2) +
        0.025 * interval(q.q025[j]!, q.q975[j]!, 0.05)) /
      2.5;
    into.wis += wis / q.mean[j]!;
    into.inside += came >= q.q10[j]! && came <= q.q90[j]! ? 1 : 0;
    into.inside95 += came >= q.q025[j]! && came <= q.q975[j]! ? 1 : 0;
    into.days += 1;
  });
};

const none = (): Score => ({ wis: 0, inside: 0, inside95: 0, days: 0 });
const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;
console.log('ranges | WIS without, with | inside 80 % without, with | inside 95 % without, with');
for (const [name, kind] of Object.entries(kinds)) {
  const [without, withRanges] = [none(), none()];
  for (let seed = 0; seed < Number(options.seeds); seed += 1) {
    const { grid, issues, actual } = made(seed, kind);
    score(without, grid, blind(issues), actual);
    score(withRanges, grid, issues, actual);
  }
  const both = (of: 'wis' | 'inside' | 'inside95'): string =>
    [without, withRanges].map((each) => percent(each[of], each.days)).join(', ');
  console.log(`${name} | ${both('wis')} | ${both('inside')} | ${both('inside95')}`);
}
