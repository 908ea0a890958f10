import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, expect, test, vi } from 'vitest';
import { type PlanDocument, planDocumentSchema } from '../../src/contract/documents/plan-document.ts';
import { Headline } from '../../src/web/plan/headline.tsx';
import { addWords, SpeechProvider } from '../../src/web/words/words.tsx';
import { messages } from '../../src/words/messages.ts';
import { smallPlan } from '../support/small-plan.ts';

addWords({ ...messages('page-plan'), ...messages('page-everywhere') });
afterEach(() => {
  vi.unstubAllGlobals();
});

/** Each figure's label, value and tone. */
const figuresOf = (plan: PlanDocument): string[][] => {
  vi.stubGlobal('window', { location: { search: '?lang=en' }, localStorage: { getItem: () => null } });
  vi.stubGlobal('document', { documentElement: {} });
  const shown = renderToStaticMarkup(createElement(SpeechProvider, null, createElement(Headline, { plan })));
  const figure = /class="figure (\w+)"><div class="label">([^<]*)<\/div><div class="value">([^<]*)</g;
  return [...shown.matchAll(figure)].map(([, tone = '', label = '', value = '']) => [label, value, tone]);
};

test('the plan that tests are made from is a whole one', () => {
  const plan = smallPlan();
  expect(planDocumentSchema.parse(plan)).toEqual(plan);
});

test('the headline has six figures, those with a target by whether it is met', () => {
  expect(figuresOf(smallPlan())).toEqual([
    ['Paid hours', '3,200', 'plain'],
    ['First-time calls', '25,756', 'plain'],
    ['Connection rate', '95.8%', 'good'],
    ['15-second rate', '87.1%', 'good'],
    ['Temperature band', 'hot', 'plain'],
    ['Monitoring score', '91.4', 'plain'],
  ]);
  const { total, monitoring, ...plan } = smallPlan();
  const missed = {
    ...plan,
    total: { ...total, connectionRate: { mean: 0.84, q10: 0.8, q90: 0.88 } },
    monitoring: {
      ...monitoring,
      indicators: monitoring.indicators.map((each) => ({ ...each, points: null })),
    },
  };
  expect(figuresOf(missed).filter((_, i) => i === 2 || i === 5)).toEqual([
    ['Connection rate', '84.0%', 'bad'],
    ['Monitoring score', '–', 'plain'],
  ]);
});
