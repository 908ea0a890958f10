import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { type DemoSettings, demoSettingsSchema, type LineSetup } from '../../src/demo/demo-settings.ts';
import { simulateLine, WaitingCallers } from '../../src/demo/simulate-line.ts';
import { EventHeap } from '../../src/kernel/event-heap.ts';
import { seededRandom } from '../../src/kernel/random.ts';

const settings = demoSettingsSchema.parse(
  JSON.parse(readFileSync(new URL('../../data/demo.json', import.meta.url), 'utf8')),
);

/** One queue on one tier with exponential-like handle times: close to Erlang A. */
const oneQueue = (
  change: Partial<DemoSettings>,
  calls: number,
  operators: number,
  count: number,
): LineSetup => {
  const queue = settings.queues[0];
  const tier = settings.tiers[0];
  if (queue === undefined || tier === undefined) throw new Error('the demo has queues and tiers');
  const plain = {
    ...settings,
    queues: [{ ...queue, handleSeconds: 180, patienceSeconds: 120 }],
    tiers: [{ ...tier, queues: { general: 1 }, handleFactor: 1 }],
    handleTimeVariation: 1,
    channels: [],
    ...change,
  };
  const random = seededRandom(7);
  return {
    settings: plain,
    count,
    fresh: [Int32Array.from({ length: count }, () => random.poisson(calls))],
    operators: [new Int32Array(count).fill(operators)],
    down: new Uint8Array(count),
    prompts: [],
    testCalls: [],
  };
};
const total = (values: Iterable<number> | undefined): number =>
  [...(values ?? [])].reduce((a, b) => a + b, 0);
const noRepeats = {
  afterAbandon: 0,
  afterAbandonDelaySeconds: 600,
  afterBlock: 0,
  afterBlockDelaySeconds: 120,
};

describe('simulateLine', () => {
  it('answers everybody at once when operators abound', () => {
    const history = simulateLine(oneQueue({ repeats: noRepeats }, 60, 60, 100));
    const counts = history.queues[0];
    expect(total(counts?.answeredInThreshold)).toBe(total(counts?.offered));
    expect(total(counts?.waitSeconds)).toBe(0);
  });

  it('abandons all when nobody is there, and each with its patience', () => {
    const counts = simulateLine(oneQueue({ repeats: noRepeats, trunks: 1000 }, 60, 0, 200)).queues[0];
    const offered = total(counts?.offered);
    expect(total(counts?.abandoned)).toBe(offered);
    expect(total(counts?.waitSeconds) / offered).toBeGreaterThan(114);
    expect(total(counts?.waitSeconds) / offered).toBeLessThan(126);
  });

  it('loses the share that Erlang A gives for a steady load (6 Erlangs on 6 operators)', () => {
    // Abandonment share from the birth and death equations: service rate 1/180 each, patience 1/120 each.
    const lambda = 60 / 1800;
    const weights = [1];
    for (let n = 1; n < 400; n += 1)
      weights.push(((weights[n - 1] ?? 0) * lambda) / (Math.min(n, 6) / 180 + Math.max(0, n - 6) / 120));
    const sum = total(weights);
    const leaving = weights.reduce((s, w, n) => s + (w / sum) * (Math.max(0, n - 6) / 120), 0) / lambda;
    const counts = simulateLine(oneQueue({ repeats: noRepeats }, 60, 6, 4000)).queues[0];
    expect(Math.abs(total(counts?.abandoned) / total(counts?.offered) - leaving)).toBeLessThan(0.006);
  });

  it('lets callers who gave up call again at the chance set', () => {
    const repeats = { ...noRepeats, afterAbandon: 0.5 };
    const counts = simulateLine(oneQueue({ repeats }, 60, 4, 2000)).queues[0];
    expect(Math.abs(total(counts?.redials) / total(counts?.abandoned) - 0.5)).toBeLessThan(0.02);
  });

  it('blocks calls that find no free line', () => {
    const counts = simulateLine(oneQueue({ repeats: noRepeats, trunks: 6 }, 60, 6, 500)).queues[0];
    expect(total(counts?.blocked)).toBeGreaterThan(0.15 * total(counts?.offered));
    expect(total(counts?.abandoned)).toBe(0);
  });
});

describe('EventHeap', () => {
  it('gives back what was put in, earliest first, past its first room', () => {
    const heap = new EventHeap();
    const random = seededRandom(1);
    const times = Array.from({ length: 3000 }, () => random.uniform());
    for (const [i, time] of times.entries()) heap.push(time, i);
    const out: number[] = [];
    while (heap.size > 0) out.push(times[heap.pop()] ?? Number.NaN);
    expect(out).toEqual(times.toSorted((a, b) => a - b));
  });
});

describe('WaitingCallers', () => {
  it('keeps the order of joining while growing around its end', () => {
    const line = new WaitingCallers();
    const out: number[] = [];
    let joined = 0;
    for (let round = 0; round < 300; round += 1) {
      line.join(round, round + 9, joined);
      joined += 1;
      if (round % 3 === 0) {
        out.push(line.firstKind);
        line.removeFirst();
      }
    }
    while (line.size > 0) {
      out.push(line.firstKind);
      line.removeFirst();
    }
    expect(out).toEqual(Array.from({ length: 300 }, (_, i) => i));
    expect(line.firstArrived).toBe(Infinity);
  });
});
