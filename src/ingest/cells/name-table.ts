/** Gives each distinct byte string a small number, so that text is decoded and looked up once per name. */
export class NameTable {
  private readonly ids = new Map<string, number>();
  readonly names: string[] = [];
  private slots = new Int32Array(256).fill(-1);
  private readonly keys: Uint8Array[] = [];
  private readonly keyHashes: number[] = [];
  private readonly keyNames: number[] = [];
  /** Keys found last, by length and outermost bytes: most cells are one of a few names. */
  private readonly recent = new Int32Array(256).fill(-1);

  /** Keys passed last, by their first bytes. */
  private readonly likely = new Int32Array(256).fill(-1);
  /** Of each key, the one that followed it last: rows are of one queue for long, or go round all of them. */
  private readonly followers: number[] = [];
  private lastKey = 0;
  /** Number of the name that was passed last; -1 when it is new. */
  passed = -1;

  /** Number of a name that is text already. */
  idOf(name: string): number {
    const known = this.ids.get(name);
    if (known !== undefined) return known;
    const id = this.names.length;
    this.ids.set(name, id);
    this.names.push(name);
    return id;
  }

  /** Number remembered for these bytes, -1 when they are new (then `remember` them). */
  find(bytes: Uint8Array, start: number, end: number): number {
    const key = this.keyOf(bytes, start, end);
    return key < 0 ? -1 : (this.keyNames[key] ?? -1);
  }

  /**
   * Where the name that begins at `start` ends: before the first byte that `stops` marks. Its number is in `passed`. Most
   * names begin unlike the others: then one look at the bytes tells both.
   */
  pass(bytes: Uint8Array, start: number, stops: Uint8Array): number {
    const before = this.lastKey;
    const follower = before < this.followers.length ? (this.followers[before] as number) : -1;
    let end = this.endOf(follower, bytes, start, stops);
    if (end >= 0) return end;
    const sketch = ((bytes[start] ?? 0) + 31 * (bytes[start + 1] ?? 0)) & 255;
    const likely = this.likely[sketch] as number;
    end = likely === follower ? -1 : this.endOf(likely, bytes, start, stops);
    if (end < 0) {
      end = start;
      while (stops[bytes[end] ?? 0] === 0) end += 1;
      const key = this.keyOf(bytes, start, end);
      this.likely[sketch] = key;
      this.passed = key < 0 ? -1 : (this.keyNames[key] ?? -1);
      if (key < 0) return end;
      this.lastKey = key;
    }
    if (before < this.followers.length) this.followers[before] = this.lastKey;
    return end;
  }

  /** Where the name ends if it is this key's; -1 where it is not. */
  private endOf(key: number, bytes: Uint8Array, start: number, stops: Uint8Array): number {
    if (key < 0) return -1;
    const guess = this.keys[key] as Uint8Array;
    const after = start + guess.length;
    if (stops[bytes[after] as number] !== 1 || !begins(guess, bytes, start)) return -1;
    this.passed = this.keyNames[key] as number;
    this.lastKey = key;
    return after;
  }

  private keyOf(bytes: Uint8Array, start: number, end: number): number {
    const sketch = ((bytes[start] ?? 0) + 7 * (bytes[end - 1] ?? 0) + 31 * (end - start)) & 255;
    const last = this.recent[sketch] ?? -1;
    if (last >= 0 && same(this.keys[last], bytes, start, end)) return last;
    const hash = hashOf(bytes, start, end);
    const mask = this.slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const key = this.slots[slot] ?? -1;
      if (key >= 0 && (this.keyHashes[key] !== hash || !same(this.keys[key], bytes, start, end))) continue;
      if (key >= 0) this.recent[sketch] = key;
      return key;
    }
  }

  /** Remembers what these bytes stand for; several spellings may stand for one number. */
  remember(bytes: Uint8Array, start: number, end: number, id: number): void {
    if (this.keys.length > 200_000) return;
    if (this.keys.length * 2 >= this.slots.length) this.grow();
    const hash = hashOf(bytes, start, end);
    this.keys.push(bytes.slice(start, end));
    this.keyHashes.push(hash);
    this.keyNames.push(id);
    this.followers.push(-1);
    this.place(hash, this.keys.length - 1);
  }

  private grow(): void {
    this.slots = new Int32Array(this.slots.length * 4).fill(-1);
    this.keyHashes.forEach((hash, key) => this.place(hash, key));
  }

  private place(hash: number, key: number): void {
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    while ((this.slots[slot] ?? -1) >= 0) slot = (slot + 1) & mask;
    this.slots[slot] = key;
  }
}

const hashOf = (bytes: Uint8Array, start: number, end: number): number => {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
};

const same = (key: Uint8Array | undefined, bytes: Uint8Array, start: number, end: number): boolean =>
  key !== undefined && key.length === end - start && begins(key, bytes, start);

const begins = (key: Uint8Array, bytes: Uint8Array, start: number): boolean => {
  // from its end: names of one hotline often begin alike
  for (let i = key.length - 1; i >= 0; i -= 1) if (key[i] !== bytes[start + i]) return false;
  return true;
};
