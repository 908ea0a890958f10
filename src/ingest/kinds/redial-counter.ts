/**
 * Counts attempts that repeat a failed one: of the same caller (by hash), whose attempt just before was
 * abandoned or blocked no longer than the window ago. Holds a hash, an instant and a place per call, never a
 * number; order of rows does not matter.
 */
export class RedialCounter {
  private length = 0;
  private hashes = new Float64Array(1024);
  private instants = new Float64Array(1024);
  /** Bin of the call, negative minus one when it failed. */
  private bins = new Int32Array(1024);
  private readonly windowMillis: number;

  constructor(windowMinutes: number) {
    this.windowMillis = windowMinutes * 60_000;
  }

  add(hash: number, instant: number, bin: number, failed: boolean): void {
    const call = this.length;
    if (call === this.bins.length) {
      this.hashes = widened(this.hashes, new Float64Array(2 * call));
      this.instants = widened(this.instants, new Float64Array(2 * call));
      this.bins = widened(this.bins, new Int32Array(2 * call));
    }
    this.hashes[call] = hash;
    this.instants[call] = instant;
    this.bins[call] = failed ? -bin - 1 : bin;
    this.length = call + 1;
  }

  /** Calls `count` with the bin of every redial. */
  forEachRedial(count: (bin: number) => void): void {
    const { order, from } = this.callsOfCallers();
    const { instants, bins } = this;
    const later = (a: number, b: number): number =>
      (instants[a] as number) - (instants[b] as number) || (bins[a] as number) - (bins[b] as number);
    for (let caller = 0; caller + 1 < from.length; caller += 1) {
      const calls = order.subarray(from[caller], from[caller + 1]);
      let sorted = 1;
      while (sorted < calls.length && later(calls[sorted - 1] as number, calls[sorted] as number) <= 0)
        sorted += 1;
      if (sorted < calls.length) calls.sort(later);
      for (let i = 1; i < calls.length; i += 1) {
        const [before, call] = [calls[i - 1] as number, calls[i] as number];
        if (!((bins[before] as number) < 0)) continue;
        if (!((instants[call] as number) - (instants[before] as number) <= this.windowMillis)) continue;
        const bin = bins[call] as number;
        count(bin < 0 ? -bin - 1 : bin);
      }
    }
  }

  /** The calls of callers who failed at least once: those of one caller stand together, as they came, from `from[caller]` on. */
  private callsOfCallers(): { readonly order: Int32Array; readonly from: Int32Array } {
    const { hashes, bins, length } = this;
    let failed = 0;
    for (let i = 0; i < length; i += 1) if ((bins[i] as number) < 0) failed += 1;
    const callers = new CallerTable(failed);
    for (let i = 0; i < length; i += 1) if ((bins[i] as number) < 0) callers.add(hashes[i] as number);
    const callerOf = new Int32Array(length);
    const from = new Int32Array(callers.size + 1);
    for (let i = 0; i < length; i += 1) {
      const caller = callers.find(hashes[i] as number);
      callerOf[i] = caller;
      if (caller >= 0) from[caller + 1] = (from[caller + 1] as number) + 1;
    }
    for (let caller = 1; caller < from.length; caller += 1)
      from[caller] = (from[caller] as number) + (from[caller - 1] as number);
    const order = new Int32Array(from.at(-1) ?? 0);
    const next = from.slice();
    for (let i = 0; i < length; i += 1) {
      const caller = callerOf[i] as number;
      if (caller < 0) continue;
      order[next[caller] as number] = i;
      next[caller] = (next[caller] as number) + 1;
    }
    return { order, from };
  }
}

/** Numbers callers by their hash from 0 on: open addressing, since a set of numbers this large is many times slower. */
class CallerTable {
  size = 0;
  private readonly hashes: Float64Array;
  private readonly numbers: Int32Array;
  private readonly mask: number;

  constructor(most: number) {
    const room = 2 ** Math.ceil(Math.log2(2 * most + 2));
    this.hashes = new Float64Array(room);
    this.numbers = new Int32Array(room).fill(-1);
    this.mask = room - 1;
  }

  add(hash: number): void {
    const place = this.placeOf(hash);
    if ((this.numbers[place] as number) >= 0) return;
    this.hashes[place] = hash;
    this.numbers[place] = this.size;
    this.size += 1;
  }

  /** −1 for a caller who was not added. */
  find(hash: number): number {
    return this.numbers[this.placeOf(hash)] as number;
  }

  /** Where a hash stands, or would stand: its low bits are as good as any. */
  private placeOf(hash: number): number {
    let place = hash & this.mask;
    while ((this.numbers[place] as number) >= 0 && this.hashes[place] !== hash)
      place = (place + 1) & this.mask;
    return place;
  }
}

/** A column in wider room. */
export const widened = <Column extends Float64Array | Int32Array>(column: Column, room: Column): Column => {
  room.set(column);
  return room;
};
