import type { LeverName } from '../contract/documents/effect-documents.ts';
import type { DiversionFindings } from '../diversion/diversion-findings.ts';
import type { ClockRule } from '../diversion/playing-rules.ts';
import type { Text } from '../kernel/text.ts';
import type { Sentences } from './sentences.ts';
import { filledWith, messages } from './messages.ts';

const leverNames: Readonly<Record<LeverName, Text>> = messages('lever-names');

const { parts, ...said } = messages('diversion');

const barred: Readonly<Record<ClockRule, Text>> = parts.barred;

/** What diversion finds, in sentences. */
export const diversionSentences: Sentences<DiversionFindings> = {
  ...said,
  'calls-short-of-targets': filledWith(said['calls-short-of-targets'], (calls, { number }) => ({
    ...calls,
    isSame: number(calls.before, 0) === number(calls.after, 0),
  })),
  'worst-interval-with-prompts': filledWith(
    said['worst-interval-with-prompts'],
    ({ target, mayPlay, barredBy = 'never-in-quiet-hours', ...worst }, { percent }) => ({
      ...worst,
      target,
      isSame: percent(worst.levelBefore) === percent(worst.levelAfter),
      verdict: target === null ? 'none' : worst.levelAfter >= target ? 'met' : mayPlay ? 'few' : 'barred',
      barred: barred[barredBy],
    }),
  ),
  'needed-for-target': filledWith(said['needed-for-target'], ({ takeUp, ...needed }) => ({
    ...needed,
    takeUp: typeof takeUp === 'string' ? takeUp : 'times',
    factor: typeof takeUp === 'string' ? null : takeUp.factor,
  })),
  'lever-name': {
    'zh-CN': ({ lever }) => leverNames[lever]['zh-CN'],
    en: ({ lever }) => leverNames[lever].en,
  },
};
