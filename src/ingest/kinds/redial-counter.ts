import { GrowingColumn } from '../tables/growing-column.ts';
import { valueAt } from '../../kernel/value-at.ts';

/**
 * Counts attempts that repeat a failed one: of the same caller (by hash), whose attempt just before was
 * abandoned or blocked no longer than the window ago. Holds a hash, an instant and a place per call, never a
 * number; order of rows does not matter.
 */
export class RedialCounter {
  private readonly hashes = new GrowingColumn();
  private readonly instants = new GrowingColumn();
  /** Bin of the call, negative minus one when it failed. */
  private readonly bins = new GrowingColumn();
  private readonly windowMillis: number;

  constructor(windowMinutes: number) {
    this.windowMillis = windowMinutes * 60_000;
  }

  add(hash: number, instant: number, bin: number, failed: boolean): void {
    this.hashes.push(hash);
    this.instants.push(instant);
    this.bins.push(failed ? -bin - 1 : bin);
  }

  /** Calls `count` with the bin of every redial. */
  forEachRedial(count: (bin: number) => void): void {
    const failing = new Set<number>();
    for (let i = 0; i < this.bins.length; i += 1) if (this.bins.at(i) < 0) failing.add(this.hashes.at(i));
    const calls: number[] = [];
    for (let i = 0; i < this.bins.length; i += 1) if (failing.has(this.hashes.at(i))) calls.push(i);
    calls.sort(
      (a, b) =>
        this.hashes.at(a) - this.hashes.at(b) ||
        this.instants.at(a) - this.instants.at(b) ||
        this.bins.at(a) - this.bins.at(b),
    );
    for (let i = 1; i < calls.length; i += 1) {
      const before = valueAt(calls, i - 1);
      const call = valueAt(calls, i);
      const repeats =
        this.hashes.at(before) === this.hashes.at(call) &&
        this.bins.at(before) < 0 &&
        this.instants.at(call) - this.instants.at(before) <= this.windowMillis;
      if (!repeats) continue;
      const bin = this.bins.at(call);
      count(bin < 0 ? -bin - 1 : bin);
    }
  }
}
