import type { LinearProgramme } from '../../src/kernel/ports.ts';
import type { CoverProblem, ShiftType } from '../../src/scheduling/cover-problem.ts';
import { createProgrammeBuilder, type ProgrammeBuilder } from './programme-builder.ts';
import type { TierLink } from '../../src/scheduling/tier-links.ts';
import { valueAt } from '../../src/kernel/value-at.ts';

/**
 * The linear relaxation of cover problems with implicit breaks (Bechtold and Jacobs 1990, written in
 * cumulative counts). For each shift type, S(t) counts shifts started up to slot t; for each of its breaks,
 * C(t) counts breaks started up to slot t. Breaks can be handed to shifts, first to first, exactly when
 * S(t − latest) ≤ C(t) ≤ S(t − earliest). Cover at t is then a sum of differences of these counts, so every
 * row has few entries and the optimum equals that of the model with a column per shift and break pattern.
 * Tiers that may stand in for each other are joined by columns for the operators lent per slot.
 *
 * Counts run along an unrolled axis: shifts start in [0, slots), their breaks may lie beyond it.
 */
export interface CoverRelaxation {
  readonly programme: LinearProgramme;
  /** Shift starts and break starts per tier, cumulative, from a solution of the programme. */
  readonly counts: (x: Float64Array) => readonly (readonly TypeCounts[])[];
  /** Operators lent per link and slot, from a solution of the programme. */
  readonly lent: (x: Float64Array) => readonly Float64Array[];
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

/** All problems must have the same slots. */
export const relaxCover = (
  problems: readonly CoverProblem[],
  links: readonly TierLink[] = [],
): CoverRelaxation => {
  const builder = createProgrammeBuilder();
  const slots = problems[0]?.slots ?? 0;
  const lentAt = links.map(({ price }) =>
    Int32Array.from({ length: slots }, () => builder.column(price, 0, Infinity)),
  );
  const columns = problems.map((problem) =>
    problem.types.map((type) => addTypeColumns(builder, problem, type)),
  );
  for (const [tier, problem] of problems.entries()) {
    const terms = (slot: number): [number, number][] =>
      links.flatMap(({ from, to }, i): [number, number][] => {
        const column = lentAt[i]?.[slot] ?? 0;
        return from === tier ? [[column, -1]] : to === tier ? [[column, 1]] : [];
      });
    addCoverRows(builder, problem, columns[tier] ?? [], terms);
    addLimitRows(builder, problem, columns[tier] ?? []);
  }
  const read = (x: Float64Array, column: number): number => (column < 0 ? 0 : valueAt(x, column));
  return {
    programme: builder.build(),
    lent: (x) => lentAt.map((at) => Float64Array.from(at, (column) => read(x, column))),
    counts: (x) =>
      columns.map((types) =>
        types.map(({ starts, breaksAt }) => ({
          started: Float64Array.from(starts, (column) => read(x, column)),
          breakStarted: breaksAt.map((at) => Float64Array.from(at, (column) => read(x, column))),
        })),
      ),
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
    addOrder(builder, before, column);
    starts[i] = column;
    startsAt.fill(column, slot);
    before = column;
  }
  const breaksAt = type.breaks.map(({ earliest, latest }) =>
    addBreakColumns(builder, startsAt, earliest, latest),
  );
  return { starts, startsAt, breaksAt };
};

/** Row: what `less` counts is at most what `more` counts. */
const addOrder = (builder: ProgrammeBuilder, less: number, more: number): void => {
  if (less >= 0 && less !== more) {
    builder.row(0, Infinity, [
      [more, 1],
      [less, -1],
    ]);
  }
};

const addBreakColumns = (
  builder: ProgrammeBuilder,
  startsAt: Int32Array,
  earliest: number,
  latest: number,
): Int32Array => {
  const at = new Int32Array(startsAt.length).fill(-1);
  let previous = -1;
  for (let t = earliest; t < startsAt.length; t += 1) {
    const most = valueAt(startsAt, t - earliest);
    const least = t >= latest ? valueAt(startsAt, t - latest) : -1;
    if (most < 0) continue;
    // Where the two limits meet there is no choice left.
    if (most === least) at[t] = most;
    else {
      const column = builder.column(0, 0, Infinity);
      addOrder(builder, column, most);
      addOrder(builder, least, column);
      if (previous !== least) addOrder(builder, previous, column);
      at[t] = column;
    }
    previous = valueAt(at, t);
  }
  return at;
};

const addCoverRows = (
  builder: ProgrammeBuilder,
  problem: CoverProblem,
  columns: readonly TypeColumns[],
  lentTerms: (slot: number) => readonly [number, number][],
): void => {
  for (let slot = 0; slot < problem.slots; slot += 1) {
    const terms: [number, number][] = [
      [builder.column(problem.underPrice, 0, valueAt(problem.mildUnder, slot)), 1],
      [builder.column(problem.severeUnderPrice, 0, severeSpan(problem, slot)), 1],
      [builder.column(problem.overPrice, 0, Infinity), -1],
      ...lentTerms(slot),
    ];
    if (problem.deepUnderPrice !== undefined)
      terms.push([builder.column(problem.deepUnderPrice, 0, Infinity), 1]);
    for (const [j, type] of problem.types.entries()) {
      const own = columns[j];
      if (own !== undefined) addTypeTerms(terms, own, type, slot, problem.slots);
    }
    const demand = valueAt(problem.demand, slot);
    builder.row(demand, demand, terms);
  }
};

/** How many missing operators cost the severe price. */
const severeSpan = (problem: CoverProblem, slot: number): number => {
  if (problem.deepUnderPrice === undefined) return Infinity;
  return Math.max(0, (problem.deepUnder?.[slot] ?? 0) - valueAt(problem.mildUnder, slot));
};

const addTypeTerms = (
  terms: [number, number][],
  own: TypeColumns,
  type: ShiftType,
  slot: number,
  slots: number,
): void => {
  const add = (at: Int32Array, t: number, factor: number): void => {
    const column = t < 0 ? -1 : valueAt(at, t);
    if (column >= 0) terms.push([column, factor]);
  };
  for (const t of [slot, slot + slots]) {
    add(own.startsAt, t, 1);
    add(own.startsAt, t - type.lengthSlots, -1);
    for (const [k, pause] of type.breaks.entries()) {
      const at = own.breaksAt[k] ?? new Int32Array(0);
      add(at, t, -1);
      add(at, t - pause.lengthSlots, 1);
    }
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
      const before = from === 0 ? -1 : valueAt(startsAt, from - 1);
      const until = valueAt(startsAt, to - 1);
      if (until >= 0) terms.push([until, valueAt(weights, j)]);
      if (before >= 0) terms.push([before, -valueAt(weights, j)]);
    }
    builder.row(-Infinity, most, terms);
  }
};
