import type { LinearProgramme } from '../kernel/ports.ts';
import type { CoverProblem, ShiftType } from './cover-problem.ts';
import { createProgrammeBuilder, type ProgrammeBuilder } from './programme-builder.ts';

/**
 * The linear relaxation of a cover problem with implicit breaks (Bechtold and Jacobs 1990, written in
 * cumulative counts). For each shift type, S(t) counts shifts started up to slot t; for each of its breaks,
 * C(t) counts breaks started up to slot t. Breaks can be handed to shifts, first to first, exactly when
 * S(t − latest) ≤ C(t) ≤ S(t − earliest). Cover at t is then a sum of differences of these counts, so every
 * row has few entries and the optimum equals that of the model with a column per shift and break pattern.
 *
 * Counts run along an unrolled axis: shifts start in [0, slots), their breaks may lie beyond it.
 */
export interface CoverRelaxation {
  readonly programme: LinearProgramme;
  /** Shift starts and break starts, cumulative, from a solution of the programme. */
  readonly counts: (x: Float64Array) => readonly TypeCounts[];
}

/** Cumulative counts of one type: `started[i]` up to its i-th allowed start; per break, per unrolled slot. */
export interface TypeCounts {
  readonly started: Float64Array;
  readonly breakStarted: readonly Float64Array[];
}

/** Columns of cumulative counts along the unrolled axis; −1 stands for 0 (nothing has started yet). */
interface TypeColumns {
  readonly starts: Int32Array;
  readonly startsAt: Int32Array;
  readonly breaksAt: readonly Int32Array[];
}

export const relaxCover = (problem: CoverProblem): CoverRelaxation => {
  const builder = createProgrammeBuilder();
  const columns = problem.types.map((type) => addTypeColumns(builder, problem, type));
  addCoverRows(builder, problem, columns);
  addLimitRows(builder, problem, columns);
  const read = (x: Float64Array, column: number): number => (column < 0 ? 0 : (x[column] ?? 0));
  return {
    programme: builder.build(),
    counts: (x) =>
      columns.map(({ starts, breaksAt }) => ({
        started: Float64Array.from(starts, (column) => read(x, column)),
        breakStarted: breaksAt.map((at) => Float64Array.from(at, (column) => read(x, column))),
      })),
  };
};

const addTypeColumns = (builder: ProgrammeBuilder, problem: CoverProblem, type: ShiftType): TypeColumns => {
  const span = 2 * problem.slots;
  const startsAt = new Int32Array(span).fill(-1);
  const starts = new Int32Array(type.starts.length);
  let before = -1;
  for (const [i, slot] of type.starts.entries()) {
    const isLast = i === type.starts.length - 1;
    const column = builder.column(isLast ? type.cost : 0, 0, Infinity);
    if (before >= 0) builder.row(0, Infinity, [[column, 1], [before, -1]]); // prettier-ignore
    starts[i] = column;
    startsAt.fill(column, slot);
    before = column;
  }
  const breaksAt = type.breaks.map(({ earliest, latest }) => {
    const at = new Int32Array(span).fill(-1);
    let previous = -1;
    for (let t = 0; t < span; t += 1) {
      const most = t >= earliest ? (startsAt[t - earliest] ?? -1) : -1;
      const least = t >= latest ? (startsAt[t - latest] ?? -1) : -1;
      if (most < 0) continue;
      // Where the two limits meet there is no choice left.
      if (most === least) {
        at[t] = most;
        previous = most;
        continue;
      }
      const column = builder.column(0, 0, Infinity);
      builder.row(0, Infinity, [[most, 1], [column, -1]]); // prettier-ignore
      if (least >= 0) builder.row(0, Infinity, [[column, 1], [least, -1]]); // prettier-ignore
      if (previous >= 0 && previous !== least) builder.row(0, Infinity, [[column, 1], [previous, -1]]); // prettier-ignore
      at[t] = column;
      previous = column;
    }
    return at;
  });
  return { starts, startsAt, breaksAt };
};

const addCoverRows = (
  builder: ProgrammeBuilder,
  problem: CoverProblem,
  columns: readonly TypeColumns[],
): void => {
  for (let slot = 0; slot < problem.slots; slot += 1) {
    const terms: [number, number][] = [
      [builder.column(problem.underPrice, 0, problem.mildUnder[slot] ?? 0), 1],
      [builder.column(problem.severeUnderPrice, 0, Infinity), 1],
      [builder.column(problem.overPrice, 0, Infinity), -1],
    ];
    const add = (at: Int32Array, t: number, factor: number): void => {
      const column = t < 0 ? -1 : (at[t] ?? -1);
      if (column >= 0) terms.push([column, factor]);
    };
    for (const [j, type] of problem.types.entries()) {
      const own = columns[j];
      if (own === undefined) continue;
      for (const t of [slot, slot + problem.slots]) {
        add(own.startsAt, t, 1);
        add(own.startsAt, t - type.lengthSlots, -1);
        for (const [k, pause] of type.breaks.entries()) {
          const at = own.breaksAt[k] ?? new Int32Array(0);
          add(at, t, -1);
          add(at, t - pause.lengthSlots, 1);
        }
      }
    }
    const demand = problem.demand[slot] ?? 0;
    builder.row(demand, demand, terms);
  }
};

const addLimitRows = (
  builder: ProgrammeBuilder,
  problem: CoverProblem,
  columns: readonly TypeColumns[],
): void => {
  for (const { from, to, weights, most } of problem.limits ?? []) {
    const terms: [number, number][] = [];
    for (const [j, { startsAt }] of columns.entries()) {
      const before = from === 0 ? -1 : (startsAt[from - 1] ?? -1);
      const until = startsAt[to - 1] ?? -1;
      if (until >= 0) terms.push([until, weights[j] ?? 0]);
      if (before >= 0) terms.push([before, -(weights[j] ?? 0)]);
    }
    builder.row(-Infinity, most, terms);
  }
};
