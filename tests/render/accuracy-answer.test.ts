import { expect, test } from 'vitest';
import type { AccuracyDocument } from '../../src/contract/documents/accuracy-document.ts';
import { accuracyAnswer } from '../../src/render/documents/accuracy-answer.ts';

const nothingKept: AccuracyDocument = {
  document: 'accuracy',
  asked: {},
  from: '2026-11-23',
  to: '2026-11-29',
  weeks: 1,
  leads: [],
  worstHours: [],
  plans: [],
  overruledBy: [],
  frozen: null,
  notices: [],
};
const said = (document: AccuracyDocument): readonly unknown[] =>
  accuracyAnswer(document, new Map(), 'en', false).parts;

test('no plan among the days asked for is not said as no plan at all', () => {
  expect(said(nothingKept)).toContain('The data do not yet cover the full week of any saved plan.');
  const asked = said({ ...nothingKept, asked: { since: '2026-11-23' } });
  expect(asked).not.toContain('The data do not yet cover the full week of any saved plan.');
  expect(asked).toContain('No saved plan for a past week includes the days asked for.');
});
