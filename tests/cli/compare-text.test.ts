import { describe, expect, it } from 'vitest';
import { answerText } from '../../src/render/answer.ts';
import { compareAnswer } from '../../src/render/documents/compare-answer.ts';
import type { CompareDocument } from '../../src/contract/documents/compare-document.ts';
import { text } from '../support/text.ts';

const compared: CompareDocument = {
  document: 'compare',
  week: '2026-W47',
  period: null,
  plan: null,
  forecast: null,
  operators: null,
  answerTimeThresholdSeconds: 20,
  traffic: null,
  calibration: null,
  monitored: null,
  projection: null,
  causes: [],
  gap: null,
  withinSamplingNoise: null,
  pValue: null,
  likeliestCause: null,
  prompts: [],
  verdict: text('说明', 'Verdict'),
  notices: [],
};

describe('a comparison in the terminal', () => {
  it('is headed by its week', () => {
    expect(answerText(compareAnswer(compared, 'en'), 'en')).toMatch(/^2026-W47 · Verdict/);
  });

  it('of a period is headed by the period, and says which week is looked at closely', () => {
    const whole = { ...compared, period: '2026' };
    expect(answerText(compareAnswer(whole, 'en'), 'en')).toMatch(
      /^2026, and its last full week 2026-W47 · Verdict/,
    );
    expect(answerText(compareAnswer(whole, 'zh-CN'), 'zh-CN')).toMatch(
      /^2026，其最后一个整周 2026-W47 · 说明/,
    );
  });
});
