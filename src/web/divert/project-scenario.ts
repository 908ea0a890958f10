import type { PlanWorldDocument } from '../../contract/http/plan-world.ts';
import type { ScenarioModel } from '../../contract/models/scenario-model.ts';
import { changePlacements } from '../../diversion/change-response.ts';
import { quietTimesOf, sendOffPeak, usualCalls } from '../../diversion/off-peak-targets.ts';
import { placePrompt } from '../../diversion/place-prompt.ts';
import { isQuiet } from '../../diversion/prompt-hours.ts';
import { callFactor, changeOperators } from '../../diversion/scenario-figures.ts';
import { sliceCapacity, sliceDemand } from '../../diversion/slice-world.ts';
import type { Capacity, Demand, Outcome, Policy, PromptPlacement } from '../../kernel/hotline.ts';
import { serviceLevels, totalOutcome } from '../../kernel/measures.ts';
import { noRatePaths } from '../../kernel/sample-paths.ts';
import { minuteOf } from '../../kernel/time-window.ts';
import { project } from '../../queueing/project.ts';

export type Placement = NonNullable<ScenarioModel['placements']>[number];

/** The world of one day of a plan as the projection takes it. */
interface DayWorld {
  readonly demand: Demand;
  readonly capacity: Capacity;
  readonly policy: Policy;
}

/** What a scenario makes of one day, before its prompts and after, and the prompts by interval of the day. */
export interface DayAnswer {
  readonly before: Outcome;
  readonly after: Outcome;
  readonly prompts: readonly PromptPlacement[];
}

const demandOf = (world: PlanWorldDocument, scenario: ScenarioModel, starts: readonly string[]): Demand => ({
  horizon: world.horizon,
  queues: world.queues.map((queue) => ({
    queue: queue.queue,
    freshMean: Float64Array.from(
      queue.freshMean,
      (calls, i) => calls * callFactor(scenario, queue.queue, starts[i] ?? ''),
    ),
    ratePaths: noRatePaths,
    pathCount: 0,
    handleTimeSeconds: Float64Array.from(
      queue.handleTimeSeconds,
      (seconds) => seconds * scenario.handleTimeFactor,
    ),
    patienceSeconds: queue.patienceSeconds ?? Infinity,
    repeats: queue.repeats,
  })),
});

const capacityOf = (world: PlanWorldDocument, scenario: ScenarioModel): Capacity => ({
  trunks: world.trunks ?? Infinity,
  tiers: world.tiers.map(({ tier, operators }) => ({
    tier,
    operators: changeOperators(operators, scenario.operatorsChange[tier] ?? 0),
  })),
});

const policyOf = (world: PlanWorldDocument, scenario: ScenarioModel): Policy => ({
  queues: world.queues.map((queue) => ({
    queue: queue.queue,
    routes: queue.routes,
    priority: queue.priority,
    answerTimeThresholdSeconds: world.answerTimeThresholdSeconds,
    shortAbandonSeconds: world.shortAbandonSeconds,
    smartVoiceShare: scenario.smartVoiceShare ?? queue.smartVoiceShare,
    ...(queue.transfers === undefined ? {} : { transfers: queue.transfers }),
  })),
  prompts: [],
  channels: world.catalogue.channels.map((channel) => ({
    channel: channel.channel,
    capacityPerInterval: channel.capacityPerInterval * scenario.channelCapacityFactor,
    operatorSeconds: channel.operatorSeconds,
    failureShare: channel.failureShare,
  })),
});

/** The scenario's demand, roster and rules on one day, without prompts. */
const dayWorld = (
  world: PlanWorldDocument,
  scenario: ScenarioModel,
  starts: readonly string[],
  date: string,
): DayWorld => {
  const from = starts.findIndex((start) => start.startsWith(date));
  const to = starts.findLastIndex((start) => start.startsWith(date)) + 1;
  return {
    demand: sliceDemand(demandOf(world, scenario, starts), from, to),
    capacity: sliceCapacity(capacityOf(world, scenario), from, to),
    policy: policyOf(world, scenario),
  };
};

const placements = (
  world: PlanWorldDocument,
  scenario: ScenarioModel,
  date: string,
  day: DayWorld,
  before: Outcome,
  takeUp: number,
): PromptPlacement[] => {
  const { intervalMinutes, count } = day.demand.horizon;
  const quiet = world.catalogue.rules.quietHours;
  const mayCall = Uint8Array.from({ length: count }, (_, i) =>
    isQuiet(i * intervalMinutes, intervalMinutes, quiet) ? 0 : 1,
  );
  const hour = Math.max(1, Math.round(60 / intervalMinutes));
  const times = quietTimesOf(before, mayCall, hour);
  const placed = (scenario.placements ?? [])
    .filter((wish) => wish.date === date)
    .flatMap((wish) => {
      const entry = world.catalogue.prompts.find((prompt) => prompt.prompt === wish.prompt);
      const queue = day.demand.queues.find((each) => each.queue === wish.queue);
      if (entry === undefined || queue === undefined) return [];
      const stretch = {
        from: minuteOf(wish.from) / intervalMinutes,
        to: minuteOf(wish.to) / intervalMinutes,
      };
      if (entry.response.offPeakShare <= 0)
        return [placePrompt(entry, wish.queue, [{ ...stretch, offPeakTarget: -1 }], count, takeUp)];
      const weights = usualCalls(entry, queue, times);
      const stretches = sendOffPeak(stretch, entry, queue, times, hour, weights);
      return [placePrompt(entry, wish.queue, stretches, count, takeUp, weights)];
    });
  return changePlacements(placed, scenario);
};

/**
 * Projects one day with a scenario's changes, without prompts and with them. Pure and fast, so that sliders answer while
 * they move. `known` is the day without prompts where it was projected already (see `withoutPrompts`).
 */
export const projectDay = (
  world: PlanWorldDocument,
  scenario: ScenarioModel,
  starts: readonly string[],
  date: string,
  known?: Outcome,
): DayAnswer => {
  const day = dayWorld(world, scenario, starts, date);
  const before = known ?? project(day.demand, day.capacity, day.policy);
  const prompts = placements(world, scenario, date, day, before, scenario.takeUpFactor);
  if (prompts.length === 0) return { before, after: before, prompts };
  return { before, after: project(day.demand, day.capacity, { ...day.policy, prompts }), prompts };
};

/** A scenario with all left out that a day without prompts does not hang on: alike for the same such day. */
export const withoutPrompts = (scenario: ScenarioModel): ScenarioModel => ({
  ...scenario,
  scenario: 'without prompts',
  takeUpFactor: 1,
  channelCapacityFactor: 1,
  offeredTo: 'all',
  patienceFactor: 1,
  placements: [],
});

/** The same scenario taken up `factor` times as often. */
export const scaledTakeUp = (scenario: ScenarioModel, factor: number): ScenarioModel => ({
  ...scenario,
  takeUpFactor: scenario.takeUpFactor * factor,
});

/** Share answered within the threshold, and offered calls, per interval of all queues. */
export const dayCurve = (
  outcome: Outcome,
): { readonly offered: number[]; readonly level: (number | null)[] } => {
  const totals = Array.from({ length: outcome.horizon.count }, (_, i) => totalOutcome(outcome, i, i + 1));
  return {
    offered: totals.map((total) => total.offered),
    level: totals.map((total) => {
      const level = serviceLevels(total).ofOffered;
      return Number.isFinite(level) ? level : null;
    }),
  };
};
