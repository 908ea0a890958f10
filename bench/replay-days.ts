/**
 * Days of a real call centre as the page Today would have seen them, half-hour by half-hour: the abandonment of the whole
 * day as it is projected then, against what it came to, beside the plan that was made before the week:
 *   node bench/replay-days.ts [--days 20] [--every 1] [--before 1999-04-30]
 * Call records of an Israeli bank, April 1999 (Sunday to Thursday). Who is present is read off the names on the calls;
 * who is expected is the mean of the four weeks before at the same time of the week: the bank's rosters are not known.
 * Prints the table of docs/developers/the-day-measured.md.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { planRequestSchema } from '../src/contract/http/job-requests.ts';
import { sliceCapacity, sliceSamplePaths } from '../src/kernel/slice-operation.ts';
import { addDays, startOfDay, weekdayOf, weekOf } from '../src/kernel/time.ts';
import { describeDay } from '../src/planning/describe-day.ts';
import { packOperation } from '../src/planning/operation/planned-operation.ts';
import type { Ports } from '../src/planning/ports.ts';
import { makePlan } from '../src/planning/week/make-plan.ts';
import { project } from '../src/queueing/project.ts';
import { openPorts } from '../tests/support/demo-workspace.ts';
import { runCommand } from '../tests/support/run-command.ts';

const { values: options } = parseArgs({
  options: {
    days: { type: 'string', default: '20' },
    every: { type: 'string', default: '1' },
    before: { type: 'string', default: '1999-04-30' },
  },
});
const root = join(import.meta.dirname, '..');
const file = join(root, '../shared/data/technion_calls_1999-01_04.csv.gz');
if (!existsSync(file)) {
  console.log('The call records are not here: nothing to do.');
  process.exit(0);
}

const zone = 'Asia/Jerusalem';
const halfHour = 1_800_000;
const folder = await mkdtemp(join(tmpdir(), 'huawu-replay-'));
const line = join(folder, 'line');
const huawu = async (...words: string[]): Promise<void> => {
  const { code, err } = await runCommand(['--workspace', line, ...words]);
  if (code !== 0) throw new Error(err);
};
await huawu('init', '--timezone', zone, '--country', 'IL');
await huawu('ingest', 'calls', file, '--map', join(root, 'models/presets/technion-call-records.json'));
const { ports, close } = await openPorts(line, { nowMillis: Date.parse('1999-05-01T00:00:00Z') });

/** Calls offered, answered and lost of all queues, and the operators who took some, by half-hour. */
const seen = new Map<number, { offered: number; abandoned: number; operators: number }>();
const presence = new Map<number, number>();
for (const { startMillis, operators } of await ports.store.read('presence')) {
  const at = Math.floor(startMillis / halfHour);
  presence.set(at, (presence.get(at) ?? 0) + operators);
}
for (const { queue } of await ports.store.trafficSummary()) {
  const columns = await ports.store.traffic(queue);
  columns.startMillis.forEach((start, k) => {
    const at = Math.floor(start / halfHour);
    const own = seen.get(at) ?? { offered: 0, abandoned: 0, operators: 0 };
    seen.set(at, own);
    own.offered += columns.offered[k] || 0;
    own.abandoned += columns.abandoned[k] || 0;
    own.operators += columns.operators[k] || 0;
  });
}
const presentAt = (at: number): number => presence.get(at) ?? seen.get(at)?.operators ?? 0;

/** The plan of a week from what was known before it, with the operators of the four weeks before. */
const planOf = async (week: string, own: Ports): Promise<string> => {
  const known = await own.store.planOfWeek(week);
  if (known !== undefined) return known.id;
  const { plan, planned } = await makePlan(own, planRequestSchema.parse({ week, seed: 1 }), {
    prices: false,
  });
  const { startMillis, count } = planned.demand.horizon;
  const first = Math.floor(startMillis / halfHour);
  const heads = Float64Array.from({ length: count }, (_, i) => {
    const before = [1, 2, 3, 4].map((back) => presentAt(first + i - back * 336));
    return before.reduce((a, b) => a + b, 0) / before.length;
  });
  const all = planned.capacity.tiers.map((_, t) =>
    Float64Array.from({ length: count }, (__, i) =>
      planned.capacity.tiers.reduce((sum, tier) => sum + (tier.operators[i] ?? 0), 0) > 0
        ? (planned.capacity.tiers[t]?.operators[i] ?? 0) /
          planned.capacity.tiers.reduce((sum, tier) => sum + (tier.operators[i] ?? 0), 0)
        : t === 0
          ? 1
          : 0,
    ),
  );
  const tiers = planned.capacity.tiers.map(({ tier }, t) => ({
    tier,
    operators: heads.map((n, i) => n * (all[t]?.[i] ?? 0)),
  }));
  await own.store.savePlan(plan, packOperation({ ...planned, capacity: { ...planned.capacity, tiers } }));
  return plan.id;
};

const dates: string[] = [];
for (let date = addDays(options.before, -1); dates.length < Number(options.days); date = addDays(date, -1))
  // Sunday to Thursday, without the last days of Passover and the Memorial and Independence days.
  if (![4, 5].includes(weekdayOf(date)) && !/04-0[1-8]|04-2[01]/.test(date)) dates.unshift(date);

interface Sums {
  error: number;
  off: number;
  plan: number;
  days: number;
}
const byHour = new Map<number, Sums>();
for (const date of dates) {
  const plan = await planOf(weekOf(date), ports);
  const stored = await ports.store.plannedOperation(plan);
  if (stored === undefined) throw new Error(`no operation of ${plan}`);
  const { unpackOperation } = await import('../src/planning/operation/planned-operation.ts');
  const { demand, capacity, policy } = unpackOperation(stored, plan);
  const start = startOfDay(date, zone);
  const from = Math.round((start - demand.horizon.startMillis) / halfHour);
  const outcome = project({
    demand: sliceSamplePaths(demand, from, from + 48, Infinity),
    capacity: sliceCapacity(capacity, from, from + 48),
    policy: { ...policy, prompts: [] },
  });
  const sum = (of: 'offered' | 'abandoned'): number =>
    outcome.queues.reduce((all, queue) => all + queue[of].reduce((a, b) => a + b, 0), 0);
  const planned = sum('abandoned') / sum('offered');
  let [offered, abandoned] = [0, 0];
  for (let k = 0; k < 48; k += 1) {
    const own = seen.get(Math.floor(start / halfHour) + k);
    offered += own?.offered ?? 0;
    abandoned += own?.abandoned ?? 0;
  }
  const actual = abandoned / offered;
  const row: string[] = [];
  for (let k = 14; k <= 46; k += Number(options.every)) {
    const clock = `${String(k >> 1).padStart(2, '0')}:${k % 2 === 0 ? '00' : '30'}`;
    const { restOfDay } = await describeDay(ports, { asOf: `${date}T${clock}`, plan, seed: 1 });
    const { soFar, abandoned: lost, calls } = restOfDay.total;
    const projected =
      ((soFar.abandoned ?? 0) + (lost.mean ?? 0)) / ((soFar.offered ?? 0) + (calls.mean ?? 0));
    const sums = byHour.get(k >> 1) ?? { error: 0, off: 0, plan: 0, days: 0 };
    byHour.set(k >> 1, sums);
    sums.error += Math.abs(projected - actual);
    sums.off += projected - actual;
    sums.plan += Math.abs(planned - actual);
    sums.days += 1;
    row.push((100 * projected).toFixed(1));
  }
  console.log(
    `${date} actual ${(100 * actual).toFixed(1)} %, planned ${(100 * planned).toFixed(1)} %; projected from 7:00 on: ${row.join(' ')}`,
  );
}
console.log('hour  error  bias  the plan’s error (points of abandonment)');
for (const [hour, { error, off, plan, days }] of [...byHour].sort(([a], [b]) => a - b)) {
  const points = (of: number): string => ((100 * of) / days).toFixed(2).padStart(6);
  console.log(`${String(hour).padStart(4)} ${points(error)} ${points(off)} ${points(plan)}`);
}
await close();
await rm(folder, { recursive: true });
