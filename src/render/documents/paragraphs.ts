import type { Sayable } from '../../kernel/finding.ts';
import type { Language } from '../../kernel/text.ts';
import { speak } from '../../words/speak.ts';

/** Sentences as a list for the terminal; empty where there are none. */
export const bullets = (said: readonly Sayable[], language: Language): string =>
  said.map((one) => `· ${speak(language, 'terminal').say(one)}`).join('\n');

/** Parts of an answer with a blank line between them; what is empty is left out. */
export const paragraphs = (parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join('\n\n');
