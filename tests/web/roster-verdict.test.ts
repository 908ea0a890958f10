import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, expect, test, vi } from 'vitest';
import type { RosterDocument } from '../../src/contract/documents/roster-document.ts';
import type { PlanSummary } from '../../src/contract/http/workspace-document.ts';
import { messages } from '../../src/words/messages.ts';
import { daysChanged } from '../../src/web/roster/roster-draft.ts';
import { TargetsSentence } from '../../src/web/roster/roster-view.tsx';
import { addWords, SpeechProvider } from '../../src/web/words/words.tsx';

addWords({ ...messages('page-roster'), ...messages('page-everywhere') });
afterEach(() => {
  vi.unstubAllGlobals();
});

test('of who was noted as ill it is said that they are, and from when on', () => {
  const duty = { operator: 'lin', date: '2026-11-23', shift: 'day', start: '07:00', end: '16:00', tier: 'a' };
  const roster = (more: object) =>
    ({ people: [{ operator: 'lin' }], days: [{ date: duty.date }], ...more }) as unknown as RosterDocument;
  const now = roster({ duties: [], absences: [{ ...duty, from: '12:00' }] });
  expect(daysChanged(roster({ duties: [duty] }), now)).toEqual([
    {
      operator: 'lin',
      date: duty.date,
      before: 'day',
      after: 'off',
      beforeTimes: '07:00–16:00',
      illFrom: '12:00',
    },
  ]);
});

const missed = {
  days: 1,
  date: '2026-11-23',
  figure: 'connectionRate',
  value: 0.7,
  target: 0.8,
  seconds: 15,
};
const by = (plan: string, misses: boolean): RosterDocument['projection'] =>
  [
    {
      week: '2026-W48',
      plan,
      targets: {
        unstaffed: null,
        missed: misses ? missed : null,
        short: null,
        planShortHours: 0,
        wanted: null,
      },
    },
  ] as unknown as RosterDocument['projection'];
const plans = [
  { id: '2026-W48-new', week: '2026-W48', state: 'published', createdAt: '2026-11-22T02:05:00Z' },
  { id: '2026-W48-old', week: '2026-W48', state: 'superseded', createdAt: '2026-11-20T02:05:00Z' },
] as PlanSummary[];

test.each([
  ['en', 'Do the targets hold\\?', '22/11/2026, 02:05', '20/11/2026, 02:05'],
  ['zh-CN', '目标能否达成？', '11/22[^<]*02:05', '11/20[^<]*02:05'],
])(
  'a roster of an earlier plan leads with one verdict, and each names its plan (%s)',
  (lang, asks, now, old) => {
    vi.stubGlobal('window', { location: { search: `?lang=${lang}` }, localStorage: { getItem: () => null } });
    vi.stubGlobal('document', { documentElement: {}, querySelector: () => ({ content: 'local' }) });
    const shown = (byStanding?: RosterDocument['projection']): string =>
      renderToStaticMarkup(
        createElement(
          SpeechProvider,
          null,
          createElement(TargetsSentence, {
            document: { projection: by('2026-W48-old', false), uncovered: [] },
            plans,
            byStanding,
          }),
        ),
      );
    const [first = '', folded = '', rest] = shown(by('2026-W48-new', true)).split('<details');
    expect(rest).toBeUndefined();
    expect(first).toMatch(new RegExp(`${asks}.*${now}`));
    expect(first.match(new RegExp(asks, 'g'))).toHaveLength(1);
    expect(folded).toMatch(new RegExp(`<summary>[^<]*${old}[^<]*</summary>.*${asks}`));
    // By one plan alone there is nothing to tell apart.
    expect(shown()).not.toMatch(/<details|02:05/);
  },
);
