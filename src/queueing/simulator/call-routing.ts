import type { CallTable } from './call-table.ts';
import type { LineClass, LineSpec } from './line-spec.ts';
import type { PoolClock } from './pool-clock.ts';
import { layOutRoutes, type RoutingTable } from './routing-table.ts';

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
