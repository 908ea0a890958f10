import { marginalPrice, coverPrice, type CoverProblem } from './cover-problem.ts';
import type { TierLink } from './tier-links.ts';

/**
 * What a slot costs for every number of operators that its tiers have there, lending between them at its cheapest, and
 * what one more or one fewer of a tier changes. Numbers met once are states with a number of their own, from which one
 * operator more or fewer is one look-up. A state keeps its lending, and one operator more needs one more chain of loans
 * or none (prices are convex: successive shortest paths, Ahuja, Magnanti and Orlin 1993, section 9.7), so a new state
 * costs one search for the cheapest chain. Slots of the same needs share their states.
 */
export class SlotPrices {
  private readonly problems: readonly CoverProblem[];
  private readonly links: readonly TierLink[];
  private readonly tiers: number;
  /** Per state: price of the slot. */
  price = new Float64Array(1024);
  /** Per state: change by one operator more of each tier, then by one fewer of each. */
  steps: Float64Array;
  /** Per state: the states with one more of each tier, then with one fewer; −1: not met yet. */
  private next: Int32Array;
  /** Per state and tier: operators at work beyond those lent, which may be borrowed ones. */
  private standing: Int32Array;
  private flows: Int32Array;
  private chains: Int16Array;
  private readonly slotOf: number[] = [];
  private readonly known = new Map<string, number>();
  /** Per slot, the state in which every tier has what it needs: nobody gains by a loan there. */
  private readonly met: Int32Array;
  private count = 0;

  constructor(problems: readonly CoverProblem[], links: readonly TierLink[]) {
    this.problems = problems;
    this.links = links;
    this.tiers = problems.length;
    this.steps = new Float64Array(1024 * 2 * this.tiers);
    this.next = new Int32Array(1024 * 2 * this.tiers);
    this.chains = new Int16Array(1024 * 2 * this.tiers);
    this.standing = new Int32Array(1024 * this.tiers);
    this.flows = new Int32Array(1024 * links.length);
    const slots = problems[0]?.slots ?? 0;
    const alike = new Map<string, number>();
    this.met = Int32Array.from({ length: slots }, (_, slot) => {
      const key = problems
        .map(({ demand, mildUnder, deepUnder }) => [demand[slot], mildUnder[slot], deepUnder?.[slot]].join())
        .join(' ');
      const found = alike.get(key);
      if (found !== undefined) return found;
      const met = Int32Array.from(problems, ({ demand }) => demand[slot] ?? 0);
      const state = this.add(slot, met, new Int32Array(links.length));
      alike.set(key, state);
      return state;
    });
  }

  /** The state of a slot with so many operators of each tier. */
  stateOf(slot: number, covers: readonly ArrayLike<number>[]): number {
    let state = this.met[slot] ?? 0;
    for (let k = 0; k < this.tiers; k += 1) {
      const beyond = (covers[k]?.[slot] ?? 0) - (this.problems[k]?.demand[slot] ?? 0);
      for (let i = 0; i < Math.abs(beyond); i += 1) state = this.move(state, k, beyond > 0 ? 1 : -1);
    }
    return state;
  }

  /** The state with one operator of a tier more (`by` 1) or fewer (−1). */
  move(state: number, tier: number, by: 1 | -1): number {
    const at = state * 2 * this.tiers + (by === 1 ? tier : this.tiers + tier);
    const known = this.next[at] ?? -1;
    return known >= 0 ? known : this.enter(state, tier, by, at);
  }

  /** Operators lent along a link. */
  lent(state: number, link: number): number {
    return this.flows[state * this.links.length + link] ?? 0;
  }

  private enter(state: number, tier: number, by: 1 | -1, at: number): number {
    const { tiers, links } = this;
    const standing = this.standing.slice(state * tiers, (state + 1) * tiers);
    const flows = this.flows.slice(state * links.length, (state + 1) * links.length);
    // Follows the cheapest chain: where it ends is where one more, or one fewer, stands.
    let end = tier;
    for (let hop = 0; hop <= tiers; hop += 1) {
      const chain = this.chains[state * 2 * tiers + (by === 1 ? end : tiers + end)] ?? 0;
      if (chain === 0) break;
      const link = Math.abs(chain) - 1;
      const { from, to } = links[link] ?? { from: end, to: end };
      flows[link] = (flows[link] ?? 0) + Math.sign(chain);
      end = end === from ? to : from;
    }
    standing[end] = (standing[end] ?? 0) + by;
    const slot = this.slotOf[state] ?? 0;
    const key = this.keyOf(slot, standing, flows);
    const found = this.known.get(key) ?? this.add(slot, standing, flows, key);
    this.next[at] = found;
    return found;
  }

  /** Operators on duty per tier, lending taken back. */
  private keyOf(slot: number, standing: Int32Array, flows: Int32Array): string {
    const own = standing.slice();
    for (let i = 0; i < flows.length; i += 1) {
      const { from, to } = this.links[i] ?? { from: 0, to: 0 };
      own[from] = (own[from] ?? 0) + (flows[i] ?? 0);
      own[to] = (own[to] ?? 0) - (flows[i] ?? 0);
    }
    return `${this.met[slot]} ${own.join()}`;
  }

  private add(slot: number, standing: Int32Array, flows: Int32Array, key?: string): number {
    const { tiers, links, problems } = this;
    const state = this.count;
    if (state >= this.price.length) this.grow();
    this.count += 1;
    this.slotOf[state] = slot;
    this.standing.set(standing, state * tiers);
    this.flows.set(flows, state * links.length);
    let price = 0;
    for (let k = 0; k < tiers; k += 1) {
      const problem = problems[k];
      if (problem !== undefined) price += coverPrice(problem, slot, standing[k] ?? 0);
    }
    for (let i = 0; i < links.length; i += 1) price += (flows[i] ?? 0) * (links[i]?.price ?? 0);
    this.price[state] = price;
    this.next.fill(-1, state * 2 * tiers, (state + 1) * 2 * tiers);
    this.findChains(state, slot, 1);
    this.findChains(state, slot, -1);
    if (key !== undefined) this.known.set(key, state);
    return state;
  }

  /** Per tier, the cheapest place for one operator more (or for one fewer) and the first loan on the way there. */
  private findChains(state: number, slot: number, by: 1 | -1): void {
    const { tiers, links, problems, steps, chains } = this;
    const base = state * 2 * tiers + (by === 1 ? 0 : tiers);
    for (let k = 0; k < tiers; k += 1) {
      const problem = problems[k];
      const stands = this.standing[state * tiers + k] ?? 0;
      steps[base + k] =
        problem === undefined
          ? 0
          : by === 1
            ? marginalPrice(problem, slot, stands)
            : -marginalPrice(problem, slot, stands - 1);
      chains[base + k] = 0;
    }
    for (let pass = 1, changed = true; pass < tiers && changed; pass += 1) {
      changed = false;
      for (let i = 0; i < links.length; i += 1) {
        const link = links[i];
        if (link === undefined) continue;
        const lends = (this.flows[state * links.length + i] ?? 0) > 0;
        // One more: passed on from lender to borrower. One fewer: the borrower does without what the lender has.
        const [a, b] = by === 1 ? [link.from, link.to] : [link.to, link.from];
        const on = (steps[base + b] ?? 0) + link.price;
        if (on < (steps[base + a] ?? 0) - 1e-9) {
          steps[base + a] = on;
          chains[base + a] = i + 1;
          changed = true;
        }
        const back = (steps[base + a] ?? 0) - link.price;
        if (lends && back < (steps[base + b] ?? 0) - 1e-9) {
          steps[base + b] = back;
          chains[base + b] = -i - 1;
          changed = true;
        }
      }
    }
  }

  private grow(): void {
    const size = 2 * this.price.length;
    const grown = <A extends Float64Array | Int32Array | Int16Array>(from: A, to: A): A => {
      to.set(from);
      return to;
    };
    this.price = grown(this.price, new Float64Array(size));
    this.steps = grown(this.steps, new Float64Array(size * 2 * this.tiers));
    this.next = grown(this.next, new Int32Array(size * 2 * this.tiers));
    this.chains = grown(this.chains, new Int16Array(size * 2 * this.tiers));
    this.standing = grown(this.standing, new Int32Array(size * this.tiers));
    this.flows = grown(this.flows, new Int32Array(size * this.links.length));
  }
}
