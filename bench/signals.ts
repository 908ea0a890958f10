/**
 * Signals of a day in progress on made-up days (tests/support/watched-days.ts), whose laws signals know by sixty past days only:
 *   node bench/signals.ts [--days 500] [--height 120] [--planted 100] [--seed 0]
 * First the false alarms of ordinary days, a week over all kinds, looked for after every second half-hour from eight to
 * twenty o'clock; then, for changes planted at eleven o'clock, after how many half-hours the right signal stood in half and
 * in nine tenths of the days, and how often the first signal of the change was called what it was.
 */
import { parseArgs } from 'node:util';
import { findSignals } from '../src/intraday/signals.ts';
import { madeDay, type MadeLine, pastOf, type Planted, watchedDays } from '../tests/support/watched-days.ts';

const { values: options } = parseArgs({
  options: {
    days: { type: 'string', default: '500' },
    height: { type: 'string', default: '120' },
    planted: { type: 'string', default: '100' },
    seed: { type: 'string', default: '0' },
  },
});
const line: MadeLine = { callsAtHeight: Number(options.height), operators: 30, presence: true };
const seed = Number(options.seed) * 1_000_000;
/** A new past every twenty days: one lucky or unlucky past must not decide. */
const pastFor = (day: number): ReturnType<typeof pastOf> => pastOf(line, seed + 1000 + Math.floor(day / 20));

const days = Number(options.days);
const kinds = new Map<string, number>();
for (let d = 0; d < days; d += 1) {
  const at = watchedDays(line, pastFor(d), seed + 5000 + d);
  const seen = new Set<string>();
  for (let now = madeDay.opens + 1; now <= madeDay.closes; now += 2)
    for (const { kind } of findSignals(at(now))) seen.add(kind);
  for (const kind of seen) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
}
const alarms = [...kinds.values()].reduce((sum, n) => sum + n, 0);
console.log(
  `${days} ordinary days of ${line.callsAtHeight} calls a half-hour: ${((7 * alarms) / days).toFixed(2)} false alarms a week (1 is borne): ${[...kinds].map(([kind, n]) => `${kind} ${n}`).join(', ')}`,
);

const from = 22;
const cases: readonly (readonly [kind: string, size: string, planted: Planted])[] = [
  ...[1.15, 1.2, 1.25, 1.3, 1.4].map((calls) => ['more-calls', `${calls}`, { from, calls }] as const),
  ...[0.85, 0.75, 0.6].map((calls) => ['fewer-calls', `${calls}`, { from, calls }] as const),
  ...[1.15, 1.2, 1.3, 1.4].map(
    (handleTime) => ['longer-calls', `${handleTime}`, { from, handleTime }] as const,
  ),
  ['fewer-operators', '0.8', { from, operators: 0.8 }],
];
const planted = Number(options.planted);
for (const [kind, size, change] of cases) {
  const waits: number[] = [];
  let [named, called] = [0, 0];
  for (let d = 0; d < planted; d += 1) {
    const at = watchedDays(line, pastFor(d), seed + 90_000 + d, change);
    let found = Infinity;
    let isNamed = false;
    for (let now = from + 1; now <= madeDay.closes && found === Infinity; now += 1) {
      const signals = findSignals(at(now)).filter(({ since }) => since >= from - 3);
      if (signals.length > 0 && !isNamed) {
        isNamed = true;
        named += 1;
        called += signals[0]?.kind === kind ? 1 : 0;
      }
      if (signals.some((signal) => signal.kind === kind)) found = now - from;
    }
    waits.push(found);
  }
  waits.sort((a, b) => a - b);
  const at = (share: number): string => String(waits[Math.ceil(share * planted) - 1]);
  console.log(
    `${kind.padEnd(16)} × ${size.padEnd(5)} found after ${at(0.5)} in half, ${at(0.9)} in nine tenths; rightly named ${((100 * called) / Math.max(1, named)).toFixed(0)} % of ${named}`,
  );
}
