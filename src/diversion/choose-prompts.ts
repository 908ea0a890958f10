import type { Outcome, PromptPlacement } from '../kernel/hotline.ts';
import type { ParallelMap } from '../kernel/ports.ts';
import type { DiversionFinding } from './diversion-findings.ts';
import { projectPaths, type TracedProjection } from '../queueing/project.ts';
import { ruleClashes } from './playing-rules.ts';
import { explainChoice, diversionAssumptions } from './explain-choice.ts';
import { aimCosts, sumOf } from './diversion-aim.ts';
import { divertDay, type DayChoice } from './divert-day.ts';
import { promptHours } from './prompt-hours.ts';
import { dayTask, joinDays, playableDays, type ChosenDay } from './prompt-days.ts';
import type { PromptRequest } from './prompt-request.ts';
import { spansOf, type PromptSpanChoice } from './prompt-spans.ts';

export type { PromptSpanChoice } from './prompt-spans.ts';

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
  const choices = await parallel<DayChoice>(
    { module, name: divertDay.name },
    windows.map((window) => dayTask(request, window)),
  );
  return joinChoices(
    request,
    windows.flatMap((window, i) => {
      const choice = choices[i];
      return choice === undefined ? [] : [{ window, choice }];
    }),
  );
};

/** Holds the days' choices against playing nothing and says what comes of them. */
const joinChoices = (request: PromptRequest, days: readonly ChosenDay[]): PromptChoice => {
  const clashes = ruleClashes(request.catalogue.rules);
  if (clashes.length > 0)
    return noPrompts(
      request,
      clashes.map(({ finding }) => finding),
    );
  const nothing = judge(request, []);
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
      channels: request.policy.channels,
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
