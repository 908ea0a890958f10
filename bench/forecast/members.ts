/**
 * What does each form of the day's level bring to the mix?
 *   node bench/forecast/members.ts --sets FOLDER [--only NAME,...] [--weeks 13] [--apart 4] [--skip 0] [--leads 1,4]
 * Day totals of weeks `apart` weeks from each other, the last `skip` weeks left out: WAPE and bias of each form alone, of the mix, and of the mix without
 * it, weighed anew from the same rolling forecasts.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { lastWeekOrigins } from '../../src/forecast/backtest.ts';
import { prepareHistory } from '../../src/forecast/history/prepare-history.ts';
import { type FittedForms, fitForms, mixedNoise, weighForms } from '../../src/forecast/level/level-forms.ts';
import { mixForecasts } from '../../src/forecast/level/family-level.ts';
import { lognormalCorrection, rollFar } from '../../src/forecast/level/rolling-levels.ts';
import { readSeriesCsv } from '../../src/ingest/series/series-csv.ts';
import { loadCalendar } from '../../src/kernel/calendar-loading.ts';
import { type DayGrid, daySlots } from '../../src/kernel/interval-series.ts';
import { dayNumber, type PlainDate } from '../../src/kernel/time.ts';
import { leadsOf, scoringOptions } from './scoring-options.ts';

const { values: options } = parseArgs({
  options: {
    ...scoringOptions('13'),
    sets: { type: 'string' },
    apart: { type: 'string', default: '4' },
    skip: { type: 'string', default: '0' },
  },
});
const folder = options.sets ?? '.';
const only = options.only?.split(',');

interface Sums {
  error: number;
  bias: number;
}

/** Log mean of days ahead by the mix, `left` of its forms left out. */
const mixWithout = (forms: FittedForms, far: ReturnType<typeof rollFar>, horizon: number, left: number) => {
  const priors = forms.priors.map((prior, form) => (form === left ? 0 : prior));
  const weights = weighForms({ ...forms, priors }, far);
  const { days, features } = forms.level.history;
  const { mean, variance } = mixForecasts(
    forms.fits.map((fit) => fit.forecast(days, days, horizon)),
    weights,
  );
  const noise = mixedNoise(forms, weights);
  return mean.map(
    (log, j) =>
      log +
      lognormalCorrection(variance[j]! + noise[features.weekdayClass[days + j]!]!, forms.level.onCounts),
  );
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
  for (const [name, logs] of told)
    for (const [j, calls] of came) {
      const sum = sums.get(name) ?? { error: 0, bias: 0 };
      const off = Math.exp(logs[j]!) - calls;
      sums.set(name, { error: sum.error + Math.abs(off), bias: sum.bias + off });
    }
  return [...came.values()].reduce((a, b) => a + b, 0);
};

console.log(
  '| set | weeks ahead | form | alone: WAPE % / bias % | the mix without it |\n|---|---|---|---|---|',
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
        const history = prepareHistory(grid, request);
        if (history === undefined) continue;
        const forms = fitForms(history, request);
        const far = rollFar(history, forms.fits);
        const told = new Map<string, Float64Array>([['mix', mixWithout(forms, far, request.days, -1)]]);
        forms.priors.forEach((_, form) => {
          const name = forms.names[form]!;
          told.set(name, forms.fits[form]!.forecast(history.days, history.days, request.days).mean);
          told.set(`without ${name}`, mixWithout(forms, far, request.days, form));
        });
        calls += addErrors(sums, told, callsOfDays(grid, origin, gapDays, request.days));
      }
      const figure = (name: string): string => {
        const { error, bias } = sums.get(name) ?? { error: Number.NaN, bias: Number.NaN };
        return `${((100 * error) / calls).toFixed(2)} / ${((100 * bias) / calls).toFixed(1)}`;
      };
      for (const name of sums.keys())
        if (!name.startsWith('without '))
          console.log(
            `| ${set} | ${weeksAhead} | ${name} | ${figure(name)} | ${name === 'mix' ? '' : figure(`without ${name}`)} |`,
          );
    }
}
