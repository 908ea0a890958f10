import { type Demand, noRatePaths, noRepeats, type Operation } from '../../src/kernel/hotline.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { leversSchema } from '../../src/contract/models/levers-model.ts';
import type { CallBackRule } from '../../src/intraday/call-backs.ts';

/** Prices and rules of a line that says nothing of them. */
export const usualDay = leversSchema.parse({}).day;

/** Half-hours of a day from eight to eight. */
export const count = 24;
export const fill = (value: number): Float64Array => new Float64Array(count).fill(value);

export interface Line {
  /** Calls of an interval in each queue, before the day's shape. */
  readonly calls: readonly number[];
  readonly operators: readonly number[];
  readonly patienceSeconds?: number;
  readonly handleSeconds?: number;
  readonly trunks?: number;
  readonly repeats?: Partial<Demand['queues'][number]['repeats']>;
}

/** A peak in the morning and one in the afternoon. */
const shape = (i: number): number =>
  0.55 + 0.55 * Math.exp(-((i - 5) ** 2) / 6) + 0.35 * Math.exp(-((i - 14) ** 2) / 6);

/** A line of one tier for all queues. */
export const operationOf = (line: Line): Operation => ({
  demand: {
    horizon: { zone: 'Asia/Shanghai', startMillis: 0, intervalMinutes: 30, count },
    queues: line.calls.map((calls, k) => ({
      queue: `q${k}`,
      freshMean: Float64Array.from({ length: count }, (_, i) => calls * shape(i)),
      ratePaths: noRatePaths,
      pathCount: 0,
      handleTimeSeconds: fill(line.handleSeconds ?? 240),
      patienceSeconds: line.patienceSeconds ?? 120,
      repeats: { ...noRepeats, ...line.repeats },
    })),
  },
  capacity: {
    tiers: [
      {
        tier: 'one',
        operators: Float64Array.from(
          { length: count },
          (_, i) => line.operators[i % line.operators.length] ?? 0,
        ),
      },
    ],
    trunks: line.trunks ?? Infinity,
  },
  policy: {
    queues: line.calls.map((_, k) => ({
      queue: `q${k}`,
      routes: [{ tier: 'one', preference: 1, overflowDelaySeconds: 0 }],
      priority: k + 1,
      answerTimeThresholdSeconds: 15,
      shortAbandonSeconds: 5,
      smartVoiceShare: 0,
    })),
    prompts: [],
    channels: [],
  },
});

export interface Setting {
  readonly line: Line;
  readonly rule: CallBackRule;
}

/** The n-th of many settings: small and large lines, short and well staffed, callers who mostly call again or hardly do. */
export const settingOf = (n: number): Setting => {
  const random = seededRandom(35, n);
  const between = (from: number, to: number): number => from + (to - from) * random.uniform();
  const calls = between(30, 260);
  const load = (calls * 240) / 1800;
  const short = Math.max(2, Math.round(load * between(0.85, 1.1)));
  const operators = Array.from({ length: count }, (_, i) =>
    (i > 8 && i < 12) || i > 17 ? short + Math.ceil(load * 0.25) : short,
  );
  return {
    line: {
      calls: [calls],
      operators,
      patienceSeconds: between(60, 300),
      ...(n % 4 === 3 ? { trunks: short + Math.ceil(load * 0.3) } : {}),
      repeats: {
        afterAbandon: between(0, 0.8),
        afterAbandonDelaySeconds: between(120, 2400),
        afterBlock: between(0, 0.9),
        afterBlockDelaySeconds: between(60, 600),
        reconnect: n % 3 === 0 ? 0.1 : 0,
        reconnectDelaySeconds: 3600,
      },
    },
    rule: {
      callBackReach: between(0.3, 0.95),
      callBackTries: 1 + Math.floor(between(0, 4)),
      callBackEveryMinutes: between(10, 90),
      callBackAfterMinutes: between(10, 60),
      callBackWithinMinutes: n % 5 === 4 ? 240 : 1440,
      callBackDialSeconds: between(20, 60),
      mostOccupancy: between(0.8, 0.95),
    },
  };
};
