import type { ScenarioModel } from '../contract/models/scenario-model.ts';

/**
 * Factor on the calls of a queue in the interval that starts at `start` (local 'YYYY-MM-DDTHH:MM'): the scenario's own,
 * times that of every surge under way then.
 */
export const callFactor = (
  { surges, callsFactor }: Pick<ScenarioModel, 'surges' | 'callsFactor'>,
  queue: string,
  start: string,
): number =>
  surges
    .filter(
      (surge) =>
        (surge.queue ?? queue) === queue && start >= surge.from.slice(0, 16) && start < surge.to.slice(0, 16),
    )
    .reduce((factor, surge) => factor * surge.factor, callsFactor);

/** Operators of a tier with `change` more (or fewer) wherever it is staffed; never below none. */
export const changeOperators = (operators: ArrayLike<number>, change: number): Float64Array =>
  Float64Array.from(operators, (there) => (there > 0 ? Math.max(0, there + change) : 0));
