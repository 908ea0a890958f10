/**
 * The table of methods × sets × measures × times:
 *   node bench/forecast/run.ts [--sets FOLDER] [--only NAME,...] [--methods NAME,...] [--weeks 8] [--write]
 * FOLDER holds NAME.csv (time, count) with an optional NAME.json ({"country": "US"}); without it the made-up
 * sets are scored. --write puts the table into bench/forecast/README.md.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  backtestOrigin,
  type BacktestRun,
  lastWeekOrigins,
  scoreBacktest,
} from '../../src/forecast/backtest.ts';
import { methodNames, type MethodName } from '../../src/contract/http/job-requests.ts';
import { knownHistory } from '../../src/forecast/history/opening-pattern.ts';
import { readSeriesCsv } from '../../src/ingest/series/series-csv.ts';
import { loadCalendar } from '../../src/kernel/calendar-loading.ts';
import { madeUpSets, type BenchSet } from './made-up-sets.ts';
import { leadsOf, scoringOptions } from './scoring-options.ts';

const { values: options } = parseArgs({
  options: {
    ...scoringOptions('8'),
    sets: { type: 'string' },
    methods: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});

const readSets = (folder: string): BenchSet[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.csv'))
    .flatMap((file) => {
      const about = join(folder, file.replace(/\.csv$/, '.json'));
      const facts = existsSync(about)
        ? (JSON.parse(readFileSync(about, 'utf8')) as { country?: string })
        : {};
      const { queues } = readSeriesCsv(readFileSync(join(folder, file), 'utf8'));
      return [...queues].map(([queue, grid]) => ({
        name: basename(file, '.csv') + (queue === '' ? '' : `/${queue}`),
        grid,
        country: facts.country ?? null,
      }));
    });

interface Line {
  readonly set: string;
  readonly lead: number;
  readonly method: string;
  readonly wape: number;
  readonly bias: number;
  readonly dayMape: number;
  readonly coverage80: number;
  readonly coverage95: number;
  readonly dayCoverage80: number;
  readonly seconds: number;
  readonly runs: readonly BacktestRun[];
}

const dayCoverage = (runs: readonly BacktestRun[]): number => {
  let inside = 0;
  let days = 0;
  for (const { forecast: f, actual, reported, offset } of runs) {
    for (let d = offset; d < f.dates.length; d += 1) {
      let sum = 0;
      let whole = true;
      let any = false;
      for (let i = d * f.slotsPerDay; i < (d + 1) * f.slotsPerDay; i += 1) {
        if (reported[i] === 0) continue;
        if (Number.isNaN(actual[i]!)) whole = false;
        else {
          sum += actual[i]!;
          any = true;
        }
      }
      if (!whole || !any) continue;
      days += 1;
      if (sum >= f.dayQuantiles.q10[d]! && sum <= f.dayQuantiles.q90[d]!) inside += 1;
    }
  }
  return inside / days;
};

const percent = (share: number, digits = 1): string => (100 * share).toFixed(digits);

const rivalLines = (set: string, lead: number, runs: readonly BacktestRun[]): Line[] =>
  scoreBacktest(runs).rivals.map(({ method, wape }) => ({
    set,
    lead,
    method,
    wape: wape ?? Number.NaN,
    bias: Number.NaN,
    dayMape: Number.NaN,
    coverage80: Number.NaN,
    coverage95: Number.NaN,
    dayCoverage80: Number.NaN,
    seconds: 0,
    runs: [],
  }));

const methods = (options.methods?.split(',') ?? ['auto', ...methodNames]) as ('auto' | MethodName)[];
const only = options.only?.split(',');
const sets = (options.sets === undefined ? madeUpSets() : readSets(options.sets)).filter(
  (s) => only === undefined || only.includes(s.name),
);
const lines: Line[] = [];
for (const { name, grid, country } of sets) {
  const calendar = await loadCalendar({ country });
  for (const { weeksAhead: lead, gapDays } of leadsOf(options.leads)) {
    const origins = lastWeekOrigins(grid, Number(options.weeks), gapDays).filter((origin) => {
      const known = knownHistory(grid, origin);
      return known.spanDays >= 19 && known.daysWithData >= 10;
    });
    if (origins.length === 0) continue;
    for (const method of methods) {
      const started = process.cpuUsage();
      const runs = origins.map((origin) =>
        backtestOrigin(grid, origin, {
          origins,
          gapDays,
          horizonDays: 7,
          forecast: { calendar, method, seed: 1 },
        }),
      );
      const used = process.cpuUsage(started);
      const score = scoreBacktest(runs);
      lines.push({
        set: name,
        lead,
        method,
        wape: score.wape ?? Number.NaN,
        bias: score.bias ?? Number.NaN,
        dayMape: score.dayMape ?? Number.NaN,
        coverage80: score.coverage80 ?? Number.NaN,
        coverage95: score.coverage95 ?? Number.NaN,
        dayCoverage80: dayCoverage(runs),
        seconds: (used.user + used.system) / 1e6 / runs.length,
        runs,
      });
      if (method === 'auto' && options.methods !== undefined) lines.push(...rivalLines(name, lead, runs));
    }
  }
}

const table = [
  '| set | weeks ahead | method | WAPE % | bias % | day MAPE % | 80 % covers | 95 % covers | days 80 % | CPU s |',
  '|---|---|---|---|---|---|---|---|---|---|',
  ...lines.map(
    (l) =>
      `| ${l.set} | ${l.lead} | ${l.method} | ${percent(l.wape, 2)} | ${percent(l.bias)} | ${percent(l.dayMape)} | ${percent(l.coverage80)} | ${percent(l.coverage95)} | ${percent(l.dayCoverage80, 0)} | ${l.seconds.toFixed(2)} |`,
  ),
].join('\n');
console.log(table);

/** Geometric mean over sets and leads of a method's WAPE over that of the same-weekday median. */
const against = new Map<string, number[]>();
for (const l of lines) {
  const median = lines.find((m) => m.set === l.set && m.lead === l.lead && m.method === 'weekday-median');
  if (median === undefined || l.method === 'weekday-median') continue;
  against.set(l.method, [...(against.get(l.method) ?? []), Math.log(l.wape / median.wape)]);
}
for (const [method, logs] of against) {
  const ratio = Math.exp(logs.reduce((a, b) => a + b, 0) / logs.length);
  console.log(
    `${method}: ${ratio.toFixed(4)} of the weekday median's WAPE (geometric mean of ${logs.length})`,
  );
}
if (options.write) {
  const file = join(import.meta.dirname, 'README.md');
  const marker = '<!-- table -->';
  const head = readFileSync(file, 'utf8').split(marker)[0] ?? '';
  writeFileSync(file, `${head}${marker}\n\n${table}\n`);
}
