import type { LinearProgramme, ParallelMap, Solver, SolverAnswer } from '../../kernel/ports.ts';
import type { LineModel } from '../line/line-model.ts';
import type { RosterModel } from '../roster-model.ts';
import {
  type ColumnPool,
  type CoverPenalties,
  type MasterFrame,
  masterProgramme,
} from './master-programme.ts';
import { type CoverPrices, coverPricesOf } from './descend-prices.ts';
import { priceInParallel } from './price-lines.ts';

interface GenerationLimits {
  readonly solver: Solver;
  readonly parallel: ParallelMap | undefined;
  readonly roster: number;
  /** Most rounds of master and pricing. */
  readonly rounds: number;
  readonly linesPerPerson: number;
  readonly width: number;
  /** Relative gap between master and bound at which to stop. */
  readonly gap: number;
  /** Where prices of cover are expected, per cover row, and how far from there they are first sought. */
  readonly near?: Float64Array;
  readonly reach: number;
  /** A person's model under the frame, where it is not their own: with days that stay. */
  readonly lineOf?: (person: number) => LineModel;
  readonly shouldStop?: (() => boolean) | undefined;
  /** Takes the best bound after every round. */
  readonly onRound?: (bound: number) => void;
}

interface Generated {
  /** Proved lower bound of any roster under the frame. */
  readonly bound: number;
  /** Prices at which the bound was proved. */
  readonly prices: CoverPrices | undefined;
  /** Values of the pool's columns of the frame's people, in the pool's order. */
  readonly values: Float64Array;
}

/**
 * Column generation: the master prices cover, each person's cheapest line under these prices joins, until no line
 * improves it. Prices come from the interior of the best face, which keeps them steady from round to round. Every
 * round proves a bound (Lagrange): the best is kept.
 */
export const generateColumns = async (
  model: RosterModel,
  pool: ColumnPool,
  frame: MasterFrame,
  limits: GenerationLimits,
): Promise<Generated> => {
  const { cover } = model;
  const isFree = new Uint8Array(model.lines.length);
  for (const person of frame.people) isFree[person] = 1;
  const firstRow = frame.from * cover.shifts * cover.tiers;
  const box = boxAround(cover, limits.near, limits.reach);
  let best: Generated = {
    bound: -Infinity,
    prices: undefined,
    values: new Float64Array(0),
  };
  for (let round = 0; round < limits.rounds; round += 1) {
    if (limits.shouldStop?.() === true) break;
    const columns = pool.columns.filter(({ person }) => isFree[person] === 1);
    const { programme, coverRow, underColumns } = masterProgramme(model, columns, frame, false, box);
    const answer = await solveMaster(limits.solver, programme);
    if (answer.status !== 'optimal' || answer.rowDuals === undefined) break;
    const raw = new Float64Array(cover.operators.length);
    raw.set(answer.rowDuals.subarray(coverRow), firstRow);
    const prices = coverPricesOf(cover, raw);
    const duals = answer.rowDuals;
    const priced = await priceInParallel(
      {
        roster: limits.roster,
        people: frame.people.map((person, row) => ({
          person,
          model: limits.lineOf?.(person) ?? (model.lines[person] as LineModel),
          below: (duals[row] as number) - 1e-6,
          worth: prices.perGroup[cover.groupOf[person] as number] as Float64Array,
        })),
        lines: limits.linesPerPerson,
        width: limits.width,
      },
      limits.parallel,
    );
    let bound = prices.worth + onDutyWorth(frame, prices, cover.groups);
    let added = 0;
    for (const one of priced) {
      bound += one.bound;
      for (const column of one.columns) added += pool.add(column) ? 1 : 0;
    }
    if (bound > best.bound) best = { ...best, bound, prices };
    best = { ...best, values: answer.x.subarray(0, columns.length) };
    limits.onRound?.(best.bound);
    if (widenBox(box, cover, underColumns, answer.x, firstRow)) continue;
    if (added === 0 || answer.objective - best.bound <= limits.gap * Math.abs(answer.objective)) break;
  }
  return best;
};

/** From the interior; by vertices where that ends short of its tolerance. */
const solveMaster = async (solver: Solver, programme: LinearProgramme): Promise<SolverAnswer> => {
  const interior = await solver.solve(programme, { gap: 0, interior: true });
  return interior.status === 'optimal' ? interior : solver.solve(programme, { gap: 0 });
};

/**
 * Prices of cover are first held in a box around where they are expected: they then stay near where they end,
 * instead of swinging. Where the box binds, it is widened.
 */
const boxAround = (
  { under, over }: CoverPenalties,
  near: Float64Array | undefined,
  reach: number,
): CoverPenalties => {
  const centre = (row: number): number => near?.[row] ?? 0;
  return {
    under: under.map((full, row) => Math.min(full, centre(row) + reach)),
    over: over.map((full, row) => Math.min(full, reach - centre(row))),
  };
};

const widenBox = (
  box: CoverPenalties,
  full: CoverPenalties,
  underColumns: Int32Array,
  x: Float64Array,
  firstRow: number,
): boolean => {
  let isWidened = false;
  const widen = (side: 'under' | 'over', row: number, used: number): void => {
    const most = full[side][row] as number;
    const now = box[side][row] as number;
    if (used < 1e-4 || now >= most) return;
    const width = (box.under[row] as number) + (box.over[row] as number);
    box[side][row] = Math.min(most, now + Math.max(width, 1e-3 * most));
    isWidened = true;
  };
  for (const [row, column] of underColumns.entries()) {
    widen('under', firstRow + row, x[column] as number);
    widen('over', firstRow + row, x[column + 1] as number);
  }
  return isWidened;
};

/** What those already on duty cover at these prices, which the free need not. */
const onDutyWorth = ({ onDuty }: MasterFrame, { perGroup }: CoverPrices, groups: number): number => {
  let sum = 0;
  for (const [at, count] of onDuty.entries())
    if (count > 0)
      sum -= count * ((perGroup[at % groups] as Float64Array)[Math.floor(at / groups)] as number);
  return sum;
};
