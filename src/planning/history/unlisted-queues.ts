import type { Problem } from '../../kernel/errors.ts';
import type { Models } from '../ports.ts';
import { type PlanningFinding, type UnlistedQueues, planningFinding } from '../planning-findings.ts';

/** Queues that have traffic but no entry in the models: how they are planned, and what to do if that does not fit. */
export const explainUnlisted = (queues: readonly string[], models: Models): PlanningFinding =>
  planningFinding('queues-not-in-models', valuesOf(queues, models));

/** The same of a file that was read, as a notice: it is taken all the same. Undefined where every queue has an entry. */
export const unlistedQueues = (queues: readonly string[], models: Models): Problem | undefined => {
  const known = new Set(models.hotline.queues.map(({ queue }) => queue));
  const unlisted = queues.filter((queue) => !known.has(queue));
  return unlisted.length === 0
    ? undefined
    : { rule: 'queue-not-in-models', severity: 'notice', values: valuesOf(unlisted, models) };
};

const valuesOf = (queues: readonly string[], { hotline, tiers }: Models): UnlistedQueues => ({
  queues,
  pattern: hotline.queues[0]?.name ?? null,
  tier: tiers.tiers[0]?.name ?? null,
});
