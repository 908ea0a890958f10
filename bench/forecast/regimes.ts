/**
 * Do ranges hold when a line's level changes? Made-up lines with a jump or an epidemic, day by day:
 *   node bench/forecast/regimes.ts [--seeds 2] [--kinds calm,shift,epidemic]
 * Forecasts from 4, 8, 15, 22 and 29 days after the change and every fifth week of the year that follows, one and four
 * weeks ahead: share of day totals inside the 80 and the 95 % range, width of the 80 % range over the mean, WAPE, bias.
 */
import { parseArgs } from 'node:util';
import { madeUpRegimes } from './made-up-regimes.ts';
import { addScores, scoreLine, type RegimeScore } from './score-regimes.ts';

const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2' },
    kinds: { type: 'string', default: 'calm,shift,epidemic' },
  },
});

const soon = [4, 8, 15, 22, 29];
const later = [64, 99, 134, 169, 204, 239, 274, 309, 344];
const leads = [1, 4];

const tallies = new Map<string, RegimeScore>();
const tally = (key: string, score: RegimeScore): void => {
  const before = tallies.get(key);
  tallies.set(key, before === undefined ? score : addScores(before, score));
};

const kinds = options.kinds.split(',');
for (const line of madeUpRegimes(Number(options.seeds)).filter(({ kind }) => kinds.includes(kind))) {
  for (const since of [...soon, ...later]) {
    scoreLine(line, since, leads).forEach((score, i) => {
      if (soon.includes(since)) {
        tally(`${line.kind} | ${String(since).padStart(2)} days after | ${leads[i]}`, score);
        tally(`${line.kind} | weeks after | ${leads[i]}`, score);
      } else tally(`${line.kind} | year after | ${leads[i]}`, score);
    });
  }
}

const percent = (share: number): string => (100 * share).toFixed(1);
console.log(
  '| lines | when | weeks ahead | 80 % covers | 95 % covers | width % | WAPE % | bias % |\n|---|---|---|---|---|---|---|---|',
);
for (const [key, t] of [...tallies].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
  const shares = [t.in80 / t.days, t.in95 / t.days, t.width / t.calls, t.error / t.calls, t.bias / t.calls];
  console.log(`| ${key} | ${shares.map(percent).join(' | ')} |`);
}
