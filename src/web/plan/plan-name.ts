import type { PlanSummary } from '../../contract/http/workspace-document.ts';
import { whatIfRequested } from '../../render/plan-changes.ts';
import type { Speech } from '../words/words.tsx';

/** What a plan is called: the name that somebody gave it, else what it was asked, in the reader's language. */
export const planName = (
  plan: Pick<PlanSummary, 'name' | 'factors' | 'assumedCauses' | 'whatIf'>,
  { tell }: Pick<Speech, 'tell'>,
): string | undefined => {
  const asked = plan.name === undefined ? whatIfRequested(plan) : undefined;
  return asked === undefined ? plan.name : tell(asked);
};
