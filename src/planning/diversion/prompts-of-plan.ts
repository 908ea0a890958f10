import type { PromptsModel } from '../../contract/models/prompts-model.ts';
import type { Sayable } from '../../kernel/finding.ts';
import { learnFromStore } from '../history/seen-prompts.ts';
import { planningFinding } from '../planning-findings.ts';
import type { Models, Ports } from '../ports.ts';

/**
 * The prompts that a stored plan was made with, with the take-up that records before its week say. Where the settings
 * of prompts have changed since, the answer says that it rests on the plan's.
 */
export const promptsOfPlan = async (
  ports: Pick<Ports, 'store' | 'models'>,
  models: Models,
  untilMillis: number,
): Promise<{ readonly catalogue: PromptsModel; readonly said: readonly Sayable[] }> => {
  const { catalogue, said } = await learnFromStore(ports.store, models, untilMillis);
  // Both were read by one schema, which sets the order of their fields.
  const unchanged = JSON.stringify(models.prompts) === JSON.stringify(ports.models.prompts);
  return { catalogue, said: unchanged ? said : [planningFinding('prompts-changed-since-plan'), ...said] };
};
