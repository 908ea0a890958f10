import type { Random } from '../kernel/random.ts';
import { sumOf } from '../kernel/statistics.ts';
import { valueAt } from '../kernel/value-at.ts';
import type { CoverProblem, Tour } from './cover-problem.ts';
import { changePenalty, createLimitUse, type LimitUse, type Staying } from './stay-prices.ts';
import type { OwnPrices } from './tier-links.ts';

interface Kind {
  readonly length: number;
  readonly starts: Int32Array;
  readonly cost: number;
  readonly breakLength: Int32Array;
  readonly earliest: Int32Array;
  readonly latest: Int32Array;
}

interface Cooling {
  readonly moves: number;
  /** In prices of an operator in one slot. */
  readonly hot: number;
  readonly cold: number;
}

/** Share of moves that put a shift back where it was before, while what stays is worth something. */
const homewardShare = 0.15;

/** Low-temperature annealing over the whole shifts of one tier, while those of the others stay. */
export class ShiftAnnealing {
  private readonly random: Random;
  private readonly slots: number;
  private readonly kinds: readonly Kind[];
  private readonly minimumPerStart: number;
  private readonly stateAt: Int32Array;
  /** Operators more or fewer per slot than when the prices were given. */
  private readonly more: Int32Array;
  /** Per slot, change of the price by one operator more, or one fewer. */
  private readonly raise: Float64Array;
  private readonly drop: Float64Array;
  private readonly lifted: Float64Array;
  /** Breaks of the shift that is being priced. */
  private readonly trial: Int32Array;
  private readonly limits: LimitUse;
  private readonly atStart: Int32Array[];
  private readonly smallStartPenalty: number;
  private readonly pricePerSlot: number;
  private readonly mayFar: boolean;
  private tourKind: number[] = [];
  private tourStart: number[] = [];
  private tourBreaks: Int32Array[] = [];
  private homes: (Tour | undefined)[] = [];
  private readonly staying: Staying | undefined;
  private prices!: OwnPrices;
  /** What all moves so far have changed. */
  cost = 0;

  constructor(problem: CoverProblem, tours: readonly Tour[], random: Random, staying?: Staying) {
    this.random = random;
    this.staying = staying;
    this.slots = problem.slots;
    this.minimumPerStart = problem.minimumPerStart;
    this.kinds = problem.types.map((shift) => ({
      length: shift.lengthSlots,
      starts: shift.starts,
      cost: shift.cost,
      breakLength: Int32Array.from(shift.breaks, (b) => b.lengthSlots),
      earliest: Int32Array.from(shift.breaks, (b) => b.earliest),
      latest: Int32Array.from(shift.breaks, (b) => b.latest),
    }));
    this.trial = new Int32Array(Math.max(0, ...this.kinds.map(({ earliest }) => earliest.length)));
    this.mayFar = problem.limits !== undefined;
    this.limits = createLimitUse(problem);
    this.atStart = this.kinds.map(() => new Int32Array(this.slots));
    this.smallStartPenalty = Math.max(0, ...this.kinds.map(({ cost }) => cost));
    const rates = this.kinds.map(({ cost, length }) => cost / length);
    const mean = sumOf(rates) / Math.max(1, rates.length);
    this.pricePerSlot = Math.max(mean, 1e-6, problem.overPrice);
    this.raise = new Float64Array(this.slots);
    this.drop = new Float64Array(this.slots);
    this.lifted = new Float64Array(Math.max(0, ...this.kinds.map(({ length }) => length)));
    this.stateAt = new Int32Array(this.slots);
    this.more = new Int32Array(this.slots);
    for (const [i, { type, start, breakOffsets }] of tours.entries()) {
      this.push(type, start, Int32Array.from(breakOffsets), staying?.homes[i]);
      this.limits.count(type, start, 1);
      this.countStart(type, start, 1);
    }
    this.cost = 0;
  }

  /** Shifts as they stand. */
  tours(): Tour[] {
    return this.tourKind.map((type, i) => ({
      type,
      start: valueAt(this.tourStart, i),
      breakOffsets: Array.from(
        valueAt(this.tourBreaks, i).subarray(0, valueAt(this.kinds, type).breakLength.length),
      ),
    }));
  }

  get size(): number {
    return this.tourKind.length;
  }

  /** Makes so many moves at the prices given, cooling down; answers operators more or fewer per slot. */
  anneal(prices: OwnPrices, { moves, hot, cold }: Cooling): Int32Array {
    this.prices = prices;
    this.more.fill(0);
    for (let t = 0; t < this.slots; t += 1) this.enter(t, t);
    const [from, to] = [hot * this.pricePerSlot, cold * this.pricePerSlot];
    const cooling = Math.log(to / from);
    let temperature = from;
    for (let move = 0; move < moves; move += 1) {
      if ((move & 255) === 0) temperature = from * Math.exp((cooling * move) / moves);
      this.move(temperature);
    }
    return this.more;
  }

  private push(kind: number, start: number, breaks: Int32Array, home?: Tour): number {
    this.tourKind.push(kind);
    this.tourStart.push(start);
    const own = new Int32Array(this.trial.length);
    own.set(breaks);
    this.tourBreaks.push(own);
    this.homes.push(home);
    return this.tourKind.length - 1;
  }

  private enter(t: number, state: number): void {
    const { steps } = this.prices;
    this.stateAt[t] = state;
    this.raise[t] = steps[2 * state] ?? 0;
    this.drop[t] = steps[2 * state + 1] ?? 0;
  }

  private change(from: number, length: number, by: 1 | -1): void {
    const { slots, prices, more } = this;
    for (let i = 0, t = from % slots; i < length; i += 1, t = t + 1 === slots ? 0 : t + 1) {
      this.cost += (by === 1 ? this.raise[t] : this.drop[t]) ?? 0;
      more[t] = (more[t] ?? 0) + by;
      this.enter(t, prices.move(this.stateAt[t] ?? 0, by));
    }
  }

  private place(kindIndex: number, start: number, breaks: Int32Array, by: 1 | -1): void {
    const kind = this.kinds[kindIndex] as Kind;
    // A stretch at a time, so that a slot of a break is not entered twice.
    let at = 0;
    for (let b = 0; b < kind.breakLength.length; b += 1) {
      const offset = breaks[b] ?? 0;
      this.change(start + at, offset - at, by);
      at = offset + (kind.breakLength[b] ?? 0);
    }
    this.change(start + at, kind.length - at, by);
    this.cost += by * kind.cost;
    this.limits.count(kindIndex, start, by);
    this.countStart(kindIndex, start, by);
  }

  private countStart(kindIndex: number, start: number, by: number): void {
    const minimum = this.minimumPerStart;
    if (minimum <= 1) return;
    const counts = this.atStart[kindIndex] as Int32Array;
    const before = counts[start] ?? 0;
    const isSmall = (n: number): number => (n > 0 && n < minimum ? 1 : 0);
    this.cost += (isSmall(before + by) - isSmall(before)) * this.smallStartPenalty;
    counts[start] = before + by;
  }

  /** What starts with too few cost more once a shift has gone from one to another. */
  private smallStartsBy(index: number, start: number, toIndex: number, toStart: number): number {
    if (this.minimumPerStart <= 1) return 0;
    const before = this.cost;
    this.countStart(index, start, -1);
    this.countStart(toIndex, toStart, 1);
    const small = this.cost - before;
    this.countStart(toIndex, toStart, -1);
    this.countStart(index, start, 1);
    this.cost = before;
    return small;
  }

  private awayOf(i: number, kindIndex: number, start: number, breaks: Int32Array): number {
    if (this.staying === undefined) return 0;
    return changePenalty(this.homes[i], kindIndex, start, breaks, this.staying.prices);
  }

  /** Price of adding a shift now, with its breaks where they hurt least; leaves their offsets in `trial`. */
  private priceOf(kind: Kind, start: number): number {
    const { slots, raise } = this;
    let price = kind.cost;
    const end = start + kind.length;
    if (end <= slots) for (let t = start; t < end; t += 1) price += raise[t] ?? 0;
    else
      for (let i = 0, t = start; i < kind.length; i += 1, t = t + 1 === slots ? 0 : t + 1)
        price += raise[t] ?? 0;
    for (let k = 0; k < kind.breakLength.length; k += 1) {
      const length = kind.breakLength[k] ?? 0;
      const latest = kind.latest[k] ?? 0;
      let best = -Infinity;
      for (let offset = kind.earliest[k] ?? 0; offset <= latest; offset += 1) {
        let gain = 0;
        let t = start + offset;
        if (t >= slots) t -= slots;
        for (let i = 0; i < length; i += 1) {
          gain += raise[t] ?? 0;
          t = t + 1 === slots ? 0 : t + 1;
        }
        if (gain > best) {
          best = gain;
          this.trial[k] = offset;
        }
      }
      price -= best;
    }
    return price;
  }

  private lift(kind: Kind, start: number, breaks: Int32Array): number {
    const { slots, raise, drop, lifted } = this;
    let price = -kind.cost;
    for (let j = 0, t = start; j < kind.length; j += 1, t = t + 1 === slots ? 0 : t + 1) {
      const fewer = drop[t] ?? 0;
      lifted[j] = raise[t] ?? 0;
      raise[t] = -fewer;
      price += fewer;
    }
    for (let k = 0; k < kind.breakLength.length; k += 1) {
      const offset = breaks[k] ?? 0;
      const end = offset + (kind.breakLength[k] ?? 0);
      for (let j = offset, t = (start + offset) % slots; j < end; j += 1, t = t + 1 === slots ? 0 : t + 1) {
        raise[t] = lifted[j] ?? 0;
        price -= drop[t] ?? 0;
      }
    }
    return price;
  }

  private putDown(kind: Kind, start: number): void {
    const { slots, raise, lifted } = this;
    for (let j = 0, t = start; j < kind.length; j += 1, t = t + 1 === slots ? 0 : t + 1)
      raise[t] = lifted[j] ?? 0;
  }

  private accepts(change: number, temperature: number): boolean {
    return change <= 0 || this.random.uniform() < Math.exp(-change / temperature);
  }

  private pick(count: number): number {
    return Math.min(count - 1, Math.floor(this.random.uniform() * count));
  }

  private move(temperature: number): void {
    const count = this.tourKind.length;
    const draw = this.random.uniform();
    if (count === 0 || draw < 0.02) {
      this.tryAdd(temperature);
      return;
    }
    const i = this.pick(count);
    if (this.staying !== undefined && this.random.uniform() < homewardShare) this.tryGoHome(i, temperature);
    else if (draw < 0.04) this.tryRemove(i, temperature);
    else if (draw < 0.4) this.tryBreak(i, temperature);
    else this.tryMove(i, temperature);
  }

  private tryAdd(temperature: number): void {
    const index = this.pick(this.kinds.length);
    const kind = this.kinds[index];
    const start = kind?.starts[this.pick(kind.starts.length)];
    if (start === undefined || !this.limits.allows(index, start)) return;
    const away = this.staying?.prices.shift ?? 0;
    if (!this.accepts(this.priceOf(kind as Kind, start) + away, temperature)) return;
    this.push(index, start, this.trial);
    this.place(index, start, this.trial, 1);
    this.cost += away;
  }

  private tryRemove(i: number, temperature: number): void {
    const index = this.tourKind[i] as number;
    const kind = this.kinds[index] as Kind;
    const start = this.tourStart[i] as number;
    const breaks = this.tourBreaks[i] as Int32Array;
    const away =
      (this.homes[i] === undefined ? 0 : (this.staying?.prices.shift ?? 0)) -
      this.awayOf(i, index, start, breaks);
    const off = this.lift(kind, start, breaks);
    this.putDown(kind, start);
    if (!this.accepts(off + away, temperature)) return;
    this.place(index, start, breaks, -1);
    this.cost += away;
    const last = this.tourKind.length - 1;
    for (const list of [this.tourKind, this.tourStart, this.tourBreaks, this.homes] as unknown[][]) {
      list[i] = list[last];
      list.pop();
    }
  }

  private tryBreak(i: number, temperature: number): void {
    const index = this.tourKind[i] as number;
    const kind = this.kinds[index] as Kind;
    const breaks = this.tourBreaks[i] as Int32Array;
    if (kind.breakLength.length === 0) return;
    const k = this.pick(kind.breakLength.length);
    const [earliest, latest] = [kind.earliest[k] as number, kind.latest[k] as number];
    if (latest === earliest) return;
    const old = breaks[k] as number;
    let next = earliest + this.pick(latest - earliest);
    if (next >= old) next += 1;
    const start = this.tourStart[i] as number;
    const length = kind.breakLength[k] as number;
    const { slots, raise, drop } = this;
    const apart = Math.min(length, Math.abs(next - old));
    const [addFrom, cutFrom] = next > old ? [old, next + length - apart] : [old + length - apart, next];
    let change = 0;
    for (let j = 0; j < apart; j += 1) {
      change += (raise[(start + addFrom + j) % slots] ?? 0) + (drop[(start + cutFrom + j) % slots] ?? 0);
    }
    const wasAway = this.awayOf(i, index, start, breaks);
    breaks[k] = next;
    const away = this.awayOf(i, index, start, breaks) - wasAway;
    if (!this.accepts(change + away, temperature)) {
      breaks[k] = old;
      return;
    }
    this.change(start + addFrom, apart, 1);
    this.change(start + cutFrom, apart, -1);
    this.cost += away;
  }

  /** Puts a shift back where it was before, breaks and all. */
  private tryGoHome(i: number, temperature: number): void {
    const home = this.homes[i];
    if (home === undefined) return;
    const index = this.tourKind[i] as number;
    const start = this.tourStart[i] as number;
    const breaks = this.tourBreaks[i] as Int32Array;
    const away = this.awayOf(i, index, start, breaks);
    if (away === 0) return;
    const to = home.type;
    const offsets = new Int32Array(breaks.length);
    offsets.set(home.breakOffsets);
    const before = this.cost;
    this.place(index, start, breaks, -1);
    const isAllowed = this.limits.allows(home.type, home.start);
    if (isAllowed) {
      this.place(to, home.start, offsets, 1);
      if (this.accepts(this.cost - before - away, temperature)) {
        this.tourKind[i] = to;
        this.tourStart[i] = home.start;
        breaks.set(offsets);
        this.cost -= away;
        return;
      }
      this.place(to, home.start, offsets, -1);
    }
    this.place(index, start, breaks, 1);
    this.cost = before;
  }

  private tryMove(i: number, temperature: number): void {
    const index = this.tourKind[i] as number;
    const kind = this.kinds[index] as Kind;
    const start = this.tourStart[i] as number;
    const breaks = this.tourBreaks[i] as Int32Array;
    const draw = this.random.uniform();
    const toIndex = draw > 0.64 ? this.pick(this.kinds.length) : index;
    const to = this.kinds[toIndex] as Kind;
    const toStart = this.startNear(kind, to, start);
    if (toStart === undefined) return;
    if (this.mayFar && !this.limits.allowsInstead(index, start, toIndex, toStart)) return;
    const small = this.smallStartsBy(index, start, toIndex, toStart);
    const off = this.lift(kind, start, breaks);
    const price = this.priceOf(to, toStart);
    this.putDown(kind, start);
    const away = this.awayOf(i, toIndex, toStart, this.trial) - this.awayOf(i, index, start, breaks);
    if (!this.accepts(off + price + small + away, temperature)) return;
    this.place(index, start, breaks, -1);
    this.tourKind[i] = toIndex;
    this.tourStart[i] = toStart;
    breaks.set(this.trial);
    this.place(toIndex, toStart, breaks, 1);
    this.cost += away;
  }

  private startNear(old: Kind, to: Kind, oldStart: number): number | undefined {
    const { slots } = this;
    if (to.starts.length === 0) return undefined;
    if (this.mayFar && this.random.uniform() < 0.1) return to.starts[this.pick(to.starts.length)];
    const alignsEnd = to !== old && this.random.uniform() < 0.5;
    const wanted = alignsEnd ? (oldStart + old.length - to.length + slots) % slots : oldStart;
    let low = 0;
    let high = to.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((to.starts[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    const step = this.pick(7) - 3;
    return to.starts[(((low + step) % to.starts.length) + to.starts.length) % to.starts.length];
  }
}
