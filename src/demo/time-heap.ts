/** A binary heap of things that will happen, earliest first: a time and a whole number that says what. */
export class TimeHeap {
  #times = new Float64Array(256);
  #payloads = new Int32Array(256);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Time of the earliest; Infinity when empty. */
  get nextTime(): number {
    return this.#size === 0 ? Infinity : (this.#times[0] as number);
  }

  push(time: number, payload: number): void {
    if (this.#size === this.#times.length) this.#grow();
    let at = this.#size;
    this.#size += 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = this.#times[parent] as number;
      if (above <= time) break;
      this.#times[at] = above;
      this.#payloads[at] = this.#payloads[parent] as number;
      at = parent;
    }
    this.#times[at] = time;
    this.#payloads[at] = payload;
  }

  /** Takes the earliest away and returns its payload. Only for a heap that is not empty. */
  pop(): number {
    const taken = this.#payloads[0] as number;
    this.#size -= 1;
    const size = this.#size;
    const time = this.#times[size] as number;
    const payload = this.#payloads[size] as number;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && (this.#times[child + 1] as number) < (this.#times[child] as number)) child += 1;
      if ((this.#times[child] as number) >= time) break;
      this.#times[at] = this.#times[child] as number;
      this.#payloads[at] = this.#payloads[child] as number;
      at = child;
    }
    this.#times[at] = time;
    this.#payloads[at] = payload;
    return taken;
  }

  #grow(): void {
    const times = new Float64Array(this.#times.length * 2);
    times.set(this.#times);
    this.#times = times;
    const payloads = new Int32Array(times.length);
    payloads.set(this.#payloads);
    this.#payloads = payloads;
  }
}
