import type { PromptsModel } from '../contract/models/prompts-model.ts';
import type { TargetsModel } from '../contract/models/targets-model.ts';
import { CancelledError } from '../kernel/errors.ts';
import type { Capacity, Demand, Outcome, Policy, PromptPlacement } from '../kernel/hotline.ts';
import type { ShouldStop } from '../kernel/ports.ts';
import { sumOf } from '../kernel/statistics.ts';
import { valueAt } from '../kernel/value-at.ts';
import { projectNear, projectSharedAs, type TracedProjection } from '../queueing/project.ts';
import { aimCosts, type DiversionAim, diversionPrices } from './diversion-aim.ts';
import {
  callsSentLater,
  type OffPeakTimes,
  offPeakTimesOf,
  sendOffPeak,
  usualCalls,
} from './off-peak-targets.ts';
import { bestSpans, keepsRules, type PromptSchedule, spanRulesOf, stretchesOf } from './playing-rules.ts';
import { placePrompt, type PromptEntry } from './prompt-spans.ts';

/** Rows by queue of the task; `cost` is the aim's, in calls. */
export interface DayChoice {
  readonly rows: readonly PromptSchedule[];
  readonly placements: readonly PromptPlacement[];
  readonly cost: number;
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
    evaluations: search.spent,
    limitedByShare: search.limitedByShare,
  };
};

/** Rows that were judged, and what comes of them. */
interface Tried {
  readonly rows: readonly PromptSchedule[];
  readonly placements: readonly PromptPlacement[];
  readonly traced: TracedProjection;
  readonly costs: Float64Array;
  readonly cost: number;
  readonly withinShare: boolean;
  /** Intervals that those whom prompts sent away make short. */
  readonly flooded: readonly number[];
  /** What each prompt does when it plays to a queue all day beside them: every beginning with another queue asks again. */
  readonly played: Map<string, { readonly gain: Float64Array; readonly diverted: Float64Array }>;
}

/** What the search for a day's prompts has seen and spent so far. */
interface DaySearch {
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
const beginSearch = (task: DayTask): DaySearch => {
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
  callsSentLater(task.demand, placements).some(
    (sent, i) => sent >= valueAt(tooMany, i) && isSilent(placements, i),
  );

const rememberFlood = ({ task, tooMany }: DaySearch, { flooded, placements }: Tried): void => {
  const sent = callsSentLater(task.demand, placements);
  for (const i of flooded)
    if (valueAt(sent, i) > 0) tooMany[i] = Math.min(valueAt(tooMany, i), valueAt(sent, i));
};

/** Judges rows; `near` are rows that differ little: what they have in common is not projected again. */
const tryRows = (
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
    played: new Map(),
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
const mayBe = (task: DayTask, q: number, row: PromptSchedule): boolean => {
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
const tryChange = (search: DaySearch, best: Tried, rows: readonly PromptSchedule[]): Tried => {
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
const tryRow = (search: DaySearch, best: Tried, q: number, row: PromptSchedule): Tried =>
  tryChange(search, best, replaceRow(best.rows, q, row));

/** Playable intervals in order of their cost, dearest first, while they cost anything. */
const dearest = (search: DaySearch, best: Tried, most: number): number[] =>
  [...search.task.mayPlay.keys()]
    .filter((i) => search.task.mayPlay[i] === 1 && valueAt(best.costs, i) > 0.05)
    .sort((a, b) => valueAt(best.costs, b) - valueAt(best.costs, a))
    .slice(0, most);

/** A queue that may be diverted, with the prompts that suit it. */
interface QueueTask {
  readonly queue: string;
  readonly entries: readonly PromptEntry[];
  /** What it has heard that day before the first interval in which a prompt may play; left out: nothing. */
  readonly heard?: PromptSchedule;
}

/** One day's (or any short stretch's) choice, by interval of that stretch. */
interface DayTask {
  readonly demand: Demand;
  readonly capacity: Capacity;
  readonly policy: Policy;
  readonly targets: TargetsModel;
  readonly aim: DiversionAim;
  readonly mayPlay: Uint8Array;
  /** Intervals of the stretch that are over: what was heard in them is in `heard`. */
  readonly over: number;
  /** 1 where off-peak callers may be sent: open, not in quiet hours. */
  readonly mayCall: Uint8Array;
  readonly queues: readonly QueueTask[];
  readonly rules: PromptsModel['rules'];
  readonly largestDivertedShare: number;
  /** Callers of the whole day by queue: what the share is a share of. */
  readonly callersOfDay: ReadonlyMap<string, number>;
  readonly takeUpFactor: number;
  /** Most projections to spend on the search. */
  readonly evaluations: number;
  readonly shouldStop?: ShouldStop;
}

/** Placements of rows: one per queue and prompt that plays; off-peak callers are sent to off-peak intervals. */
const placeRows = (
  task: Pick<DayTask, 'demand' | 'queues' | 'rules' | 'takeUpFactor'>,
  offPeakTimes: OffPeakTimes,
  rows: readonly PromptSchedule[],
): PromptPlacement[] => {
  const { count, intervalMinutes } = task.demand.horizon;
  const shortest = spanRulesOf(task.rules, intervalMinutes).minimumOn;
  const offPeak = { ...offPeakTimes, work: offPeakTimes.work.slice() };
  return rows.flatMap((row, q) => {
    const offer = task.queues[q];
    const demand = task.demand.queues.find((d) => d.queue === offer?.queue);
    if (offer === undefined || demand === undefined) return [];
    const stretches = stretchesOf(row);
    return offer.entries.flatMap((entry, p) => {
      const weights = entry.response.offPeakShare > 0 ? usualCalls(entry, demand, offPeak) : undefined;
      const own = stretches
        .filter((s) => s.prompt === p)
        .flatMap((s) =>
          weights === undefined
            ? [{ from: s.from, to: s.to, offPeakTarget: -1 }]
            : sendOffPeak(s, entry, demand, offPeak, shortest, weights),
        );
      return own.length === 0
        ? []
        : [placePrompt(entry, offer.queue, own, count, task.takeUpFactor, weights)];
    });
  });
};

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
  const known = off.played.get(`${q} ${p}`);
  if (known !== undefined) return known;
  const row = Int8Array.from(task.mayPlay, (may) => (may === 1 ? p : -1));
  const placements = placeRows(task, search.offPeak, replaceRow(off.rows, q, row));
  const policy = { ...task.policy, prompts: placements };
  const outcome = projectSharedAs(off.traced, { demand: task.demand, capacity: task.capacity, policy });
  const costs = aimCosts(outcome, placements, task.targets, task.aim);
  const measured = outcome.queues.find(({ queue }) => queue === task.queues[q]?.queue);
  const found = {
    gain: off.costs.map((cost, i) => (task.mayPlay[i] === 1 ? cost - valueAt(costs, i) : -Infinity)),
    diverted: off.costs.map((_, i) => (measured?.divertedOnline[i] ?? 0) + (measured?.deferred[i] ?? 0)),
  };
  off.played.set(`${q} ${p}`, found);
  return found;
};

/**
 * Proposes rows for one queue: each prompt is played all day to see what it does per interval, and dynamic
 * programming picks spans for several prices per diverted caller, from wide to narrow.
 */
const proposeRows = (search: DaySearch, best: Tried, q: number): PromptSchedule[] => {
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

const replaceRow = (rows: readonly PromptSchedule[], q: number, row: PromptSchedule): PromptSchedule[] =>
  rows.map((r, i) => (i === q ? row : r));

/** Rows with one stretch an interval earlier or later. */
export const movedRows = (row: PromptSchedule): PromptSchedule[] =>
  stretchesOf(row).flatMap(({ prompt, from, to }) =>
    [-1, 1].flatMap((by) => {
      if (from + by < 0 || to + by > row.length) return [];
      return [
        row
          .slice()
          .fill(-1, from, to)
          .fill(prompt, from + by, to + by),
      ];
    }),
  );

/**
 * Rows one step away: a stretch longer, shorter, moved, gone or with another prompt; a new shortest stretch that
 * holds one of the `hot` intervals.
 */
export const nearbyRows = (
  row: PromptSchedule,
  prompts: number,
  minimumOn: number,
  hot: readonly number[],
): PromptSchedule[] => {
  const near: PromptSchedule[] = [];
  const changed = (edit: (copy: PromptSchedule) => void): void => {
    const copy = row.slice();
    edit(copy);
    near.push(copy);
  };
  for (const { prompt, from, to } of stretchesOf(row)) {
    changed((r) => r.fill(-1, from, to));
    for (let p = 0; p < prompts; p += 1) if (p !== prompt) changed((r) => r.fill(p, from, to));
    for (const step of [1, 2]) {
      changed((r) => r.fill(prompt, Math.max(0, from - step), from));
      changed((r) => r.fill(prompt, to, to + step));
      changed((r) => r.fill(-1, from, from + step));
      changed((r) => r.fill(-1, to - step, to));
    }
    changed((r) => r.fill(-1, from, from + 1).fill(prompt, to, to + 1));
    changed((r) => r.fill(-1, to - 1, to).fill(prompt, Math.max(0, from - 1), from));
  }
  const length = Math.max(1, minimumOn);
  for (const i of hot)
    for (let back = 0; back < length; back += 1)
      for (let p = 0; p < prompts; p += 1)
        if (i - back >= 0) changed((r) => r.fill(p, i - back, i - back + length));
  return near;
};

/** All queues' rows in which a stretch of one queue is played to another instead, or to both; `prompts` counts each queue's. */
export const handedOver = (rows: readonly PromptSchedule[], prompts: readonly number[]): PromptSchedule[][] =>
  rows.flatMap((row, q) =>
    stretchesOf(row).flatMap(({ from, to }) =>
      prompts.flatMap((count, other) => {
        if (other === q) return [];
        const without = replaceRow(rows, q, row.slice().fill(-1, from, to));
        return Array.from({ length: count }, (_, p) => {
          const taken = (rows[other] ?? new Int8Array(0)).slice().fill(p, from, to);
          return [replaceRow(without, other, taken), replaceRow(rows, other, taken)];
        }).flat();
      }),
    ),
  );
