import { addAt } from '../kernel/value-at.ts';
import type { DemoSettings } from './demo-settings.ts';
import { scaleCounts } from './made-up-hotlines.ts';

/**
 * Operators on duty per queue, as a switchboard that books each operator under one queue would count them:
 * a tier's operators are shared among the queues that try it first (all its queues where none does) in
 * proportion to their usual calls. Summed over queues it is everyone on duty.
 */
export const splitOperators = (settings: DemoSettings, operators: readonly Int32Array[]): Int32Array[] => {
  const count = operators[0]?.length ?? 0;
  const perQueue = settings.queues.map(() => new Int32Array(count));
  for (const [t, tier] of settings.tiers.entries()) {
    const anyFirst = Object.values(tier.queues).includes(1);
    const weights = settings.queues.map(({ queue, callsPerDay, handleSeconds }) => {
      const preference = tier.queues[queue];
      return preference === 1 || (!anyFirst && preference !== undefined) ? callsPerDay * handleSeconds : 0;
    });
    const splits = new Map<number, number[]>();
    for (let k = 0; k < count; k += 1) {
      const present = operators[t]?.[k] ?? 0;
      let split = splits.get(present);
      if (split === undefined) {
        split = scaleCounts(weights, present);
        splits.set(present, split);
      }
      for (const [q, part] of split.entries()) {
        const values = perQueue[q];
        if (values !== undefined) addAt(values, k, part);
      }
    }
  }
  return perQueue;
};
