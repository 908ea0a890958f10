import type { Sayable } from '../../kernel/finding.ts';
import type { Language } from '../../kernel/text.ts';
import { remarksOf } from '../answer.ts';

/** An answer's text, headed by the doubted figures that it rests on. */
export const remarkUnusual = (
  answer: string,
  document: { readonly unusual?: readonly Sayable[] | undefined },
  language: Language,
): string => [...remarksOf(document, language), answer].join('\n');
