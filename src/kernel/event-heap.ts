/**
 * Binary heap of events by time, on typed arrays. An event is a number (its code); events of one time leave
 * in no particular order, yet in the same one for the same history.
 */
export class EventHeap {
  private times = new Float64Array(1024);
  private codes = new Int32Array(1024);
  size = 0;

  /** Time of the next event, Infinity when there is none. */
  nextTime(): number {
    return this.size > 0 ? (this.times[0] ?? Infinity) : Infinity;
  }

  push(time: number, code: number): void {
    if (this.size === this.codes.length) this.grow();
    const { times, codes } = this;
    let at = this.size;
    this.size += 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = times[parent] as number;
      if (above <= time) break;
      times[at] = above;
      codes[at] = codes[parent] as number;
      at = parent;
    }
    times[at] = time;
    codes[at] = code;
  }

  /** Takes the next event off and returns its code. The heap must not be empty. */
  pop(): number {
    const { times, codes } = this;
    const code = codes[0] as number;
    const size = this.size - 1;
    this.size = size;
    const time = times[size] as number;
    const last = codes[size] as number;
    let at = 0;
    let child = 1;
    while (child < size) {
      if (child + 1 < size && (times[child + 1] as number) < (times[child] as number)) child += 1;
      const below = times[child] as number;
      if (below >= time) break;
      times[at] = below;
      codes[at] = codes[child] as number;
      at = child;
      child = 2 * at + 1;
    }
    times[at] = time;
    codes[at] = last;
    return code;
  }

  private grow(): void {
    const times = new Float64Array(2 * this.times.length);
    const codes = new Int32Array(2 * this.codes.length);
    times.set(this.times);
    codes.set(this.codes);
    this.times = times;
    this.codes = codes;
  }
}
