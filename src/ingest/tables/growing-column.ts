/** A numeric column that grows: doubles its room when it is full. */
export class GrowingColumn {
  values: Float64Array;
  length = 0;

  constructor(room = 1024) {
    this.values = new Float64Array(room);
  }

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Float64Array(this.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length] = value;
    this.length += 1;
  }

  at(index: number): number {
    return this.values[index] ?? Number.NaN;
  }
}
