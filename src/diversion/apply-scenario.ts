import type { PromptsModel } from '../contract/models/prompts-model.ts';
import type { ScenarioModel } from '../contract/models/scenario-model.ts';
import {
  asRates,
  type Capacity,
  type Demand,
  type OffPeakReturn,
  type Operation,
  type Policy,
  type PromptAudience,
  type PromptPlacement,
} from '../kernel/hotline.ts';
import { valueAt } from '../kernel/value-at.ts';
import { type OffPeakTimes, sendOffPeak, usualCalls } from './off-peak-targets.ts';
import { placePrompt, type PromptEntry, scaleTakeUp } from './prompt-spans.ts';
import { promptHours } from './playing-rules.ts';
import { intervalsOfPlacement, type ScenarioGround } from './scenario-misfits.ts';

/**
 * An operation with a scenario's changes in it: its calls and handle times, its operators, its prompts and channels.
 * Prompts are those drawn by hand where there are any, else those of the operation (`as-planned`, and `choose` until
 * they have been chosen) or none. What has no place in the operation (`scenarioMisfits`) changes nothing.
 */
export const applyScenario = (
  operation: Operation,
  scenario: ScenarioModel,
  ground: ScenarioGround,
): Operation => ({
  demand: changeDemand(operation.demand, scenario, ground.starts),
  capacity: changeCapacity(operation.capacity, scenario),
  policy: changePolicy(operation, scenario, ground),
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

const changePolicy = (operation: Operation, scenario: ScenarioModel, ground: ScenarioGround): Policy => {
  const { queues, channels } = operation.policy;
  const { smartVoiceShare, channelCapacityFactor, takeUpFactor } = scenario;
  return {
    queues: queues.map((queue) => (smartVoiceShare === undefined ? queue : { ...queue, smartVoiceShare })),
    prompts: scaleTakeUp(
      changePlacements(promptsOfScenario(operation, scenario, ground), scenario),
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
  { starts, catalogue }: ScenarioGround,
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
      other.on[i] === 1 ? (other.offPeakTarget[i] ?? -1) : target,
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
  const own = demand.queues.find((each) => each.queue === queue);
  if (own === undefined || entry.response.offPeakShare <= 0)
    return placePrompt(entry, queue, [{ from, to, offPeakTarget: -1 }], count);
  const times = callsOfDay(demand, catalogue, to - 1);
  const weights = usualCalls(entry, own, times);
  const stretches = sendOffPeak({ from, to }, entry, own, times, to - from, weights);
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
