import type { SignalKind } from '../contract/documents/day-document.ts';
import { valueAt } from '../kernel/value-at.ts';
import type { ResidualLaw } from './residual-law.ts';

/**
 * A measure of one day, interval by interval: what came, what was expected, and what its noise shrinks with. Of calls the
 * first-time calls and their forecast, which is the weight too; of handle times the seconds of all answered calls, what
 * these calls would have taken by plan, and their number. NaN in `came` where nobody told; an expectation of 0 says nothing.
 */
export interface MeasuredDay {
  readonly came: Float64Array;
  readonly expected: Float64Array;
  readonly weight: Float64Array;
}

/** A queue's day so far, and past days of the same make. */
export interface WatchedQueue {
  readonly queue: string;
  readonly calls: Watched;
  readonly handleTime: Watched;
}

export interface Watched {
  readonly today: MeasuredDay;
  /** By date: the line's own past is the sum of its queues' on the same dates. */
  readonly past: ReadonlyMap<string, MeasuredDay>;
}

export interface WatchedDay {
  /** Intervals that are over. */
  readonly now: number;
  readonly intervalMinutes: number;
  readonly queues: readonly WatchedQueue[];
  /** Calls that were answered, over all queues; NaN where nobody told. */
  readonly answered: Float64Array;
  readonly offered: Float64Array;
  /** Intervals from this one on have no row of any queue; `now` where the last one has. */
  readonly rowsUntil: number;
  readonly operators: WatchedOperators;
  /** False alarms that are borne, a week over all kinds. */
  readonly falseAlarmsPerWeek: number;
  /** What was learnt from past days, by them: who asks again with the next row keeps it. */
  readonly kept?: WeakMap<Watched['past'], LearntPast> | undefined;
}

/** What is learnt from the past of a measure, and pasts that it was summed with. */
interface LearntPast {
  ordinary?: Ordinary;
  readonly sums: { readonly parts: readonly Watched['past'][]; readonly sum: Watched['past'] }[];
}

/** What past days of a level tell of an ordinary one. It stands from midnight to midnight, and so does what is drawn from it. */
export interface Ordinary {
  readonly law: ResidualLaw;
  /** By how much more a day to come scatters than past ones, to which the forecast was fitted. */
  readonly inflation: number;
  /** Signatures of a whole usual day, and the whitened residuals of each past day: what limits are drawn from. */
  readonly usual: readonly Float64Array[];
  readonly pool: readonly Float64Array[];
  /** What was drawn: the tail by sign, and after how many intervals a step is found by its size and limit. */
  readonly tails: Map<number, Tail>;
  readonly found: Map<string, number | null>;
}

/** Tail of the largest ratio of an ordinary day until now: chance that it passes a value. */
interface Tail {
  readonly limit: (chance: number) => number;
  readonly chance: (ratio: number) => number;
}

/** Operators of all tiers: as rostered, as presence has them (NaN: not told), and what the line should have answered. */
interface WatchedOperators {
  readonly rostered: Float64Array;
  readonly present: Float64Array;
  /** Share of offered calls that these calls, as they came and took, would have had answered with the rostered operators. */
  readonly answeredShare: Float64Array;
  /** Chance that an operator stays away for a day. */
  readonly absence: number;
}

/** A stretch of a day without a call that no luck explains; `isOpen`: until the moment that is asked about, and maybe longer. */
export interface Silence {
  readonly from: number;
  readonly to: number;
  readonly isOpen: boolean;
  /** When the last call came, maybe days before; of a line that was closed then, when it opened. */
  readonly since: number;
  /** The queues of which none came. */
  readonly queues: ReadonlySet<string>;
}

/** A signal by intervals of the day. */
export interface FoundSignal {
  readonly kind: SignalKind;
  readonly queue: string | null;
  readonly since: number;
  readonly confidence: number;
  /** What came ÷ what was expected since then, of operators who are told present at the last count; NaN where nothing can be compared. */
  readonly factor: number;
  /** Of operators who are told present, in which interval they were counted last, and how many of how many. */
  readonly counted?: { readonly at: number; readonly present: number; readonly rostered: number };
  /** Of a silence when the last call came, by the wall clock, how many days before, and how many would have come since. */
  readonly silent?: { readonly at: string; readonly days: number; readonly missed: number };
}

/**
 * Share of what was due below which calls have collapsed; and how unlikely that must be, as if so many calls had been due and
 * none had come (Chernoff's bound of Poisson counts).
 */
const collapse = 0.15;
const leastMissed = 12;

/**
 * Intervals in which calls collapsed, of the whole line or of a queue, or in which a line with callers answered nobody:
 * the switch failed, whatever callers did. They say nothing of the rest of the day and stay out of every other test.
 */
export const outagesOf = (
  day: WatchedDay,
): { readonly mute: Uint8Array; readonly found: readonly FoundSignal[] } => {
  const { now, queues, answered, offered, rowsUntil } = day;
  const size = answered.length;
  const mute = new Uint8Array(size);
  const found: FoundSignal[] = [];
  const mark = (came: ArrayLike<number>, expected: ArrayLike<number>, queue: string | null): void => {
    for (const [from, to, sure] of collapsed(came, expected, Math.min(now, rowsUntil))) {
      mute.fill(1, from, to);
      if (to === Math.min(now, rowsUntil) && !found.some((own) => own.queue === null))
        found.push({ kind: 'outage', queue, since: from, confidence: 1 - Math.exp(-sure / 2), factor: 0 });
    }
  };
  const line = sumMeasured(queues.map(({ calls }) => calls.today));
  mark(line.came, line.expected, null);
  mark(answered, answerable(answered, offered, day.operators.rostered), null);
  for (const { queue, calls } of queues) mark(calls.today.came, calls.today.expected, queue);
  for (const i of brokenOff(line, Math.min(now, rowsUntil))) mute[i] = 1;
  mute.fill(1, Math.min(now, rowsUntil), now);
  return { mute, found };
};

/** Calls that could be answered: of those offered as many as an operator has answered at most of all intervals before. */
const answerable = (answered: Float64Array, offered: Float64Array, rostered: Float64Array): Float64Array => {
  let most = 0;
  return offered.map((calls, i) => {
    const operators = valueAt(rostered, i);
    const due = operators > 0 ? Math.min(calls, most > 0 ? most * operators : Infinity) : 0;
    if (operators > 0) most = Math.max(most, valueAt(answered, i) / operators || 0);
    return due;
  });
};

/** Shares of what the intervals before came to, and of the plan, below which calls broke off; in standard deviations of luck. */
const [ofLevel, ofPlan, beyondLuck] = [0.5, 0.8, 6];
/** Share of the level before that the next interval comes back to: else it has moved. */
const backTo = 0.75;

/** Intervals amid which a line fell silent: far fewer calls than just before, and than planned, and no luck. */
const brokenOff = ({ came, expected }: MeasuredDay, end: number): number[] => {
  const level = (i: number): number => valueAt(came, i) / valueAt(expected, i);
  return Array.from({ length: end }, (_, i) => i).filter((i) => {
    if (i < 2 || !(valueAt(expected, i) > 0)) return false;
    const before = Math.min(level(i - 2), level(i - 1));
    const due = before * valueAt(expected, i);
    const calls = valueAt(came, i);
    return (
      calls <= Math.min(ofLevel * due, ofPlan * valueAt(expected, i)) &&
      due - calls > beyondLuck * Math.sqrt(due) &&
      (i + 1 >= end || level(i + 1) >= backTo * before)
    );
  });
};

/**
 * Runs of intervals in which hardly anything came of what was due, with how sure that is. Due is what was expected, less where
 * the day has brought less before: a quiet day of a small line goes on quietly.
 */
const collapsed = (
  came: ArrayLike<number>,
  expected: ArrayLike<number>,
  end: number,
): [from: number, to: number, sure: number][] => {
  const runs: [number, number, number][] = [];
  let from = -1;
  let [calls, planned] = [0, 0];
  let [before, plannedBefore] = [leastMissed, leastMissed];
  const levelNow = (): number => Math.min(1, before / plannedBefore);
  const close = (to: number): void => {
    const due = levelNow() * planned;
    const sure = due - calls + (calls > 0 ? calls * Math.log(calls / due) : 0);
    if (from >= 0 && sure >= leastMissed) runs.push([from, to, sure]);
    else [before, plannedBefore] = [before + calls, plannedBefore + planned];
    [from, calls, planned] = [-1, 0, 0];
  };
  for (let i = 0; i < end; i += 1) {
    const [value, due] = [valueAt(came, i), valueAt(expected, i)];
    if (!(due > 0) || Number.isNaN(value)) continue;
    const isLow = value <= collapse * levelNow() * due;
    if (!isLow) close(i);
    if (isLow && from < 0) from = i;
    [calls, planned] = [calls + value, planned + due];
    if (!isLow) close(i);
  }
  close(end);
  return runs;
};

const sumMeasured = (days: readonly MeasuredDay[]): MeasuredDay => {
  const size = Math.max(0, ...days.map(({ came }) => came.length));
  const sum = (of: (own: MeasuredDay, i: number) => number): Float64Array =>
    Float64Array.from({ length: size }, (_, i) =>
      days.reduce((total, own) => (told(own, i) ? total + of(own, i) : total), 0),
    );
  const any = Float64Array.from({ length: size }, (_, i) =>
    days.some((own) => told(own, i)) ? 0 : Number.NaN,
  );
  return {
    came: sum(({ came }, i) => valueAt(came, i)).map((value, i) => value + valueAt(any, i)),
    expected: sum(({ expected }, i) => valueAt(expected, i)),
    weight: sum(({ weight }, i) => valueAt(weight, i)),
  };
};

const told = ({ came, expected }: MeasuredDay, i: number): boolean =>
  !Number.isNaN(came[i] ?? Number.NaN) && (expected[i] ?? 0) > 0;

/** The sum of several; its past is the one of before where the same pasts were summed. */
export const sumWatched = (all: readonly Watched[], kept: WatchedDay['kept']): Watched => {
  const today = sumMeasured(all.map((own) => own.today));
  const parts = all.map(({ past }) => past);
  const [first, ...others] = parts;
  if (first === undefined) return { today, past: new Map() };
  const known = kept?.get(first) ?? { sums: [] };
  kept?.set(first, known);
  const found = known.sums.find(
    (own) => own.parts.length === parts.length && own.parts.every((past, k) => past === parts[k]),
  );
  if (found !== undefined) return { today, past: found.sum };
  const dates = [...first.keys()].filter((date) => others.every((past) => past.has(date)));
  const sum = new Map(
    dates.map((date) => [date, sumMeasured(parts.flatMap((past) => past.get(date) ?? []))]),
  );
  known.sums.push({ parts, sum });
  return { today, past: sum };
};

/** What a day has brought of what was due of it, at most all: a busy morning makes no later silence less likely. */
export const levelOf = (came: number, due: number): number =>
  Math.min(1, (leastMissed + came) / (leastMissed + due));

/** Nothing came of any queue since an interval that is over, though calls were expected. */
export const lateSource = ({ now, rowsUntil, queues }: WatchedDay): FoundSignal[] => {
  let expected = 0;
  for (const { calls } of queues)
    for (let i = rowsUntil; i < now; i += 1) expected += Math.max(0, valueAt(calls.today.expected, i));
  return expected < leastMissed / 4
    ? []
    : [
        {
          kind: 'late-source',
          queue: null,
          since: rowsUntil,
          confidence: 1 - Math.exp(-expected),
          factor: Number.NaN,
        },
      ];
};
