import type { PresenceRecord } from '../../kernel/records.ts';

/**
 * Operators seen at work per interval, from call records: how many different ones had a call in hand at some
 * time in it. A lower bound of those present, since an operator without a call is not seen.
 */
export class OperatorsSeen {
  private readonly seen = new Map<number, Set<number>>();
  private readonly lastOf = new Map<number, number>();

  /** Operator `operator` had a call in hand in the interval that starts at `start`. */
  add(operator: number, start: number): void {
    if (this.lastOf.get(operator) === start) return;
    this.lastOf.set(operator, start);
    const there = this.seen.get(start);
    if (there === undefined) this.seen.set(start, new Set([operator]));
    else there.add(operator);
  }

  /** One record per interval in which anybody was seen, in time order. */
  records(tier: string, intervalMinutes: number): PresenceRecord[] {
    return [...this.seen]
      .sort((a, b) => a[0] - b[0])
      .map(([startMillis, there]) => ({ tier, startMillis, intervalMinutes, operators: there.size }));
  }
}
