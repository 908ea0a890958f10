import { describe, expect, test } from 'vitest';
import type { LabourRule } from '../../src/contract/models/labour-rules-model.ts';
import { findClashes } from '../../src/rostering/find-clashes.ts';
import { smallPerson, smallProblem } from '../support/small-roster.ts';

/** Rules beside the planted ones that anybody can keep. */
const harmless: readonly LabourRule[] = [
  { rule: 'most-days-in-a-row', days: 6, price: 'hard' },
  { rule: 'minimum-rest', hours: 11, price: 'hard' },
  { rule: 'disliked-shifts', price: 2 },
];

describe('hard rules that cannot hold together', () => {
  test('none where everybody has a line', () => {
    expect(findClashes(smallProblem(harmless))).toEqual([]);
  });

  test('a pin on a day of leave: two parts, their person, their day', () => {
    const rules: LabourRule[] = [
      ...harmless,
      { rule: 'unavailable', price: 'hard' },
      { rule: 'pinned', price: 'hard' },
    ];
    const people = [
      smallPerson('a'),
      smallPerson('b', {
        unavailable: [2, 5],
        pinned: [
          { day: 0, shift: 1 },
          { day: 5, shift: 1 },
        ],
      }),
    ];
    const [clash, ...more] = findClashes(smallProblem(rules, people));
    expect(more).toEqual([]);
    expect(clash).toMatchObject({
      person: 1,
      parts: [
        { code: 'unavailable', rule: 3, day: 5 },
        { code: 'pinned', rule: 4, day: 5 },
      ],
      from: 5,
      until: 6,
    });
    expect(clash?.relaxations.map(({ units }) => units)).toEqual([1, 1]);
  });

  test('hours, the longest shift and two days of leave in one week: named exactly, the cheapest way out first', () => {
    // 48 hours of shifts of eight need six days of each week: two days of leave leave five.
    const rules: LabourRule[] = [
      ...harmless,
      { rule: 'unavailable', price: 'hard' },
      { rule: 'hours-a-week', least: 48, leaveHours: 0, price: 'hard' },
      { rule: 'most-of-shift', shift: 'X', times: 0, price: 'hard' },
    ];
    const people = [smallPerson('a', { unavailable: [2, 4] }), smallPerson('b', { unavailable: [3] })];
    const clashes = findClashes(smallProblem(rules, people, 14));
    expect(clashes.map(({ person, parts }) => ({ person, parts }))).toEqual([
      {
        person: 0,
        parts: [
          { code: 'unavailable', rule: 3, day: 2 },
          { code: 'unavailable', rule: 3, day: 4 },
          { code: 'hours-a-week', rule: 4 },
          { code: 'most-of-shift', rule: 5 },
        ],
      },
    ]);
    expect([clashes[0]?.from, clashes[0]?.until]).toEqual([0, 7]);
    expect(clashes[0]?.relaxations[0]).toEqual({ part: { code: 'unavailable', rule: 3, day: 2 }, units: 1 });
    expect(clashes[0]?.relaxations.at(-1)).toEqual({ part: { code: 'hours-a-week', rule: 4 }, units: 8 });
  });

  test('three rules of which any two could hold', () => {
    const rules: LabourRule[] = [
      { rule: 'disliked-shifts', price: 2 },
      { rule: 'hours-a-week', least: 40, leaveHours: 0, price: 'hard' },
      { rule: 'most-of-shift', shift: 'X', times: 0, price: 'hard' },
      { rule: 'weekly-rest', days: 3, price: 'hard' },
    ];
    const [clash] = findClashes(smallProblem(rules));
    expect(clash?.parts.map(({ code }) => code)).toEqual(['hours-a-week', 'most-of-shift', 'weekly-rest']);
    expect(clash?.relaxations).toEqual([
      { part: { code: 'weekly-rest', rule: 3 }, units: 1 },
      { part: { code: 'most-of-shift', rule: 2 }, units: 2 },
      { part: { code: 'hours-a-week', rule: 1 }, units: 8 },
    ]);
  });
});
