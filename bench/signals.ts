/**
 * Signals of a day in progress on made-up days (tests/support/watched-days.ts), whose laws signals know by sixty past days only:
 *   node bench/signals.ts [--days 500] [--height 120] [--planted 100] [--seed 0]
 * First the false alarms of ordinary days, a week over all kinds, looked for after every second half-hour from eight to
 * twenty o'clock; then, for changes planted at eleven o'clock, after how many half-hours the right signal stood in half and
 * in nine tenths of the days, and how often the first signal of the change was called what it was.
 *   node bench/signals.ts --bound
 * What the best possible test would find of such changes on the same days, at the false alarms that its kind bears: one that
 * knows the laws of the days, the size of the change and when it began.
 *   node bench/signals.ts --series FOLDER [--only NAME,...]
 * The alarms of real days instead: those of NAME.csv (time, count) with NAME.json ({"lead1_origins": [...]}), each week
 * against the forecast made on its Monday, looked for after every hour.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { fitQueue } from '../src/forecast/forecast-queues.ts';
import { dayMeans } from '../src/forecast/plan/assemble-forecast.ts';
import { readSeriesCsv } from '../src/ingest/series/series-csv.ts';
import type { MeasuredDay } from '../src/intraday/watched-day.ts';
import { loadCalendar } from '../src/kernel/calendar-loading.ts';
import { dayNumber } from '../src/kernel/time.ts';
import { normalQuantile } from '../src/kernel/distributions.ts';
import { factorOf, type ResidualLaw, solveFactor } from '../src/intraday/residual-law.ts';
import { findSignals } from '../src/intraday/signals.ts';
import { madeDay, type MadeLine, pastOf, type Planted, watchedDays } from '../tests/support/watched-days.ts';

const { values: options } = parseArgs({
  options: {
    days: { type: 'string', default: '500' },
    height: { type: 'string', default: '120' },
    planted: { type: 'string', default: '100' },
    seed: { type: 'string', default: '0' },
    series: { type: 'string' },
    only: { type: 'string' },
    bound: { type: 'boolean', default: false },
  },
});
/** Alarms of the days of a real series. */
const scoreSeries = async (folder: string): Promise<void> => {
  const only = options.only?.split(',');
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.csv'))) {
    const name = basename(file, '.csv');
    const about = join(folder, `${name}.json`);
    if (only?.includes(name) === false || !existsSync(about)) continue;
    const facts = JSON.parse(readFileSync(about, 'utf8')) as { country?: string; lead1_origins?: string[] };
    const calendar = await loadCalendar({ country: facts.country ?? 'US' });
    const [grid] = [...readSeriesCsv(readFileSync(join(folder, file), 'utf8')).queues.values()];
    if (grid === undefined || grid.slotsPerDay === 1) continue;
    const told: string[] = [];
    let days = 0;
    for (const origin of facts.lead1_origins ?? []) {
      const fitted = fitQueue(grid, { origin, days: 7, calendar, method: 'auto', seed: 1, pathCount: 0 });
      if (fitted === undefined) continue;
      const { plan, history } = fitted;
      const slots = history.slotOf.length;
      const measured = (expected: ArrayLike<number>, came: (slot: number) => number): MeasuredDay => {
        const due = Float64Array.from({ length: slots }, (_, slot) => expected[slot] ?? 0);
        return {
          came: Float64Array.from({ length: slots }, (_, slot) => came(slot)),
          expected: due,
          weight: due,
        };
      };
      const past = new Map(
        plan
          .withinDay()
          .past.map(({ day, expected }) => [
            `${day}`,
            measured(expected, (slot) => history.values[day * slots + slot] ?? Number.NaN),
          ]),
      );
      const first = dayNumber(origin) - dayNumber(grid.firstDate);
      for (let j = 0; j < 7; j += 1) {
        const mean = dayMeans(plan)[j] ?? 0;
        const expected = Float64Array.from({ length: slots }, (_, slot) =>
          history.open[(history.days + j) * slots + slot] === 0
            ? 0
            : mean * (plan.shares[j * slots + slot] ?? 0),
        );
        const came = (slot: number): number =>
          grid.values[(first + j) * grid.slotsPerDay + (history.slotOf[slot] ?? 0)] ?? Number.NaN;
        if (!Array.from({ length: slots }, (_, slot) => came(slot)).some((calls) => !Number.isNaN(calls)))
          continue;
        days += 1;
        const seen = new Map<string, string>();
        const step = Math.max(1, Math.round(60 / grid.intervalMinutes));
        for (let now = step; now <= slots; now += step) {
          const none = new Float64Array(slots).fill(Number.NaN);
          const nothing = {
            today: { came: none, expected: none, weight: none },
            past: new Map<string, MeasuredDay>(),
          };
          const today = measured(expected, (slot) => (slot < now ? came(slot) : Number.NaN));
          const signals = findSignals({
            now,
            intervalMinutes: grid.intervalMinutes,
            queues: [{ queue: name, calls: { today, past }, handleTime: nothing }],
            answered: none,
            offered: none,
            rowsUntil: now,
            operators: {
              rostered: new Float64Array(slots),
              present: none,
              answeredShare: none,
              absence: 0.05,
            },
            falseAlarmsPerWeek: 1,
          });
          for (const { kind, factor, since } of signals.filter((own) => !seen.has(own.kind)))
            seen.set(kind, `${origin}+${j} ${kind} × ${factor.toFixed(2)} from slot ${since} at ${now}`);
        }
        told.push(...seen.values());
      }
    }
    console.log(
      `${name}: ${days} days, ${told.length} alarms, ${((7 * told.length) / days).toFixed(2)} in seven days (1 is borne)`,
    );
    for (const each of told) console.log(`  ${each}`);
  }
};

const scoreMadeUp = (): void => {
  const line: MadeLine = { callsAtHeight: Number(options.height), operators: 30, presence: true };
  const seed = Number(options.seed) * 1_000_000;
  /** A new past every twenty days: one lucky or unlucky past must not decide. */
  const known = new Map<number, ReturnType<typeof pastOf>>();
  const pastFor = (day: number): ReturnType<typeof pastOf> => {
    const own = seed + 1000 + Math.floor(day / 20);
    const past = known.get(own) ?? pastOf(line, own);
    known.set(own, past);
    return past;
  };

  const days = Number(options.days);
  const kinds = new Map<string, number>();
  for (let d = 0; d < days; d += 1) {
    const at = watchedDays(line, pastFor(d), seed + 5000 + d);
    const seen = new Set<string>();
    for (let now = madeDay.opens + 1; now <= madeDay.closes; now += 2)
      for (const { kind } of findSignals(at(now))) seen.add(kind);
    for (const kind of seen) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const alarms = [...kinds.values()].reduce((sum, n) => sum + n, 0);
  console.log(
    `${days} ordinary days of ${line.callsAtHeight} calls a half-hour: ${((7 * alarms) / days).toFixed(2)} false alarms a week (1 is borne): ${[...kinds].map(([kind, n]) => `${kind} ${n}`).join(', ')}`,
  );

  const from = 22;
  const cases: readonly (readonly [kind: string, size: string, planted: Planted])[] = [
    ...[1.15, 1.2, 1.25, 1.3, 1.4].map((calls) => ['more-calls', `${calls}`, { from, calls }] as const),
    ...[0.85, 0.75, 0.6].map((calls) => ['fewer-calls', `${calls}`, { from, calls }] as const),
    ...[1.15, 1.2, 1.3, 1.4].map(
      (handleTime) => ['longer-calls', `${handleTime}`, { from, handleTime }] as const,
    ),
    ['fewer-operators', '0.8', { from, operators: 0.8 }],
  ];
  const planted = Number(options.planted);
  for (const [kind, size, change] of cases) {
    const waits: number[] = [];
    let [named, called] = [0, 0];
    for (let d = 0; d < planted; d += 1) {
      const at = watchedDays(line, pastFor(d), seed + 90_000 + d, change);
      let found = Infinity;
      let isNamed = false;
      for (let now = from + 1; now <= madeDay.closes && found === Infinity; now += 1) {
        const signals = findSignals(at(now)).filter(({ since }) => since >= from - 3);
        if (signals.length > 0 && !isNamed) {
          isNamed = true;
          named += 1;
          called += signals[0]?.kind === kind ? 1 : 0;
        }
        if (signals.some((signal) => signal.kind === kind)) found = now - from;
      }
      waits.push(found);
    }
    waits.sort((a, b) => a - b);
    const inDay = waits.filter(Number.isFinite).length;
    const at = (share: number): string => String(waits[Math.ceil(share * planted) - 1]);
    console.log(
      `${kind.padEnd(16)} × ${size.padEnd(5)} found after ${at(0.5)} in half, ${at(0.9)} in nine tenths, on ${inDay} of ${planted} days; rightly named ${((100 * called) / Math.max(1, named)).toFixed(0)} % of ${named}`,
    );
  }
};

/**
 * The likelihood ratio of a known step from a known time on, under the very laws by which the days are drawn (Neyman and
 * Pearson: no test of that step finds more at the same false alarms): how many standard errors the step has moved it by,
 * half-hour after half-hour, and on how many of the drawn days it was found by closing time, asked once then, and asked
 * after every half-hour. Its limits are those of ordinary days.
 */
const scoreBound = (): void => {
  const line: MadeLine = { callsAtHeight: Number(options.height), operators: 30, presence: true };
  const seed = Number(options.seed) * 1_000_000;
  const [ordinary, planted] = [20 * Number(options.planted), Number(options.planted)];
  const from = 22;
  const at = Array.from({ length: madeDay.closes - madeDay.opens }, (_, k) => madeDay.opens + k);
  // As tests/support/watched-days.ts draws them.
  const calls: ResidualLaw = {
    count: 1,
    relative: 0.002,
    shared: 0.06 ** 2,
    fading: 0.04 ** 2,
    hours: -0.5 / Math.log(0.75),
  };
  const handleTime: ResidualLaw = { count: 0.8, relative: 0, shared: 0.025 ** 2, fading: 0, hours: 1 };
  const normalLimit = (chance: number): number => normalQuantile(1 - chance);
  // One alarm a week over three tests: of calls both ways.
  const borne = 1 / 7 / 3;
  const cases = [
    ...[1.15, 1.2, 1.25, 1.3, 1.4, 0.85, 0.75, 0.6].map((step) => ['calls', calls, step, borne / 2] as const),
    ...[1.15, 1.2, 1.3, 1.4].map((step) => ['handleTime', handleTime, step, borne] as const),
  ];
  for (const [what, law, step, chance] of cases) {
    const shift = 2 * (Math.sqrt(step) - 1);
    /** The ratio in standard errors after each half-hour since the step, and how far the step moves it. */
    const ratiosOf = (day: number, change?: Planted): { readonly z: number[]; readonly moved: number[] } => {
      const [queue] = watchedDays(line, [], seed + day, change)(madeDay.closes).queues;
      const { came, expected, weight } = (queue as NonNullable<typeof queue>)[what].today;
      const factor = factorOf(law, at, weight, 30);
      const white = solveFactor(
        factor,
        at.map((i) => 2 * (Math.sqrt((came[i] ?? 0) / (expected[i] ?? 1)) - 1)),
      );
      const signature = solveFactor(
        factor,
        at.map((i) => (i >= from ? shift : 0)),
      );
      let [sum, squares] = [0, 0];
      const [z, moved]: [number[], number[]] = [[], []];
      at.forEach((i, k) => {
        if (i < from) return;
        sum += (signature[k] ?? 0) * (white[k] ?? 0);
        squares += (signature[k] ?? 0) ** 2;
        z.push(sum / Math.sqrt(squares));
        moved.push(Math.sqrt(squares));
      });
      return { z, moved };
    };
    const quiet = Array.from({ length: ordinary }, (_, d) => ratiosOf(500_000 + d).z);
    const limitOf = (of: (z: readonly number[]) => number): number =>
      quiet.map(of).sort((a, b) => b - a)[Math.floor(chance * ordinary)] ?? Infinity;
    const last = (z: readonly number[]): number => z.at(-1) ?? Number.NaN;
    const [once, often] = [limitOf(last), limitOf((z) => Math.max(...z))];
    const days = Array.from({ length: planted }, (_, d) => ratiosOf(90_000 + d, { from, [what]: step }));
    const percentOf = (isFound: (z: readonly number[]) => boolean): string =>
      `${((100 * days.filter(({ z }) => isFound(z)).length) / planted).toFixed(0)} %`;
    const [{ moved } = { moved: [] }] = days;
    const after = moved.findIndex((errors) => errors >= normalLimit(chance) + 1.2816);
    console.log(
      `${what} × ${step}: ${moved.at(-1)?.toFixed(2)} standard errors by closing time; in nine tenths ${after < 0 ? 'not in the day' : `after ${after + 1}`}; found on ${percentOf((z) => last(z) > once)} of ${planted} days asked once at closing time, ${percentOf((z) => Math.max(...z) > often)} asked every half-hour`,
    );
  }
};

if (options.bound) scoreBound();
else if (options.series === undefined) scoreMadeUp();
else await scoreSeries(options.series);
