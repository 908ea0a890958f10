import type { Text } from './text.ts';
import type { PlainDate } from './time.ts';
import { valueOfRank } from './statistics.ts';

/** One queue's traffic, interval by interval; figures that the data does not have are NaN. */
interface JudgedTraffic {
  readonly queue: string;
  readonly intervalMinutes: number;
  readonly offered: Float64Array;
  readonly answered: Float64Array;
  readonly abandoned: Float64Array;
  readonly waitSecondsTotal: Float64Array;
  readonly handleSecondsTotal: Float64Array;
  readonly operators: Float64Array;
}

/** What a queue's stored traffic is like: new figures are held against it. */
export interface UsualFigures {
  /** 95 % of the intervals with calls have at most so many. */
  readonly calls: number;
  /** Mean handle time, seconds; NaN where the data has none. */
  readonly handleSeconds: number;
}

/** A figure that calls cannot have, or hardly. `rows` are the intervals concerned, by position; none: the whole. */
export interface TrafficDoubt {
  readonly code:
    | 'handle-time'
    | 'wait'
    | 'occupancy'
    | 'counts-changed'
    | 'handle-time-changed'
    | 'day-calls'
    | 'interval-calls'
    | 'interval-handle-time'
    | 'interval-wait'
    | 'interval-operators';
  readonly queue: string;
  /** The figure: seconds, calls, operators, or a fraction for occupancy; the largest where several rows have one. */
  readonly value: number;
  /** What is usual instead, in the same unit; NaN where a bound of its own holds. */
  readonly usual: number;
  readonly rows: readonly number[];
  /** So few intervals that they are slips, not the data's own way of writing. */
  readonly slips: boolean;
  /** The day that has the figure, and how many days are as far from the others. */
  readonly day?: { readonly date: PlainDate; readonly alike: number };
}

/** A doubt about a queue's traffic: see TrafficDoubt. */
export interface DoubtedFigure {
  /** Its key, or what planners call it. */
  readonly queue: string | Text;
  /** Seconds, calls, operators, or a fraction for occupancy. */
  readonly value: number;
  /** What is usual instead; null where a fixed bound decides. */
  readonly usual: number | null;
  /** Intervals concerned; 0 where it is the whole. */
  readonly intervals: number;
  /** The day that has it, and how many days are as far from the others. */
  readonly day?: TrafficDoubt['day'];
}

/** Bounds of what calls can have: beyond them a figure is questioned, not refused for good. */
export const callBounds = {
  /** Mean handle time, seconds: under ten no call is handled, over an hour every operator does something else. */
  handleSeconds: { from: 10, to: 3600 },
  /** Mean wait over a whole file, seconds. */
  waitSeconds: 1800,
  /** Waits over the share that hung up, seconds: nobody waits for two hours on average before hanging up. */
  patienceSeconds: 7200,
  /** Mean handle time of one interval, seconds: with five calls, and with fewer (one may have lasted long). */
  intervalHandleSeconds: { many: 7200, few: 28_800, manyCalls: 5 },
  /** Mean wait of one interval, seconds: nobody waits longer than four hours, or four intervals. */
  intervalWaitSeconds: 14_400,
  /** Busy time over staffed time: a little above 1 where calls are booked in the interval of arrival. */
  occupancy: 1.05,
  /** Times of the usual, and calls at least, from which an interval's count is questioned. */
  calls: { times: 20, least: 200 },
  /** Calls of one queue in an hour that no hotline has. */
  callsPerHour: 100_000,
  operators: 20_000,
  /** Times of the usual from which all of a file is questioned: no day or week of a line has five times its calls. */
  changed: { calls: 5, handle: 10 },
} as const;

/** Share of a queue's intervals up to which what is unusual is a slip. */
const slipShare = 0.2;

/** Counts from the 95th percentile on are outliers' own; below eight intervals nothing is usual yet: NaN. */
const fewestUsual = 8;

/** What a queue's traffic is like. */
export const usualFigures = (
  traffic: Pick<JudgedTraffic, 'offered' | 'answered' | 'handleSecondsTotal'>,
): UsualFigures => ({ calls: usualCalls(traffic.offered), handleSeconds: meanHandle(traffic) });

/** Calls up to which intervals are counted by their calls, which takes less than sorting does. */
const mostCounted = 8191;

const usualCalls = (offered: Float64Array): number => {
  const intervals = new Int32Array(mostCounted + 1);
  let [all, counted] = [0, 0];
  for (let i = 0; i < offered.length; i += 1) {
    const calls = offered[i] as number;
    if (!(calls > 0)) continue;
    all += 1;
    if (calls > mostCounted || !Number.isInteger(calls)) continue;
    counted += 1;
    intervals[calls] = (intervals[calls] as number) + 1;
  }
  const rank = Math.floor(0.95 * (all - 1));
  if (all < fewestUsual) return Number.NaN;
  const isOpen = (own: number): boolean => own > 0;
  if (counted < all) return valueOfRank(offered.filter(isOpen), rank);
  let calls = 0;
  for (let before = 0; before <= rank; before += intervals[calls] as number) calls += 1;
  return calls;
};

/** Mean handle time over all intervals that have both figures, seconds; NaN where none has. */
const meanHandle = ({
  offered,
  answered,
  handleSecondsTotal,
}: Pick<JudgedTraffic, 'offered' | 'answered' | 'handleSecondsTotal'>): number => {
  let [sum, calls] = [0, 0];
  for (let i = 0; i < handleSecondsTotal.length; i += 1) {
    const total = handleSecondsTotal[i] as number;
    const handled = handledOf(offered[i], answered[i]);
    if (Number.isNaN(total + handled)) continue;
    sum += total;
    calls += handled;
  }
  return calls > 0 ? sum / calls : Number.NaN;
};

/** Calls that a handle time is over: those answered, or, where the data has none of these, those offered. */
export const handledOf = (offered = Number.NaN, answered = Number.NaN): number =>
  Number.isNaN(answered) ? offered : answered;

/**
 * Figures of each queue's traffic that calls cannot have, in the order of the queues. Operators stand in for one another:
 * a queue may keep more people busy than its own, as long as all queues together do not. Each is read when it is its turn.
 */
export const judgeQueues = (
  queues: readonly (() => JudgedTraffic)[],
  usualOf?: ReadonlyMap<string, UsualFigures>,
): TrafficDoubt[][] => {
  const found = queues.map((read) => {
    const traffic = read();
    return judgeTraffic(traffic, usualOf?.get(traffic.queue));
  });
  if (found.every((doubts) => doubts.every(({ code }) => code !== 'occupancy'))) return found;
  const times = queues.map((read, i) => busyAndStaffed(withoutDoubted(read(), found[i] ?? [])));
  const busy = times.reduce((sum, queue) => sum + queue.busy, 0);
  const staffed = times.reduce((sum, queue) => sum + queue.staffed, 0);
  if (busy > callBounds.occupancy * staffed) return found;
  return found.map((doubts) => doubts.filter(({ code }) => code !== 'occupancy'));
};

/** Operator-seconds busy and staffed, over the intervals that have both. */
const busyAndStaffed = ({
  intervalMinutes,
  handleSecondsTotal,
  operators,
}: JudgedTraffic): { readonly busy: number; readonly staffed: number } => {
  let busy = 0;
  let staffed = 0;
  for (let i = 0; i < handleSecondsTotal.length; i += 1) {
    const seconds = handleSecondsTotal[i] as number;
    const present = operators[i] as number;
    if (Number.isNaN(seconds + present)) continue;
    busy += seconds;
    staffed += present * intervalMinutes * 60;
  }
  return { busy, staffed };
};

/**
 * Figures of a queue's traffic that calls cannot have, the gravest first: nothing where all is usual. `usual` is what
 * is stored of the queue already.
 */
const judgeTraffic = (traffic: JudgedTraffic, usual?: UsualFigures): TrafficDoubt[] => {
  const own = usualFigures(traffic);
  const ofIntervals = judgeIntervals(traffic, own, usual);
  if (ofIntervals.length === 0) return judgeWhole(traffic, own, usual);
  // a slip says nothing of the whole; what most intervals have is the whole
  const rest = withoutDoubted(traffic, ofIntervals);
  return [...judgeWhole(rest, usualFigures(rest), usual), ...ofIntervals];
};

const judgeWhole = (
  traffic: JudgedTraffic,
  own: UsualFigures,
  usual: UsualFigures | undefined,
): TrafficDoubt[] => {
  const { queue, offered, answered, abandoned } = traffic;
  const found: TrafficDoubt[] = [];
  const doubt = (code: TrafficDoubt['code'], value: number, than = Number.NaN): void =>
    void found.push({ code, queue, value, usual: than, rows: [], slips: false });
  const { from, to } = callBounds.handleSeconds;
  // a mean from next to nothing says nothing
  let [handled, waited, gaveUp] = [0, 0, 0];
  for (let i = 0; i < offered.length; i += 1) {
    const handledHere = handledOf(offered[i], answered[i]) || 0;
    handled += handledHere;
    waited += waitedOf(offered[i], answered[i], abandoned[i]) || 0;
    gaveUp +=
      (Number.isNaN(abandoned[i]) ? (offered[i] as number) - handledHere : (abandoned[i] as number)) || 0;
  }
  if (own.handleSeconds > to || (own.handleSeconds < from && handled >= 20))
    doubt('handle-time', own.handleSeconds);
  const wait = meanWait(traffic);
  // Little: where callers wait longer than calls last more wait than are served; then many must hang up.
  const patience =
    waited < 100 || wait <= own.handleSeconds ? Number.NaN : (wait * waited) / Math.max(1, gaveUp);
  if (wait > callBounds.waitSeconds) doubt('wait', wait);
  else if (patience > callBounds.patienceSeconds) doubt('wait', wait, patience);
  const { busy, staffed } = busyAndStaffed(traffic);
  if (staffed > 0 && busy > callBounds.occupancy * staffed) doubt('occupancy', busy / staffed);
  if (usual === undefined) return found;
  if (own.calls > callBounds.changed.calls * usual.calls && own.calls >= callBounds.calls.least)
    doubt('counts-changed', own.calls, usual.calls);
  const times = own.handleSeconds / usual.handleSeconds;
  if (found.length === 0 && (times > callBounds.changed.handle || times < 1 / callBounds.changed.handle))
    doubt('handle-time-changed', own.handleSeconds, usual.handleSeconds);
  return found;
};

/** Mean wait over all intervals that have it, seconds; NaN where none has. */
const meanWait = ({
  offered,
  answered,
  abandoned,
  waitSecondsTotal,
}: Pick<JudgedTraffic, 'offered' | 'answered' | 'abandoned' | 'waitSecondsTotal'>): number => {
  let [sum, calls] = [0, 0];
  for (let i = 0; i < waitSecondsTotal.length; i += 1) {
    const total = waitSecondsTotal[i] as number;
    const waited = waitedOf(offered[i], answered[i], abandoned[i]);
    if (Number.isNaN(total + waited)) continue;
    sum += total;
    calls += waited;
  }
  return calls > 0 ? sum / calls : Number.NaN;
};

/** Calls that a wait is over: those answered and abandoned, or, where the data has neither, those offered. */
export const waitedOf = (offered = Number.NaN, answered = Number.NaN, abandoned = Number.NaN): number =>
  Number.isNaN(answered) && Number.isNaN(abandoned) ? offered : (answered || 0) + (abandoned || 0);

const judgeIntervals = (
  traffic: JudgedTraffic,
  own: UsualFigures,
  usual: UsualFigures | undefined,
): TrafficDoubt[] => {
  const { intervalMinutes, offered, answered, abandoned } = traffic;
  const calls = usual === undefined || Number.isNaN(usual.calls) ? own.calls : usual.calls;
  const mostCalls = Math.min(
    (callBounds.callsPerHour * intervalMinutes) / 60,
    Number.isNaN(calls) ? Infinity : Math.max(callBounds.calls.least, callBounds.calls.times * calls),
  );
  const { many, few, manyCalls } = callBounds.intervalHandleSeconds;
  const mostWait = Math.max(callBounds.intervalWaitSeconds, 4 * 60 * intervalMinutes);
  const { queue, waitSecondsTotal, handleSecondsTotal, operators } = traffic;
  const beyond = {
    calls: new Beyond(),
    handleTime: new Beyond(),
    wait: new Beyond(),
    operators: new Beyond(),
  };
  // plain loads: a year of quarter hours is looked at for each queue of every file
  for (let i = 0; i < offered.length; i += 1) {
    const here = offered[i] as number;
    if (here > mostCalls) beyond.calls.add(i, here);
    const handled = handledOf(here, answered[i]);
    const handle = (handleSecondsTotal[i] as number) / Math.max(1, handled);
    if (handle > (handled >= manyCalls ? many : few)) beyond.handleTime.add(i, handle);
    const wait = (waitSecondsTotal[i] as number) / Math.max(1, waitedOf(here, answered[i], abandoned[i]));
    if (wait > mostWait) beyond.wait.add(i, wait);
    const present = operators[i] as number;
    if (present > callBounds.operators) beyond.operators.add(i, present);
  }
  const doubt = (
    code: TrafficDoubt['code'],
    { rows, value }: Beyond,
    usualHere = Number.NaN,
  ): TrafficDoubt[] => {
    const slips = rows.length <= Math.max(3, slipShare * offered.length);
    return rows.length === 0 ? [] : [{ code, queue, value, usual: usualHere, rows, slips }];
  };
  return [
    ...doubt('interval-calls', beyond.calls, calls),
    ...doubt('interval-handle-time', beyond.handleTime, own.handleSeconds),
    ...doubt('interval-wait', beyond.wait),
    ...doubt('interval-operators', beyond.operators),
  ];
};

/** Intervals whose figure is above a bound, and the largest of them. */
class Beyond {
  readonly rows: number[] = [];
  value = 0;

  add(row: number, value: number): void {
    this.rows.push(row);
    if (value > this.value) this.value = value;
  }
}

/** Which figures of an interval a doubt takes with it; none where it concerns the whole. */
const figuresOf: Readonly<Partial<Record<TrafficDoubt['code'], readonly (keyof JudgedTraffic)[] | 'all'>>> = {
  'interval-calls': 'all',
  'interval-handle-time': ['handleSecondsTotal'],
  'interval-wait': ['waitSecondsTotal'],
  'interval-operators': ['operators'],
};

/** The same traffic with slips absent: one mistyped cell is no demand to plan for. What most intervals have stays. */
export const withoutDoubted = <Traffic extends JudgedTraffic>(
  traffic: Traffic,
  doubts: readonly TrafficDoubt[],
): Traffic => {
  const changed: Record<string, unknown> = Object.fromEntries(Object.entries(traffic));
  for (const { code, rows, slips } of doubts) {
    const figures = figuresOf[code];
    if (figures === undefined || !slips) continue;
    for (const [name, values] of Object.entries(changed)) {
      if (!(values instanceof Float64Array) || name === 'startMillis') continue;
      if (figures !== 'all' && !figures.includes(name as keyof JudgedTraffic)) continue;
      const kept = values.slice();
      for (const row of rows) kept[row] = Number.NaN;
      changed[name] = kept;
    }
  }
  return changed as unknown as Traffic;
};

/** How a day's calls lie over its hours: 24 weights each, of which only the proportions matter. */
export interface DayShape {
  readonly workday: readonly number[];
  /** Of Saturdays and Sundays. */
  readonly restDay: readonly number[];
}

/**
 * The usual shape of a public hotline that is open round the clock: a peak at ten, a lull at noon, a second peak at
 * three. Made up, as the demo's is; hours that a line is closed are left out of it.
 */
export const usualDayShape: DayShape = {
  workday: [
    0.6, 0.4, 0.3, 0.25, 0.25, 0.4, 1, 2.2, 5.5, 8.6, 8.9, 6.6, 4.4, 4.9, 7.4, 7.6, 6.6, 4.8, 3.4, 3, 2.6, 2,
    1.4, 0.9,
  ],
  restDay: [
    0.9, 0.6, 0.4, 0.35, 0.35, 0.5, 1.2, 2.4, 4.6, 6.6, 7, 6, 4.8, 4.8, 5.8, 6, 5.6, 4.8, 4, 3.8, 3.4, 2.8,
    1.9, 1.3,
  ],
};
