import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RosterDocument } from '../../src/contract/documents/roster-document.ts';
import { labourRuleSchema, type LabourRule } from '../../src/contract/models/labour-rules-model.ts';
import type { RosterProblem } from '../../src/rostering/roster-problem.ts';
import { movesOf, openDraft, repinned } from '../../src/web/roster/roster-draft.ts';
import { demandOf, smallPerson, smallProblem } from '../support/small-roster.ts';

const days = 14;
const options = 6;
const people = 3;

const personal = [
  { rule: 'minimum-rest', hours: 11 },
  { rule: 'most-days-in-a-row', days: 3 },
  { rule: 'days-off-after-nights', days: 2 },
  { rule: 'weekly-rest', days: 2 },
  { rule: 'most-weekends', weekends: 1 },
  { rule: 'hours-a-week', least: 24, most: 36, leaveHours: 4 },
  { rule: 'no-nights-if-exempt' },
] as const;
const shared = [
  { rule: 'fair-share', of: 'nights' },
  { rule: 'team-together' },
  { rule: 'new-beside-experienced' },
  { rule: 'least-qualified', skill: 'lead', operators: 1 },
] as const;

const problemWith = (rules: readonly LabourRule[]): RosterProblem =>
  smallProblem(
    rules,
    [
      smallPerson('p0', { skills: ['lead'], team: 'red', experience: 'experienced' }),
      smallPerson('p1', { team: 'red', isNightExempt: true, unavailable: [4] }),
      smallPerson('p2', { team: 'blue', experience: 'new' }),
    ],
    days,
    [0, 3, 4, 9].map((day) => demandOf(day, day % 5, 2)),
  );

const document = {
  days: Array.from({ length: days }, (_, day) => ({ date: `2026-11-${day + 16}` })),
  duties: [],
} as unknown as RosterDocument;

const person = fc.nat(people - 1);
const day = fc.nat(days - 1);
/** An option put on a day, two days exchanged, or the last edit taken back. */
const edits = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('put' as const), person, day, after: fc.nat(options - 1) }),
    fc.record({ kind: fc.constant('swap' as const), person, day, otherDay: day }),
    fc.record({ kind: fc.constant('undo' as const) }),
  ),
  { minLength: 1, maxLength: 25 },
);
type Edit = typeof edits extends fc.Arbitrary<(infer One)[]> ? One : never;

const apply = (draft: ReturnType<typeof openDraft>, edit: Edit): void => {
  if (edit.kind === 'undo') draft.undo();
  else if (edit.kind === 'put') draft.put([edit]);
  else
    draft.swap(
      { person: edit.person, day: edit.day },
      { person: (edit.person + 1) % people, day: edit.otherDay },
    );
};

describe("the page's roster under random edits", () => {
  test('costs what the separate evaluator says, each choice beforehand and all of them afterwards', () => {
    const rules = fc
      .subarray([...personal, ...shared], { minLength: 1 })
      .map((chosen) => chosen.map((rule) => labourRuleSchema.parse({ ...rule, price: 3 })));
    fc.assert(
      fc.property(rules, edits, (chosen, changes) => {
        const draft = openDraft(problemWith(chosen), document);
        let { cost } = draft.judge();
        for (const change of changes) {
          const told =
            change.kind === 'put' ? draft.tryOption(change.person, change.day, change.after) : undefined;
          apply(draft, change);
          const after = draft.judge().cost;
          expect(draft.state.total()).toBeCloseTo(after, 6);
          if (told !== undefined) expect(told).toBeCloseTo(after - cost, 6);
          cost = after;
        }
        // What is sent to the server makes the same roster of the one that is stored.
        const again = openDraft(draft.problem, document);
        again.put(movesOf(draft.edits));
        expect(again.roster()).toEqual(draft.roster());
      }),
      { numRuns: 100 },
    );
  });

  test('says of a choice that it breaks a hard rule, or mends one, where the separate evaluator finds it so', () => {
    const rules = fc
      .subarray([...personal], { minLength: 1, maxLength: 3 })
      .map((chosen) => chosen.map((rule) => labourRuleSchema.parse({ ...rule, price: 'hard' })));
    fc.assert(
      fc.property(rules, edits, (chosen, changes) => {
        const draft = openDraft(problemWith(chosen), document);
        const breaks = (who: number): boolean =>
          draft.judge().hardBroken.some((broken) => broken.people.includes(who));
        for (const change of changes) {
          if (change.kind !== 'put' || draft.optionOn(change.person, change.day) === change.after) {
            apply(draft, change);
            continue;
          }
          const before = breaks(change.person);
          const told = draft.tryOption(change.person, change.day, change.after);
          apply(draft, change);
          const after = breaks(change.person);
          expect(told === Infinity).toBe(after);
          expect(told === -Infinity).toBe(before && !after);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('a day is pinned and let go among edits: rules read it at once, and edits are kept and taken back', () => {
    const rules = [labourRuleSchema.parse({ rule: 'pinned', price: 'hard' })];
    fc.assert(
      fc.property(edits, person, day, (changes, who, on) => {
        const draft = openDraft(problemWith(rules), document);
        for (const change of changes) apply(draft, change);
        const option = draft.optionOn(who, on);
        const held = openDraft(
          repinned(draft.problem, { person: who, day: on }, option),
          document,
          draft.steps,
        );
        expect(held.roster()).toEqual(draft.roster());
        expect(held.tryOption(who, on, (option + 1) % options)).toBe(Infinity);
        const free = openDraft(
          repinned(held.problem, { person: who, day: on }, undefined),
          document,
          held.steps,
        );
        expect(free.tryOption(who, on, (option + 1) % options)).toBeLessThan(Infinity);
        for (let left = free.edits.length; left > 0; left -= 1) free.undo();
        expect(free.roster()).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test('edits taken back leave nothing', () => {
    fc.assert(
      fc.property(edits, (changes) => {
        const draft = openDraft(problemWith([]), document);
        const before = draft.judge();
        for (const change of changes) apply(draft, change);
        for (let left = draft.edits.length; left > 0; left -= 1) draft.undo();
        expect(draft.edits).toEqual([]);
        expect(draft.judge()).toEqual(before);
      }),
      { numRuns: 50 },
    );
  });
});

test('an edit of 500 people by 28 days is priced and judged in 200 ms; a machine under other work gets ten times that', () => {
  const span = 28;
  const many = Array.from({ length: 500 }, (_, at) =>
    smallPerson(`p${at}`, { team: `team ${at % 20}`, skills: at % 9 === 0 ? ['lead'] : [] }),
  );
  const rules = [...personal, ...shared].map((rule) => labourRuleSchema.parse({ ...rule, price: 3 }));
  const rows = Array.from({ length: span }, (_, on) => [0, 1, 2, 3].map((shift) => demandOf(on, shift, 90)));
  const dates = Array.from({ length: span }, (_, on) => `2026-11-${on}`);
  const duties = many.flatMap((one, at) =>
    dates.flatMap((date, on) => {
      const shift = [0, 0, 1, 1, -1, 3, -1][(at + on) % 7] ?? -1;
      return shift < 0 ? [] : [{ operator: one.person, date, shift: 'EDLNX'[shift], tier: '0' }];
    }),
  );
  const draft = openDraft(smallProblem(rules, many, span, rows.flat()), {
    days: dates.map((date) => ({ date })),
    duties,
  } as unknown as RosterDocument);
  const millis = [3, 1, 0, 2, 4].map((after, at) => {
    const began = performance.now();
    draft.put([{ person: 7 * at, day: 3, after }]);
    draft.judge();
    return performance.now() - began;
  });
  expect(Math.min(...millis)).toBeLessThan(2000);
});
