import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { askedWhatIf } from '../../render/plan-changes.ts';
import { callApi } from '../api/call-api.ts';
import type { Speech } from '../words/words.tsx';

/** Calls a plan by what was asked of it, where nobody has given it a name. */
export const nameWhatIf = async (plan: PlanDocument, { tell }: Pick<Speech, 'tell'>): Promise<void> => {
  const asked = askedWhatIf(plan);
  if (asked === undefined) return;
  const life = await callApi('planLife', { params: { plan: plan.id } });
  if (life.name === null)
    await callApi('namePlan', {
      params: { plan: plan.id },
      body: { name: tell(asked).slice(0, 80) },
      version: life.version,
    });
};
