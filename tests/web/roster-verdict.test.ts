import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, expect, test, vi } from 'vitest';
import type { RosterDocument } from '../../src/contract/documents/roster-document.ts';
import type { PlanSummary } from '../../src/contract/http/workspace-document.ts';
import { problemDetailsOf } from '../../src/http/problem-details.ts';
import type { LabourRule } from '../../src/contract/models/labour-rules-model.ts';
import { NoAnswerError } from '../../src/kernel/errors.ts';
import { rosterFinding } from '../../src/planning/roster/roster-findings.ts';
import { messages } from '../../src/words/messages.ts';
import { daysChanged } from '../../src/web/roster/roster-draft.ts';
import { RefusedChange } from '../../src/web/roster/refused-change.tsx';
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
  ['en', 'Are the targets met\\? ', ['Yes', 'No'], '22/11/2026, 02:05', '20/11/2026, 02:05'],
  ['zh-CN', '目标能否达成？', ['能', '不能'], '11/22[^<]*02:05', '11/20[^<]*02:05'],
])(
  'a roster of an earlier plan leads with the verdict by that plan, and each names its plan (%s)',
  (lang, asks, [holds, misses], now, old) => {
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
    expect(first).toMatch(new RegExp(`${asks}${holds}.*${old}`));
    expect(first.match(new RegExp(asks, 'g'))).toHaveLength(1);
    expect(folded).toMatch(new RegExp(`<summary>[^<]*${now}[^<]*</summary>.*${asks}${misses}`));
    // By one plan alone there is nothing to tell apart.
    expect(shown()).not.toMatch(/<details|02:05/);
  },
);

test.each([
  ['en', 'The change would break: ', / \(林梅, 吴\); .* \(p0, p1, p2, p3, p4, p5 …\)$/],
  ['zh-CN', '这样改动会违反：', /（林梅、吴）；.*（p0、p1、p2、p3、p4、p5 等）$/],
] as const)('a refusal names each broken rule once, with whom by name (%s)', (lang, begins, ends) => {
  vi.stubGlobal('window', { location: { search: `?lang=${lang}` }, localStorage: { getItem: () => null } });
  vi.stubGlobal('document', { documentElement: {}, querySelector: () => ({ content: 'local' }) });
  const ruleOf = (rule: LabourRule) => rosterFinding('labour-rule', { rule });
  const refused = new NoAnswerError([
    rosterFinding('change-breaks-rules', {
      rules: [
        {
          rule: ruleOf({ rule: 'minimum-rest', hours: 11, price: 'hard' }),
          times: 3,
          operators: ['lin', 'wu'],
        },
        {
          rule: ruleOf({ rule: 'unavailable', price: 'hard' }),
          times: 7,
          operators: Array.from({ length: 7 }, (_, at) => `p${at}`),
        },
      ],
    }),
  ]);
  const shown = renderToStaticMarkup(
    createElement(
      SpeechProvider,
      null,
      createElement(RefusedChange, {
        problem: problemDetailsOf(refused),
        people: [
          { operator: 'lin', name: '林梅' },
          { operator: 'wu', name: '吴' },
        ] as RosterDocument['people'],
        on: { label: 'go', go: () => undefined },
      }),
    ),
  );
  const title = /alert-title">([^<]*)</.exec(shown)?.[1] ?? shown;
  expect(title.startsWith(begins)).toBe(true);
  expect(title).toMatch(ends);
});
