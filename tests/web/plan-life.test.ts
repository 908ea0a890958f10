import { createElement, type ComponentProps } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, expect, test, vi } from 'vitest';
import type { PlanLife } from '../../src/contract/plan-life.ts';
import { planStates } from '../../src/contract/plan-states.ts';
import { planningFinding } from '../../src/planning/planning-findings.ts';
import { speak } from '../../src/words/speak.ts';
import { stepOfOthers } from '../../src/web/life/plan-life-bar.tsx';
import { WhyPanel } from '../../src/web/plan/assumptions-view.tsx';
import { SpeechProvider } from '../../src/web/words/words.tsx';
import { smallPlan } from '../support/small-plan.ts';

const others = (plan: string, access: Parameters<typeof stepOfOthers>[1]) =>
  planStates.map((state) => stepOfOthers({ plan, state } as PlanLife, access));

test('a step is said to be for others only where the reader can take none onwards', () => {
  expect(others('2026-W10-a', 'viewer')).toEqual(['propose', 'approve', 'publish', undefined, undefined]);
  expect(others('2026-W10-a', 'team-leader')).toEqual([
    undefined,
    'approve',
    'publish',
    undefined,
    undefined,
  ]);
  for (const access of ['planner', 'administrator', 'local'] as const)
    expect(others('2026-W10-a', access)).toEqual(planStates.map(() => undefined));
  expect(others('2026-W10-what-if-a', 'viewer')).toEqual(planStates.map(() => undefined));
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test('prices that a plan was made without are asked for once; where there can be none that is said', () => {
  vi.stubGlobal('window', { location: { search: '?lang=en' }, localStorage: { getItem: () => null } });
  vi.stubGlobal('navigator', { languages: ['en'] });
  vi.stubGlobal('document', { documentElement: {}, querySelector: () => ({ content: 'local' }) });
  type Pricing = ComponentProps<typeof WhyPanel>['pricing'];
  const shown = (answer: object | undefined): string => {
    const pricing = { answer, control: { running: false }, ask: () => undefined } as unknown as Pricing;
    return renderToStaticMarkup(
      createElement(SpeechProvider, null, createElement(WhyPanel, { plan: smallPlan(), pricing })),
    );
  };
  const said = speak('en', 'page').say(planningFinding('prices-not-kept'));
  expect(shown(undefined)).toContain('<button');
  const answered = shown({ notices: [planningFinding('prices-not-kept')] });
  expect(answered).not.toContain('<button');
  expect(answered.replaceAll('&#x27;', "'")).toContain(said);
});
