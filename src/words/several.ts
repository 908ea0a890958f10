import type { Sayable } from '../kernel/finding.ts';
import type { Sentences } from './sentences.ts';

/** Sentences said one after the other. */
export const severalSentences: Sentences<{ several: { readonly parts: readonly Sayable[] } }> = {
  several: {
    'zh-CN': ({ parts }, { say }) => parts.map(say).join(''),
    en: ({ parts }, { say }) => parts.map(say).join(' '),
  },
};
