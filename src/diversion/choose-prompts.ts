import { sumOf } from '../kernel/statistics.ts';
import { valueAt } from '../kernel/value-at.ts';
import type { Outcome, PromptPlacement } from '../kernel/hotline.ts';
import type { ParallelMap } from '../kernel/ports.ts';
import { sliceCapacity, sliceDemand } from '../kernel/slice-operation.ts';
import { projectPaths, type TracedProjection } from '../queueing/project.ts';
import { aimCosts, type DiversionAim, diversionPrices } from './diversion-aim.ts';
import { type DiversionFinding, diversionFinding } from './diversion-findings.ts';
import { type DayChoice, divertDay } from './divert-day.ts';
import { explainChoice, responseAssumptions } from './explain-choice.ts';
import { promptHours, ruleClashes } from './playing-rules.ts';
import { daySpans, type PromptRequest, type PromptSpanChoice, spansOf } from './prompt-spans.ts';
import type { PromptsModel } from '../contract/models/prompts-model.ts';

export interface PromptChoice {
  /** One placement per prompt and queue that plays, over the whole horizon. */
  readonly prompts: readonly PromptPlacement[];
  readonly spans: readonly PromptSpanChoice[];
  /** On the mean demand; `explainChoice` tells the same of other outcomes. */
  readonly reasons: readonly DiversionFinding[];
  readonly assumptions: readonly DiversionFinding[];
  /** True when the limit on diverted callers kept a better choice from being taken. */
  readonly limitedByShare: boolean;
  /** True when rules clash, so that nothing could ever play: the reasons name them. */
  readonly rulesClash: boolean;
}

/** Futures on which the choice is held against playing nothing. */
const judgingPaths = 16;

/** What prompts come to; `near` lends what they leave as it was. */
const judge = (request: PromptRequest, prompts: readonly PromptPlacement[], near?: Judged): Judged => {
  const { demand, capacity, targets } = request;
  const policy = { ...request.policy, prompts };
  const traced = near === undefined;
  const futures = projectPaths({ demand, capacity, policy }, judgingPaths, {
    traced,
    ...(near === undefined ? {} : { near: near.traces }),
  });
  return {
    mean: futures.mean,
    costs: aimCosts(futures.outcome, prompts, targets, request.aim ?? 'fewest-diverted'),
    traces: futures.traces,
  };
};

interface Judged {
  readonly mean: Outcome;
  readonly costs: Float64Array;
  readonly traces: readonly TracedProjection[];
}

/**
 * Which prompts should play to which queue, when? Chosen day by day (`divertDay`) on the mean demand, under
 * the catalogue's rules: a minimum on-time, a maximum per day and queue, never in quiet hours or outside
 * opening hours, one prompt per queue at a time, at most a set share of a queue's callers of the day, never
 * a queue of `neverDivert`, no more online requests than a channel takes. Off-peak callers are sent to the
 * line's quietest later interval of the same day. The whole is then held against playing nothing, over the
 * whole horizon and on sample paths where demand has them: days that do not gain are taken out, so that the
 * answer is never worse than no prompt on the aim. Throws CancelledError when asked to stop.
 */
export const choosePrompts = (request: PromptRequest): PromptChoice => {
  const windows = playableDays(request);
  return joinChoices(
    request,
    windows.map((window) => ({ window, choice: divertDay(dayTask(request, window)) })),
  );
};

/** The same with the days on threads: equal to `choosePrompts`, which says what is chosen. */
export const choosePromptsOnThreads = async (
  { shouldStop, ...request }: PromptRequest,
  parallel: ParallelMap,
): Promise<PromptChoice> => {
  void shouldStop;
  const windows = playableDays(request);
  const module = new URL('./divert-day.ts', import.meta.url).href;
  const chosen = parallel<DayChoice>(
    { module, name: divertDay.name },
    windows.map((window) => dayTask(request, window)),
  );
  // Told when it is waited for, not while this thread works beside the others.
  chosen.catch(() => undefined);
  const nothing = windows.length === 0 ? undefined : judge(request, []);
  const choices = await chosen;
  return joinChoices(
    request,
    windows.map((window, i) => ({ window, choice: valueAt(choices, i) })),
    nothing,
  );
};

/** Holds the days' choices against playing nothing and says what comes of them. */
const joinChoices = (
  request: PromptRequest,
  days: readonly ChosenDay[],
  unprompted?: Judged,
): PromptChoice => {
  const clashes = ruleClashes(request.catalogue.rules);
  if (clashes.length > 0)
    return noPrompts(
      request,
      clashes.map(({ finding }) => finding),
    );
  const nothing = unprompted ?? judge(request, []);
  const { prompts, judged } = keepGaining(request, days, nothing);
  const spans = spansOf(prompts, judged.mean, request.catalogue);
  const limited = days.some(({ choice }) => choice.limitedByShare);
  return {
    prompts,
    spans,
    reasons: explainChoice({
      before: nothing.mean,
      after: judged.mean,
      targets: request.targets,
      hours: promptHours(request.demand.horizon, request.open, request.catalogue.rules),
      spans: spans.length,
      limitedByShare: limited,
      placements: prompts,
      policy: request.policy,
    }),
    assumptions: diversionAssumptions(
      request.catalogue,
      prompts.map((p) => p.prompt),
      request.aim ?? 'fewest-diverted',
      request.takeUpFactor ?? 1,
    ),
    limitedByShare: limited,
    rulesClash: false,
  };
};

/** Takes out days that do not gain over the futures, the worst first, until all that are left do. */
const keepGaining = (
  request: PromptRequest,
  days: readonly ChosenDay[],
  nothing: Judged,
): { readonly prompts: readonly PromptPlacement[]; readonly judged: Judged } => {
  let kept = days.filter(({ choice }) => choice.placements.length > 0);
  while (kept.length > 0) {
    const prompts = joinDays(kept, request.demand.horizon.count);
    const judged = judge(request, prompts, nothing);
    const gains = kept.map(
      ({ window: { dayFrom, dayTo } }) =>
        sumOf(nothing.costs, dayFrom, dayTo) - sumOf(judged.costs, dayFrom, dayTo),
    );
    if (gains.every((gain) => gain > 0) && sumOf(judged.costs) < sumOf(nothing.costs))
      return { prompts, judged };
    const least = gains.indexOf(Math.min(...gains));
    kept = kept.filter((_, i) => i !== least);
  }
  return { prompts: [], judged: nothing };
};

const noPrompts = (request: PromptRequest, reasons: readonly DiversionFinding[]): PromptChoice => ({
  prompts: [],
  spans: [],
  reasons,
  assumptions: diversionAssumptions(
    request.catalogue,
    [],
    request.aim ?? 'fewest-diverted',
    request.takeUpFactor ?? 1,
  ),
  limitedByShare: false,
  rulesClash: true,
});

interface ChosenDay {
  readonly window: DayWindow;
  readonly choice: DayChoice;
}

/** A day as a window of the horizon: from shortly before prompts may play to shortly after. */
interface DayWindow {
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
  for (const [dayFrom, to] of daySpans(day)) {
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

const queueTask = (request: PromptRequest, window: DayWindow, queue: string) => {
  const entries = request.catalogue.prompts.filter((entry) => entry.queues?.includes(queue) ?? true);
  const heardHere = (request.heard ?? []).filter((heard) => heard.queue === queue);
  const from = request.from ?? 0;
  if (heardHere.length === 0) return { queue, entries };
  // Prompts that may no longer play to it come after those that may.
  const indexOf = (prompt: string, k: number): number => {
    const index = entries.findIndex((entry) => entry.prompt === prompt);
    return index < 0 ? entries.length + k : index;
  };
  const heard = Int8Array.from({ length: Math.max(0, from - window.dayFrom) }, (_, i) => {
    const k = heardHere.findIndex(({ on }) => on[window.dayFrom + i] === 1);
    return k < 0 ? -1 : indexOf(heardHere[k]?.prompt ?? '', k);
  });
  return { queue, entries, heard };
};

const dayTask = (request: PromptRequest, window: DayWindow) => {
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
const joinDays = (days: readonly ChosenDay[], count: number): PromptPlacement[] => {
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

/** None where the catalogue has no prompts: then nothing is chosen. */
const playableDays = (request: PromptRequest): readonly DayWindow[] =>
  request.catalogue.prompts.length === 0 ? [] : dayWindows(request);

const diversionAssumptions = (
  catalogue: PromptsModel,
  used: readonly string[],
  aim: DiversionAim,
  takeUpFactor: number,
): DiversionFinding[] => [
  diversionFinding('chosen-on-mean-forecast', { price: diversionPrices.diverted, aim }),
  ...responseAssumptions(catalogue, used, takeUpFactor),
];
