import type { Language } from '../../kernel/text.ts';
import { remarksOf } from '../answer.ts';

/** An answer's text, headed by the remark that the hotline is made up where it is. */
export const remarkMadeUp = (answer: string, madeUp: boolean, language: Language): string =>
  [...remarksOf({}, language, madeUp), answer].join('\n');
