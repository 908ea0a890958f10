import type { PlannedOperationDocument } from '../../contract/http/planned-operation-document.ts';
import type { ScenarioModel } from '../../contract/models/scenario-model.ts';
import { applyScenario } from '../../diversion/apply-scenario.ts';
import { noRatePaths, type Operation, type Outcome, type PromptPlacement } from '../../kernel/hotline.ts';
import { serviceLevels, totalOutcome } from '../../kernel/measures.ts';
import { sliceCapacity, sliceDemand } from '../../kernel/slice-operation.ts';
import { project } from '../../queueing/project.ts';

/** What a scenario makes of one day, before its prompts and after, and the prompts by interval of the day. */
export interface DayAnswer {
  readonly before: Outcome;
  readonly after: Outcome;
  readonly prompts: readonly PromptPlacement[];
}

const dayOperation = (
  plannedOperation: PlannedOperationDocument,
  scenario: ScenarioModel,
  starts: readonly string[],
  date: string,
): Operation => {
  const from = starts.findIndex((start) => start.startsWith(date));
  const to = starts.findLastIndex((start) => start.startsWith(date)) + 1;
  const { demand, capacity, policy } = operationOf(plannedOperation);
  const day = { demand: sliceDemand(demand, from, to), capacity: sliceCapacity(capacity, from, to), policy };
  return applyScenario(day, scenario, {
    starts: starts.slice(from, to),
    catalogue: plannedOperation.catalogue,
  });
};

/**
 * Projects one day with a scenario's changes, without prompts and with them. Pure and fast, so that sliders answer while
 * they move. `known` is the day without prompts where it was projected already.
 */
export const projectDay = (
  plannedOperation: PlannedOperationDocument,
  scenario: ScenarioModel,
  starts: readonly string[],
  date: string,
  known?: Outcome,
): DayAnswer => {
  const day = dayOperation(plannedOperation, scenario, starts, date);
  const { prompts } = day.policy;
  const before = known ?? project({ ...day, policy: { ...day.policy, prompts: [] } });
  return { before, after: prompts.length === 0 ? before : project(day), prompts };
};

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

/** The operation that a plan plans, on its mean demand and with no prompt playing, from what the server says of it. */
export const operationOf = (plannedOperation: PlannedOperationDocument): Operation => ({
  demand: {
    horizon: plannedOperation.horizon,
    queues: plannedOperation.queues.map((queue) => ({
      queue: queue.queue,
      freshMean: Float64Array.from(queue.freshMean),
      ratePaths: noRatePaths,
      pathCount: 0,
      handleTimeSeconds: Float64Array.from(queue.handleTimeSeconds),
      patienceSeconds: queue.patienceSeconds ?? Infinity,
      repeats: queue.repeats,
    })),
  },
  capacity: {
    trunks: plannedOperation.trunks ?? Infinity,
    tiers: plannedOperation.tiers.map(({ tier, operators }) => ({
      tier,
      operators: Float64Array.from(operators),
    })),
  },
  policy: {
    queues: plannedOperation.queues.map((queue) => ({
      queue: queue.queue,
      routes: queue.routes,
      priority: queue.priority,
      answerTimeThresholdSeconds: plannedOperation.answerTimeThresholdSeconds,
      shortAbandonSeconds: plannedOperation.shortAbandonSeconds,
      smartVoiceShare: queue.smartVoiceShare,
      ...(queue.transfers === undefined ? {} : { transfers: queue.transfers }),
    })),
    prompts: [],
    channels: plannedOperation.catalogue.channels.map(
      ({ channel, capacityPerInterval, operatorSeconds, failureShare }) => ({
        channel,
        capacityPerInterval,
        operatorSeconds,
        failureShare,
      }),
    ),
  },
});
