import type { TargetsModel } from '../contract/models/targets-model.ts';
import type { SimulatedRates } from '../queueing/simulator/plan-rates.ts';
import { valueAt } from '../kernel/value-at.ts';

/** What a simulation says of each queue's rates, in the order of the demand. */
export interface SimulatedLine {
  readonly queues: readonly SimulatedRates[];
}

/** A queue's interval whose simulated rate is under its target. */
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
 * Open intervals in which a queue misses its target in simulation. An interval is weak when its whole
 * 95 % interval is under the target; where the queue's rate over the horizon is not proved (two half widths above
 * the target, so that another simulation says so too), the interval furthest under it is weak too. Intervals without calls are
 * none.
 */
export const weakIntervals = (
  targets: TargetsModel,
  open: Uint8Array,
  simulation: SimulatedLine,
): WeakInterval[] =>
  simulation.queues.flatMap((own, q) => {
    const wanted = targetsOfQueue(targets, own.queue);
    return (['connectionRate', 'serviceLevel'] as const).flatMap((measure) => {
      const target = wanted[measure];
      const whole = own[measure];
      if (target === null || whole === undefined) return [];
      const missing = own.intervals[measure].map(([simulated], i) =>
        open[i] === 1 && simulated < target ? target - simulated : 0,
      );
      const most = whole[0] - 2 * whole[1] >= target ? Infinity : Math.max(...missing);
      return own.intervals[measure].flatMap(([simulated, halfWidth], interval) => {
        const shortage = valueAt(missing, interval);
        return shortage > 0 && (shortage > halfWidth || shortage >= most)
          ? [{ queue: q, interval, measure, simulated, halfWidth, target }]
          : [];
      });
    });
  });
