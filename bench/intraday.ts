/**
 * The rest of a day from its calls so far, on series by interval, against no update and the ratio so far damped by half:
 *   node bench/intraday.ts [--sets FOLDER] [--only NAME,...] [--weeks 8] [--hours 8,10,12,14,16]
 * FOLDER holds NAME.csv (time, count) with an optional NAME.json ({"country": "US", "lead1_origins": [...]}). Forecasts
 * are made on the Monday of each of the last weeks; each of its days is then updated at each hour. Errors are of the
 * intervals left (WAPE) and of their sum; coverage is of the 80 % ranges of both.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { lastWeekOrigins } from '../src/forecast/backtest.ts';
import { fitQueue } from '../src/forecast/forecast-queue.ts';
import { assembleForecast, dayMeans } from '../src/forecast/plan/assemble-forecast.ts';
import { explainForecast } from '../src/forecast/plan/explain-forecast.ts';
import { updateDay } from '../src/forecast/plan/within-day.ts';
import { readSeriesCsv } from '../src/ingest/series/series-csv.ts';
import { loadCalendar } from '../src/kernel/calendar-loading.ts';
import { dayNumber } from '../src/kernel/time.ts';

const { values: options } = parseArgs({
  options: {
    sets: { type: 'string', default: join(import.meta.dirname, '../../../shared/reference/forecast/series') },
    only: { type: 'string' },
    weeks: { type: 'string', default: '8' },
    hours: { type: 'string', default: '8,10,12,14,16' },
  },
});

interface Sums {
  error: number;
  totalError: number;
  calls: number;
}
const none = (): Sums => ({ error: 0, totalError: 0, calls: 0 });

/** What an hour's updates came to; `slots` and `rests` are how many lay within their range, of how many. */
const hourSums = () => ({
  none: none(),
  damped: none(),
  updated: none(),
  slots: [0, 0] as [number, number],
  rests: [0, 0] as [number, number],
});
type HourSums = ReturnType<typeof hourSums>;

/** One day at one hour: what came, and per slot the forecast as it was, as updated, and its range; slots before `from` are known. */
interface UpdatedDay {
  readonly actual: Float64Array;
  readonly isKnown: (slot: number) => boolean;
  readonly base: (slot: number) => number;
  readonly mean: (slot: number) => number;
  readonly range: (slot: number) => readonly [number, number];
  readonly total: readonly [number, number];
}

const scoreDay = (sum: HourSums, { actual, isKnown, base, mean, range, total }: UpdatedDay): void => {
  let [seen, due, rest, plain, updated] = [0, 0, 0, 0, 0];
  const known = [...actual.keys()].filter((slot) => !Number.isNaN(actual[slot]!));
  for (const slot of known.filter(isKnown)) {
    seen += actual[slot]!;
    due += base(slot);
  }
  const ratio = due > 0 ? 1 + 0.5 * (seen / due - 1) : 1;
  for (const slot of known.filter((own) => !isKnown(own))) {
    const calls = actual[slot]!;
    sum.none.error += Math.abs(calls - base(slot));
    sum.damped.error += Math.abs(calls - ratio * base(slot));
    sum.updated.error += Math.abs(calls - mean(slot));
    for (const own of [sum.none, sum.damped, sum.updated]) own.calls += calls;
    const [low, high] = range(slot);
    if (calls >= low && calls <= high) sum.slots[0] += calls === low || calls === high ? 0.5 : 1;
    sum.slots[1] += 1;
    rest += calls;
    plain += base(slot);
    updated += mean(slot);
  }
  if (rest === 0) return;
  sum.none.totalError += Math.abs(rest - plain);
  sum.damped.totalError += Math.abs(rest - ratio * plain);
  sum.updated.totalError += Math.abs(rest - updated);
  sum.rests[0] += rest + seen >= total[0] && rest + seen <= total[1] ? 1 : 0;
  sum.rests[1] += 1;
};

const hours = options.hours.split(',').map(Number);
const only = options.only?.split(',');
for (const file of readdirSync(options.sets).filter((name) => name.endsWith('.csv'))) {
  const name = basename(file, '.csv');
  if (only?.includes(name) === false) continue;
  const about = join(options.sets, `${name}.json`);
  const facts = existsSync(about)
    ? (JSON.parse(readFileSync(about, 'utf8')) as { country?: string; lead1_origins?: string[] })
    : {};
  const calendar = await loadCalendar({ country: facts.country ?? 'US' });
  for (const [, grid] of readSeriesCsv(readFileSync(join(options.sets, file), 'utf8')).queues) {
    if (grid.slotsPerDay === 1) continue;
    const origins = (facts.lead1_origins ?? lastWeekOrigins(grid, Number(options.weeks), 0)).slice(
      -Number(options.weeks),
    );
    const sums = new Map(hours.map((hour) => [hour, hourSums()]));
    const began = process.cpuUsage();
    for (const origin of origins) {
      const request = { origin, days: 7, calendar, method: 'auto', seed: 1, pathCount: 0 } as const;
      const fitted = fitQueue(grid, request);
      if (fitted === undefined) continue;
      const { plan, history } = fitted;
      const story = explainForecast(plan, request);
      const first = dayNumber(origin) - dayNumber(grid.firstDate);
      for (let j = 0; j < 7; j += 1) {
        const actual = Float64Array.from(
          history.slotOf,
          (slot) => grid.values[(first + j) * grid.slotsPerDay + slot] ?? Number.NaN,
        );
        if (actual.every(Number.isNaN)) continue;
        const base = assembleForecast(history, plan, request, story).mean;
        for (const hour of hours) {
          const knownSlots = (hour * 60) / grid.intervalMinutes;
          const known = actual.map((calls, s) => (history.slotOf[s]! < knownSlots ? calls : Number.NaN));
          const update = updateDay(plan, dayMeans(plan)[j]!, j, known);
          const out = assembleForecast(history, plan, request, story, undefined, new Map([[j, update]]));
          const at = (s: number): number => j * grid.slotsPerDay + history.slotOf[s]!;
          scoreDay(sums.get(hour)!, {
            actual,
            isKnown: (slot) => history.slotOf[slot]! < knownSlots,
            base: (slot) => base[at(slot)]!,
            mean: (slot) => out.mean[at(slot)]!,
            range: (slot) => [out.quantiles.q10[at(slot)]!, out.quantiles.q90[at(slot)]!],
            total: [out.dayQuantiles.q10[j]!, out.dayQuantiles.q90[j]!],
          });
        }
      }
    }
    const used = process.cpuUsage(began);
    console.log(`${name}: ${origins.length} weeks, ${((used.user + used.system) / 1e6).toFixed(1)} s`);
    console.log('hour  WAPE none damped updated | sum none damped updated | intervals in 80 %  sums in 80 %');
    const all = hourSums();
    for (const [hour, { none: plain, damped, updated, slots, rests }] of sums) {
      const percent = (of: number, part: number): string => ((100 * of) / part).toFixed(2).padStart(6);
      console.log(
        `${String(hour).padStart(4)}  ${[plain, damped, updated].map((own) => percent(own.error, own.calls)).join(' ')} | ${[plain, damped, updated].map((own) => percent(own.totalError, own.calls)).join(' ')} | ${percent(slots[0], slots[1])} ${percent(rests[0], rests[1])}`,
      );
      for (const part of [0, 1] as const) {
        all.slots[part] += slots[part];
        all.rests[part] += rests[part];
      }
    }
    console.log(
      `all hours: intervals in 80 % ${((100 * all.slots[0]) / all.slots[1]).toFixed(1)}, sums ${((100 * all.rests[0]) / all.rests[1]).toFixed(1)}`,
    );
  }
}
