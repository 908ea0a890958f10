import { CancelledError } from '../kernel/errors.ts';
import { valueAt } from '../kernel/value-at.ts';
import { projectSharedAs } from '../queueing/project.ts';
import { bestSpans, stretchesOf, type PromptSchedule } from './best-spans.ts';
import { mayBe, tryRows, type DaySearch, type Tried } from './day-search.ts';
import type { DayTask } from './day-task.ts';
import { aimCosts, diversionPrices } from './diversion-aim.ts';
import { replaceRow } from './nearby-rows.ts';
import { placeRows } from './place-rows.ts';
import { spanRulesOf } from './playing-rules.ts';

/** A proposal without the stretches by which it breaks a rule that proposals are not made by. */
const withoutBroken = (task: DayTask, q: number, row: PromptSchedule): PromptSchedule => {
  if (mayBe(task, q, row)) return row;
  let kept = new Int8Array(row.length).fill(-1);
  for (const { prompt, from, to } of stretchesOf(row)) {
    const more = kept.slice().fill(prompt, from, to);
    if (mayBe(task, q, more)) kept = more;
  }
  return kept;
};

/** What a prompt does by interval when it plays to a queue all day, tiers sharing the load as without it. */
const playAllDay = (search: DaySearch, off: Tried, q: number, p: number) => {
  const { task } = search;
  if (task.shouldStop?.() === true) throw new CancelledError();
  search.spent += 1;
  const row = Int8Array.from(task.mayPlay, (may) => (may === 1 ? p : -1));
  const placements = placeRows(task, search.offPeak, replaceRow(off.rows, q, row));
  const policy = { ...task.policy, prompts: placements };
  const outcome = projectSharedAs(off.traced, { demand: task.demand, capacity: task.capacity, policy });
  const costs = aimCosts(outcome, placements, task.targets, task.aim);
  const own = outcome.queues.find(({ queue }) => queue === task.queues[q]?.queue);
  return {
    gain: off.costs.map((cost, i) => (task.mayPlay[i] === 1 ? cost - valueAt(costs, i) : -Infinity)),
    diverted: off.costs.map((_, i) => (own?.divertedOnline[i] ?? 0) + (own?.deferred[i] ?? 0)),
  };
};

/**
 * Proposes rows for one queue: each prompt is played all day to see what it does per interval, and dynamic
 * programming picks spans for several prices per diverted caller, from wide to narrow.
 */
export const proposeRows = (search: DaySearch, best: Tried, q: number): PromptSchedule[] => {
  const { task, count } = search;
  const offer = task.queues[q];
  if (offer === undefined) return [];
  const silent = best.rows[q]?.every((p) => p < 0) === true;
  const off = silent ? best : tryRows(search, replaceRow(best.rows, q, new Int8Array(count).fill(-1)), best);
  const played = offer.entries.map((_, p) => playAllDay(search, off, q, p));
  const heard = offer.heard?.reduce((sum, prompt) => sum + (prompt < 0 ? 0 : 1), 0);
  const spans = spanRulesOf(task.rules, task.demand.horizon.intervalMinutes, heard);
  const rowsOf = (mayUse: (p: number) => boolean): PromptSchedule[] =>
    [0, 0.5, 1.5, 4].map((times) =>
      bestSpans(
        played.map(({ gain, diverted }, p) =>
          gain.map((g, i) =>
            mayUse(p) ? g - times * diversionPrices.diverted * valueAt(diverted, i) - 1e-9 : -Infinity,
          ),
        ),
        count,
        { ...spans, startCost: diversionPrices.stretch },
      ),
    );
  const sendsNobodyLater = (p: number): boolean => (offer.entries[p]?.response.offPeakShare ?? 0) <= 0;
  return [
    ...rowsOf(() => true),
    ...(search.tooMany.some((most) => most < Infinity) ? rowsOf(sendsNobodyLater) : []),
  ].map((row) => withoutBroken(task, q, row));
};
