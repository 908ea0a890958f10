import { hoursLevels, type HoursStep, type HoursStepName } from '../contract/documents/hours-document.ts';
import type { Language } from '../kernel/text.ts';
import { messages } from '../words/messages.ts';
import { tableOf, type Column, type Table } from './table.ts';

const chainWords = messages('hours-chain');
const stepWords = messages('hours-step');

/** A chain of hours under its own heading, such as a week. */
export interface NamedChain {
  readonly name: string;
  readonly steps: readonly HoursStep[];
}

/** Steps that some chain has, in their order. */
export const stepsOf = (chains: readonly NamedChain[]): readonly HoursStepName[] => {
  const shown = chains.map(({ steps }) => shownSteps(steps).map(({ step }) => step));
  const [longest = []] = shown.toSorted((a, b) => b.length - a.length);
  return [...new Set([...longest, ...shown.flat()])];
};

export const hoursAt = ({ steps }: NamedChain, step: HoursStepName): number | null =>
  steps.find((each) => each.step === step)?.hours ?? null;

/** From required to paid or rostered hours, a row per step and a column per chain; without rows where nothing is reported. */
export const hoursTable = (chains: readonly NamedChain[], language: Language): Table =>
  tableOf(
    chains.length === 0 ? [] : stepsOf(chains),
    [
      [
        chainWords.step[language],
        'text',
        (step) => `${hoursLevels.includes(step) ? '' : '  '}${stepWords[step][language]}`,
      ],
      ...chains.map((chain): Column<HoursStepName> => [chain.name, 'hours', (step) => hoursAt(chain, step)]),
    ],
    { title: chainWords.title[language] },
  );

/** Steps that are worth a row: every level, and what moves by a tenth of an hour or more. */
const shownSteps = (chain: readonly HoursStep[]): HoursStep[] =>
  chain.filter(({ step, hours }) => hoursLevels.includes(step) || Math.abs(hours) >= 0.05);
