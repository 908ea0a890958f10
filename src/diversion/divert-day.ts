import type { PromptPlacement } from '../kernel/hotline.ts';
import type { PromptSchedule } from './best-spans.ts';
import {
  beginSearch,
  dearest,
  mayBe,
  tryChange,
  tryRow,
  tryRows,
  type DaySearch,
  type Tried,
} from './day-search.ts';
import type { DayTask } from './day-task.ts';
import { handedOver, movedRows, nearbyRows, replaceRow } from './nearby-rows.ts';
import { proposeRows } from './propose-rows.ts';

/** Rows by queue of the task; `cost` is the aim's, in calls. */
export interface DayChoice {
  readonly rows: readonly PromptSchedule[];
  readonly placements: readonly PromptPlacement[];
  readonly cost: number;
  readonly costBefore: number;
  readonly evaluations: number;
  /** True when the limit on diverted callers kept a better choice from being taken. */
  readonly limitedByShare: boolean;
}

const improve = (search: DaySearch, start: Tried): Tried => {
  const prompts = search.task.queues.map(({ entries }) => entries.length);
  let best = start;
  for (let improved = true; improved && search.spent < search.task.evaluations;) {
    const before = best.cost;
    const hot = dearest(search, best, 12);
    for (const [q, offer] of search.task.queues.entries())
      for (const row of nearbyRows(
        best.rows[q] ?? new Int8Array(0),
        offer.entries.length,
        search.minimumOn,
        hot,
      ))
        best = tryRow(search, best, q, row);
    for (const rows of handedOver(best.rows, prompts)) best = tryChange(search, best, rows);
    improved = best.cost < before - 1e-6;
  }
  return best;
};

/**
 * Moves a stretch although that alone may lose, and lets the other queues answer: two queues that share a tier may
 * have to move together.
 */
const moveTogether = (search: DaySearch, start: Tried): Tried => {
  const { queues } = search.task;
  let best = start;
  for (const [q, row] of start.rows.entries())
    for (const moved of movedRows(row)) {
      if (search.spent >= search.task.evaluations || !mayBe(search.task, q, moved)) continue;
      search.seen.clear();
      let near = tryRows(search, replaceRow(start.rows, q, moved), start);
      if (!near.withinShare || near.flooded.length > 0) continue;
      for (const [other, offer] of queues.entries())
        if (other !== q)
          for (const answer of nearbyRows(
            near.rows[other] ?? new Int8Array(0),
            offer.entries.length,
            search.minimumOn,
            dearest(search, near, 12),
          ))
            near = tryRow(search, near, other, answer);
      if (near.cost < best.cost - 1e-6) best = near;
    }
  return best;
};

/** Takes the proposals of queue after queue, beginning with one of them, as long as they gain. */
const climb = (search: DaySearch, start: Tried, first: number): Tried => {
  const queues = search.task.queues.length;
  let best = start;
  for (let round = 0; round < 2; round += 1) {
    const before = best.cost;
    for (let k = 0; k < queues; k += 1) {
      const q = (first + k) % queues;
      if (search.spent >= search.task.evaluations) break;
      for (const row of proposeRows(search, best, q)) best = tryRow(search, best, q, row);
    }
    if (best.cost >= before - 1e-6) break;
  }
  return best;
};

/**
 * Chooses a day's prompts: dynamic programming over what each prompt does when played all day proposes
 * spans, queue after queue; every proposal is judged by a projection of the whole day; then spans are
 * lengthened, shortened, moved, exchanged, handed to another queue, added and taken away as long as the
 * projection gains. What is left of the budget begins again with another queue. The answer
 * is never worse than playing nothing, on the aim and on the mean demand.
 */
export const divertDay = (task: DayTask): DayChoice => {
  const search = beginSearch(task);
  const nothing = tryRows(
    search,
    task.queues.map(() => new Int8Array(search.count).fill(-1)),
    { traced: search.silent },
  );
  let best = nothing;
  if (dearest(search, nothing, 1).length > 0) {
    for (const first of task.queues.keys()) {
      if (search.spent >= task.evaluations) break;
      search.seen.clear();
      const found = improve(search, climb(search, nothing, first));
      if (found.cost < best.cost - 1e-6) best = found;
    }
    if (task.queues.length > 1) best = moveTogether(search, best);
  }
  return {
    rows: best.rows,
    placements: best.placements,
    cost: best.cost,
    costBefore: nothing.cost,
    evaluations: search.spent,
    limitedByShare: search.limitedByShare,
  };
};
