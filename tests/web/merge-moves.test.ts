import { expect, test } from 'vitest';
import type { ProblemDetails } from '../../src/contract/documents/schema-parts.ts';
import { problemIn } from '../../src/words/problems.ts';
import { newlyBroken } from '../../src/rostering/evaluate/evaluate-roster.ts';
import { movesOnTop, theirMoves } from '../../src/web/roster/save-bar.tsx';

const early = { 'zh-CN': '早班', en: 'Early' };
const late = { 'zh-CN': '晚班', en: 'Late' };
const day = { operator: 'A01', date: '2026-03-02' };

const refused = (...changes: readonly object[][]): ProblemDetails =>
  ({
    problems: changes.map((moves) => ({ rule: 'roster-changed', values: { moves } })),
  }) as unknown as ProblemDetails;

test('a day that others changed twice is told once: where it began, and where it ended up', () => {
  const told = theirMoves(
    refused(
      [
        { ...day, before: null, after: early },
        { ...day, operator: 'A02', before: early, after: null },
      ],
      [],
      [{ ...day, before: early, after: late }],
    ),
  );
  expect(told).toEqual([
    { ...day, before: null, after: late },
    { ...day, operator: 'A02', before: early, after: null },
  ]);
});

test('what the reader takes of others leaves their own move out, and nothing else', () => {
  const mine = ['A01', 'A02', 'A03'].map((operator) => ({ ...day, operator, shift: 'off', pinned: false }));
  const kept = movesOnTop(
    mine,
    new Map([
      ['A01 2026-03-02', 'theirs'],
      ['A02 2026-03-02', 'mine'],
    ]),
  );
  expect(kept.map(({ operator }) => operator)).toEqual(['A02', 'A03']);
});

test('of hard rules those breaches are new that others had, on other days, or by less; not what is left of one', () => {
  const breach = (person: number, days: readonly number[], units = 1) =>
    ({ code: 'rest', rule: 0, isHard: true, cost: 0, units, people: [person], days }) as never;
  expect(newlyBroken([breach(0, [1]), breach(1, [2])], [breach(0, [1]), breach(2, [2])])).toEqual([
    breach(2, [2]),
  ]);
  // Eight days in a row where six may be, and one of them taken off; and one added.
  expect(newlyBroken([breach(0, [6, 7], 2)], [breach(0, [6], 1)])).toEqual([]);
  expect(newlyBroken([breach(0, [6], 1)], [breach(0, [6, 7], 2)])).toHaveLength(1);
  // More hours in a week that has too many.
  expect(newlyBroken([breach(0, [0, 1, 2], 4)], [breach(0, [0, 1, 2], 6)])).toHaveLength(1);
  expect(newlyBroken([breach(0, [3])], [breach(0, [9])])).toHaveLength(1);
});

test('whoever fell ill is told as ill, not as off', () => {
  const told = (move: object): string =>
    problemIn(
      {
        rule: 'roster-changed',
        severity: 'error',
        values: { at: '', why: '', by: null, moves: [{ ...day, before: early, after: null, ...move }] },
      } as never,
      'zh-CN',
      'page',
    ).message;
  expect(told({})).toContain('早班→休');
  expect(told({ illFrom: '08:00' })).toContain('早班→病假');
});
