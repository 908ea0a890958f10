import { TrafficTable } from './traffic-table.ts';
import type { ZoneInstants } from '../cells/zone-instants.ts';

/** Start of the interval of the local wall clock in which an instant lies; a divisor of 1440 minutes. */
export const intervalStart = (instant: number, minutes: number, zone: ZoneInstants): number => {
  const step = minutes * 60_000;
  const local = zone.local(instant);
  if (minutes <= 60) return instant - (local % step);
  const start = zone.earlier(local - (local % step));
  return Number.isNaN(start) ? zone.earlier(local - (local % step) + 3_600_000) : start;
};

/** Interval traffic being added up call by call. */
export class CallBins {
  readonly table = new TrafficTable();
  private readonly minutes: number;
  private readonly zone: ZoneInstants;
  /** Of each queue, rows by the minute of their start. */
  private readonly bins: Map<number, number>[] = [];
  /** Of each queue, the interval met last: instants from `lastFrom` until `lastUntil` lie in `lastBin`. */
  private lastFrom = new Float64Array(0);
  private lastUntil = new Float64Array(0);
  private lastBin = new Int32Array(0);
  private readonly offered = this.table.column('offered');
  private readonly answered = this.table.column('answered');
  private readonly abandoned = this.table.column('abandoned');
  private readonly shortAbandoned = this.table.column('shortAbandoned');
  private readonly blocked = this.table.column('blocked');
  private readonly inThreshold = this.table.column('answeredInThreshold');
  private readonly waits = this.table.column('waitSecondsTotal');
  private handles: ReturnType<TrafficTable['column']> | undefined;
  private redials: ReturnType<TrafficTable['column']> | undefined;

  constructor(minutes: number, zone: ZoneInstants) {
    this.minutes = minutes;
    this.zone = zone;
  }

  /** The row of the interval in which a call reached a queue, made when it is new. */
  binOf(queue: number, instant: number): number {
    // asked about its length first: a look beyond the end of an array makes every later one slow
    const isMet = queue < this.lastBin.length;
    if (isMet && instant >= (this.lastFrom[queue] ?? 0) && instant < (this.lastUntil[queue] ?? 0))
      return this.lastBin[queue] ?? 0;
    const start = intervalStart(instant, this.minutes, this.zone);
    const bin = this.binAt(queue, start);
    this.remember(queue, instant, start, bin);
    return bin;
  }

  /** What comes later in the interval is in it without a question, unless clocks change before its end. */
  private remember(queue: number, instant: number, start: number, bin: number): void {
    if (queue >= this.lastBin.length) {
      const room = 2 * queue + 8;
      this.lastFrom = widened(this.lastFrom, new Float64Array(room));
      this.lastUntil = widened(this.lastUntil, new Float64Array(room));
      this.lastBin = widened(this.lastBin, new Int32Array(room));
    }
    const until = start + this.minutes * 60_000;
    const { zone } = this;
    const isPlain = this.minutes <= 60 && zone.local(until - 1) - until + 1 === zone.local(instant) - instant;
    this.lastFrom[queue] = instant;
    this.lastUntil[queue] = isPlain ? until : instant + 1;
    this.lastBin[queue] = bin;
  }

  private binAt(queue: number, start: number): number {
    let own = this.bins[queue];
    if (own === undefined) {
      own = new Map();
      while (this.bins.length <= queue) this.bins.push(new Map());
      this.bins[queue] = own;
    }
    // by the minute: small whole numbers are found several times faster than milliseconds
    const minute = start / 60_000;
    let bin = own.get(minute);
    if (bin === undefined) {
      bin = this.open(queue, start);
      own.set(minute, bin);
    }
    return bin;
  }

  private open(queue: number, start: number): number {
    const { table } = this;
    const bin = table.add(queue, start, this.minutes, 0, 0);
    for (const { values } of table.columns.values()) values[bin] = 0;
    return bin;
  }

  addAnswered(bin: number, wait: number, handle: number, within: boolean): void {
    add(this.offered, bin, 1);
    add(this.answered, bin, 1);
    add(this.waits, bin, wait);
    if (within) add(this.inThreshold, bin, 1);
    if (Number.isNaN(handle)) return;
    this.handles ??= this.late('handleSecondsTotal');
    add(this.handles, bin, handle);
  }

  addAbandoned(bin: number, wait: number, short: boolean): void {
    add(this.offered, bin, 1);
    add(this.abandoned, bin, 1);
    add(this.waits, bin, wait);
    if (short) add(this.shortAbandoned, bin, 1);
  }

  addBlocked(bin: number): void {
    add(this.offered, bin, 1);
    add(this.blocked, bin, 1);
  }

  /** Makes the redial column exist even when nothing is counted. */
  expectRedials(): void {
    this.redials ??= this.late('redials');
  }

  addRedial(bin: number): void {
    this.redials ??= this.late('redials');
    add(this.redials, bin, 1);
  }

  private late(field: 'handleSecondsTotal' | 'redials'): ReturnType<TrafficTable['column']> {
    const column = this.table.column(field);
    column.values.fill(0);
    return column;
  }
}

const widened = <Column extends Float64Array | Int32Array>(column: Column, room: Column): Column => {
  room.set(column);
  return room;
};

const add = (column: { readonly values: Float64Array }, bin: number, amount: number): void => {
  column.values[bin] = (column.values[bin] ?? 0) + amount;
};
