/**
 * What searches for lines write to, one after the other and as large as the largest needed: each takes it as it is
 * and leaves nothing in it that the next reads.
 */
export interface LineWorkspace {
  /** What the rest of a line costs at least, by day and state. */
  rest: Float64Array;
  /** Newest partial line in each state of a day. */
  heads: Int32Array;
  readonly partial: PartialLines;
}

/** Partial lines of all days, grown as needed. */
export interface PartialLines {
  cost: Float64Array;
  total: Float64Array;
  key: Int32Array;
  parent: Int32Array;
  after: Int32Array;
  option: Uint8Array;
  alive: Uint8Array;
  rest: Int32Array;
}

const firstRoom = 1 << 14;

export const createLineWorkspace = (): LineWorkspace => ({
  rest: new Float64Array(0),
  heads: new Int32Array(0),
  partial: {
    cost: new Float64Array(firstRoom),
    total: new Float64Array(firstRoom),
    key: new Int32Array(firstRoom),
    parent: new Int32Array(firstRoom),
    after: new Int32Array(firstRoom),
    option: new Uint8Array(firstRoom),
    alive: new Uint8Array(firstRoom),
    rest: new Int32Array(firstRoom),
  },
});

export const restTable = (workspace: LineWorkspace, size: number): Float64Array => {
  if (workspace.rest.length < size) workspace.rest = new Float64Array(size);
  return workspace.rest;
};

export const headsOfDay = (workspace: LineWorkspace, size: number): Int32Array => {
  if (workspace.heads.length < size) workspace.heads = new Int32Array(size);
  return workspace.heads;
};

/** Makes room for so many partial lines, each with so many counters. */
export const growPartial = (partial: PartialLines, labels: number, counters: number): void => {
  const rests = labels * Math.max(1, counters);
  if (partial.rest.length < rests) partial.rest = enlarge(partial.rest, new Int32Array(2 * rests));
  if (partial.cost.length >= labels) return;
  const size = 2 * labels;
  partial.cost = enlarge(partial.cost, new Float64Array(size));
  partial.total = enlarge(partial.total, new Float64Array(size));
  partial.key = enlarge(partial.key, new Int32Array(size));
  partial.parent = enlarge(partial.parent, new Int32Array(size));
  partial.after = enlarge(partial.after, new Int32Array(size));
  partial.option = enlarge(partial.option, new Uint8Array(size));
  partial.alive = enlarge(partial.alive, new Uint8Array(size));
};

const enlarge = <A extends Float64Array | Int32Array | Uint8Array>(from: A, to: A): A => {
  to.set(from);
  return to;
};
