/**
 * What does each form of the day's level bring to the mix?
 *   node bench/forecast/members.ts --sets FOLDER [--only NAME,...] [--weeks 13] [--apart 4] [--skip 0] [--leads 1,4] [--window 265]
 * Day totals of weeks `apart` weeks from each other, the last `skip` weeks left out: WAPE and bias of each form alone, of the mix, and of the mix without
 * it, weighed anew from the same rolling forecasts; last how much more the mix without it errs, with its standard error over weeks. With
 * --window nothing is known but so many days before each origin.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { lastWeekOrigins } from '../../src/forecast/backtest.ts';
import { prepareHistory } from '../../src/forecast/history/prepare-history.ts';
import { fitForms } from '../../src/forecast/level/level-forms.ts';
import { rollFar } from '../../src/forecast/level/rolling-levels.ts';
import { readSeriesCsv } from '../../src/ingest/series/series-csv.ts';
import { loadCalendar } from '../../src/kernel/calendar-loading.ts';
import { type DayGrid, daySlots } from '../../src/kernel/interval-series.ts';
import { addDays, dayNumber, type PlainDate } from '../../src/kernel/time.ts';
import { formsAhead, mixedLogs } from './mixed-forms.ts';
import { leadsOf, scoringOptions } from './scoring-options.ts';

const { values: options } = parseArgs({
  options: {
    ...scoringOptions('13'),
    sets: { type: 'string' },
    apart: { type: 'string', default: '4' },
    skip: { type: 'string', default: '0' },
    window: { type: 'string' },
  },
});
const folder = options.sets ?? '.';
const only = options.only?.split(',');

interface Sums {
  error: number;
  bias: number;
  /** Error week by week. */
  readonly weeks: number[];
}

/** The days of a grid from so many before an origin on. */
const windowBefore = (grid: DayGrid, origin: PlainDate, days: number): DayGrid => {
  const first = Math.max(0, dayNumber(origin) - dayNumber(grid.firstDate) - days);
  return {
    ...grid,
    firstDate: addDays(grid.firstDate, first),
    dayCount: grid.dayCount - first,
    values: grid.values.subarray(first * grid.slotsPerDay),
  };
};

/** Calls of each day ahead of an origin of which more than half is on record, by its place. */
const callsOfDays = (grid: DayGrid, origin: PlainDate, from: number, to: number): Map<number, number> => {
  const first = dayNumber(origin) - dayNumber(grid.firstDate);
  const days = Array.from({ length: to - from }, (_, i) => from + i).flatMap((j) => {
    const counts = daySlots(grid, first + j);
    const known = counts.filter((count) => !Number.isNaN(count));
    return known.length <= counts.length / 2 ? [] : [[j, known.reduce((a, b) => a + b, 0)] as const];
  });
  return new Map(days);
};

/** Adds what each form lies off to its sums; returns the calls that came. */
const addErrors = (
  sums: Map<string, Sums>,
  told: ReadonlyMap<string, Float64Array>,
  came: ReadonlyMap<number, number>,
): number => {
  for (const [name, logs] of told) {
    const sum = sums.get(name) ?? { error: 0, bias: 0, weeks: [] };
    const off = [...came].map(([j, calls]) => Math.exp(logs[j]!) - calls);
    const error = off.reduce((all, each) => all + Math.abs(each), 0);
    sum.error += error;
    sum.bias += off.reduce((all, each) => all + each, 0);
    sum.weeks.push(error);
    sums.set(name, sum);
  }
  return [...came.values()].reduce((a, b) => a + b, 0);
};

console.log(
  '| set | weeks ahead | form | alone: WAPE % / bias % | the mix without it | more, % |\n|---|---|---|---|---|---|',
);
for (const file of readdirSync(folder).filter((name) => name.endsWith('.csv'))) {
  const set = basename(file, '.csv');
  if (only !== undefined && !only.includes(set)) continue;
  const about = join(folder, `${set}.json`);
  const facts = existsSync(about) ? (JSON.parse(readFileSync(about, 'utf8')) as { country?: string }) : {};
  const calendar = await loadCalendar({ country: facts.country ?? null });
  for (const [, grid] of readSeriesCsv(readFileSync(join(folder, file), 'utf8')).queues)
    for (const { weeksAhead, gapDays } of leadsOf(options.leads)) {
      const apart = Number(options.apart);
      const weeks = apart * Number(options.weeks);
      const origins = lastWeekOrigins(grid, weeks + Number(options.skip), gapDays)
        .slice(0, weeks)
        .filter((_, i) => (i + 1) % apart === 0);
      const sums = new Map<string, Sums>();
      let calls = 0;
      for (const origin of origins) {
        const request = { origin, days: gapDays + 7, calendar, method: 'auto', seed: 1 } as const;
        const known =
          options.window === undefined ? grid : windowBefore(grid, origin, Number(options.window));
        const history = prepareHistory(known, request);
        if (history === undefined) continue;
        const forms = fitForms(history, request);
        const far = rollFar(history, forms.fits);
        const ahead = formsAhead(forms);
        const told = new Map([['mix', mixedLogs(forms, ahead, far)]]);
        forms.priors.forEach((_, left) => {
          const name = forms.names[left]!;
          const priors = forms.priors.map((prior, form) => (form === left ? 0 : prior));
          told.set(name, ahead[left]!.mean);
          told.set(`without ${name}`, mixedLogs(forms, ahead, far, priors));
        });
        calls += addErrors(sums, told, callsOfDays(grid, origin, gapDays, request.days));
      }
      const figure = (name: string): string => {
        const { error, bias } = sums.get(name) ?? { error: Number.NaN, bias: Number.NaN };
        return `${((100 * error) / calls).toFixed(2)} / ${((100 * bias) / calls).toFixed(1)}`;
      };
      const mix = sums.get('mix');
      const lossWithout = (name: string): string => {
        const weeks = sums.get(`without ${name}`)?.weeks ?? [];
        const more = weeks.map((error, i) => error - mix!.weeks[i]!);
        const mean = more.reduce((a, b) => a + b, 0) / more.length;
        const spread = Math.sqrt(
          (more.reduce((sum, each) => sum + (each - mean) ** 2, 0) * more.length) / (more.length - 1),
        );
        return `${((100 * mean * more.length) / mix!.error).toFixed(1)} ± ${((100 * spread) / mix!.error).toFixed(1)}`;
      };
      for (const name of sums.keys())
        if (!name.startsWith('without '))
          console.log(
            `| ${set} | ${weeksAhead} | ${name} | ${figure(name)} | ${name === 'mix' ? '' : `${figure(`without ${name}`)} | ${lossWithout(name)}`} |`,
          );
    }
}
