/**
 * The rest of a day from its calls so far, on series by interval, against no update and the ratio so far damped by half:
 *   node bench/intraday.ts [--sets FOLDER] [--only NAME,...] [--weeks 8] [--hours 8,10,12,14,16] [--daily]
 * FOLDER holds NAME.csv (time, count) with an optional NAME.json ({"country": "US", "lead1_origins": [...]}). Forecasts
 * are made on the Monday of each of the last weeks, with --daily at the start of each of their days, as the day's page
 * does; each day is then updated at each hour. Errors are of the
 * intervals left (WAPE) and of their sum; coverage is of the 80 % ranges of both.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { lastWeekOrigins } from '../src/forecast/backtest.ts';
import { readSeriesCsv } from '../src/ingest/series/series-csv.ts';
import { loadCalendar } from '../src/kernel/calendar-loading.ts';
import { datesFrom } from '../src/kernel/time.ts';
import { percentOf, scoreRests, togetherOf } from './rest-of-day.ts';

const { values: options } = parseArgs({
  options: {
    sets: { type: 'string', default: join(import.meta.dirname, '../../shared/reference/forecast/series') },
    only: { type: 'string' },
    weeks: { type: 'string', default: '8' },
    hours: { type: 'string', default: '8,10,12,14,16' },
    daily: { type: 'boolean', default: false },
  },
});

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
    const mondays = (facts.lead1_origins ?? lastWeekOrigins(grid, Number(options.weeks), 0)).slice(
      -Number(options.weeks),
    );
    const origins = options.daily ? mondays.flatMap((monday) => datesFrom(monday, 7)) : mondays;
    const began = process.cpuUsage();
    const sums = scoreRests(grid, origins, calendar, hours, options.daily ? 1 : 7);
    const used = process.cpuUsage(began);
    console.log(`${name}: ${mondays.length} weeks, ${((used.user + used.system) / 1e6).toFixed(1)} s`);
    console.log('hour  WAPE none damped updated | sum none damped updated | intervals in 80 %  sums in 80 %');
    const line = (at: string, own: ReturnType<typeof percentOf>): string => {
      const all = [own.none, own.damped, own.updated];
      const figure = (value: number): string => value.toFixed(2).padStart(6);
      return `${at.padStart(4)}  ${all.map(({ wape }) => figure(wape)).join(' ')} | ${all.map(({ sum }) => figure(sum)).join(' ')} | ${figure(own.slots)} ${figure(own.rests)}`;
    };
    for (const [hour, own] of sums) console.log(line(String(hour), percentOf(own)));
    console.log(line('all', percentOf(togetherOf(sums.values()))));
  }
}
