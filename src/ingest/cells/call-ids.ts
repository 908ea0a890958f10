/**
 * Remembers calls by id, as two 53-bit hashes each (id and content), so that a call exported twice counts
 * once. 5 million calls take about 130 MB.
 */
export class CallIds {
  private ids = new Float64Array(4096).fill(-1);
  private contents = new Float64Array(4096);
  private count = 0;

  /** 'new', 'same' (seen with the same content) or 'other' (seen with different content). */
  meet(id: number, content: number): 'new' | 'same' | 'other' {
    if (this.count * 5 >= this.ids.length * 4) this.grow();
    const slot = this.slotOf(id);
    if (this.ids[slot] === id) return this.contents[slot] === content ? 'same' : 'other';
    this.ids[slot] = id;
    this.contents[slot] = content;
    this.count += 1;
    return 'new';
  }

  private slotOf(id: number): number {
    const mask = this.ids.length - 1;
    let slot = (id % 4_294_967_291) & mask;
    while (this.ids[slot] !== -1 && this.ids[slot] !== id) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const { ids, contents } = this;
    this.ids = new Float64Array(ids.length * 2).fill(-1);
    this.contents = new Float64Array(ids.length * 2);
    for (let i = 0; i < ids.length; i += 1) {
      const id = ids[i] ?? -1;
      if (id === -1) continue;
      const slot = this.slotOf(id);
      this.ids[slot] = id;
      this.contents[slot] = contents[i] ?? 0;
    }
  }
}
