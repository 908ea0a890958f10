import { join } from 'node:path';
import { noRatePaths, noRepeats } from '../../src/kernel/hotline.ts';
import { plannedOperation, type PlannedOperation } from '../../src/planning/operation/planned-operation.ts';
import { weekHorizon, type WeekHorizon } from '../../src/planning/operation/week-horizon.ts';
import type { Models } from '../../src/planning/ports.ts';
import { readModels } from '../../src/store/workspace-models.ts';

/** The shipped models with the first so many of their queues, and who takes their calls. */
const modelsWith = async (queues: number): Promise<Models> => {
  const models = await readModels(join(import.meta.dirname, '../../models'));
  const kept = models.hotline.queues.slice(0, queues);
  const isKept = ({ queue }: { readonly queue: string }): boolean => kept.some((own) => own.queue === queue);
  const tiers = models.tiers.tiers
    .map((tier) => ({ ...tier, queues: tier.queues.filter(isKept) }))
    .filter((tier) => tier.queues.length > 0);
  return { ...models, hotline: { ...models.hotline, queues: kept }, tiers: { ...models.tiers, tiers } };
};

/** A week with the shipped models, made by hand: a peak every morning, the same operators all day. */
export const plannedOperationOf = async (
  operators: number,
  queues = Infinity,
): Promise<{ readonly planned: PlannedOperation; readonly week: WeekHorizon }> => {
  const models = await modelsWith(queues);
  const { zone, intervalMinutes } = models.hotline;
  const week = weekHorizon('2026-W48', zone, intervalMinutes);
  const { count } = week.horizon;
  const calls = week.starts.map((start) => {
    const hour = Number(start.slice(11, 13));
    return hour >= 9 && hour < 11 ? 60 : hour >= 7 && hour < 21 ? 30 : 3;
  });
  return {
    week,
    planned: plannedOperation(
      {
        capacity: {
          trunks: Infinity,
          tiers: models.tiers.tiers.map(({ tier }) => ({
            tier,
            operators: new Float64Array(count).fill(operators),
          })),
        },
        demand: {
          horizon: week.horizon,
          queues: models.hotline.queues.map(({ queue }) => ({
            queue,
            freshMean: Float64Array.from(calls, (n) => n / models.hotline.queues.length),
            ratePaths: noRatePaths,
            pathCount: 0,
            handleTimeSeconds: new Float64Array(count).fill(240),
            patienceSeconds: 120,
            repeats: noRepeats,
          })),
        },
      },
      models,
    ),
  };
};
