import { isLargeChange, shareOfChange, type Overrule } from '../contract/documents/overrule-schema.ts';
import { BadInputError } from '../kernel/errors.ts';
import { planningProblem } from './planning-findings.ts';
import type { Store } from './ports.ts';

/**
 * Throws `BadInputError` where a change has a day's calls more than half more or fewer and nobody has confirmed it: one
 * rule for every door. Calls of a day are held to the latest plan's forecast, where that has the day.
 */
export const refuseLargeChange = async (
  store: Pick<Store, 'plan'>,
  change: Pick<Overrule, 'queue' | 'date' | 'from' | 'factor' | 'calls'>,
  isConfirmed: boolean,
): Promise<void> => {
  if (isConfirmed) return;
  const plan = change.calls === null ? undefined : await store.plan();
  const share = shareOfChange(change, plan?.days.find(({ date }) => date === change.date)?.calls.mean);
  if (!isLargeChange(share)) return;
  const [path, value] = change.factor === null ? ['calls', change.calls] : ['factor', change.factor];
  throw new BadInputError([planningProblem(path, 'large-change', String(value), { share })]);
};
