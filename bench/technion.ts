import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type Demand, noRatePaths, noRepeats, type Policy } from '../src/kernel/hotline.ts';
import { project } from '../src/queueing/project.ts';

/**
 * Projected against real abandonment and answered-in-20-s, per half-hour of the call centre of an Israeli bank,
 * January to April 1999. Patience and handle time are estimated on the four weeks before each week; operators
 * are those seen in the call records. Prints the table of docs/developers/technion.md.
 */

const file = new URL('../../shared/data/technion_calls_1999-01_04.csv.gz', import.meta.url);
if (!existsSync(file)) {
  console.log('The call records are not here: nothing to do.');
  process.exit(0);
}

const halfHour = 1800;
const threshold = 20;
const slotsPerWeek = 336;
const epoch = Date.UTC(1999, 0, 3) / 1000;

/** Per half-hour, from Sunday 3 January 1999 on. */
const weeks = 17;
const count = weeks * slotsPerWeek;
const zeros = (): Float64Array => new Float64Array(count);
const seen = {
  offered: zeros(),
  answered: zeros(),
  within: zeros(),
  abandoned: zeros(),
  waited: zeros(),
  handled: zeros(),
  busy: zeros(),
};
const heads = Array.from({ length: count }, () => new Set<string>());
/** Calls of each operator, [from, to] in seconds. */
const callsOf = new Map<string, [number, number][]>();

const seconds = (stamp: string): number => Date.parse(`${stamp.replace(' ', 'T')}Z`) / 1000;
const add = (values: Float64Array, at: number, amount: number): void => {
  values[at] = (values[at] ?? 0) + amount;
};

/** Spreads a span of seconds over the half-hours that it touches. */
const spread = (values: Float64Array, from: number, to: number, visit?: (at: number) => void): void => {
  for (let at = Math.max(0, Math.floor(from / halfHour)); at < count && at * halfHour < to; at += 1) {
    add(values, at, Math.min(to, (at + 1) * halfHour) - Math.max(from, at * halfHour));
    visit?.(at);
  }
};

const book = (agent: string, from: number, to: number): void => {
  spread(seen.busy, from, to, (at) => heads[at]?.add(agent));
  const calls = callsOf.get(agent);
  if (calls === undefined) callsOf.set(agent, [[from, to]]);
  else calls.push([from, to]);
};

const [head = '', ...lines] = gunzipSync(readFileSync(file)).toString('utf8').trim().split(/\r?\n/);
const column = Object.fromEntries(head.split(',').map((name, i) => [name, i]));
for (const line of lines) {
  const cells = line.split(',');
  const cell = (name: string): string => cells[column[name] ?? -1] ?? '';
  const status = cell('status');
  if ((status !== 'answered' && status !== 'abandoned_queue') || cell('queue') === 'TT') continue;
  const wait = Number(cell('wait_s'));
  if (wait > 3600) continue;
  const start = cell('queue_start') || cell('arrival');
  const arrived = seconds(start) - epoch;
  const at = Math.floor(arrived / halfHour);
  if (at < 0 || at >= count) continue;
  add(seen.offered, at, 1);
  add(seen.waited, at, wait);
  if (status === 'abandoned_queue') add(seen.abandoned, at, 1);
  else {
    const service = Number(cell('service_s'));
    add(seen.answered, at, 1);
    add(seen.handled, at, service);
    if (wait <= threshold) add(seen.within, at, 1);
    book(cell('agent'), arrived + wait, arrived + wait + service);
  }
}

const sum = (values: Float64Array, from: number, to: number): number =>
  values.subarray(from, to).reduce((total, value) => total + value, 0);

/** Projects a week with the operators given, everything else as estimated on the four weeks before. */
const projectWeek = (week: number, operators: Float64Array) => {
  const from = week * slotsPerWeek;
  const past = [Math.max(0, from - 4 * slotsPerWeek), from] as const;
  const horizon = {
    zone: 'UTC',
    startMillis: (epoch + from * halfHour) * 1000,
    intervalMinutes: 30,
    count: slotsPerWeek,
  };
  const demand: Demand = {
    horizon,
    queues: [
      {
        queue: 'line',
        freshMean: seen.offered.slice(from, from + slotsPerWeek),
        ratePaths: noRatePaths,
        pathCount: 0,
        handleTimeSeconds: new Float64Array(slotsPerWeek).fill(
          sum(seen.handled, ...past) / sum(seen.answered, ...past),
        ),
        patienceSeconds: sum(seen.waited, ...past) / sum(seen.abandoned, ...past),
        repeats: noRepeats,
      },
    ],
  };
  const policy: Policy = {
    prompts: [],
    channels: [],
    queues: [
      {
        queue: 'line',
        routes: [{ tier: 'all', preference: 1, overflowDelaySeconds: 0 }],
        priority: 1,
        answerTimeThresholdSeconds: threshold,
        shortAbandonSeconds: 5,
        smartVoiceShare: 0,
      },
    ],
  };
  const { queues } = project({
    demand,
    capacity: { tiers: [{ tier: 'all', operators }], trunks: Infinity },
    policy,
  });
  return {
    outcome: queues[0],
    patience: demand.queues[0]?.patienceSeconds ?? 0,
    handle: demand.queues[0]?.handleTimeSeconds[0] ?? 0,
  };
};

/** Operators on average per half-hour if one is there from call to call as long as a pause is short enough. */
const withPauses = (longest: number): ((at: number) => number) => {
  const present = seen.busy.slice();
  for (const calls of callsOf.values()) {
    calls.sort((a, b) => a[0] - b[0]);
    let end = calls[0]?.[1] ?? 0;
    for (const [from, to] of calls) {
      if (from > end && from - end <= longest) spread(present, end, from);
      end = Math.max(end, to);
    }
  }
  return (at) => (present[at] ?? 0) / halfHour;
};

/** How many operators a half-hour is taken to have had, from its call records. */
const readings: Readonly<Record<string, (at: number) => number>> = {
  'everybody with a call in the half-hour': (at) => heads[at]?.size ?? 0,
  'there between calls, pauses up to 15 min': withPauses(900),
  'there between calls, pauses up to 5 min': withPauses(300),
  'there between calls, pauses up to 2 min': withPauses(120),
  'there between calls, pauses up to 1 min': withPauses(60),
  'only while on a call': withPauses(0),
};

interface Pair {
  readonly at: number;
  readonly weight: number;
  readonly projected: number;
  readonly actual: number;
}

const judge = (pairs: readonly Pair[]): string => {
  const total = pairs.reduce((s, p) => s + p.weight, 0);
  const mean = (of: (p: Pair) => number): number => pairs.reduce((s, p) => s + p.weight * of(p), 0) / total;
  const [px, ax] = [mean((p) => p.projected), mean((p) => p.actual)];
  const cov = mean((p) => (p.projected - px) * (p.actual - ax));
  const r = cov / Math.sqrt(mean((p) => (p.projected - px) ** 2) * mean((p) => (p.actual - ax) ** 2));
  const mae = mean((p) => Math.abs(p.projected - p.actual));
  // What counting alone would leave if the projection were right and callers' fates independent.
  const noise = mean((p) => Math.sqrt((2 * p.projected * (1 - p.projected)) / (Math.PI * p.weight)));
  return [px, ax, px - ax, mae, noise, r].map((v) => v.toFixed(3)).join(' | ');
};

console.log(
  '| operators | measure | projected | actual | bias | mean absolute error | correlation | half-hours |',
);
console.log('|---|---|---|---|---|---|---|---|---|');
for (const [reading, operatorsAt] of Object.entries(readings)) {
  const pairs: { abandoned: Pair[]; within: Pair[] } = { abandoned: [], within: [] };
  for (let week = 1; week < weeks; week += 1) {
    const from = week * slotsPerWeek;
    const operators = Float64Array.from({ length: slotsPerWeek }, (_, i) => operatorsAt(from + i));
    const { outcome } = projectWeek(week, operators);
    for (let i = 0; i < slotsPerWeek; i += 1) {
      const weight = seen.offered[from + i] ?? 0;
      const projected = outcome?.offered[i] ?? 0;
      if (weight < 10 || projected <= 0) continue;
      pairs.abandoned.push({
        at: from + i,
        weight,
        projected: (outcome?.abandoned[i] ?? 0) / projected,
        actual: (seen.abandoned[from + i] ?? 0) / weight,
      });
      pairs.within.push({
        at: from + i,
        weight,
        projected: (outcome?.answeredWithinThreshold[i] ?? 0) / projected,
        actual: (seen.within[from + i] ?? 0) / weight,
      });
    }
  }
  console.log(`| ${reading} | abandoned | ${judge(pairs.abandoned)} | ${pairs.abandoned.length} |`);
  console.log(`| | answered in ${threshold} s | ${judge(pairs.within)} | ${pairs.within.length} |`);
  if (!reading.includes(' 5 min')) continue;
  for (const [measure, all] of Object.entries(pairs)) {
    for (let month = 0; month < 4; month += 1) {
      const own = all.filter((p) => new Date((epoch + p.at * halfHour) * 1000).getUTCMonth() === month);
      console.log(`| — month ${month + 1} | ${measure} | ${judge(own)} | ${own.length} |`);
    }
    const days = Object.values(Object.groupBy(all, (p) => Math.floor(p.at / 48))).map((day = []): Pair => {
      const weight = day.reduce((total, p) => total + p.weight, 0);
      const mean = (of: 'projected' | 'actual') => day.reduce((s, p) => s + p.weight * p[of], 0) / weight;
      return { at: 0, weight, projected: mean('projected'), actual: mean('actual') };
    });
    console.log(`| — days | ${measure} | ${judge(days)} | ${days.length} |`);
  }
}
for (const week of [1, 4, 8, 12, 16]) {
  const { patience, handle } = projectWeek(week, new Float64Array(slotsPerWeek).fill(10));
  console.log(`week ${week + 1}: patience ${patience.toFixed(0)} s, handle time ${handle.toFixed(0)} s`);
}
