import type { LineCounts } from './line-counts.ts';
import type { LineSpec } from './line-spec.ts';

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
