import type { Column } from '../columns/column-pool.ts';
import { rewardedCells } from '../columns/cover-prices.ts';
import { masterProgramme } from '../columns/master-programme.ts';
import type { LineFinder } from '../line/line-finder.ts';
import type { LineModel } from '../line/line-model.ts';
import { programmeStart } from './programme-start.ts';
import { raiseBound, type RosterSearch } from './roster-search.ts';
import { takeLines } from './take-lines.ts';

/** Most lines of all people together that a programme is built from. */
const mostLines = 12_000;
/** Most partial lines of one person a day: whoever has more would have too many lines. */
const mostPartial = 6000;

/**
 * Closes the gap where it is small: whoever's line is dearer than their cheapest by more than the gap (under the
 * prices that prove the bound) is in no better roster, so a programme over all other lines holds the best roster
 * there is. True where that settled it; false where there are too many lines, or the time was too short.
 */
export const proveByAllLines = async (search: RosterSearch): Promise<boolean> => {
  const { model, state, proof, means, unit, people } = search;
  if (proof === undefined || model.crews.length > 0) return false;
  const gap = state.total() - proof.bound - unit + 1e-4;
  const columns = linesWithin(search, gap);
  if (columns === undefined) return false;
  const frame = { people, onDuty: new Int32Array(state.counts.length), from: 0, until: model.days };
  const { programme } = masterProgramme(model, columns, frame, true);
  search.report('proof');
  const answer = await means.solvers[0]?.solve(programme, {
    gap: 0,
    nodes: 200_000,
    ...(means.secondsLeft === undefined ? {} : { seconds: Math.max(0.1, 0.8 * means.secondsLeft()) }),
    start: programmeStart(model, state, programme.columns, columns, frame),
  });
  if (answer === undefined || answer.x.length === 0) return false;
  takeLines(
    state,
    columns.filter((_, index) => (answer.x[index] as number) > 0.5),
  );
  if (answer.status !== 'optimal') return false;
  raiseBound(search, state.total());
  search.report('proof');
  return true;
};

/** All lines that a better roster can hold, and everybody's own; undefined where they are too many. */
const linesWithin = (search: RosterSearch, gap: number): Column[] | undefined => {
  const { model, finders, costs, state, proof, people } = search;
  const columns: Column[] = [];
  for (const person of people) {
    if (search.isOver()) return undefined;
    const line = model.lines[person] as LineModel;
    const find = finders[person] as LineFinder;
    const worth = proof?.prices.perGroup[model.cover.groupOf[person] as number] as Float64Array;
    const cells = rewardedCells(line.cell, line.options, worth);
    const least = find(cells, { below: Infinity, lines: 1, width: search.width }).bound;
    const left = mostLines - columns.length;
    const found = find(cells, { below: least + gap, lines: left + 1, width: mostPartial, every: true });
    if (found.lines.length > left || found.isCut) return undefined;
    const own = state.lines.slice(person * model.days, (person + 1) * model.days);
    columns.push({ person, line: own, cost: state.lineCosts[person] as number });
    for (const { line: other } of found.lines)
      if (!other.every((option, day) => option === own[day]))
        columns.push({ person, line: other, cost: costs[person]?.(other) ?? Infinity });
  }
  return columns;
};
