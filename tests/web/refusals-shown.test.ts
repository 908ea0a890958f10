import { createElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, expect, test, vi } from 'vitest';
import type { ProblemDetails } from '../../src/contract/documents/schema-parts.ts';
import { AccessError, accessFinding } from '../../src/access/access-findings.ts';
import { HttpError, problemDetailsOf } from '../../src/http/problem-details.ts';
import { httpFinding } from '../../src/http/http-findings.ts';
import { ProblemView } from '../../src/web/ui/states.tsx';
import { SpeechProvider } from '../../src/web/words/words.tsx';

/** A page that was opened by a planner who signed in. */
beforeAll(() => {
  vi.stubGlobal('document', { documentElement: {}, querySelector: () => ({ content: 'planner' }) });
  vi.stubGlobal('window', {
    location: { search: '?lang=en', href: '/' },
    localStorage: { getItem: () => null },
  });
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
