import { describe, expect, it } from 'vitest';
import { compareText } from '../../src/render/documents/compare-text.ts';
import type { CompareDocument } from '../../src/contract/documents/compare-document.ts';
import { text } from '../../src/kernel/text.ts';

const compared: CompareDocument = {
  document: 'compare',
  week: '2026-W47',
  period: null,
  plan: null,
  forecast: null,
  operators: null,
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
    expect(compareText(compared, 'en')).toMatch(/^2026-W47 · Verdict/);
  });

  it('of a period is headed by the period, and says which week is looked at closely', () => {
    const whole = { ...compared, period: '2026' };
    expect(compareText(whole, 'en')).toMatch(/^2026, and its last whole week 2026-W47 · Verdict/);
    expect(compareText(whole, 'zh-CN')).toMatch(/^2026，其最后一个整周 2026-W47 · 说明/);
  });
});
