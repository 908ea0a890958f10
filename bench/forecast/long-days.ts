/**
 * Five years of days, twelve weeks ahead, against a regression with yearly waves and ARIMA errors:
 *   node bench/forecast/long-days.ts [--seeds 2]
 * Made-up lines of 400 to 4,000 calls a day whose level walks, fades or grows: WAPE and bias over all 84 days and over
 * the last of twelve weeks, from two origins each.
 */
import { parseArgs } from 'node:util';
import { forecastQueue } from '../../src/forecast/forecast-queues.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { emptyDayGrid } from '../../src/kernel/interval-series.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays } from '../../src/kernel/time.ts';
import { forecastByArima } from './rival-arima.ts';

const { values: options } = parseArgs({ options: { seeds: { type: 'string', default: '2' } } });

const ahead = 84;
const known = 1826;
/** Days between the origins. */
const apart = 56;
const start = '2019-01-07';
const weekFactors = [1.1, 1.04, 1, 0.98, 1, 0.75, 0.65];

interface Kind {
  readonly name: string;
  readonly calls: number;
  readonly walk: number;
  readonly fading: number;
  readonly memory: number;
  readonly perYear: number;
}

const kinds: readonly Kind[] = [
  { name: 'fades within days', calls: 800, walk: 0, fading: 0.03, memory: 0.6, perYear: 0 },
  { name: 'fades within weeks', calls: 4000, walk: 0.001, fading: 0.015, memory: 0.95, perYear: 0.03 },
  { name: 'walks slowly', calls: 1500, walk: 0.004, fading: 0.02, memory: 0.4, perYear: 0 },
  { name: 'walks', calls: 400, walk: 0.01, fading: 0.02, memory: 0.4, perYear: 0 },
  { name: 'grows', calls: 1500, walk: 0.002, fading: 0.02, memory: 0.7, perYear: 0.1 },
];

const makeUp = (kind: Kind, seed: number): Float64Array => {
  const random = seededRandom(seed);
  let walk = 0;
  let near = 0;
  return Float64Array.from({ length: known + ahead + apart }, (_, day) => {
    walk += kind.walk * random.normal();
    near = kind.memory * near + kind.fading * random.normal();
    const turn = (2 * Math.PI * day) / 365.25;
    const season =
      0.07 * Math.sin(turn + seed) + 0.03 * Math.cos(2 * turn) + 0.015 * Math.sin(3 * turn + seed);
    const log = walk + near + season + (kind.perYear * day) / 365.25 + 0.02 * random.normal();
    return random.poisson(kind.calls * weekFactors[day % 7]! * Math.exp(log));
  });
};

const byAuto = (calls: Float64Array): Float64Array => {
  const grid = { ...emptyDayGrid(start, calls.length, 1440), values: calls };
  const calendar = calendarOf({ country: null });
  const request = { calendar, method: 'auto', seed: 1, pathCount: 0 } as const;
  return forecastQueue(grid, { ...request, origin: addDays(start, calls.length), days: ahead }).mean;
};
const byArima = (calls: Float64Array): Float64Array =>
  forecastByArima(
    calls.map((each) => Math.log(Math.max(1, each))),
    ahead,
  ).map(Math.exp);

const rivals = { auto: byAuto, 'ARIMA regression': byArima };

console.log('| lines | method | WAPE %, 84 days | bias % | WAPE %, week 12 |\n|---|---|---|---|---|');
for (const kind of kinds) {
  for (const [name, forecast] of Object.entries(rivals)) {
    const found: [number, number, number][] = [];
    for (let seed = 0; seed < Number(options.seeds); seed += 1) {
      const calls = makeUp(kind, 900 + seed);
      for (const from of [known, known + apart]) {
        const truth = calls.subarray(from, from + ahead);
        const mean = forecast(calls.slice(0, from));
        const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
        const off = truth.map((value, i) => mean[i]! - value);
        const wape = (first: number): number => sum(off.slice(first).map(Math.abs)) / sum(truth.slice(first));
        found.push([wape(0), sum(off) / sum(truth), wape(77)]);
      }
    }
    const average = (i: number): string =>
      ((100 * found.reduce((all, each) => all + each[i]!, 0)) / found.length).toFixed(2);
    console.log(`| ${kind.name} | ${name} | ${average(0)} | ${average(1)} | ${average(2)} |`);
  }
}
