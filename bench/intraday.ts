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
    const sums = new Map(
      hours.map((hour) => [
        hour,
        { none: none(), damped: none(), updated: none(), slots: [0, 0], rests: [0, 0] },
      ]),
    );
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
          let [seen, due] = [0, 0];
          known.forEach((calls, s) => {
            if (Number.isNaN(calls)) return;
            seen += calls;
            due += base[at(s)]!;
          });
          const ratio = due > 0 ? 1 + 0.5 * (seen / due - 1) : 1;
          const sum = sums.get(hour)!;
          let [rest, plain, updated, known0] = [0, 0, 0, 0];
          actual.forEach((calls, s) => {
            if (Number.isNaN(calls)) return;
            if (history.slotOf[s]! < knownSlots) {
              known0 += calls;
              return;
            }
            const [before, after] = [base[at(s)]!, out.mean[at(s)]!];
            sum.none.error += Math.abs(calls - before);
            sum.damped.error += Math.abs(calls - ratio * before);
            sum.updated.error += Math.abs(calls - after);
            for (const own of [sum.none, sum.damped, sum.updated]) own.calls += calls;
            const [low, high] = [out.quantiles.q10[at(s)]!, out.quantiles.q90[at(s)]!];
            sum.slots[0]! += calls >= low && calls <= high ? (calls === low || calls === high ? 0.5 : 1) : 0;
            sum.slots[1]! += 1;
            rest += calls;
            plain += before;
            updated += after;
          });
          if (rest === 0) continue;
          sum.none.totalError += Math.abs(rest - plain);
          sum.damped.totalError += Math.abs(rest - ratio * plain);
          sum.updated.totalError += Math.abs(rest - updated);
          const [low, high] = [out.dayQuantiles.q10[j]!, out.dayQuantiles.q90[j]!];
          sum.rests[0]! += rest + known0 >= low && rest + known0 <= high ? 1 : 0;
          sum.rests[1]! += 1;
        }
      }
    }
    const used = process.cpuUsage(began);
    console.log(`${name}: ${origins.length} weeks, ${((used.user + used.system) / 1e6).toFixed(1)} s`);
    console.log('hour  WAPE none damped updated | sum none damped updated | intervals in 80 %  sums in 80 %');
    const all = { slots: [0, 0], rests: [0, 0] };
    for (const [hour, { none: plain, damped, updated, slots, rests }] of sums) {
      const percent = (of: number, part: number): string => ((100 * of) / part).toFixed(2).padStart(6);
      console.log(
        `${String(hour).padStart(4)}  ${[plain, damped, updated].map((own) => percent(own.error, own.calls)).join(' ')} | ${[plain, damped, updated].map((own) => percent(own.totalError, own.calls)).join(' ')} | ${percent(slots[0]!, slots[1]!)} ${percent(rests[0]!, rests[1]!)}`,
      );
      for (const part of [0, 1]) {
        all.slots[part]! += slots[part]!;
        all.rests[part]! += rests[part]!;
      }
    }
    console.log(
      `all hours: intervals in 80 % ${((100 * all.slots[0]!) / all.slots[1]!).toFixed(1)}, sums ${((100 * all.rests[0]!) / all.rests[1]!).toFixed(1)}`,
    );
  }
}
