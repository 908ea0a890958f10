import type { ScenarioModel } from '../contract/models/scenario-model.ts';

/**
 * Factor on the calls of a queue in the interval that starts at `start` (local 'YYYY-MM-DDTHH:MM'): the scenario's own,
 * times one and what every surge under way then adds. Surges on the same time add up, as the calls of two causes do: two
 * that bring half as many again make twice the calls, not 2.25 times; two that halve them leave none.
 */
export const callFactor = (
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
export const changeOperators = (operators: ArrayLike<number>, change: number): Float64Array =>
  Float64Array.from(operators, (there) => (there > 0 ? Math.max(0, there + change) : 0));
