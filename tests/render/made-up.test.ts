import { expect, it } from 'vitest';
import type { BandsDocument } from '../../src/contract/documents/requirement-document.ts';
import type { RateDocument } from '../../src/contract/documents/score-documents.ts';
import { languages } from '../../src/kernel/text.ts';
import { bandsAnswer } from '../../src/render/documents/requirement-answers.ts';
import { rateAnswer } from '../../src/render/documents/score-answers.ts';

const rate: RateDocument = {
  document: 'rate',
  version: 1,
  from: '2026-11-23',
  days: 1,
  halfLifeDays: 14,
  lines: [],
  score: null,
  notices: [],
} as RateDocument;
const bands = {
  monitor: { name: { 'zh-CN': '监测', en: 'Monitor' }, attempts: 1, longestWaitSeconds: 60, hotFrom: 0.95 },
  plan: null,
  needs: [],
  sample: null,
  notices: [],
} as unknown as BandsDocument;

it.each(languages)(
  'figures of a made-up hotline say so first, in the brackets of %s; of another they do not',
  (language) => {
    const opens = language === 'zh-CN' ? '【演示数据' : '[Demonstration data';
    for (const answer of [
      (madeUp: boolean) => rateAnswer(rate, new Map(), language, madeUp),
      (madeUp: boolean) => bandsAnswer(bands, language, madeUp),
    ]) {
      expect(answer(true).remarks[0]?.startsWith(opens)).toBe(true);
      expect(answer(false).remarks).toEqual([]);
    }
  },
);
