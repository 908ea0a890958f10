/**
 * Is the forecast of lines that grow or fall too low or too high? Made-up lines, days to half-hours:
 *   node bench/forecast/growth.ts [--seeds 4] [--each]
 * Twelve weeks before the end, four weeks apart: WAPE and bias one and four weeks ahead, per kind of growth; --each tells
 * steps and histories apart.
 */
import { parseArgs } from 'node:util';
import { backtestOrigin, lastWeekOrigins } from '../../src/forecast/backtest.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { madeUpGrowth } from './made-up-growth.ts';

const { values: options } = parseArgs({
  options: { seeds: { type: 'string', default: '4' }, each: { type: 'boolean', default: false } },
});

/** Weeks before the end that are forecast. */
const weeks = [0, 4, 8];

interface Sums {
  calls: number;
  error: number;
  bias: number;
  /** Bias of single lines, for its scatter. */
  readonly lines: number[];
}

const calendar = calendarOf({ country: null });
const forecast = { calendar, method: 'auto', seed: 1 } as const;
const sums = new Map<string, Sums>();

for (const { kind, grid } of madeUpGrowth(Number(options.seeds))) {
  const form = options.each
    ? ` | ${grid.intervalMinutes} min, ${grid.values.length / grid.slotsPerDay} days`
    : '';
  for (const lead of [1, 4]) {
    const gapDays = 7 * (lead - 1);
    const all = lastWeekOrigins(grid, Math.max(...weeks) + 1, gapDays);
    const origins = weeks.map((week) => all.at(-1 - week)!);
    let [calls, error, bias] = [0, 0, 0];
    for (const origin of origins) {
      const {
        forecast: f,
        actual,
        offset,
      } = backtestOrigin(grid, origin, {
        origins,
        gapDays,
        horizonDays: 7,
        forecast,
      });
      for (let i = offset * f.slotsPerDay; i < f.mean.length; i += 1) {
        calls += actual[i]!;
        error += Math.abs(f.mean[i]! - actual[i]!);
        bias += f.mean[i]! - actual[i]!;
      }
    }
    const key = `${kind}${form} | ${lead}`;
    const sum = sums.get(key) ?? { calls: 0, error: 0, bias: 0, lines: [] };
    sum.lines.push(bias / calls);
    sum.calls += 1;
    sum.error += error / calls;
    sum.bias += bias / calls;
    sums.set(key, sum);
  }
}

console.log('| growth | weeks ahead | WAPE % | bias % |\n|---|---|---|---|');
for (const [key, { calls, error, bias, lines }] of sums) {
  const mean = bias / calls;
  const squares = lines.reduce((sum, line) => sum + (line - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / Math.max(1, lines.length - 1) / lines.length);
  const percent = (share: number, digits = 2): string => (100 * share).toFixed(digits);
  console.log(`| ${key} | ${percent(error / calls)} | ${percent(mean)} ± ${percent(deviation)} |`);
}
