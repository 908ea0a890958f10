import type { ScenarioModel } from '../contract/models/scenario-model.ts';
import type { Capacity, Demand, Operation, Policy, PromptPlacement } from '../kernel/hotline.ts';
import { asRates } from '../kernel/sample-paths.ts';
import { changePlacements } from './change-response.ts';
import { joinPlacements } from './join-placements.ts';
import { placeInWeek } from './place-in-week.ts';
import { scaleTakeUp } from './scale-take-up.ts';
import { callFactor, changeOperators } from './scenario-figures.ts';
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
