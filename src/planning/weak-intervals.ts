import type { TargetsModel } from '../contract/model-files.ts';
import type { PlanSimulation } from '../queueing/simulator/simulate-plan.ts';

/** A queue's interval whose simulated rate is under its target by more than the simulation's noise. */
export interface WeakInterval {
  /** Index of the queue in the demand. */
  readonly queue: number;
  readonly interval: number;
  readonly measure: 'connectionRate' | 'serviceLevel';
  readonly simulated: number;
  readonly halfWidth: number;
  readonly target: number;
}

/** Targets of a queue: its own where it has some, else the line's; null where nothing is asked. */
export const targetsOfQueue = (
  targets: TargetsModel,
  queue: string,
): { readonly connectionRate: number; readonly serviceLevel: number | null } => {
  const own = targets.queues[queue];
  return {
    connectionRate: own?.connectionRate ?? targets.connectionRate,
    serviceLevel: own?.serviceLevel === undefined ? targets.serviceLevel : own.serviceLevel,
  };
};

/**
 * Open intervals in which a queue misses its target in simulation: the estimate with the half width of its
 * 95 % interval added is still under it. Intervals without calls are none.
 */
export const weakIntervals = (
  targets: TargetsModel,
  open: Uint8Array,
  simulation: PlanSimulation,
): WeakInterval[] =>
  simulation.queues.flatMap(({ queue, intervals }, q) => {
    const wanted = targetsOfQueue(targets, queue);
    return (['connectionRate', 'serviceLevel'] as const).flatMap((measure) => {
      const target = wanted[measure];
      if (target === null) return [];
      return intervals[measure].flatMap(([simulated, halfWidth], interval) =>
        open[interval] === 1 && simulated + halfWidth < target
          ? [{ queue: q, interval, measure, simulated, halfWidth, target }]
          : [],
      );
    });
  });
