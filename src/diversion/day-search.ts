import { CancelledError } from '../kernel/errors.ts';
import type { Outcome, PromptPlacement } from '../kernel/hotline.ts';
import { valueAt } from '../kernel/value-at.ts';
import { projectNear, type TracedProjection } from '../queueing/project.ts';
import type { PromptSchedule } from './best-spans.ts';
import type { DayTask } from './day-task.ts';
import { aimCosts, sumOf } from './diversion-aim.ts';
import { replaceRow } from './nearby-rows.ts';
import { callsSentLater, offPeakTimesOf, type OffPeakTimes } from './off-peak-targets.ts';
import { placeRows } from './place-rows.ts';
import { keepsRules, spanRulesOf } from './playing-rules.ts';

/** Rows that were judged, and what comes of them. */
export interface Tried {
  readonly rows: readonly PromptSchedule[];
  readonly placements: readonly PromptPlacement[];
  readonly traced: TracedProjection;
  readonly costs: Float64Array;
  readonly cost: number;
  readonly withinShare: boolean;
  /** Intervals that those whom prompts sent away make short. */
  readonly flooded: readonly number[];
}

/** What the search for a day's prompts has seen and spent so far. */
export interface DaySearch {
  readonly task: DayTask;
  readonly count: number;
  readonly seen: Set<string>;
  readonly offPeak: OffPeakTimes;
  /** Intervals of the shortest stretch. */
  readonly minimumOn: number;
  /** The day with nothing played. */
  readonly silent: TracedProjection;
  readonly silentCosts: Float64Array;
  spent: number;
  limitedByShare: boolean;
  /** Calls sent later into an interval that were too many for it, as far as was seen. */
  readonly tooMany: Float64Array;
}

/** A search that has seen nothing but the day with nothing played. */
export const beginSearch = (task: DayTask): DaySearch => {
  const { count, intervalMinutes } = task.demand.horizon;
  const base = projectNear({
    demand: task.demand,
    capacity: task.capacity,
    policy: { ...task.policy, prompts: [] },
  });
  return {
    task,
    count,
    seen: new Set(),
    tooMany: new Float64Array(count).fill(Infinity),
    silent: base,
    silentCosts: aimCosts(base.outcome, [], task.targets, task.aim),
    offPeak: offPeakTimesOf(base.outcome, task.mayCall, Math.max(1, Math.ceil(60 / intervalMinutes))),
    minimumOn: spanRulesOf(task.rules, intervalMinutes).minimumOn,
    spent: 0,
    limitedByShare: false,
  };
};

const withinShare = (outcome: Outcome, task: DayTask): boolean =>
  outcome.queues.every(
    ({ queue, divertedOnline, deferred }) =>
      sumOf(divertedOnline) + sumOf(deferred) <=
      task.largestDivertedShare * (task.callersOfDay.get(queue) ?? 0) + 1e-9,
  );

/** An interval in which nothing plays may cost by prompts this share of its calls more than without them. */
const largestMovedShare = 0.05;

const isSilent = (placements: readonly PromptPlacement[], i: number): boolean =>
  placements.every(({ on }) => on[i] !== 1);

const floodedIntervals = (
  { silent: { outcome }, silentCosts }: DaySearch,
  placements: readonly PromptPlacement[],
  costs: Float64Array,
): number[] =>
  [...costs.keys()].filter((i) => {
    const offered = outcome.queues.reduce((sum, queue) => sum + valueAt(queue.offered, i), 0);
    const more = valueAt(costs, i) - valueAt(silentCosts, i);
    return isSilent(placements, i) && more > largestMovedShare * offered + 1e-9;
  });

/** Whether rows send as many into an interval as were too many for it before: what comes of it need not be projected. */
const sendsTooMany = ({ task, tooMany }: DaySearch, placements: readonly PromptPlacement[]): boolean =>
  tooMany.some((most) => most < Infinity) &&
  callsSentLater(task.demand, placements).some(
    (sent, i) => sent >= valueAt(tooMany, i) && isSilent(placements, i),
  );

const rememberFlood = ({ task, tooMany }: DaySearch, { flooded, placements }: Tried): void => {
  const sent = callsSentLater(task.demand, placements);
  for (const i of flooded)
    if (valueAt(sent, i) > 0) tooMany[i] = Math.min(valueAt(tooMany, i), valueAt(sent, i));
};

/** Judges rows; `near` are rows that differ little: what they have in common is not projected again. */
export const tryRows = (
  search: DaySearch,
  rows: readonly PromptSchedule[],
  near: { readonly traced: TracedProjection } | undefined,
  placements = placeRows(search.task, search.offPeak, rows),
): Tried => {
  const { task } = search;
  if (task.shouldStop?.() === true) throw new CancelledError();
  search.spent += 1;
  const traced = projectNear(
    { demand: task.demand, capacity: task.capacity, policy: { ...task.policy, prompts: placements } },
    near?.traced,
  );
  const costs = aimCosts(traced.outcome, placements, task.targets, task.aim);
  return {
    rows,
    placements,
    traced,
    costs,
    cost: sumOf(costs),
    withinShare: withinShare(traced.outcome, task),
    flooded: floodedIntervals(search, placements, costs),
  };
};

const better = (search: DaySearch, candidate: Tried, best: Tried): boolean => {
  if (candidate.cost >= best.cost - 1e-6) return false;
  if (!candidate.withinShare) search.limitedByShare = true;
  else if (candidate.flooded.length > 0) rememberFlood(search, candidate);
  else return true;
  return false;
};

/** True when a queue's row keeps the rules, with what it has heard that day before. */
export const mayBe = (task: DayTask, q: number, row: PromptSchedule): boolean => {
  const { mayPlay, over, rules } = task;
  const { intervalMinutes } = task.demand.horizon;
  const heard = task.queues[q]?.heard;
  if (heard === undefined) return keepsRules(rules, { row, mayPlay, intervalMinutes });
  if (row.subarray(0, over).some((prompt) => prompt >= 0)) return false;
  const length = heard.length + row.length - over;
  const day = { row: new Int8Array(length), mayPlay: new Uint8Array(length), intervalMinutes };
  day.row.set(heard);
  day.row.set(row.subarray(over), heard.length);
  day.mayPlay.set(mayPlay.subarray(over), heard.length);
  return keepsRules(rules, day, heard.length);
};

/** Tries other rows unless they break a rule, were tried already or the budget is spent. */
export const tryChange = (search: DaySearch, best: Tried, rows: readonly PromptSchedule[]): Tried => {
  const { task } = search;
  if (search.spent >= task.evaluations) return best;
  if (!rows.every((row, q) => mayBe(task, q, row))) return best;
  const key = rows.map((r) => r.join()).join(';');
  if (search.seen.has(key)) return best;
  search.seen.add(key);
  const placements = placeRows(task, search.offPeak, rows);
  if (sendsTooMany(search, placements)) return best;
  const tried = tryRows(search, rows, best, placements);
  return better(search, tried, best) ? tried : best;
};

/** Tries a row of one queue unless it breaks a rule, was tried already or the budget is spent. */
export const tryRow = (search: DaySearch, best: Tried, q: number, row: PromptSchedule): Tried =>
  tryChange(search, best, replaceRow(best.rows, q, row));

/** Playable intervals in order of their cost, dearest first, while they cost anything. */
export const dearest = (search: DaySearch, best: Tried, most: number): number[] =>
  [...search.task.mayPlay.keys()]
    .filter((i) => search.task.mayPlay[i] === 1 && valueAt(best.costs, i) > 0.05)
    .sort((a, b) => valueAt(best.costs, b) - valueAt(best.costs, a))
    .slice(0, most);
