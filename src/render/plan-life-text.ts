import type { PlanSummary } from '../contract/http/workspace-document.ts';
import type { PlanLife } from '../contract/plan-life.ts';
import type { Language } from '../kernel/text.ts';
import { messages } from '../words/messages.ts';
import { speak } from '../words/speak.ts';
import { whatIfRequested } from './plan-changes.ts';
import { headed } from './table.ts';
import { terminalRows } from './terminal-table.ts';

const planLifeHeads = messages('plan-life-heads');

const planStateWords = messages('plan-state');

const who = (by: string, language: Language): string =>
  by === '' ? messages('actor-kind').local[language] : by;

/** What a what-if was asked, by which it is called where nobody gave it a name. */
const askedText = (plan: PlanSummary, language: Language): string => {
  const asked = whatIfRequested(plan);
  return asked === undefined ? '' : speak(language, 'terminal').say(asked);
};

/** Every plan with its state, for the terminal. */
export const plansText = (plans: readonly PlanSummary[], language: Language): string =>
  terminalRows(
    language,
    plans,
    headed<PlanSummary>(planLifeHeads.plans[language], [
      ['text', ({ id }) => id],
      ['text', ({ week }) => week],
      ['text', ({ state }) => planStateWords[state][language]],
      ['text', (plan) => plan.name ?? askedText(plan, language)],
      ['text', ({ createdAt }) => createdAt],
    ]),
  );

/** What became of one plan: state, steps, notes. */
export const planLifeText = ({ plan, state, name, steps, notes }: PlanLife, language: Language): string => {
  const head = [plan, planStateWords[state][language], ...(name === null ? [] : [name])].join(' · ');
  const stepRows = terminalRows(
    language,
    steps,
    headed<PlanLife['steps'][number]>(planLifeHeads.steps[language], [
      ['text', ({ at }) => at],
      ['text', ({ by }) => who(by, language)],
      ['text', ({ to }) => planStateWords[to][language]],
      [
        'text',
        ({ reason, supersededBy }) => [reason, supersededBy].filter((one) => one !== null).join(' · '),
      ],
    ]),
  );
  const noteRows = terminalRows(
    language,
    notes,
    headed<PlanLife['notes'][number]>(planLifeHeads.notes[language], [
      ['text', ({ at }) => at],
      ['text', ({ by }) => who(by, language)],
      ['text', ({ text }) => text],
    ]),
  );
  return [head, ...(steps.length === 0 ? [] : [stepRows]), ...(notes.length === 0 ? [] : [noteRows])].join(
    '\n',
  );
};
