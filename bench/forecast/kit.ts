/**
 * Where does the automatic forecast stand beside the rivals of a kit of real series?
 *   node bench/forecast/kit.ts --kit FOLDER [--only NAME,...] [--methods NAME,...] [--arima] [--leave-one-out]
 * FOLDER holds series/NAME.csv and NAME.json (origins by weeks ahead), results*.csv (rivals' figures) and rivals/
 * (NAME__MODEL.csv, their forecasts). By set and weeks ahead: WAPE with its standard error over weeks, bias, what lies below
 * and above the 80 % range, the best rival and the place among all, and the difference to each rival whose forecasts
 * are known, to plain rules and to the --methods named, week by week; with --arima, of day series, to a regression with ARIMA
 * errors too (seconds each).
 * With --leave-one-out every set is forecast once more with the numbers of the mix (priors of its kinds of forms, sharpness of
 * evidence) that are best on all other sets together, their scored weeks and up to 13 before these, four weeks apart.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { backtestOrigin, type BacktestRequest, type BacktestRun } from '../../src/forecast/backtest.ts';
import type { MethodName } from '../../src/contract/http/job-requests.ts';
import { prepareHistory } from '../../src/forecast/history/prepare-history.ts';
import { fitForms } from '../../src/forecast/level/level-forms.ts';
import { rollFar } from '../../src/forecast/level/rolling-levels.ts';
import { readSeriesCsv } from '../../src/ingest/series/series-csv.ts';
import { loadCalendar } from '../../src/kernel/calendar-loading.ts';
import type { Calendar } from '../../src/kernel/calendar.ts';
import type { DayGrid } from '../../src/kernel/interval-series.ts';
import { addDays, dayNumber, type PlainDate, weekdayOfDay } from '../../src/kernel/time.ts';
import { formsAhead, mixedLogs } from './mixed-forms.ts';
import { forecastByArima } from './rival-arima.ts';

const { values: options } = parseArgs({
  options: {
    kit: { type: 'string' },
    only: { type: 'string' },
    methods: { type: 'string', default: 'low-rank,holt-winters,calendar-regression' },
    arima: { type: 'boolean', default: false },
    'leave-one-out': { type: 'boolean', default: false },
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

/** Every rival of which single forecasts are known, and own methods by name. */
const rivalsOf = (
  set: string,
  grid: DayGrid,
  runs: readonly BacktestRun[],
  asked: BacktestRequest,
): Map<string, readonly Float64Array[]> => {
  const named = (options.methods === '' ? [] : options.methods.split(',')).map((method) => {
    const forecast = { ...asked.forecast, method: method as MethodName };
    return [
      method,
      runs.map(({ origin }) => backtestOrigin(grid, origin, { ...asked, forecast }).forecast.mean),
    ] as const;
  });
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
  return new Map([...plain, ...told, ...named, ...arima]);
};

const differenceOf = (own: readonly Week[], rival: readonly Week[]): string => {
  const weeks = own.map((week, i) => ({ off: week.error - rival[i]!.error, calls: week.calls }));
  const mean = wapeOf(own) - wapeOf(rival);
  return `${mean.toFixed(2)} ± ${standardError(weeks).toFixed(2)}`;
};

/** Numbers of the mix, as multiples of those that stand. */
interface MixNumbers {
  readonly dayLevel: number;
  readonly regressions: number;
  readonly smoothed: number;
  readonly growth: number;
  readonly sharpness: number;
}

const mixesTried: MixNumbers[] = [1, 0.5, 2].flatMap((dayLevel) =>
  [1, 0.5, 2].flatMap((regressions) =>
    [1, 0, 0.5, 2].flatMap((smoothed) =>
      [1, 0, 3].flatMap((growth) =>
        [1, 0, 0.5, 2].map((sharpness) => ({ dayLevel, regressions, smoothed, growth, sharpness })),
      ),
    ),
  ),
);

/** One origin's week under each of the mixes tried: its days are moved, the shape within them stays. */
const weeksUnder = (grid: DayGrid, run: BacktestRun, calendar: Calendar): readonly Week[] => {
  const { origin, forecast } = run;
  const request = { origin, days: forecast.dates.length, calendar, method: 'auto', seed: 1 } as const;
  const history = prepareHistory(grid, request)!;
  const forms = fitForms(history, request);
  const [far, ahead] = [rollFar(history, forms.fits), formsAhead(forms)];
  const standing = mixedLogs(forms, ahead, far);
  return mixesTried.map(({ sharpness, ...factors }) => {
    const priors = forms.priors.map((prior, form) => {
      const name = forms.names[form]!;
      if (name.startsWith('smoothed') || name === 'half-year') return prior * factors.smoothed;
      if (name.endsWith('regression')) return prior * factors.regressions;
      return prior * (name === 'day-level' ? factors.dayLevel : factors.growth);
    });
    const logs = mixedLogs(forms, ahead, far, priors, sharpness);
    const mean = forecast.mean.map((calls, i) => {
      const day = Math.floor(i / forecast.slotsPerDay);
      return calls * Math.exp(logs[day]! - standing[day]!);
    });
    return weekOf(run, mean);
  });
};

/** A set so many weeks ahead: its scored weeks and those before them. */
interface Teacher {
  readonly set: string;
  readonly weeksAhead: number;
  readonly scored: readonly (readonly Week[])[];
  readonly taught: readonly (readonly Week[])[];
  readonly rivals: readonly { readonly model: string; readonly wape: number }[];
  readonly single: ReadonlyMap<string, readonly Week[]>;
}

/** WAPE of each mix on a teacher's weeks, as logs. */
const lessonOf = ({ scored, taught }: Teacher): number[] =>
  mixesTried.map((_, mix) => Math.log(wapeOf([...scored, ...taught].map((weeks) => weeks[mix]!))));

const leaveOneOut = (teachers: readonly Teacher[]): void => {
  console.log(
    '\n| set left out | weeks ahead | learnt from the others (multiples) | WAPE % so | as it stands | best rival | place | differences by week |\n' +
      '|---|---|---|---|---|---|---|---|',
  );
  const lessons = new Map(teachers.map((teacher) => [teacher, lessonOf(teacher)]));
  const placesOf = new Map<number, number[]>();
  for (const teacher of teachers) {
    const others = teachers.filter(
      ({ set, weeksAhead }) => set !== teacher.set && weeksAhead === teacher.weeksAhead,
    );
    const score = mixesTried.map((_, i) => others.reduce((sum, other) => sum + lessons.get(other)![i]!, 0));
    const learnt = score.indexOf(Math.min(...score));
    const own = teacher.scored.map((weeks) => weeks[learnt]!);
    const standing = teacher.scored.map((weeks) => weeks[0]!);
    const wape = wapeOf(own);
    const place = 1 + teacher.rivals.filter((rival) => rival.wape < wape).length;
    placesOf.set(teacher.weeksAhead, [...(placesOf.get(teacher.weeksAhead) ?? []), place]);
    const paired = [['as it stands', standing] as const, ...teacher.single]
      .toSorted(([, a], [, b]) => wapeOf(a) - wapeOf(b))
      .slice(0, 4)
      .map(([name, weeks]) => `${name} ${wapeOf(weeks).toFixed(2)}: ${differenceOf(own, weeks)}`);
    console.log(
      `| ${teacher.set} | ${teacher.weeksAhead} | ${Object.entries(mixesTried[learnt]!)
        .filter(([, value]) => value !== 1)
        .map(([name, value]) => `${name} ${String(value)}`)
        .join(', ')} | ` +
        `${wape.toFixed(2)} | ${wapeOf(standing).toFixed(2)} | ${teacher.rivals[0]?.model ?? 'none'} ${teacher.rivals[0]?.wape.toFixed(2) ?? ''} | ` +
        `${place} of ${teacher.rivals.length + 1} | ${paired.join('; ')} |`,
    );
  }
  for (const [weeksAhead, all] of placesOf)
    console.log(
      `\nmean place ${weeksAhead} weeks ahead, learnt so: ${(all.reduce((a, b) => a + b, 0) / all.length).toFixed(1)}`,
    );
};

console.log(
  '| set | weeks ahead | WAPE % | bias % | below / above 80 % range | best rival | place | differences by week |\n' +
    '|---|---|---|---|---|---|---|---|',
);
/** Weeks before the scored ones that a set teaches by, and the fewest days of history before the first. */
const weeksBefore = 13;
const fewestDaysBefore = 140;
const teachers: Teacher[] = [];
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
    const asked = { origins, gapDays, horizonDays: 7, forecast };
    const runs = origins.map((origin) => backtestOrigin(grid!, origin, asked));
    const own = runs.map((run) => weekOf(run, run.forecast.mean));
    const rivals = rivalFigures(set, weeksAhead).toSorted((a, b) => a.wape - b.wape);
    const ranked = [...rivals, { model: 'auto', wape: wapeOf(own) }].toSorted((a, b) => a.wape - b.wape);
    const placed = places.get(weeksAhead)!;
    ranked.forEach(({ model }, i) => placed.set(model, [...(placed.get(model) ?? []), i + 1]));
    const place = 1 + ranked.findIndex(({ model }) => model === 'auto');
    const single = [...rivalsOf(set, grid!, runs, asked)]
      .map(([name, means]) => [name, runs.map((run, i) => weekOf(run, means[i]!))] as const)
      .filter(([, weeks]) => !Number.isNaN(wapeOf(weeks)));
    if (options['leave-one-out']) {
      const earliest = addDays(grid!.firstDate, fewestDaysBefore);
      const before = Array.from({ length: weeksBefore }, (_, k) => addDays(origins[0]!, -28 * (k + 1)));
      teachers.push({
        set,
        weeksAhead,
        scored: runs.map((run) => weeksUnder(grid!, run, calendar)),
        taught: before
          .filter((origin) => origin >= earliest)
          .map((origin) => weeksUnder(grid!, backtestOrigin(grid!, origin, asked), calendar)),
        rivals,
        single: new Map(single),
      });
    }
    const paired = single
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
if (teachers.length > 0) leaveOneOut(teachers);
