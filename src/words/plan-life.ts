import type { HoursStepName } from '../contract/documents/hours-document.ts';
import type { Language, Text } from '../kernel/text.ts';
import { messages } from './messages.ts';
import type { Label } from './sentences.ts';

/** The steps from required to rostered hours, as terminal, page and files name them. */
export const hoursStepWords: Readonly<Record<HoursStepName, Text>> = messages('hours-step');

export const hoursChainWords = messages('hours-chain') satisfies Readonly<Record<string, Text>>;

/** What the steps of the use cases are called. */
export const stepNames: Readonly<Record<string, Label>> = messages('step-names');

const left = messages('time-left');

/** How long the rest of the work takes. */
export const timeLeft = (seconds: number, language: Language): string =>
  seconds < 90
    ? left.seconds[language]({ n: Math.ceil(seconds) })
    : left.minutes[language]({ n: Math.ceil(seconds / 60) });
