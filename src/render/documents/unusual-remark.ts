import type { Sayable } from '../../kernel/finding.ts';
import type { Language } from '../../kernel/text.ts';
import { reportWords } from '../words.ts';
import { speak } from '../../words/speak.ts';

/** An answer's text, headed by the doubted figures that it rests on. */
export const remarkUnusual = (
  answer: string,
  { unusual = [] }: { readonly unusual?: readonly Sayable[] | undefined },
  language: Language,
): string =>
  [
    ...unusual.map((said) => `【${reportWords(language).unusual}】${speak(language, 'terminal').say(said)}`),
    answer,
  ].join('\n');
