import { generateColumns } from '../columns/generate-columns.ts';
import { type Column, type MasterFrame, masterProgramme } from '../columns/master-programme.ts';
import type { PartLimits } from './improve-part.ts';
import type { RosterSearch } from './roster-search.ts';

/** A line is taken from this share of it on. */
const nearlyWhole = 0.95;
/** A line with no more of a share than this is not in the face. */
const noShare = 1e-6;
/** Of those who are left so many take their likeliest line at least, and where a clock runs at most. */
const leastShare = 0.08;
const mostShare = 0.4;
/** The share of the time left in which a dive is to end. */
const shareOfTime = 0.4;

/**
 * Everybody's line out of the columns: a linear programme takes shares of lines, the lines with most of a share are
 * kept, and columns are generated again for those who are left. Undefined where time runs out, or where what is kept
 * proves that nothing cheaper than the present roster follows.
 */
export const diveForLines = async (
  search: RosterSearch,
  limits: PartLimits,
): Promise<readonly Column[] | undefined> => {
  const { model, state, pool, random } = search;
  const { cover, days } = model;
  const onDuty = new Int32Array(state.counts.length);
  const taken: Column[] = [];
  let cost = 0;
  let left = search.people;
  let step = leastShare;
  const clock = stepClock(search.means.secondsLeft);
  while (left.length > 0 && !search.isOver()) {
    const frame: MasterFrame = { people: left, onDuty, from: 0, until: days };
    const { bound, values } = await generateColumns(model, pool, frame, {
      ...limits,
      parallel: undefined,
      rounds: 30,
      linesPerPerson: 5,
      gap: 1e-4,
    });
    if (cost + bound >= state.total() - 1e-6) return undefined;
    const isLeft = new Set(left);
    // Column generation ends inside the face of best answers; at a vertex of it more lines are whole.
    const columns = pool.columns
      .filter(({ person }) => isLeft.has(person))
      .filter((_, index) => (values[index] ?? 1) > noShare);
    const seconds = search.means.secondsLeft?.();
    const { x } = await limits.solver.solve(masterProgramme(model, columns, frame, false).programme, {
      gap: 0,
      ...(seconds === undefined ? {} : { seconds: Math.max(0.1, seconds) }),
    });
    if (x.length === 0) return undefined;
    const likeliest = Map.groupBy(
      columns.map((column, index) => ({ column, share: x[index]! + 1e-6 * random.uniform() })),
      ({ column }) => column.person,
    )
      .values()
      .map((lines) => lines.reduce((best, line) => (line.share > best.share ? line : best)))
      .toArray()
      .sort((a, b) => b.share - a.share);
    step = Math.max(step, clock());
    const least = Math.ceil(step * left.length);
    for (const { column } of likeliest.filter(({ share }, at) => at < least || share > nearlyWhole)) {
      const { person, line } = column;
      taken.push(column);
      isLeft.delete(person);
      cost += column.cost;
      const group = cover.groupOf[person]!;
      for (const [day, option] of line.entries())
        if (option > 0 && group >= 0) onDuty[(day * cover.shifts + option - 1) * cover.groups + group]! += 1;
    }
    left = [...isLeft];
  }
  return left.length === 0 ? taken : undefined;
};

/**
 * The share of those who are left that has to take a line at a time for the dive to end in its time: a step takes as long
 * as the 1.5th power of how many are left.
 */
const stepClock = (secondsLeft: (() => number) | undefined): (() => number) => {
  if (secondsLeft === undefined) return () => leastShare;
  let before = secondsLeft();
  return () => {
    const now = secondsLeft();
    const kept = Math.max(0, 1 - (before - now) / (shareOfTime * now)) ** (2 / 3);
    before = now;
    return Math.min(mostShare, 1 - kept);
  };
};
