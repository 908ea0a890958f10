/** A call in one queue, as far as it is known: waiting, in hand, or over. */
export interface Leg {
  /** As the switchboard calls it. */
  readonly queue: string;
  readonly arrivedMillis: number;
  /** `left`: gone from the queue without an operator and without hanging up. Undefined: it waits. */
  readonly outcome: 'answered' | 'abandoned' | 'left' | 'blocked' | 'ended_in_menu' | undefined;
  readonly waitSeconds: number;
  readonly answeredMillis: number | undefined;
  /** Undefined: it is not over. */
  readonly endedMillis: number | undefined;
  /** Undefined: it is not over, or nobody said how long it took. */
  readonly handleSeconds: number | undefined;
  /** Pseudonyms; empty: not known. */
  readonly operator: string;
  readonly caller: string;
}

/** All legs, those that were not answered, or those of some callers. */
export type LegsWanted = 'all' | 'failed' | ReadonlySet<string>;

const outcomes = [undefined, 'answered', 'abandoned', 'left', 'blocked', 'ended_in_menu'] as const;

/** What stands where among the numbers of a leg at rest; `next`: the place of its call's next leg, or −1. */
const column = {
  first: 0,
  last: 1,
  next: 2,
  outcome: 3,
  arrived: 4,
  answered: 5,
  ended: 6,
  wait: 7,
  handle: 8,
  queue: 9,
  operator: 10,
  caller: 11,
} as const;
const numbersOfLeg = 12;
/** Legs whose numbers stand in one array: a power of two. */
const legsOfBlock = 512;
/** Names that are no numbers: a call of a further one stays as it is. */
const mostNames = 10_000;

const orNone = (value: number): number | undefined => (Number.isNaN(value) ? undefined : value);

/** A call that is over, with the first and the last instant of which it tells. */
interface CallAtRest {
  readonly key: string;
  readonly first: number;
  readonly last: number;
  readonly legs: readonly Leg[];
}

/** What became of calls: numbers, in a tenth of the memory that their events take. */
export class RestingCalls {
  /** By call, the place of its first leg; one without legs has a place all the same. */
  readonly #places = new Map<number | string, number>();
  readonly #blocks: Float64Array[] = [];
  readonly #free: number[] = [];
  #used = 0;
  #forgotten = -Infinity;
  /** Names that are no numbers, and below nought where each stands. */
  readonly #names: string[] = [];
  readonly #codes = new Map<string, number>();

  get size(): number {
    return this.#places.size;
  }

  has(key: string): boolean {
    return this.#places.has(callOf(key));
  }

  /** False where there is no room for it. */
  put({ key, first, last, legs }: CallAtRest): boolean {
    for (const { queue, operator, caller } of legs)
      if (!this.#keepName(queue) || !this.#keepName(operator) || !this.#keepName(caller)) return false;
    let place = -1;
    for (let i = Math.max(0, legs.length - 1); i >= 0; i -= 1) {
      const leg = legs[i];
      const next = place;
      place = this.#free.pop() ?? (this.#used += 1) - 1;
      if (place >= this.#blocks.length * legsOfBlock)
        this.#blocks.push(new Float64Array(legsOfBlock * numbersOfLeg));
      this.#set(place, column.first, first);
      this.#set(place, column.last, last);
      this.#set(place, column.next, next);
      this.#set(place, column.outcome, outcomes.indexOf(leg?.outcome));
      this.#set(place, column.arrived, leg?.arrivedMillis ?? Number.NaN);
      this.#set(place, column.answered, leg?.answeredMillis ?? Number.NaN);
      this.#set(place, column.ended, leg?.endedMillis ?? Number.NaN);
      this.#set(place, column.wait, leg?.waitSeconds ?? 0);
      this.#set(place, column.handle, leg?.handleSeconds ?? Number.NaN);
      this.#set(place, column.queue, this.#codeOf(leg?.queue ?? '') ?? 0);
      this.#set(place, column.operator, this.#codeOf(leg?.operator ?? '') ?? 0);
      this.#set(place, column.caller, this.#codeOf(leg?.caller ?? '') ?? 0);
    }
    this.#places.set(callOf(key), place);
    return true;
  }

  /** A call's legs, which are kept here no longer; undefined: they were not. */
  take(key: string): readonly Leg[] | undefined {
    const call = callOf(key);
    const first = this.#places.get(call);
    if (first === undefined) return undefined;
    const legs: Leg[] = [];
    for (let place = first; place >= 0; place = this.#number(place, column.next))
      if (!Number.isNaN(this.#number(place, column.arrived))) legs.push(this.#legAt(place));
    this.#drop(call, first);
    return legs;
  }

  *legs(from: number, to: number, of: LegsWanted): Generator<Leg> {
    const callers =
      typeof of === 'string' ? undefined : new Set(Array.from(of, (name) => this.#codeOf(name)));
    for (let place of this.#places.values())
      if (this.#number(place, column.first) < to && this.#number(place, column.last) >= from)
        for (; place >= 0; place = this.#number(place, column.next)) {
          const arrived = this.#number(place, column.arrived);
          const outcome = outcomes[this.#number(place, column.outcome)];
          if (!(arrived >= from && arrived < to) || outcome === undefined) continue;
          if (of === 'failed' && outcome === 'answered') continue;
          if (callers?.has(this.#number(place, column.caller)) !== false) yield this.#legAt(place);
        }
  }

  /** Lets go calls whose last event lies before an instant. */
  forget(before: number): void {
    if (before === this.#forgotten) return;
    this.#forgotten = before;
    for (const [call, place] of this.#places)
      if (this.#number(place, column.last) < before) this.#drop(call, place);
  }

  #drop(call: number | string, first: number): void {
    for (let place = first; place >= 0; place = this.#number(place, column.next)) this.#free.push(place);
    this.#places.delete(call);
  }

  #number(place: number, which: number): number {
    const block = this.#blocks[Math.floor(place / legsOfBlock)] as Float64Array;
    return block[(place % legsOfBlock) * numbersOfLeg + which] as number;
  }

  #set(place: number, which: number, value: number): void {
    const block = this.#blocks[Math.floor(place / legsOfBlock)] as Float64Array;
    block[(place % legsOfBlock) * numbersOfLeg + which] = value;
  }

  #legAt(place: number): Leg {
    const number = (which: number): number => this.#number(place, which);
    const name = (which: number): string => this.#nameOf(this.#number(place, which));
    return {
      queue: name(column.queue),
      arrivedMillis: number(column.arrived),
      outcome: outcomes[number(column.outcome)],
      waitSeconds: number(column.wait),
      answeredMillis: orNone(number(column.answered)),
      endedMillis: orNone(number(column.ended)),
      handleSeconds: orNone(number(column.handle)),
      operator: name(column.operator),
      caller: name(column.caller),
    };
  }

  #keepName(name: string): boolean {
    if (this.#codeOf(name) !== undefined) return true;
    if (this.#names.length >= mostNames) return false;
    // in a text of its own: one that is cut out of another keeps all of that
    const copied = Buffer.from(name).toString();
    if (copied !== name) return false;
    this.#names.push(copied);
    this.#codes.set(copied, -this.#names.length);
    return true;
  }

  /** A name as a number: a pseudonym is one already, and an empty one is nought. */
  #codeOf(name: string): number | undefined {
    if (name === '') return 0;
    const number = /^[1-9]\d{0,15}$/.test(name) ? Number(name) : Number.NaN;
    return Number.isSafeInteger(number) ? number : this.#codes.get(name);
  }

  #nameOf(code: number): string {
    return code === 0 ? '' : code > 0 ? String(code) : (this.#names[-code - 1] ?? '');
  }
}

/** What stands for a call and no other: the number that its name is written as, or the name in a text of its own. */
const callOf = (key: string): number | string => {
  const number = Number(key);
  if (String(number) === key) return number;
  const own = Buffer.from(key).toString();
  return own === key ? own : key;
};
