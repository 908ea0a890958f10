/**
 * How well are the days around a feast foretold whose date moves: Spring Festival (CN), the end of Ramadan (SA), Diwali
 * (IN), Easter (GB)? Made-up lines with a known effect by days from the feast, at the official days off of past years:
 *   node bench/forecast/feasts.ts [--lines 20] [--country CN]
 * By years of history: mean error and coverage of the 80 % range on the three days before the days off and the three
 * after them, forecast three days before the first and on the eve of the last.
 */
import { parseArgs } from 'node:util';
import { forecastQueue } from '../../src/forecast/forecast-queues.ts';
import { loadCalendar } from '../../src/kernel/calendar-loading.ts';
import { feastLine } from '../../tests/support/feast-line.ts';
import { addDays } from '../../src/kernel/time.ts';

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '20' },
    country: { type: 'string', default: 'CN' },
  },
});
const calendar = await loadCalendar({ country: values.country });
const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;

console.log('years | day | error | bias | covered of 80 %');
for (const years of [1, 2, 3, 5, 10]) {
  const sums = new Map<string, { error: number; bias: number; covered: number; n: number }>();
  for (let seed = 1; seed <= Number(values.lines); seed += 1) {
    const line = feastLine({ calendar, seed, years, year: 2016 + (seed % 10) });
    for (const [origin, days] of [
      [addDays(line.firstOff, -4), line.before],
      [line.lastOff, line.after],
    ] as const) {
      const f = forecastQueue(line.until(origin), {
        origin,
        days: 14,
        calendar,
        method: 'auto',
        seed: 1,
        pathCount: 0,
      });
      days.forEach((date, i) => {
        const at = f.parts.findIndex((part) => part.date === date);
        const name = `${days === line.before ? 'before' : 'after'} ${String(i + 1)}`;
        const sum = sums.get(name) ?? { error: 0, bias: 0, covered: 0, n: 0 };
        const ratio = f.dayQuantiles.mean[at]! / line.expected(date) - 1;
        const calls = line.calls(date);
        sum.error += Math.abs(ratio);
        sum.bias += ratio;
        sum.covered += calls >= f.dayQuantiles.q10[at]! && calls <= f.dayQuantiles.q90[at]! ? 1 : 0;
        sum.n += 1;
        sums.set(name, sum);
      });
    }
  }
  const all = [...sums.values()];
  const total = { error: 0, bias: 0, covered: 0, n: 0 };
  for (const each of all) {
    total.error += each.error;
    total.bias += each.bias;
    total.covered += each.covered;
    total.n += each.n;
  }
  for (const [name, s] of [...sums, ['all', total] as const])
    console.log(
      [years, name, percent(s.error / s.n), percent(s.bias / s.n), percent(s.covered / s.n)].join(' | '),
    );
}
