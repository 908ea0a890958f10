import { createElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, expect, test, vi } from 'vitest';
import type { DayDocument } from '../../src/contract/documents/day-document.ts';
import type { ProblemDetails } from '../../src/contract/documents/schema-parts.ts';
import { AccessError, accessFinding } from '../../src/access/access-findings.ts';
import { HttpError, problemDetailsOf } from '../../src/http/problem-details.ts';
import { httpFinding } from '../../src/http/http-findings.ts';
import { IngestReport } from '../../src/web/data/ingest-report.tsx';
import { PlanBasis } from '../../src/web/plan/plan-name.tsx';
import { Actions } from '../../src/web/today/day-actions.tsx';
import { ProblemView } from '../../src/web/ui/states.tsx';
import { SpeechProvider } from '../../src/web/words/words.tsx';

/** A page that was opened by a planner who signed in. */
beforeAll(() => {
  vi.stubGlobal('document', { documentElement: {}, querySelector: () => ({ content: 'planner' }) });
  vi.stubGlobal('window', {
    location: { search: '?lang=en', href: '/' },
    localStorage: { getItem: () => null },
  });
  // Other files share this process: danfojs, loaded where there is a window, asks for a browser's packages.
  return () => vi.unstubAllGlobals();
});

const drawn = (part: ReactNode): string =>
  renderToStaticMarkup(createElement(SpeechProvider, null, part)).replaceAll('&#x27;', "'");
const shown = (problem: ProblemDetails, retry?: () => void): string =>
  drawn(createElement(ProblemView, { problem, ...(retry && { retry }) }));
const load = (): void => undefined;
const unreachable = {
  ...problemDetailsOf(new HttpError(401, httpFinding('no-sign-in'))),
  type: 'x',
  status: 0,
};

test('a wrong password is no lost session, which has the same status', () => {
  for (const code of ['sign-in-failed', 'code-wrong'] as const) {
    const wrong = problemDetailsOf(new AccessError(accessFinding(code)));
    expect(wrong.status).toBe(401);
    for (const html of [shown(wrong), shown(wrong, load)]) {
      expect(html).toContain(wrong.text.en);
      expect(html).not.toMatch(/Sign in again|cut-off/);
    }
  }
  for (const code of ['no-sign-in', 'no-access'] as const)
    expect(shown(problemDetailsOf(new HttpError(401, httpFinding(code))))).toContain('Sign in again');
});

test('of what could not be loaded one is shown; what answers a press is always seen', () => {
  const lost = problemDetailsOf(new HttpError(401, httpFinding('no-sign-in')));
  expect(shown(lost, load)).toContain('cut-off unknown');
  expect(shown(unreachable, load)).toMatch(/cut-off(?! unknown)/);
  for (const problem of [lost, unreachable]) expect(shown(problem)).not.toContain('cut-off');
});

test('that people get tiers by their skills stands in the banner of one file of several', () => {
  const problems = [
    { rule: 'tiers-from-skills', severity: 'notice', values: { people: 3 } },
    { rule: 'extra-columns', severity: 'notice', values: { columns: ['x'] } },
  ];
  const dates = { firstDate: null, lastDate: null };
  const report = { ...dates, files: [], problems, measured: [], gaps: [], kind: 'operators', dryRun: true };
  const given = { report, workspace: {}, quality: undefined, reload: load, isBrief: true };
  const html = drawn(createElement(IngestReport, given as unknown as Parameters<typeof IngestReport>[0]));
  expect(html.match(/tier taken from skills: 3 people/g)).toHaveLength(1);
});

test('that nothing helps is said only of the moment that is shown', () => {
  const asOf = '2026-11-24T14:31';
  const noteAt = (
    actionsAsOf: string,
    said: object = { code: 'x' },
    together: object | null = null,
  ): string => {
    const day = { asOf, actionsAsOf, actions: [], together, said } as unknown as DayDocument;
    const given = { isBehind: false, asOf: undefined, reload: load, last: undefined, acted: load };
    return drawn(createElement(Actions, { day, ...given }));
  };
  expect(noteAt(asOf)).toContain('today.noActions');
  expect(noteAt('2026-11-24T14:05')).toContain('today.actionsOf');
  expect(noteAt('2026-11-24T14:05')).not.toContain('today.noActions');
  const blind = { code: 'day-headline', values: { blindSince: '12:00' } };
  expect(noteAt(asOf, blind)).toContain('today.actionsUnseen');
  // Where the day's first lines say it, no empty panel does.
  expect(noteAt(asOf, undefined, { code: 'day-together' })).toBe('');
});

test('a plan that was removed is named by its id where a page rests on it', () => {
  const basis = (page: 'plan' | 'roster') =>
    drawn(createElement(PlanBasis, { plans: [], id: '2026-W48-gone', page }));
  expect(basis('roster')).toContain('2026-W48-gone');
  expect(basis('plan')).toBe('');
});
