/**
 * Where does the automatic forecast stand beside the rivals of a kit of real series?
 *   node bench/forecast/kit.ts --kit FOLDER [--only NAME,...] [--arima]
 * FOLDER holds series/NAME.csv and NAME.json (origins by weeks ahead), results*.csv (rivals' figures) and rivals/
 * (NAME__MODEL.csv, their forecasts). By set and weeks ahead: WAPE with its standard error over weeks, bias, what lies below
 * and above the 80 % range, the best rival and the place among all, and the difference to each rival whose forecasts
 * are known, and to plain rules, week by week; with --arima, of day series, to a regression with ARIMA errors too (seconds each).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { backtestOrigin, type BacktestRun } from '../../src/forecast/backtest.ts';
import { readSeriesCsv } from '../../src/ingest/series/series-csv.ts';
import { loadCalendar } from '../../src/kernel/calendar-loading.ts';
import type { DayGrid } from '../../src/kernel/interval-series.ts';
import { dayNumber, type PlainDate, weekdayOfDay } from '../../src/kernel/time.ts';
import { forecastByArima } from './rival-arima.ts';

const { values: options } = parseArgs({
  options: {
    kit: { type: 'string' },
    only: { type: 'string' },
    arima: { type: 'boolean', default: false },
  },
});
const kit = options.kit ?? '.';
const only = options.only?.split(',');

interface Facts {
  readonly dataset: string;
  readonly lead1_origins: PlainDate[];
  readonly lead4_origins: PlainDate[];
  readonly country?: string;
}

const rowsOf = (file: string): Record<string, string>[] => {
  const [heading = '', ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const names = heading.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((cell, i) => [names[i] ?? '', cell.replaceAll('"', '')])),
  );
};

/** WAPE of every rival by set and weeks ahead, as the kit has it. */
const rivalFigures = (set: string, weeksAhead: number): { model: string; wape: number }[] =>
  readdirSync(kit)
    .filter((name) => /^results.*\.csv$/.test(name))
    .flatMap((name) => rowsOf(join(kit, name)))
    .filter(
      (row) =>
        row['dataset'] === set &&
        Number(row['lead']) === weeksAhead &&
        (row['subset'] ?? 'all') === 'all' &&
        row['model'] !== 'auto',
    )
    .map((row) => ({ model: row['model'] ?? '', wape: Number(row['WAPE']) }));

/** Sums of one week ahead of an origin. */
interface Week {
  readonly calls: number;
  readonly error: number;
  readonly bias: number;
  readonly intervals: number;
  readonly below: number;
  readonly above: number;
}

/** Every interval of the week of which the count is known, as the kit scores it. */
const scored = ({ actual, forecast, offset }: BacktestRun): number[] =>
  Array.from(actual, (_, i) => i).filter(
    (i) => i >= offset * forecast.slotsPerDay && !Number.isNaN(actual[i]!),
  );

const weekOf = (run: BacktestRun, mean: ArrayLike<number>): Week => {
  const places = scored(run);
  const { q10, q90 } = run.forecast.quantiles;
  const sum = (of: (i: number) => number): number => places.reduce((all, i) => all + of(i), 0);
  return {
    calls: sum((i) => run.actual[i]!),
    error: sum((i) => Math.abs(mean[i]! - run.actual[i]!)),
    bias: sum((i) => mean[i]! - run.actual[i]!),
    intervals: places.length,
    below: sum((i) => (run.actual[i]! < q10[i]! ? 1 : 0)),
    above: sum((i) => (run.actual[i]! > q90[i]! ? 1 : 0)),
  };
};

const total = (weeks: readonly Week[], of: (week: Week) => number): number =>
  weeks.reduce((sum, week) => sum + of(week), 0);
const wapeOf = (weeks: readonly Week[]): number =>
  (100 * total(weeks, ({ error }) => error)) / total(weeks, ({ calls }) => calls);

/** Standard error over weeks of a sum of errors over the sum of calls. */
const standardError = (weeks: readonly { readonly off: number; readonly calls: number }[]): number => {
  const calls = weeks.reduce((sum, week) => sum + week.calls, 0);
  const ratio = weeks.reduce((sum, { off }) => sum + off, 0) / calls;
  const squares = weeks.reduce((sum, { off, calls: own }) => sum + (off - ratio * own) ** 2, 0);
  return (100 * Math.sqrt((squares * weeks.length) / Math.max(1, weeks.length - 1))) / calls;
};

/** Forecasts of a rival from one origin, by interval of the run; NaN where it has none. */
const rivalMeans = (file: string, grid: DayGrid, runs: readonly BacktestRun[]): Float64Array[] => {
  const said = new Map(
    rowsOf(file).map((row) => [`${row['origin'] ?? ''}/${(row['timestamp'] ?? '').slice(0, 16)}`, row]),
  );
  return runs.map(({ origin, forecast }) =>
    Float64Array.from(forecast.mean, (_, i) => {
      const minute = (i % forecast.slotsPerDay) * grid.intervalMinutes;
      const clock = [Math.floor(minute / 60), minute % 60]
        .map((part) => String(part).padStart(2, '0'))
        .join(':');
      const date = forecast.dates[Math.floor(i / forecast.slotsPerDay)];
      return Number(said.get(`${origin}/${date ?? ''} ${clock}`)?.['mean'] ?? Number.NaN);
    }),
  );
};

/** A regression with ARIMA errors on the log totals of all days before an origin. */
const arimaMeans = (grid: DayGrid, { origin, forecast }: BacktestRun): Float64Array => {
  const first = dayNumber(grid.firstDate);
  const from = (7 - weekdayOfDay(first)) % 7;
  const known = grid.values.slice(from, dayNumber(origin) - first);
  const logs = known.map((calls) => Math.log(Math.max(1, calls)));
  return forecastByArima(logs, forecast.dates.length).map(Math.exp);
};

/** Every rival of which single forecasts are known. */
const rivalsOf = (
  set: string,
  grid: DayGrid,
  runs: readonly BacktestRun[],
): Map<string, readonly Float64Array[]> => {
  const plain = [...(runs[0]?.rivals.keys() ?? [])].map(
    (name) => [name, runs.map(({ rivals }) => rivals.get(name)!)] as const,
  );
  const folder = join(kit, 'rivals');
  const told = (existsSync(folder) ? readdirSync(folder) : [])
    .filter((file) => file.startsWith(`${set}__`))
    .map((file) => [file.slice(set.length + 2, -4), rivalMeans(join(folder, file), grid, runs)] as const);
  const arima =
    options.arima && grid.slotsPerDay === 1
      ? [['ARIMA errors', runs.map((run) => arimaMeans(grid, run))] as const]
      : [];
  return new Map([...plain, ...told, ...arima]);
};

const differenceOf = (own: readonly Week[], rival: readonly Week[]): string => {
  const weeks = own.map((week, i) => ({ off: week.error - rival[i]!.error, calls: week.calls }));
  const mean = wapeOf(own) - wapeOf(rival);
  return `${mean.toFixed(2)} ± ${standardError(weeks).toFixed(2)}`;
};

console.log(
  '| set | weeks ahead | WAPE % | bias % | below / above 80 % range | best rival | place | differences by week |\n' +
    '|---|---|---|---|---|---|---|---|',
);
/** Places among all by weeks ahead and model, set by set. */
const places = new Map([1, 4].map((weeksAhead) => [weeksAhead, new Map<string, number[]>()]));
for (const file of readdirSync(join(kit, 'series')).filter((name) => name.endsWith('.json'))) {
  const facts = JSON.parse(readFileSync(join(kit, 'series', file), 'utf8')) as Facts;
  const set = facts.dataset;
  if (only !== undefined && !only.includes(set)) continue;
  const [grid] = [...readSeriesCsv(readFileSync(join(kit, 'series', `${set}.csv`), 'utf8')).queues.values()];
  const calendar = await loadCalendar({ country: facts.country ?? 'US' });
  const forecast = { calendar, method: 'auto', seed: 1 } as const;
  for (const [weeksAhead, origins] of [
    [1, facts.lead1_origins],
    [4, facts.lead4_origins],
  ] as const) {
    const gapDays = 7 * (weeksAhead - 1);
    const runs = origins.map((origin) =>
      backtestOrigin(grid!, origin, { origins, gapDays, horizonDays: 7, forecast }),
    );
    const own = runs.map((run) => weekOf(run, run.forecast.mean));
    const rivals = rivalFigures(set, weeksAhead).toSorted((a, b) => a.wape - b.wape);
    const ranked = [...rivals, { model: 'auto', wape: wapeOf(own) }].toSorted((a, b) => a.wape - b.wape);
    const placed = places.get(weeksAhead)!;
    ranked.forEach(({ model }, i) => placed.set(model, [...(placed.get(model) ?? []), i + 1]));
    const place = 1 + ranked.findIndex(({ model }) => model === 'auto');
    const paired = [...rivalsOf(set, grid!, runs)]
      .map(([name, means]) => [name, runs.map((run, i) => weekOf(run, means[i]!))] as const)
      .filter(([, weeks]) => !Number.isNaN(wapeOf(weeks)))
      .toSorted(([, a], [, b]) => wapeOf(a) - wapeOf(b))
      .slice(0, 3)
      .map(([name, weeks]) => `${name} ${wapeOf(weeks).toFixed(2)}: ${differenceOf(own, weeks)}`);
    const intervals = total(own, (week) => week.intervals);
    const [below, above] = [total(own, (week) => week.below), total(own, (week) => week.above)];
    const error = standardError(own.map((week) => ({ off: week.error, calls: week.calls })));
    console.log(
      `| ${set} | ${weeksAhead} | ${wapeOf(own).toFixed(2)} ± ${error.toFixed(2)} | ` +
        `${((100 * total(own, ({ bias }) => bias)) / total(own, ({ calls }) => calls)).toFixed(1)} | ` +
        `${((100 * below) / intervals).toFixed(1)} / ${((100 * above) / intervals).toFixed(1)} | ` +
        `${rivals[0]?.model ?? 'none'} ${rivals[0]?.wape.toFixed(2) ?? ''} | ${place} of ${rivals.length + 1} | ${paired.join('; ')} |`,
    );
  }
}
for (const [weeksAhead, placed] of places) {
  const sets = placed.get('auto')?.length ?? 0;
  const means = [...placed]
    .filter(([, all]) => all.length === sets)
    .map(([model, all]) => ({ model, mean: all.reduce((a, b) => a + b, 0) / sets }))
    .toSorted((a, b) => a.mean - b.mean)
    .slice(0, 6);
  console.log(
    `\nmean place ${weeksAhead} weeks ahead, of those that forecast all ${sets} sets: ` +
      means.map(({ model, mean }) => `${model} ${mean.toFixed(1)}`).join(', '),
  );
}
