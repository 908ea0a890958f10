/** Callers of one queue who wait, first come first served. */
export class WaitingCallers {
  #arrived = new Float64Array(64);
  #leaves = new Float64Array(64);
  #kinds = new Int32Array(64);
  #head = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** When the first in line arrived; Infinity when nobody waits. */
  get firstArrived(): number {
    return this.#size === 0 ? Infinity : (this.#arrived[this.#head] as number);
  }

  /** When the first in line loses patience. */
  get firstLeaves(): number {
    return this.#size === 0 ? Infinity : (this.#leaves[this.#head] as number);
  }

  get firstKind(): number {
    return this.#kinds[this.#head] as number;
  }

  join(arrived: number, leaves: number, kind: number): void {
    if (this.#size === this.#arrived.length) this.#grow();
    const at = (this.#head + this.#size) & (this.#arrived.length - 1);
    this.#arrived[at] = arrived;
    this.#leaves[at] = leaves;
    this.#kinds[at] = kind;
    this.#size += 1;
  }

  removeFirst(): void {
    this.#head = (this.#head + 1) & (this.#arrived.length - 1);
    this.#size -= 1;
  }

  #grow(): void {
    const length = this.#arrived.length;
    const arrived = new Float64Array(2 * length);
    const leaves = new Float64Array(2 * length);
    const kinds = new Int32Array(2 * length);
    for (let i = 0; i < length; i += 1) {
      const from = (this.#head + i) & (length - 1);
      arrived[i] = this.#arrived[from] as number;
      leaves[i] = this.#leaves[from] as number;
      kinds[i] = this.#kinds[from] as number;
    }
    this.#arrived = arrived;
    this.#leaves = leaves;
    this.#kinds = kinds;
    this.#head = 0;
  }
}
