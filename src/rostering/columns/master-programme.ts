import type { LinearProgramme } from '../../kernel/ports.ts';
import type { CoverCost } from '../cover-cost.ts';
import type { RosterModel } from '../roster-model.ts';

/**
 * The master programme: one line per person, tiers served by the groups on duty, what is missing or too many priced.
 * Columns of the programme are the lines first, in their order, then those of the cover.
 */
interface MasterProgramme {
  readonly programme: LinearProgramme;
  /** Programme's row of the frame's first cover row (slot × tier). */
  readonly coverRow: number;
  /** Programme's columns of what is missing, per cover row of the frame; what is too many stands one after. */
  readonly underColumns: Int32Array;
}

/** What the lines that are fixed leave to be done: people who are free, and counts on duty of those who are not. */
export interface MasterFrame {
  /** People to choose a line for. */
  readonly people: readonly number[];
  /** People on duty already: `[slot * groups + group]`. */
  readonly onDuty: Int32Array;
  /** Days that are rostered, from `from` to the one before `until`: beyond them lines stay as they are. */
  readonly from: number;
  readonly until: number;
}

/** Prices of one operator missing and one too many, per cover row; `over` may be negative as long as −over ≤ under. */
export interface CoverPenalties {
  readonly under: Float64Array;
  readonly over: Float64Array;
}

export const masterProgramme = (
  model: RosterModel,
  columns: readonly Column[],
  frame: MasterFrame,
  isInteger: boolean,
  { under, over }: CoverPenalties = model.cover,
): MasterProgramme => {
  const { cover } = model;
  const firstSlot = frame.from * cover.shifts;
  const slots = (frame.until - frame.from) * cover.shifts;
  const groupRows = frame.people.length;
  const coverRow = groupRows + slots * cover.groups;
  const rows = coverRow + slots * cover.tiers;
  const rowLower = new Float64Array(rows);
  rowLower.fill(1, 0, groupRows);
  for (let row = 0; row < slots * cover.groups; row += 1)
    rowLower[groupRows + row] = -(frame.onDuty[firstSlot * cover.groups + row] as number);
  for (let row = 0; row < slots * cover.tiers; row += 1)
    rowLower[coverRow + row] = cover.operators[firstSlot * cover.tiers + row] as number;
  const draft = createDraft();
  const rowOf = new Map(frame.people.map((person, row) => [person, row]));
  for (const { person, line, cost } of columns) {
    draft.column(cost, 0, 1, isInteger);
    draft.entry(rowOf.get(person) as number, 1);
    const group = cover.groupOf[person] as number;
    for (let day = frame.from; day < frame.until; day += 1) {
      const option = line[day] as number;
      const slot = (day - frame.from) * cover.shifts + option - 1;
      if (option > 0) draft.entry(groupRows + slot * cover.groups + group, 1);
    }
  }
  const underFrom = addCover(draft, cover, { firstSlot, slots, groupRows, coverRow }, { under, over });
  return {
    programme: { ...draft.build(), rows, rowLower, rowUpper: rowLower },
    coverRow,
    underColumns: underFrom,
  };
};

interface Layout {
  readonly firstSlot: number;
  readonly slots: number;
  readonly groupRows: number;
  readonly coverRow: number;
}

const addCover = (
  draft: ReturnType<typeof createDraft>,
  cover: CoverCost,
  { firstSlot, slots, groupRows, coverRow }: Layout,
  { under, over }: CoverPenalties,
): Int32Array => {
  const underColumns = new Int32Array(slots * cover.tiers);
  const { tiers, groups, price } = cover;
  for (let slot = 0; slot < slots; slot += 1) {
    for (let group = 0; group < groups; group += 1) {
      for (let tier = 0; tier < tiers; tier += 1) {
        const cost = price[group * tiers + tier] as number;
        if (cost === Infinity) continue;
        draft.column(cost, 0, Infinity, false);
        draft.entry(groupRows + slot * groups + group, -1);
        draft.entry(coverRow + slot * tiers + tier, 1);
      }
    }
    for (let tier = 0; tier < tiers; tier += 1) {
      const row = slot * tiers + tier;
      const whole = firstSlot * tiers + row;
      underColumns[row] = draft.column(under[whole] as number, 0, cover.operators[whole] as number, false);
      draft.entry(coverRow + row, 1);
      draft.column(over[whole] as number, 0, Infinity, false);
      draft.entry(coverRow + row, -1);
    }
  }
  return underColumns;
};

/** Columns written one after the other. */
const createDraft = () => {
  const cost: number[] = [];
  const lower: number[] = [];
  const upper: number[] = [];
  const integer: number[] = [];
  const starts: number[] = [];
  const indices: number[] = [];
  const values: number[] = [];
  return {
    column: (columnCost: number, low: number, high: number, isInteger: boolean): number => {
      cost.push(columnCost);
      lower.push(low);
      upper.push(high);
      integer.push(isInteger ? 1 : 0);
      starts.push(indices.length);
      return cost.length - 1;
    },
    entry: (row: number, value: number): void => {
      indices.push(row);
      values.push(value);
    },
    build: () => ({
      columns: cost.length,
      cost: Float64Array.from(cost),
      lower: Float64Array.from(lower),
      upper: Float64Array.from(upper),
      integer: Uint8Array.from(integer),
      starts: Int32Array.from([...starts, indices.length]),
      indices: Int32Array.from(indices),
      values: Float64Array.from(values),
    }),
  };
};

/** A line that a person might work, with its price by the rules. */
export interface Column {
  readonly person: number;
  readonly line: Uint8Array;
  readonly cost: number;
}

/** Lines found so far, each once. */
export interface ColumnPool {
  readonly columns: readonly Column[];
  /** Adds a line unless it is known; true where it was new. */
  add(column: Column): boolean;
  /** Keeps only the columns for which the question is true. */
  keep(isKept: (column: Column, index: number) => boolean): void;
}

export const createColumnPool = (model: RosterModel): ColumnPool => {
  let columns: Column[] = [];
  const known = model.lines.map(() => new Set<string>());
  const keyOf = ({ line }: Column): string => String.fromCharCode(...line);
  return {
    get columns() {
      return columns;
    },
    add: (column) => {
      const keys = known[column.person] as Set<string>;
      const key = keyOf(column);
      if (keys.has(key)) return false;
      keys.add(key);
      columns.push(column);
      return true;
    },
    keep: (isKept) => {
      const kept = columns.filter((column, index) => isKept(column, index));
      for (const keys of known) keys.clear();
      for (const column of kept) (known[column.person] as Set<string>).add(keyOf(column));
      columns = kept;
    },
  };
};
