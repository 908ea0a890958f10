import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { callApi } from '../api/call-api.ts';
import type { Format } from '../ui/use-format.ts';
import type { Speech } from '../words/words.tsx';
import { factorNames } from './grounds.ts';

/** What callers and people do otherwise in a what-if plan, in words: "handle time +10%"; empty where nothing. */
export const factorsInWords = (
  { factors }: Pick<PlanDocument, 'factors'>,
  { say }: Pick<Speech, 'say'>,
  format: Format,
): string =>
  factorNames
    .flatMap((name) => {
      const change = (factors?.[name] ?? 1) - 1;
      return change === 0 ? [] : [`${say(`factor.${name}`)} ${format.points(change, 0)}%`];
    })
    .join(say('list.comma'));

/** Calls a plan by what was asked of it, where nobody has given it a name. */
export const nameWhatIf = async (plan: PlanDocument, speech: Speech, format: Format): Promise<void> => {
  const name = factorsInWords(plan, speech, format).slice(0, 80);
  if (name === '') return;
  const life = await callApi('planLife', { params: { plan: plan.id } });
  if (life.name === null)
    await callApi('namePlan', { params: { plan: plan.id }, body: { name }, version: life.version });
};
