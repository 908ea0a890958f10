import type { PromptsModel } from '../contract/models/prompts-model.ts';
import type { ScenarioModel } from '../contract/models/scenario-model.ts';
import type { Problem } from '../kernel/errors.ts';
import type { NoValues } from '../kernel/finding.ts';
import {
  asRates,
  type Capacity,
  type Demand,
  type Horizon,
  instantAt,
  type OffPeakReturn,
  type Operation,
  type Policy,
  type PromptAudience,
  type PromptPlacement,
} from '../kernel/hotline.ts';
import { wallClockOf } from '../kernel/time.ts';
import { valueAt } from '../kernel/value-at.ts';
import { diversionProblem, type DiversionProblems } from './diversion-findings.ts';
import { type OffPeakTimes, sendOffPeak, usualCalls } from './off-peak-targets.ts';
import {
  placePrompt,
  type PromptEntry,
  scaleTakeUp,
  type DaySpan,
  daySpans,
  queueDay,
} from './prompt-spans.ts';
import { promptHours, brokenRules } from './playing-rules.ts';

/**
 * An operation with a scenario's changes in it: its calls and handle times, its operators, its prompts and channels.
 * Prompts are those drawn by hand where there are any, else those of the operation (`as-planned`, and `choose` until
 * they have been chosen) or none. What has no place in the operation (`scenarioMisfits`) changes nothing.
 */
export const applyScenario = (
  operation: Operation,
  scenario: ScenarioModel,
  context: ScenarioContext,
): Operation => ({
  demand: changeDemand(operation.demand, scenario, context.starts),
  capacity: changeCapacity(operation.capacity, scenario),
  policy: changePolicy(operation, scenario, context),
});

const changeDemand = (demand: Demand, scenario: ScenarioModel, starts: readonly string[]): Demand => ({
  ...demand,
  queues: demand.queues.map((queue) => {
    const factors = starts.map((start) => callFactor(scenario, queue.queue, start));
    return {
      ...queue,
      freshMean: queue.freshMean.map((calls, i) => calls * (factors[i] ?? 1)),
      ratePaths: asRates(queue.ratePaths.map((calls, i) => calls * (factors[i % demand.horizon.count] ?? 1))),
      handleTimeSeconds: queue.handleTimeSeconds.map((seconds) => seconds * scenario.handleTimeFactor),
    };
  }),
});

const changeCapacity = (capacity: Capacity, { operatorsChange }: ScenarioModel): Capacity => ({
  ...capacity,
  tiers: capacity.tiers.map((own) => ({
    ...own,
    operators: changeOperators(own.operators, operatorsChange[own.tier] ?? 0),
  })),
});

const changePolicy = (operation: Operation, scenario: ScenarioModel, context: ScenarioContext): Policy => {
  const { queues, channels } = operation.policy;
  const { smartVoiceShare, channelCapacityFactor, takeUpFactor } = scenario;
  return {
    queues: queues.map((queue) => (smartVoiceShare === undefined ? queue : { ...queue, smartVoiceShare })),
    prompts: scaleTakeUp(
      changePlacements(promptsOfScenario(operation, scenario, context), scenario),
      takeUpFactor,
    ),
    channels: channels.map((channel) => ({
      ...channel,
      capacityPerInterval: channel.capacityPerInterval * channelCapacityFactor,
    })),
  };
};

/** Where the scenario's prompts play, before anything is changed of who hears them and what they do. */
export const promptsOfScenario = (
  { demand, policy }: Operation,
  { placements, prompts }: ScenarioModel,
  { starts, catalogue }: ScenarioContext,
): readonly PromptPlacement[] => {
  if (placements === undefined) return prompts === 'none' ? [] : policy.prompts;
  const placed = placements.flatMap((placement) => {
    const entry = catalogue.prompts.find(({ prompt }) => prompt === placement.prompt);
    const intervals = intervalsOfPlacement(placement, starts);
    const isKnown = demand.queues.some(({ queue }) => queue === placement.queue);
    return entry === undefined || intervals === undefined || !isKnown
      ? []
      : [placeInWeek(entry, placement.queue, intervals.from, intervals.to, demand, catalogue)];
  });
  return joinPlacements(placed);
};

/** What a scenario says of every prompt in place of the catalogue. */
type ResponseChange = Pick<ScenarioModel, 'offeredTo' | 'patienceFactor'>;

type Told = { readonly offeredTo?: PromptAudience | undefined } & Pick<
  PromptEntry | PromptPlacement,
  'response'
>;

const changed = <Prompt extends Told>(
  prompt: Prompt,
  { offeredTo, patienceFactor }: ResponseChange,
): Prompt => ({
  ...prompt,
  ...(offeredTo === undefined ? {} : { offeredTo }),
  ...(patienceFactor === undefined ? {} : { response: { ...prompt.response, patienceFactor } }),
});

/** The same prompts offered to others, or borne otherwise by those who stay. */
const changePlacements = (
  placements: readonly PromptPlacement[],
  change: ResponseChange,
): PromptPlacement[] => placements.map((placement) => changed(placement, change));

/** The catalogue as the scenario has it. */
export const changeCatalogue = (catalogue: PromptsModel, change: ResponseChange): PromptsModel => ({
  ...catalogue,
  prompts: catalogue.prompts.map((entry) => changed(entry, change)),
});

/** Stretches of one prompt for one queue as one placement: lengths are judged over all of a day's stretches. */
export const joinPlacements = (placements: readonly PromptPlacement[]): PromptPlacement[] => {
  const joined = new Map<string, PromptPlacement>();
  for (const placement of placements) {
    const key = JSON.stringify([placement.prompt, placement.queue]);
    const whole = joined.get(key);
    joined.set(key, whole === undefined ? placement : joinTwo(whole, placement));
  }
  return [...joined.values()];
};

const joinTwo = (one: PromptPlacement, other: PromptPlacement): PromptPlacement => {
  const offPeakReturn = joinReturns(one.offPeakReturn, other.offPeakReturn, other.on);
  return {
    ...one,
    on: one.on.map((on, i) => (other.on[i] === 1 ? 1 : on)),
    offPeakTarget: one.offPeakTarget.map((target, i) =>
      other.on[i] === 1 ? valueAt(other.offPeakTarget, i) : target,
    ),
    ...(offPeakReturn === undefined ? {} : { offPeakReturn }),
  };
};

/** Usual calls are the same in both where both know them. */
const joinReturns = (
  one: OffPeakReturn | undefined,
  other: OffPeakReturn | undefined,
  on: Uint8Array,
): OffPeakReturn | undefined =>
  one === undefined || other === undefined
    ? (one ?? other)
    : {
        until: one.until.map((until, i) => (on[i] === 1 ? (other.until[i] ?? until) : until)),
        weights: one.weights.map((calls, i) => Math.max(calls, valueAt(other.weights, i))),
      };

/**
 * Factor on the calls of a queue in the interval that starts at `start` (local 'YYYY-MM-DDTHH:MM'): the scenario's own,
 * times one and what every surge under way then adds. Surges on the same time add up, as the calls of two causes do: two
 * that bring half as many again make twice the calls, not 2.25 times; two that halve them leave none.
 */
const callFactor = (
  { surges, callsFactor }: Pick<ScenarioModel, 'surges' | 'callsFactor'>,
  queue: string,
  start: string,
): number => {
  const added = surges
    .filter(
      (surge) =>
        (surge.queue ?? queue) === queue && start >= surge.from.slice(0, 16) && start < surge.to.slice(0, 16),
    )
    .reduce((sum, { factor }) => sum + factor - 1, 0);
  return callsFactor * Math.max(0, 1 + added);
};

/** Operators of a tier with `change` more (or fewer) wherever it is staffed; never below none. */
const changeOperators = (operators: ArrayLike<number>, change: number): Float64Array =>
  Float64Array.from(operators, (there) => (there > 0 ? Math.max(0, there + change) : 0));

/** A prompt from interval `from` to before `to`; off-peak callers are asked into the quietest later hours of that day. */
export const placeInWeek = (
  entry: PromptEntry,
  queue: string,
  from: number,
  to: number,
  demand: Demand,
  catalogue: PromptsModel,
): PromptPlacement => {
  const { count } = demand.horizon;
  const demanded = demand.queues.find((each) => each.queue === queue);
  if (demanded === undefined || entry.response.offPeakShare <= 0)
    return placePrompt(entry, queue, [{ from, to, offPeakTarget: -1 }], count);
  const times = callsOfDay(demand, catalogue, to - 1);
  const weights = usualCalls(entry, demanded, times);
  const stretches = sendOffPeak({ from, to }, entry, demanded, times, to - from, weights);
  return placePrompt(entry, queue, stretches, count, 1, weights);
};

/** The work of each interval by its calls alone, and where on the day of `interval` people may be asked to call. */
const callsOfDay = ({ horizon, queues }: Demand, catalogue: PromptsModel, interval: number): OffPeakTimes => {
  const open = new Uint8Array(horizon.count).fill(1);
  const { day, mayPlay } = promptHours(horizon, open, catalogue.rules);
  return {
    work: Float64Array.from({ length: horizon.count }, (_, i) =>
      queues.reduce(
        (sum, queue) => sum + valueAt(queue.freshMean, i) * valueAt(queue.handleTimeSeconds, i),
        0,
      ),
    ),
    staffed: new Float64Array(horizon.count).fill(1),
    mayCall: mayPlay.map((may, i) => (day[i] === day[interval] ? may : 0)),
    leastGap: Math.ceil(60 / horizon.intervalMinutes),
  };
};

export type ScenarioPlacement = NonNullable<ScenarioModel['placements']>[number];
export type Surge = ScenarioModel['surges'][number];

/** What a scenario is laid over beside the operation itself. */
interface ScenarioContext {
  /** Local wall clock 'YYYY-MM-DDTHH:MM' at which each interval starts. */
  readonly starts: readonly string[];
  /** Prompts that may be drawn. */
  readonly catalogue: PromptsModel;
}

/**
 * Why something of a scenario has no place in an operation: other days, a name it does not know, times that are none of
 * the intervals', a surge on its days that covers no interval's start.
 */
export type Misfit = 'other-week' | 'unknown-prompt' | 'unknown-queue' | 'off-grid' | 'between-starts';

/** What of a scenario has no place in an operation, in the scenario's order. */
export interface ScenarioMisfits {
  readonly placements: readonly { readonly placement: ScenarioPlacement; readonly why: Misfit }[];
  readonly surges: readonly { readonly surge: Surge; readonly why: Misfit }[];
  /** Tiers whose operators are to change and that are not there. */
  readonly tiers: readonly string[];
}

/** What has no place: a scenario may have been drawn for another week or another hotline. */
export const scenarioMisfits = (
  operation: Operation,
  scenario: ScenarioModel,
  context: ScenarioContext,
): ScenarioMisfits => ({
  placements: (scenario.placements ?? []).flatMap((placement) =>
    whyNoPlacement(operation, placement, context).map((why) => ({ placement, why })),
  ),
  surges: scenario.surges.flatMap((surge) => {
    const why = whyNoSurge(operation, surge, context.starts);
    return why === undefined ? [] : [{ surge, why }];
  }),
  tiers: Object.keys(scenario.operatorsChange).filter(
    (tier) => !operation.capacity.tiers.some((own) => own.tier === tier),
  ),
});

/** Intervals in which a drawn prompt plays, `from` to before `to`; undefined where its times are none of theirs. */
const intervalsOfPlacement = (
  { date, from, to }: ScenarioPlacement,
  starts: readonly string[],
): { readonly from: number; readonly to: number } | undefined => {
  const first = starts.indexOf(`${date}T${from}`);
  const end =
    to === '24:00'
      ? starts.findLastIndex((start) => start.startsWith(date)) + 1
      : starts.indexOf(`${date}T${to}`);
  return first < 0 || end <= first ? undefined : { from: first, to: end };
};

const hasQueue = ({ demand }: Operation, wanted: string): boolean =>
  demand.queues.some(({ queue }) => queue === wanted);

const hasDate = (starts: readonly string[], date: string): boolean =>
  starts.some((start) => start.startsWith(date));

const whyNoPlacement = (
  operation: Operation,
  placement: ScenarioPlacement,
  { starts, catalogue }: ScenarioContext,
): Misfit[] => {
  const unknown: Misfit[] = [
    ...(catalogue.prompts.some(({ prompt }) => prompt === placement.prompt)
      ? []
      : ['unknown-prompt' as const]),
    ...(hasQueue(operation, placement.queue) ? [] : ['unknown-queue' as const]),
  ];
  if (unknown.length > 0) return unknown;
  if (!hasDate(starts, placement.date)) return ['other-week'];
  return intervalsOfPlacement(placement, starts) === undefined ? ['off-grid'] : [];
};

const whyNoSurge = (
  operation: Operation,
  { queue, from: first, to: last }: Surge,
  starts: readonly string[],
): Misfit | undefined => {
  if (queue !== undefined && !hasQueue(operation, queue)) return 'unknown-queue';
  const [from, to] = [first.slice(0, 16), last.slice(0, 16)];
  if (starts.some((start) => start >= from && start < to)) return undefined;
  if (!hasDate(starts, from.slice(0, 10))) return 'other-week';
  return from < to ? 'between-starts' : 'off-grid';
};

/** The scenario without what has no place. */
export const withoutMisfits = (
  scenario: ScenarioModel,
  { placements, surges, tiers }: ScenarioMisfits,
): ScenarioModel => ({
  ...scenario,
  surges: scenario.surges.filter((own) => !surges.some(({ surge }) => surge === own)),
  operatorsChange: Object.fromEntries(
    Object.entries(scenario.operatorsChange).filter(([tier]) => !tiers.includes(tier)),
  ),
  ...(scenario.placements === undefined
    ? {}
    : {
        placements: scenario.placements.filter(
          (own) => !placements.some(({ placement }) => placement === own),
        ),
      }),
});

interface PlacementCheck {
  readonly placements: readonly PromptPlacement[];
  readonly rules: PromptsModel['rules'];
  readonly horizon: Horizon;
  /** 1 where the line is open. */
  readonly open: Uint8Array;
  readonly neverDivert: readonly string[];
}

type Report = <Rule extends keyof DiversionProblems>(
  interval: number,
  rule: Rule,
  ...values: NoValues extends DiversionProblems[Rule] ? [] : [values: DiversionProblems[Rule]]
) => unknown;

const checkHours = (check: PlacementCheck, placement: PromptPlacement, report: Report): void => {
  const { barredBy } = promptHours(check.horizon, check.open, check.rules);
  const closed = placement.on.findIndex((on, i) => on === 1 && check.open[i] !== 1);
  if (closed >= 0) report(closed, 'outside-opening-hours');
  const barred = placement.on.findIndex((on, i) => on === 1 && barredBy[i] !== undefined);
  const rule = barredBy[barred];
  if (rule !== undefined) report(barred, rule);
  const lost = placement.on.findIndex(
    (on, i) => on === 1 && placement.response.offPeakShare > 0 && valueAt(placement.offPeakTarget, i) <= i,
  );
  if (lost >= 0) report(lost, 'off-peak-hour-missing');
};

/** The days of a queue as they are judged: what it hears in all; where two prompts play at once, each by itself. */
const judgedDays = (
  placements: readonly PromptPlacement[],
  [from, to]: DaySpan,
): readonly PromptPlacement[][] => {
  for (let i = from; i < to; i += 1)
    if (placements.filter(({ on }) => on[i] === 1).length > 1)
      return placements.map((placement) => [placement]);
  return [[...placements]];
};

/** Prompts drawn by hand that break a rule of the catalogue; empty when none does. */
export const checkPlacements = (check: PlacementCheck): Problem[] => {
  const { horizon, placements, rules } = check;
  const { day, mayPlay } = promptHours(horizon, check.open, rules);
  const problems: Problem[] = [];
  const clockAt = (interval: number): string =>
    wallClockOf(instantAt(horizon, interval), horizon.zone).slice(0, 16);
  for (const [p, placement] of placements.entries()) {
    const report: Report = (interval, rule, ...values) =>
      problems.push(diversionProblem(pathOf(placement), rule, clockAt(interval), ...values));
    if (check.neverDivert.includes(placement.queue) && placement.on.includes(1))
      report(placement.on.indexOf(1), 'never-divert-queue');
    checkHours(check, placement, report);
    const before = placements.slice(0, p).filter(({ queue }) => queue === placement.queue);
    const twice = placement.on.findIndex((on, i) => on === 1 && before.some((other) => other.on[i] === 1));
    if (twice >= 0) report(twice, 'one-prompt-at-a-time');
  }
  for (const queue of new Set(placements.map((placement) => placement.queue))) {
    const own = placements.filter((placement) => placement.queue === queue);
    for (const span of daySpans(day))
      for (const judged of judgedDays(own, span)) {
        const heard = queueDay(judged, span, mayPlay, horizon.intervalMinutes);
        for (const { at, problem } of brokenRules(rules, heard)) {
          const placement = judged[heard.row[at] ?? -1];
          if (placement !== undefined) problems.push(problem(pathOf(placement), clockAt(span[0] + at)));
        }
      }
  }
  return problems;
};

const pathOf = ({ prompt, queue }: PromptPlacement): string => `${prompt}.${queue}`;
