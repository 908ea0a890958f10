import { sumOf } from '../kernel/statistics.ts';
import { addAt } from '../kernel/value-at.ts';
import { marginalPrice, type CoverProblem } from './cover-problem.ts';

/** Operators of tier `from` may stand in for tier `to`, at a price per operator and slot. Tiers by index. */
export interface TierLink {
  readonly from: number;
  readonly to: number;
  readonly price: number;
}

/** Operators at work per slot and tier, with those borrowed and without those lent, and those at work per slot and link. */
interface Loans {
  readonly standing: Int32Array;
  readonly flows: Int32Array;
}

/**
 * Who stands in where, slot by slot, at least price, kept up to date one operator more or fewer at a time. Prices are
 * convex in cover, so cancelling unit by unit along the cheapest chain of moves until none pays is exact, and one
 * operator more or fewer needs one more chain or none (successive shortest paths, Ahuja, Magnanti and Orlin 1993,
 * section 9.7). A tier's people and its seats are two nodes, joined by a link that costs nothing: whoever is borrowed
 * sits in a seat and is not lent on, so that no tier lends more than it has.
 */
export class Lending {
  readonly slots: number;
  private readonly problems: readonly CoverProblem[];
  /** Those given, and behind them each tier's to itself. */
  private readonly links: readonly TierLink[];
  /** Per tier, the links of its people; then, per tier, those to its seats. */
  private readonly linksOf: readonly Int32Array[];
  private readonly now: Loans;
  /** As `now`, with the operators of one tier beyond all that its prices have been asked for, and below it. */
  private readonly above: Loans;
  private readonly below: Loans;
  /** Of people and seats: price from where a search began, the link and the node by which that is, nodes yet to look at. */
  private readonly price: Float64Array;
  private readonly by: Int32Array;
  private readonly before: Int32Array;
  private readonly queue: number[] = [];
  private readonly isQueued: Uint8Array;

  constructor(
    problems: readonly CoverProblem[],
    links: readonly TierLink[],
    covers: readonly ArrayLike<number>[],
  ) {
    const tiers = problems.length;
    this.problems = problems;
    this.links = [...links, ...problems.map((_, k) => ({ from: k, to: k, price: 0 }))];
    this.slots = problems[0]?.slots ?? 0;
    const at = (isOf: (link: TierLink) => boolean): Int32Array =>
      Int32Array.from([...this.links.keys()].filter((i) => isOf(this.links[i] as TierLink)));
    this.linksOf = [
      ...problems.map((_, k) => at(({ from }) => from === k)),
      ...problems.map((_, k) => at(({ to }) => to === k)),
    ];
    const none = (): Loans => ({
      standing: new Int32Array(this.slots * tiers),
      flows: new Int32Array(this.slots * this.links.length),
    });
    this.now = none();
    this.above = none();
    this.below = none();
    this.price = new Float64Array(2 * tiers);
    this.by = new Int32Array(2 * tiers);
    this.before = new Int32Array(2 * tiers);
    this.isQueued = new Uint8Array(2 * tiers);
    for (let slot = 0; slot < this.slots; slot += 1) {
      for (let k = 0; k < tiers; k += 1) {
        const own = covers[k]?.[slot] ?? 0;
        this.now.standing[slot * tiers + k] = own;
        this.now.flows[slot * this.links.length + links.length + k] = own;
      }
      while (this.lendOne(slot));
    }
  }

  /** Operators lent per link and slot. */
  lent(): Int32Array[] {
    const { flows } = this.now;
    return this.links
      .slice(0, -this.problems.length)
      .map((_, i) =>
        Int32Array.from({ length: this.slots }, (_slot, slot) => flows[slot * this.links.length + i] ?? 0),
      );
  }

  /** What a tier's slots cost as its own operators come and go while those of the others stay. */
  pricesOf(tier: number): OwnPrices {
    for (const beyond of [this.above, this.below]) {
      beyond.standing.set(this.now.standing);
      beyond.flows.set(this.now.flows);
    }
    return new OwnPrices(this.slots, (slot, by) =>
      this.change(by === 1 ? this.above : this.below, slot, tier, by),
    );
  }

  /** Counts in what a tier has more or fewer per slot. */
  take(tier: number, more: Int32Array): void {
    for (let slot = 0; slot < more.length; slot += 1) {
      const beyond = more[slot] ?? 0;
      for (let i = 0; i < Math.abs(beyond); i += 1) this.change(this.now, slot, tier, beyond > 0 ? 1 : -1);
    }
  }

  /**
   * One operator more (`by` 1) or fewer (−1) of a tier in a slot; answers what that changes. Infinite where there is
   * nobody to take away.
   */
  private change({ standing, flows }: Loans, slot: number, tier: number, by: 1 | -1): number {
    const tiers = this.problems.length;
    const base = slot * tiers;
    this.price.fill(Infinity);
    this.price[tier] = 0;
    this.by[tier] = -1;
    this.search(flows, slot, by, tier);
    let end = -1;
    let least = Infinity;
    for (let k = 0; k < tiers; k += 1) {
      const reached = this.price[tiers + k] ?? Infinity;
      if (reached === Infinity) continue;
      const price = reached + this.stepOf(slot, k, standing[base + k] ?? 0, by);
      if (price >= least - 1e-9) continue;
      least = price;
      end = k;
    }
    if (end < 0) return Infinity;
    standing[base + end] = (standing[base + end] ?? 0) + by;
    this.follow(flows, slot, by, tiers + end);
    return least;
  }

  /** What one operator more or fewer of a tier changes where nobody lends. */
  private stepOf(slot: number, tier: number, standing: number, by: 1 | -1): number {
    const problem = this.problems[tier] as CoverProblem;
    return by === 1 ? marginalPrice(problem, slot, standing) : -marginalPrice(problem, slot, standing - 1);
  }

  /**
   * From the prices as they stand, the cheapest chains to all people and seats, from the people of a tier or else from
   * every seat. Where one more is passed on (`by` 1), people take a seat by a link, or leave it for people who had it; one
   * fewer goes the other way.
   */
  private search(flows: Int32Array, slot: number, by: 1 | -1, from?: number): void {
    const { links, linksOf, price, queue, isQueued } = this;
    const tiers = this.problems.length;
    const base = slot * links.length;
    queue.length = 0;
    if (from === undefined) for (let k = 0; k < tiers; k += 1) queue.push(tiers + k);
    else queue.push(from);
    for (let head = 0; head < queue.length; head += 1) {
      const a = queue[head] ?? 0;
      isQueued[a] = 0;
      const own = linksOf[a] as Int32Array;
      const isNew = a < tiers === (by === 1);
      for (let i = 0; i < own.length; i += 1) {
        const link = own[i] ?? 0;
        if (!isNew && (flows[base + link] ?? 0) === 0) continue;
        const { from: lender, to: borrower, price: each } = links[link] as TierLink;
        const b = a < tiers ? tiers + borrower : lender;
        const reached = (price[a] ?? 0) + (isNew ? each : -each);
        if (reached >= (price[b] ?? 0) - 1e-9) continue;
        price[b] = reached;
        this.by[b] = link;
        this.before[b] = a;
        if (isQueued[b] === 1) continue;
        isQueued[b] = 1;
        queue.push(b);
      }
    }
  }

  /** Books the moves of the chain that ends at a seat; answers where it began. */
  private follow(flows: Int32Array, slot: number, by: 1 | -1, end: number): number {
    let b = end;
    for (let link = this.by[b] as number; link >= 0; link = this.by[b] as number) {
      const a = this.before[b] ?? 0;
      addAt(flows, slot * this.links.length + link, a < this.problems.length === (by === 1) ? 1 : -1);
      b = a;
    }
    return b;
  }

  /** Moves one operator along the chain that saves most; false when none saves. */
  private lendOne(slot: number): boolean {
    const { standing, flows } = this.now;
    const tiers = this.problems.length;
    const base = slot * tiers;
    this.price.fill(Infinity);
    for (let k = 0; k < tiers; k += 1)
      this.price[tiers + k] = this.stepOf(slot, k, standing[base + k] ?? 0, -1);
    this.by.fill(-1);
    this.search(flows, slot, 1);
    let end = -1;
    let least = -1e-9;
    for (let k = 0; k < tiers; k += 1) {
      const price = (this.price[tiers + k] ?? 0) + this.stepOf(slot, k, standing[base + k] ?? 0, 1);
      if ((this.by[tiers + k] as number) < 0 || price >= least) continue;
      least = price;
      end = k;
    }
    if (end < 0) return false;
    addAt(standing, base + end, 1);
    addAt(standing, base + this.follow(flows, slot, 1, tiers + end) - tiers, -1);
    return true;
  }
}

/**
 * What a slot costs for every number of operators of one tier. Numbers met once are states, from which one operator more
 * or fewer is one look-up; states from 0 on are those of the slots as they were.
 */
export class OwnPrices {
  /** Per state: change by one operator more, then by one fewer. */
  steps: Float64Array;
  /** Per state: the states with one more and with one fewer; −1: not met yet. */
  private next: Int32Array;
  private slotOf: Int32Array;
  private count: number;
  private readonly beyond: (slot: number, by: 1 | -1) => number;

  /** `beyond` goes one operator further up or down in a slot than it has been, and answers what that changes. */
  constructor(slots: number, beyond: (slot: number, by: 1 | -1) => number) {
    this.beyond = beyond;
    this.steps = new Float64Array(16 * slots);
    this.next = new Int32Array(16 * slots).fill(-1);
    this.slotOf = new Int32Array(8 * slots);
    this.count = slots;
    for (let slot = 0; slot < slots; slot += 1) {
      this.slotOf[slot] = slot;
      this.steps[2 * slot] = beyond(slot, 1);
      this.steps[2 * slot + 1] = beyond(slot, -1);
    }
  }

  /** The state with one operator more (`by` 1) or fewer (−1). */
  move(state: number, by: 1 | -1): number {
    const known = this.next[2 * state + (by === 1 ? 0 : 1)] ?? -1;
    return known >= 0 ? known : this.enter(state, by);
  }

  private enter(state: number, by: 1 | -1): number {
    if (this.count === this.slotOf.length) this.grow();
    const found = this.count;
    this.count += 1;
    const slot = this.slotOf[state] ?? 0;
    const [on, back] = by === 1 ? [0, 1] : [1, 0];
    this.slotOf[found] = slot;
    this.next[2 * state + on] = found;
    this.next[2 * found + back] = state;
    this.steps[2 * found + on] = this.beyond(slot, by);
    this.steps[2 * found + back] = -(this.steps[2 * state + on] ?? 0);
    return found;
  }

  private grow(): void {
    const { steps, next, slotOf } = this;
    this.steps = new Float64Array(2 * steps.length);
    this.steps.set(steps);
    this.next = new Int32Array(2 * next.length).fill(-1);
    this.next.set(next);
    this.slotOf = new Int32Array(2 * slotOf.length);
    this.slotOf.set(slotOf);
  }
}

/** Operators lent per link and slot, and what lending costs. */
interface LentOperators {
  readonly lent: readonly Int32Array[];
  readonly price: number;
}

/** The cheapest lending for given cover of each tier. */
export const lendOperators = (
  problems: readonly CoverProblem[],
  links: readonly TierLink[],
  covers: readonly Int32Array[],
): LentOperators => {
  const lent = new Lending(problems, links, covers).lent();
  const price = lent.reduce((sum, own, i) => sum + sumOf(own) * (links[i]?.price ?? 0), 0);
  return { lent, price };
};

/** A tier's problem once lending is settled: it must cover what it lends and not what it borrows. */
export const afterLending = (
  problem: CoverProblem,
  tier: number,
  links: readonly TierLink[],
  lent: readonly ArrayLike<number>[],
): CoverProblem => {
  const demand = problem.demand.slice();
  for (const [i, { from, to }] of links.entries()) {
    if (from !== tier && to !== tier) continue;
    for (let slot = 0; slot < demand.length; slot += 1)
      addAt(demand, slot, (from === tier ? 1 : -1) * Math.round(lent[i]?.[slot] ?? 0));
  }
  return { ...problem, demand };
};
