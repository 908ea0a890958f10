import type { Language } from '../kernel/text.ts';
import { messages } from './messages.ts';
import type { Label } from './sentences.ts';

/** What the steps of the use cases are called. */
export const stepNames: Readonly<Record<string, Label>> = messages('step-names');

const left = messages('time-left');

/** How long the rest of the work takes. */
export const timeLeft = (seconds: number, language: Language): string =>
  seconds < 90
    ? left.seconds[language]({ n: Math.ceil(seconds) })
    : left.minutes[language]({ n: Math.ceil(seconds / 60) });
