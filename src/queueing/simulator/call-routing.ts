import type { CallTable } from './call-table.ts';
import type { LineCounts } from './line-counts.ts';
import type { LineClass, LineSpec } from './line-spec.ts';

/** Who takes whom: the operator for a call that comes, and the call for an operator who is free. */
export class CallRouting {
  private readonly spec: LineSpec;
  private readonly calls: CallTable;
  private readonly pools: PoolClock;
  private readonly routes: RoutingTable;

  constructor(spec: LineSpec, calls: CallTable, pools: PoolClock) {
    this.spec = spec;
    this.calls = calls;
    this.pools = pools;
    this.routes = layOutRoutes(spec);
  }

  /** The first pool in a class's order that has an operator free; −1: all are busy. */
  freePool(c: number): number {
    const direct = this.routes.direct[c] as Int32Array;
    for (let i = 0; i < direct.length; i += 1) {
      const pool = direct[i] as number;
      if (this.pools.isFree(pool)) return pool;
    }
    return -1;
  }

  /** Pools that may take a class's calls only after a while, and after how many seconds. */
  delayed(c: number): RoutingTable['delayed'][number] {
    return this.routes.delayed[c] as RoutingTable['delayed'][number];
  }

  /** Seconds that a new call of a class would wait by its queue: 0 where an operator is free. */
  readonly estimatedWait = (c: number): number => (this.freePool(c) >= 0 ? 0 : this.queueWait(c));

  /** (queue + 1) · mean handle time / operators of the class's pools; Infinity where nobody is on duty. */
  queueWait(c: number): number {
    let operators = 0;
    for (const pool of this.routes.all[c] as Int32Array) operators += this.pools.staff[pool] as number;
    const mean = (this.spec.classes[c] as LineClass).serviceMeanSeconds[this.pools.interval] ?? 0;
    return (((this.calls.queued[c] as number) + 1) * mean) / operators;
  }

  /**
   * The next call that a free operator of the pool may take: the class of best priority, ties by longest wait, first
   * come first served within it; −1 where there is none.
   */
  nextCall(pool: number, now: number): number {
    const { calls } = this;
    const { classes, priorities, delays } = this.routes.served[pool] as RoutingTable['served'][number];
    let best = -1;
    let bestPriority = Infinity;
    let bestJoined = Infinity;
    for (let i = 0; i < classes.length; i += 1) {
      const slot = calls.head[classes[i] as number] as number;
      if (slot < 0) continue;
      const joined = calls.joinedAt[slot] as number;
      if (joined + (delays[i] as number) > now) continue;
      const priority = priorities[i] as number;
      if (best < 0 || priority < bestPriority || (priority === bestPriority && joined < bestJoined)) {
        best = slot;
        bestPriority = priority;
        bestJoined = joined;
      }
    }
    return best;
  }
}

/**
 * Operators of each pool on duty and busy, and the seconds of both per interval. Where more are busy than on
 * duty, operators whose shift has ended finish their call: those seconds are overrun.
 */
export class PoolClock {
  readonly staff: Int32Array;
  readonly busy: Int32Array;
  private readonly since: Float64Array;
  private readonly counts: LineCounts;
  private readonly intervals: number;
  private readonly from: number;
  private readonly until: number;
  interval = 0;

  constructor(spec: LineSpec, counts: LineCounts) {
    this.staff = new Int32Array(spec.pools.length);
    this.busy = new Int32Array(spec.pools.length);
    this.since = new Float64Array(spec.pools.length);
    this.counts = counts;
    this.intervals = spec.intervals;
    this.from = spec.warmupSeconds;
    this.until = spec.intervals * spec.intervalSeconds;
  }

  /** Books the time since the pool's last change, up to `time`, to the interval under way. */
  book(pool: number, time: number): void {
    const since = this.since[pool] as number;
    const begin = since > this.from ? since : this.from;
    const end = time < this.until ? time : this.until;
    this.since[pool] = time;
    if (end <= begin) return;
    const at = pool * this.intervals + this.interval;
    const { busy, staffed, overrun } = this.counts;
    const nBusy = this.busy[pool] as number;
    const nStaff = this.staff[pool] as number;
    busy[at] = (busy[at] as number) + nBusy * (end - begin);
    staffed[at] = (staffed[at] as number) + nStaff * (end - begin);
    if (nBusy > nStaff) overrun[at] = (overrun[at] as number) + (nBusy - nStaff) * (end - begin);
  }

  isFree(pool: number): boolean {
    return (this.busy[pool] as number) < (this.staff[pool] as number);
  }

  seize(pool: number, time: number): void {
    this.book(pool, time);
    this.busy[pool] = (this.busy[pool] as number) + 1;
  }

  release(pool: number, time: number): void {
    this.book(pool, time);
    this.busy[pool] = (this.busy[pool] as number) - 1;
  }
}

/** Who may answer whom, flattened for the engine. */
interface RoutingTable {
  /** Per class: pools that answer at once, in order of preference. */
  readonly direct: readonly Int32Array[];
  /** Per class: pools that answer only calls that have waited for a while. */
  readonly delayed: readonly { readonly pools: Int32Array; readonly delays: Float64Array }[];
  /** Per class: all its pools. */
  readonly all: readonly Int32Array[];
  /** Per pool: classes it may take from the queue, with priority and delay. */
  readonly served: readonly {
    readonly classes: Int32Array;
    readonly priorities: Float64Array;
    readonly delays: Float64Array;
  }[];
}

/** The routes of a line, by class and by pool; a delay below 0 is none. */
const layOutRoutes = (spec: LineSpec): RoutingTable => ({
  direct: spec.classes.map(
    ({ routes }) =>
    Int32Array.from(routes.filter((r) => r.delaySeconds <= 0), (r) => r.pool), // prettier-ignore
  ),
  delayed: spec.classes.map(({ routes }) => {
    const late = routes.filter((r) => r.delaySeconds > 0);
    return {
      pools: Int32Array.from(late, (r) => r.pool),
      delays: Float64Array.from(late, (r) => r.delaySeconds),
    };
  }),
  all: spec.classes.map(({ routes }) => Int32Array.from(routes, (r) => r.pool)),
  served: spec.pools.map((pool, p) => {
    const delays = spec.classes.flatMap(({ routes }, c) => {
      const route = routes.find((r) => r.pool === p);
      return route === undefined ? [] : [{ c, delay: Math.max(0, route.delaySeconds) }];
    });
    return {
      classes: Int32Array.from(delays, ({ c }) => c),
      priorities: Float64Array.from(delays, ({ c }) => pool.classPriority[c] ?? Infinity),
      delays: Float64Array.from(delays, ({ delay }) => delay),
    };
  }),
});
