/**
 * How good are months and weeks ahead (`huawu outlook`)?
 *   node bench/forecast/periods.ts --sets FOLDER [--by month,week]
 * FOLDER holds NAME.csv (time, count, of days or shorter). From 1.2 years of history on every origin is forecast (weeks:
 * every ninth), a year (weeks: half a year) ahead, and held against what came, beside the same period of the year
 * before, as it was and brought up by how the last three have grown.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { forecastPeriods } from '../../src/forecast/periods/forecast-periods.ts';
import { periodsOfGrid, type Period, type PeriodLength } from '../../src/forecast/periods/periods.ts';
import { readSeriesCsv } from '../../src/ingest/series/series-csv.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { valueAt } from '../../src/kernel/value-at.ts';

const { values: options } = parseArgs({
  options: { sets: { type: 'string' }, by: { type: 'string', default: 'month,week' } },
});
if (options.sets === undefined) throw new Error('--sets FOLDER is missing');

const settings = {
  month: { year: 12, ahead: 12, every: 1, leads: [1, 3, 12] },
  week: { year: 52, ahead: 26, every: 9, leads: [1, 4, 26] },
} as const;

interface Sums {
  calls: number;
  periods: number;
  missed: number;
  over: number;
  inside80: number;
  inside95: number;
  missedBefore: number;
  missedGrown: number;
  callsBefore: number;
}

const perDay = ({ calls, days }: Period): number => calls / days;
const meanOf = (periods: readonly Period[]): number =>
  periods.reduce((sum, period) => sum + perDay(period), 0) / periods.length;

const score = (all: readonly Period[], by: PeriodLength): Map<number, Sums> => {
  const { year, ahead, every, leads } = settings[by];
  const sums = new Map<number, Sums>(
    leads.map((lead) => [
      lead,
      {
        calls: 0,
        periods: 0,
        missed: 0,
        over: 0,
        inside80: 0,
        inside95: 0,
        missedBefore: 0,
        missedGrown: 0,
        callsBefore: 0,
      },
    ]),
  );
  for (let at = Math.floor(1.2 * year); at < all.length; at += every) {
    const past = all.slice(0, at);
    const coming = all.slice(at, at + ahead);
    const unknown = coming.map((period) => ({ ...period, knownDays: 0, calls: 0 }));
    const { periods } = forecastPeriods(past, unknown, { by, seed: 1 });
    coming.forEach((period, h) => {
      const own = sums.get(leads.find((lead) => h + 1 <= lead) ?? 0);
      if (own === undefined) return;
      const { mean, q025, q10, q90, q975 } = valueAt(periods, h);
      own.calls += period.calls;
      own.periods += 1;
      own.missed += Math.abs(mean - period.calls);
      own.over += mean - period.calls;
      if (period.calls >= q10 && period.calls <= q90) own.inside80 += 1;
      if (period.calls >= q025 && period.calls <= q975) own.inside95 += 1;
      if (at < year + 3) return;
      const before = perDay(valueAt(all, at + h - year)) * period.days;
      const grown = meanOf(past.slice(-3)) / meanOf(past.slice(-3 - year, -year));
      own.callsBefore += period.calls;
      own.missedBefore += Math.abs(before - period.calls);
      own.missedGrown += Math.abs(before * grown - period.calls);
    });
  }
  return sums;
};

const percent = (value: number): string => (100 * value).toFixed(1);

console.log(
  '| set | by | periods ahead | WAPE | bias | 80 % covers | 95 % covers | year before | year before, grown |',
);
console.log('|---|---|---|---|---|---|---|---|---|');
for (const file of readdirSync(options.sets).filter((name) => name.endsWith('.csv')))
  for (const by of options.by.split(',') as PeriodLength[]) {
    const { queues } = readSeriesCsv(readFileSync(join(options.sets, file), 'utf8'));
    for (const [queue, grid] of queues) {
      const periods = periodsOfGrid(grid, by, calendarOf({ country: null }), '2200-01-01');
      const whole = periods.filter(({ days, knownDays }) => knownDays >= days - 1);
      if (whole.length < 2 * settings[by].year) continue;
      let from = 1;
      for (const [lead, s] of score(whole, by)) {
        const name = `${basename(file, '.csv')}${queue === '' ? '' : `/${queue}`}`;
        const cells = [
          percent(s.missed / s.calls),
          percent(s.over / s.calls),
          percent(s.inside80 / s.periods),
          percent(s.inside95 / s.periods),
          percent(s.missedBefore / s.callsBefore),
          percent(s.missedGrown / s.callsBefore),
        ];
        console.log(
          `| ${name} | ${by} | ${from === lead ? lead : `${from}–${lead}`} | ${cells.join(' | ')} |`,
        );
        from = lead + 1;
      }
    }
  }
