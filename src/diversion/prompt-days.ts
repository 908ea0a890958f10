import type { PromptPlacement } from '../kernel/hotline.ts';
import { sliceCapacity, sliceDemand } from '../kernel/slice-operation.ts';
import type { PromptRequest } from './prompt-request.ts';
import type { DayTask, QueueTask } from './day-task.ts';
import { sumOf } from './diversion-aim.ts';
import type { DayChoice } from './divert-day.ts';
import { ruleClashes } from './playing-rules.ts';
import { promptHours } from './prompt-hours.ts';

/** A day with what was chosen for it. */
export interface ChosenDay {
  readonly window: DayWindow;
  readonly choice: DayChoice;
}

/** A day as a window of the horizon: from shortly before prompts may play to shortly after. */
export interface DayWindow {
  readonly from: number;
  readonly to: number;
  readonly dayFrom: number;
  readonly dayTo: number;
  readonly mayPlay: Uint8Array;
  readonly mayCall: Uint8Array;
}

const dayWindows = (request: PromptRequest): DayWindow[] => {
  const { horizon } = request.demand;
  const { day, mayPlay } = promptHours(horizon, request.open, request.catalogue.rules);
  const mayCall = mayPlay.slice();
  mayPlay.fill(0, 0, request.from ?? 0);
  const warmUp = Math.ceil(90 / horizon.intervalMinutes);
  const windows: DayWindow[] = [];
  for (let dayFrom = 0; dayFrom < horizon.count;) {
    let to = dayFrom;
    while (to < horizon.count && day[to] === day[dayFrom]) to += 1;
    const first = mayPlay.subarray(dayFrom, to).indexOf(1);
    if (first >= 0) {
      const from = Math.max(dayFrom, dayFrom + first - warmUp);
      const end = Math.min(to, dayFrom + mayPlay.subarray(dayFrom, to).lastIndexOf(1) + 1 + warmUp);
      windows.push({
        from,
        to: end,
        dayFrom,
        dayTo: to,
        mayPlay: mayPlay.slice(from, end),
        mayCall: mayCall.slice(from, end),
      });
    }
    dayFrom = to;
  }
  return windows;
};

const callersOfDay = (request: PromptRequest, window: DayWindow): Map<string, number> =>
  new Map(
    request.demand.queues.map(({ queue, freshMean }) => {
      const smartVoice = request.policy.queues.find((q) => q.queue === queue)?.smartVoiceShare ?? 0;
      return [queue, sumOf(freshMean, window.dayFrom, window.dayTo) * (1 - smartVoice)];
    }),
  );

const queueTask = (request: PromptRequest, window: DayWindow, queue: string): QueueTask => {
  const entries = request.catalogue.prompts.filter((entry) => entry.queues?.includes(queue) ?? true);
  const own = (request.heard ?? []).filter((heard) => heard.queue === queue);
  const from = request.from ?? 0;
  if (own.length === 0 || from <= window.dayFrom) return { queue, entries };
  // Prompts that may no longer play to it come after those that may.
  const indexOf = (prompt: string, k: number): number => {
    const index = entries.findIndex((entry) => entry.prompt === prompt);
    return index < 0 ? entries.length + k : index;
  };
  const heard = Int8Array.from({ length: from - window.dayFrom }, (_, i) => {
    const k = own.findIndex(({ on }) => on[window.dayFrom + i] === 1);
    return k < 0 ? -1 : indexOf(own[k]?.prompt ?? '', k);
  });
  return { queue, entries, heard };
};

/** What the search of a day is given. */
export const dayTask = (request: PromptRequest, window: DayWindow): DayTask => {
  const { catalogue, demand } = request;
  const { rules } = catalogue;
  return {
    demand: sliceDemand(demand, window.from, window.to),
    capacity: sliceCapacity(request.capacity, window.from, window.to),
    policy: request.policy,
    targets: request.targets,
    aim: request.aim ?? 'fewest-diverted',
    mayPlay: window.mayPlay,
    mayCall: window.mayCall,
    queues: demand.queues
      .filter(({ queue }) => !request.neverDivert.includes(queue))
      .map(({ queue }) => queueTask(request, window, queue)),
    rules,
    over: Math.max(0, (request.from ?? 0) - window.from),
    largestDivertedShare: rules.largestDivertedShare,
    callersOfDay: callersOfDay(request, window),
    takeUpFactor: request.takeUpFactor ?? 1,
    evaluations: request.evaluationsPerDay ?? 120,
    ...(request.shouldStop === undefined ? {} : { shouldStop: request.shouldStop }),
  };
};

/** A day's placements laid onto the whole horizon; one placement per prompt and queue for all days. */
export const joinDays = (days: readonly ChosenDay[], count: number): PromptPlacement[] => {
  const joined = new Map<string, PromptPlacement>();
  for (const { window, choice } of days) {
    for (const placement of choice.placements) {
      const key = `${placement.prompt} ${placement.queue}`;
      const whole = joined.get(key) ?? emptyPlacement(placement, count);
      whole.on.set(placement.on, window.from);
      whole.offPeakTarget.set(
        placement.offPeakTarget.map((target) => (target < 0 ? -1 : target + window.from)),
        window.from,
      );
      const { offPeakReturn } = placement;
      if (offPeakReturn !== undefined) {
        whole.offPeakReturn?.until.set(
          offPeakReturn.until.map((until) => until + window.from),
          window.from,
        );
        whole.offPeakReturn?.weights.set(offPeakReturn.weights, window.from);
      }
      joined.set(key, whole);
    }
  }
  return [...joined.values()];
};

const emptyPlacement = (placement: PromptPlacement, count: number): PromptPlacement => ({
  ...placement,
  on: new Uint8Array(count),
  offPeakTarget: new Int32Array(count).fill(-1),
  ...(placement.offPeakReturn === undefined
    ? {}
    : { offPeakReturn: { until: new Int32Array(count), weights: new Float64Array(count) } }),
});

/** None where the catalogue's rules clash: then nothing is chosen. */
export const playableDays = (request: PromptRequest): readonly DayWindow[] =>
  ruleClashes(request.catalogue.rules).length > 0 ? [] : dayWindows(request);
