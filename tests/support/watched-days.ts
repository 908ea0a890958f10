import type { MeasuredDay, WatchedDay } from '../../src/intraday/watched-day.ts';
import { type Random, seededRandom } from '../../src/kernel/random.ts';

/** What a made-up line's days are like; every figure is the truth that signals know only by past days. */
export interface MadeLine {
  /** Calls of a usual half-hour at the day's height. */
  readonly callsAtHeight: number;
  readonly operators: number;
  readonly presence: boolean;
  /** By how much its calls scatter beyond the usual; left out: 1. */
  readonly scatter?: number;
}

/** What is planted: from an interval on, factors on what comes. */
export interface Planted {
  readonly from: number;
  readonly calls?: number;
  readonly handleTime?: number;
  readonly operators?: number;
}

const intervals = 48;
const [opens, closes] = [16, 40];
const usualHandle = 240;
/** Squared variation of a call's handle time. */
const handleVariation = 0.8;
const absence = 0.05;

/** Expected calls: two humps between eight and twenty o'clock. */
const pattern = (height: number): Float64Array =>
  Float64Array.from({ length: intervals }, (_, i) =>
    i < opens || i >= closes
      ? 0
      : height * (0.45 + 0.55 * Math.exp(-(((i - 20) / 3) ** 2)) + 0.4 * Math.exp(-(((i - 31) / 3.5) ** 2))),
  );

interface MadeDay {
  readonly calls: MeasuredDay;
  readonly handleTime: MeasuredDay;
  readonly answered: Float64Array;
  readonly present: Float64Array;
}

/** A day by laws of its own: a log-normal day, an autoregressive drift within it, gamma-mixed Poisson calls. */
const makeDay = (line: MadeLine, random: Random, planted?: Planted): MadeDay => {
  const expected = pattern(line.callsAtHeight);
  const scatter = line.scatter ?? 1;
  const dayCalls = Math.exp(0.06 * scatter * random.normal());
  const dayHandle = Math.exp(0.025 * random.normal());
  const came = new Float64Array(intervals);
  const seconds = new Float64Array(intervals);
  const due = new Float64Array(intervals);
  const present = new Float64Array(intervals);
  let there = 0;
  for (let k = 0; k < line.operators; k += 1) there += random.uniform() < absence ? 0 : 1;
  const drifts = 0.04 * scatter;
  let drift = drifts * random.normal();
  for (let i = opens; i < closes; i += 1) {
    drift = 0.75 * drift + drifts * Math.sqrt(1 - 0.75 ** 2) * random.normal();
    const isPlanted = planted !== undefined && i >= planted.from;
    const mean = (expected[i] ?? 0) * dayCalls * Math.exp(drift) * (isPlanted ? (planted.calls ?? 1) : 1);
    const mixing = 0.002 * scatter ** 2;
    const calls = random.poisson(mean * mixing * random.gamma(1 / mixing));
    came[i] = calls;
    due[i] = calls * usualHandle;
    const factor = dayHandle * (isPlanted ? (planted.handleTime ?? 1) : 1);
    const shape = calls / handleVariation;
    seconds[i] = calls === 0 ? 0 : usualHandle * handleVariation * random.gamma(shape) * factor;
    const isMissing = isPlanted && planted.operators !== undefined;
    present[i] = Math.round((isMissing ? there * (planted.operators ?? 1) : there) + 0.4 * random.normal());
  }
  return {
    calls: { came, expected, weight: expected },
    handleTime: { came: seconds, expected: due, weight: came },
    answered: came,
    present,
  };
};

/** So many past days of a line. */
export const pastOf = (line: MadeLine, seed: number, days = 60): readonly MadeDay[] => {
  const random = seededRandom(seed, 1);
  return Array.from({ length: days }, () => makeDay(line, random));
};

interface Pasts {
  readonly calls: ReadonlyMap<string, MeasuredDay>;
  readonly handleTime: ReadonlyMap<string, MeasuredDay>;
  readonly kept: NonNullable<WatchedDay['kept']>;
}

/** What is learnt from a past is found by the past: it is made once. */
const pasts = new WeakMap<readonly MadeDay[], Pasts>();

const pastsOf = (past: readonly MadeDay[]): Pasts => {
  const byDate = (of: (own: MadeDay) => MeasuredDay): ReadonlyMap<string, MeasuredDay> =>
    new Map(past.map((own, d) => [`d${d}`, of(own)]));
  const found = pasts.get(past) ?? {
    calls: byDate((own) => own.calls),
    handleTime: byDate((own) => own.handleTime),
    kept: new WeakMap(),
  };
  pasts.set(past, found);
  return found;
};

/** A day of a line until an interval, with the line's past: what signals are looked for in. */
export const watchedDays = (
  line: MadeLine,
  past: readonly MadeDay[],
  seed: number,
  planted?: Planted,
): ((now: number) => WatchedDay) => {
  const day = makeDay(line, seededRandom(seed, 2), planted);
  const known = pastsOf(past);
  const until = (values: Float64Array, now: number): Float64Array =>
    values.map((value, i) => (i < now ? value : Number.NaN));
  const rostered = Float64Array.from({ length: intervals }, (_, i) =>
    i < opens || i >= closes ? 0 : line.operators * (1 - absence),
  );
  return (now) => ({
    now,
    intervalMinutes: 30,
    queues: [
      {
        queue: 'all',
        calls: {
          today: { ...day.calls, came: until(day.calls.came, now) },
          past: known.calls,
        },
        handleTime: {
          today: { ...day.handleTime, came: until(day.handleTime.came, now) },
          past: known.handleTime,
        },
      },
    ],
    offered: until(day.calls.came, now),
    answered: until(day.answered, now),
    rowsUntil: now,
    operators: {
      rostered,
      present: line.presence ? until(day.present, now) : new Float64Array(intervals).fill(Number.NaN),
      answeredShare: new Float64Array(intervals).fill(1),
      absence,
    },
    falseAlarmsPerWeek: 1,
    kept: known.kept,
  });
};

export const madeDay = { opens, closes } as const;
