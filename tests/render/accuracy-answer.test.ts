import { expect, test } from 'vitest';
import type { AccuracyDocument } from '../../src/contract/documents/accuracy-document.ts';
import { readEndpoints } from '../../src/contract/http/read-endpoints.ts';
import type { AnswerOfJob } from '../../src/library/client.ts';
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

test('HTTP and the library promise what the job of accuracy answers', () => {
  const answer: AnswerOfJob['measureAccuracy'] = nothingKept;
  expect(readEndpoints.jobResult.response.parse(answer)).toEqual(nothingKept);
});

test('no plan among the days asked for is not said as no plan at all', () => {
  expect(said(nothingKept)).toContain('The data do not yet cover the full week of any saved plan.');
  const asked = said({ ...nothingKept, asked: { since: '2026-11-23' } });
  expect(asked).not.toContain('The data do not yet cover the full week of any saved plan.');
  expect(asked).toContain('No saved plan for a past week includes the days asked for.');
});

test('errors of each queue and of all queues together are told by what they are over', () => {
  const score = { wape: 0.174, chance: 0.1, bias: 0, biasPerDay: 0, coverage80: 0.8, scoredIntervals: 9 };
  const document: AccuracyDocument = {
    ...nothingKept,
    leads: [{ weeksAhead: 1, all: { ...score, rivals: [] }, queues: [] }],
    plans: [
      {
        ...{ plan: '2026-W48-1', week: '2026-W48', createdAt: '2026-11-20T08:00:00Z' },
        ...{ wape: 0.085, bias: 0, coverage80: 0.8, overruled: null },
      },
    ],
  };
  for (const [language, each, together] of [
    ['en', 'error (WAPE, each queue)', 'error (WAPE, queues combined)'],
    ['zh-CN', '误差 WAPE（分队列）', '误差 WAPE（各队列合计）'],
  ] as const) {
    const parts = accuracyAnswer(document, new Map(), language, false).parts.map((part) =>
      JSON.stringify(part),
    );
    const holding = (head: string) => parts.filter((part) => part.includes(head));
    expect(holding(each).join()).toMatch(/0\.174/);
    expect(holding(together).join()).toMatch(/0\.085/);
  }
});
