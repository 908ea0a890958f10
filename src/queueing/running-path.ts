import { newTierState, type TierState } from './tier-state.ts';
import type { PromptEffect } from './apply-prompts.ts';
import { loadAtEnd } from './modified-load.ts';
import type { PathRunner } from './path-runner.ts';
import { newQueueMeasures, type IntervalSetting, type QueueMeasures } from './queue-measures.ts';
import {
  carryRepeats,
  noRepeatCalls,
  ratesTimes,
  releasedCalls,
  type RepeatCalls,
  type RepeatRates,
} from './repeat-calls.ts';

export interface Progressing {
  /** Modified offered load at the interval's start, Erlangs, by queue. */
  readonly started: Float64Array;
  /** Overload carried in, calls, by queue's view. */
  readonly left: Float64Array;
  readonly leftNext: Float64Array;
  readonly repeats: readonly RepeatCalls[];
  readonly base: Float64Array;
  readonly offered: Float64Array;
  /** Calls made again within the interval per offered call, as last seen. */
  readonly again: Float64Array;
  readonly carried: { load: number; left: number };
}

const startOfHorizon = (queues: number): Progressing => ({
  started: new Float64Array(queues),
  left: new Float64Array(queues),
  leftNext: new Float64Array(queues),
  repeats: Array.from({ length: queues }, noRepeatCalls),
  base: new Float64Array(queues),
  offered: new Float64Array(queues),
  again: new Float64Array(queues),
  carried: { load: 0, left: 0 },
});

/** A path on its way through the horizon: what is carried from interval to interval, and the present one. */
export interface RunningPath {
  readonly calls: readonly Float64Array[];
  readonly effect: PromptEffect | undefined;
  readonly state: TierState;
  readonly at: Progressing;
  readonly measures: QueueMeasures;
  readonly setting: IntervalSetting;
  /** Factor on handle time by queue. */
  readonly handleFactor: Float64Array;
  readonly rates: readonly RepeatRates[];
}

/** A path (−1 the mean) at the start of the horizon, on an empty line. `calls` are first calls after prompts. */
export const startPath = (
  runner: PathRunner,
  calls: readonly Float64Array[],
  effect: PromptEffect | undefined,
  path: number,
): RunningPath => {
  const queues = runner.system.queueNames.length;
  const state = newTierState(runner.system);
  const handleFactor = new Float64Array(queues).fill(1);
  runner.demand.queues.forEach((queue, q) => {
    state.patienceSeconds[q] = queue.patienceSeconds * (queue.behaviour?.patience[path] ?? 1);
    handleFactor[q] = queue.behaviour?.handleTime[path] ?? 1;
  });
  const rates = runner.rates.map((own, q) =>
    ratesTimes(own, runner.demand.queues[q]?.behaviour?.repeats[path] ?? 1),
  );
  return {
    calls,
    effect,
    state,
    at: startOfHorizon(queues),
    measures: newQueueMeasures(queues),
    setting: {
      trunks: Infinity,
      block: 0,
      effectiveLoad: new Float64Array(queues),
      heardShare: new Float64Array(queues),
      announcementSeconds: new Float64Array(queues),
      withThresholds: true,
    },
    handleFactor,
    rates,
  };
};

/** Sets the interval's calls (first ones and those made again from before), handle times and announcements. */
export const enterInterval = (runner: PathRunner, path: RunningPath, interval: number): void => {
  const { state, at, setting, calls, effect } = path;
  for (let q = 0; q < at.base.length; q += 1) {
    const rates = path.rates[q];
    const repeats = at.repeats[q];
    const again = rates === undefined || repeats === undefined ? 0 : releasedCalls(repeats, rates);
    at.base[q] = (calls[q]?.[interval] ?? 0) + again;
    const handle = runner.demand.queues[q]?.handleTimeSeconds[interval] ?? 1;
    state.handleSeconds[q] = Math.max(1e-3, handle * (path.handleFactor[q] ?? 1));
    setting.heardShare[q] = effect?.heardShare[q]?.[interval] ?? 0;
    setting.announcementSeconds[q] = effect?.announcementSeconds[q]?.[interval] ?? 0;
  }
};

/** Carries load, overload and callers who will call again over to the next interval. */
export const leaveInterval = (runner: PathRunner, path: RunningPath): void => {
  const { state, at, measures } = path;
  const { seconds } = runner;
  for (let q = 0; q < at.base.length; q += 1) {
    const offered = at.offered[q] ?? 0;
    const handle = state.handleSeconds[q] ?? 1;
    at.started[q] = loadAtEnd(at.started[q] ?? 0, (offered / seconds) * handle, seconds, handle);
    at.left[q] = at.leftNext[q] ?? 0;
    const rates = path.rates[q];
    const repeats = at.repeats[q];
    if (rates?.any !== true || repeats === undefined) continue;
    const abandoned = offered * (measures.abandon[q] ?? 0);
    const blocked = offered * (measures.block[q] ?? 0);
    const answered = offered * (measures.answer[q] ?? 0);
    carryRepeats(repeats, rates, abandoned, blocked, answered, offered - (at.base[q] ?? 0));
  }
};
