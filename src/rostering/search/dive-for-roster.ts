import type { Solver } from '../../kernel/ports.ts';
import { generateColumns } from '../columns/generate-columns.ts';
import { type Column, type MasterFrame, masterProgramme } from '../columns/master-programme.ts';
import type { RosterSearch } from './roster-search.ts';

/** A line is taken from this share of it on. */
const nearlyWhole = 0.95;
/** Of those who are left so many take their likeliest line at least. */
const leastShare = 0.08;

/**
 * Lines for some people beside those of all others: shares of lines by columns and a linear programme, the lines of
 * which most is used are taken, and the rest is asked again of those who are left, until everybody has one.
 * Undefined where time ran out or nothing below `most` can come of it.
 */
export const diveForLines = async (
  search: RosterSearch,
  people: readonly number[],
  solver: Solver,
  most: number,
): Promise<readonly Column[] | undefined> => {
  const { model, state, pool, proof, random } = search;
  const { cover, days } = model;
  const onDuty = Int32Array.from(state.counts);
  const count = (person: number, line: Uint8Array, change: number): void => {
    const group = cover.groupOf[person]!;
    if (group < 0) return;
    for (const [day, option] of line.entries())
      if (option > 0) onDuty[(day * cover.shifts + option - 1) * cover.groups + group]! += change;
  };
  for (const person of people) count(person, state.lines.subarray(person * days, (person + 1) * days), -1);
  const taken: Column[] = [];
  let cost = 0;
  let left = people;
  while (left.length > 0) {
    if (search.isOver()) return undefined;
    const frame: MasterFrame = { people: left, onDuty, from: 0, until: days };
    const generated = await generateColumns(model, pool, frame, {
      solver,
      parallel: undefined,
      roster: search.roster,
      rounds: 30,
      linesPerPerson: 5,
      width: search.width,
      gap: 1e-4,
      near: proof?.prices.perTier ?? new Float64Array(cover.operators.length),
      reach: 0.005 * search.scale,
      shouldStop: search.isOver,
    });
    if (cost + generated.bound >= most - 1e-6) return undefined;
    const isLeft = new Set(left);
    const columns = pool.columns.filter(({ person }) => isLeft.has(person));
    const { programme } = masterProgramme(model, columns, frame, false);
    const { x } = await solver.solve(programme, { gap: 0 });
    if (x.length === 0) return undefined;
    const best = new Map<number, { readonly column: Column; readonly share: number }>();
    columns.forEach((column, index) => {
      const share = x[index]! + 1e-6 * random.uniform();
      if (share > (best.get(column.person)?.share ?? 0)) best.set(column.person, { column, share });
    });
    const order = [...best.values()].sort((a, b) => b.share - a.share);
    const least = Math.ceil(leastShare * left.length);
    const chosen = order.filter(({ share }, place) => place < least || share > nearlyWhole);
    for (const { column } of chosen) {
      count(column.person, column.line, 1);
      cost += column.cost;
      taken.push(column);
      isLeft.delete(column.person);
    }
    left = [...isLeft];
  }
  return taken;
};
