import { BadInputError, type Problem } from '../../kernel/errors.ts';
import type { Sayable } from '../../kernel/finding.ts';
import type { Demand } from '../../kernel/hotline.ts';
import { planningProblem } from '../planning-problems.ts';
import { valueAt } from '../../kernel/value-at.ts';

/**
 * The most that a week is planned for, over all queues: four times the largest hotlines (80,000 calls a day, some 500
 * Erlangs at their peak). Up to here the time that a plan takes is bounded; beyond it stand slips, not calls.
 */
export const mostPlanned = { erlangs: 2_000, calls: 2_500_000 } as const;

/** Sample paths may go so many times beyond it: the luck of a peak, not its size. */
const pathTimes = 4;

/** Throws `BadInputError` where a week's demand is beyond what is planned for, with the peak and what may be the cause. */
export const refuseBoundless = (demand: Demand, unusual: readonly Sayable[]): void => {
  const { count, intervalMinutes } = demand.horizon;
  const seconds = intervalMinutes * 60;
  let [erlangs, wildest, calls] = [0, 0, 0];
  for (let i = 0; i < count; i += 1) {
    let [load, most] = [0, 0];
    for (const queue of demand.queues) {
      const fresh = valueAt(queue.freshMean, i);
      const handle = valueAt(queue.handleTimeSeconds, i);
      let highest = 0;
      for (let p = 0; p < queue.pathCount; p += 1)
        highest = Math.max(highest, valueAt(queue.ratePaths, p * count + i));
      calls += fresh;
      load += (fresh * handle) / seconds;
      most += (highest * handle) / seconds;
    }
    erlangs = Math.max(erlangs, load);
    wildest = Math.max(wildest, most);
  }
  const within = erlangs <= mostPlanned.erlangs && wildest <= pathTimes * mostPlanned.erlangs;
  if (within && calls <= mostPlanned.calls) return;
  throw new BadInputError([
    beyondPlanning(Math.max(erlangs, wildest / pathTimes), calls),
    ...unusual.map((figures) => planningProblem('traffic', 'unusual-figures', '', { figures })),
  ]);
};

const beyondPlanning = (erlangs: number, calls: number): Problem =>
  planningProblem('demand', 'demand-beyond-planning', Math.round(erlangs), {
    calls,
    erlangs,
    mostCalls: mostPlanned.calls,
    mostErlangs: mostPlanned.erlangs,
  });
