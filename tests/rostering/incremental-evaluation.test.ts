import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { labourRuleSchema, type LabourRule } from '../../src/contract/models/labour-rules-model.ts';
import { relaxedBound } from '../../src/rostering/columns/relaxed-bound.ts';
import { evaluateRoster } from '../../src/rostering/evaluate/evaluate-roster.ts';
import { createLineCost } from '../../src/rostering/line/line-cost.ts';
import { createLineFinder } from '../../src/rostering/line/line-finder.ts';
import type { LineModel } from '../../src/rostering/line/line-model.ts';
import { rosterModelOf, rosterOfLines } from '../../src/rostering/roster-model.ts';
import type { RosterPerson } from '../../src/rostering/roster-problem.ts';
import { createRosterState } from '../../src/rostering/search/roster-state.ts';
import { demandOf, smallPerson, smallProblem } from '../support/small-roster.ts';

const days = 14;
const options = 6;

/** All rules with numbers that bind on two weeks. */
const allRules = [
  { rule: 'unavailable' },
  { rule: 'pinned' },
  { rule: 'minimum-rest', hours: 11 },
  { rule: 'forbidden-sequence', pairs: [['L', 'D']] },
  { rule: 'most-days-in-a-row', days: 3 },
  { rule: 'fewest-days-in-a-row', days: 2 },
  { rule: 'fewest-days-off-in-a-row', days: 2 },
  { rule: 'most-nights-in-a-row', nights: 2 },
  { rule: 'days-off-after-nights', days: 2 },
  { rule: 'weekly-rest', days: 2 },
  { rule: 'most-weekends', weekends: 1 },
  { rule: 'most-nights', nights: 1, per: 'week' },
  { rule: 'most-nights', nights: 2, per: 'month' },
  { rule: 'hours-a-week', least: 24, most: 36, leaveHours: 4 },
  { rule: 'hours-in-period', least: 40, most: 60 },
  { rule: 'accounting-period', period: 'month', standardDays: 15 },
  { rule: 'overtime-a-month', hours: 4, standardHours: 40 },
  { rule: 'overtime-pay', standardHoursPerWeek: 30, weekendsAreRest: true },
  { rule: 'most-of-shift', shift: 'D', times: 2 },
  { rule: 'overtime-a-day', hours: 2 },
  { rule: 'meal-break', beyondHours: 6, minutes: 30 },
  { rule: 'no-nights-if-exempt' },
  { rule: 'own-shifts' },
  { rule: 'clear-of-leave' },
  { rule: 'same-start-in-week' },
  { rule: 'fair-share', of: 'nights' },
  { rule: 'fair-share', of: 'weekends', within: 0.5 },
  { rule: 'fair-share', of: 'unpopular', shifts: ['L', 'X'] },
  { rule: 'team-together' },
  { rule: 'new-beside-experienced' },
  { rule: 'least-qualified', skill: 'lead', operators: 1 },
  { rule: 'day-off-requests' },
  { rule: 'shift-requests' },
  { rule: 'disliked-shifts' },
] as const;

const balance = fc.record({
  nights: fc.nat(3),
  weekends: fc.nat(3),
  holidays: fc.nat(2),
  unpopular: fc.nat(3),
  hoursOverStandard: fc.integer({ min: -10, max: 10 }),
  hoursInMonth: fc.nat(30),
});

const people: fc.Arbitrary<RosterPerson[]> = fc
  .array(
    fc.record({
      tiers: fc.constantFrom([0], [0, 1], [1]),
      skills: fc.constantFrom([], ['lead']),
      team: fc.constantFrom('red', 'blue'),
      isNightExempt: fc.boolean(),
      shifts: fc.option(fc.subarray([0, 1, 2, 3, 4]), { nil: undefined }),
      experience: fc.constantFrom('new' as const, 'experienced' as const, 'usual' as const),
      contractShare: fc.constantFrom(1, 0.5),
      unavailable: fc.array(fc.nat(days - 1), { maxLength: 3 }),
      leave: fc.array(fc.nat(days), { maxLength: 3 }),
      disliked: fc.array(fc.nat(4), { maxLength: 2 }),
      balance,
      before: fc.array(fc.integer({ min: -1, max: 4 }), { maxLength: 6 }),
    }),
    { minLength: 2, maxLength: 4 },
  )
  .map((all) =>
    all.map(({ shifts, ...more }, index) =>
      smallPerson(`p${index}`, { ...more, ...(shifts === undefined ? {} : { shifts }) }),
    ),
  );

const demand = fc
  .array(fc.tuple(fc.nat(days - 1), fc.nat(4), fc.integer({ min: 1, max: 2 })), { maxLength: 20 })
  .map((rows) => {
    const seen = new Map(
      rows.map(([day, shift, operators]) => [`${day} ${shift}`, demandOf(day, shift, operators)]),
    );
    return [...seen.values()].flatMap((row) => [row, { ...row, tier: 1, underPrice: 150 }]);
  });

const chosenRules = fc
  .subarray([...allRules], { minLength: 1 })
  .chain((rules) =>
    fc.tuple(...rules.map((rule) => fc.constantFrom(1, 2, 5).map((price) => ({ ...rule, price })))),
  )
  .map((rules) => rules.map((rule) => labourRuleSchema.parse(rule)));

const edits = fc.array(fc.tuple(fc.nat(3), fc.nat(days - 1), fc.nat(options - 1), fc.boolean()), {
  minLength: 1,
  maxLength: 40,
});

const problemOf = (
  rules: readonly LabourRule[],
  persons: RosterPerson[],
  rows: Parameters<typeof smallProblem>[3],
) => ({
  ...smallProblem(rules, persons, days, rows),
  tiers: ['0', '1'],
});

describe('a roster under random edits', () => {
  test('costs the same by what an edit touches and by a second reading of every rule', () => {
    fc.assert(
      fc.property(chosenRules, people, demand, edits, (rules, persons, rows, changes) => {
        const problem = problemOf(rules, persons, rows);
        const model = rosterModelOf(problem);
        const state = createRosterState(model, new Uint8Array(persons.length * days));
        for (const [person, day, option, isKept] of changes) {
          state.put(person % persons.length, day, option);
          if (isKept) state.keep();
          else state.undo();
        }
        expect(state.total()).toBeCloseTo(evaluateRoster(problem, rosterOfLines(model, state.lines)).cost, 6);
      }),
      { numRuns: 150 },
    );
  });

  test('breaks a hard rule of the person’s in both readings or in neither', () => {
    fc.assert(
      fc.property(fc.constantFrom(...allRules), people, edits, (rule, persons, changes) => {
        const hard = labourRuleSchema.parse({ ...rule, price: 'hard' });
        const problem = problemOf([hard], persons, []);
        const model = rosterModelOf(problem);
        const state = createRosterState(model, new Uint8Array(persons.length * days));
        for (const [person, day, option] of changes) state.put(person % persons.length, day, option);
        state.keep();
        const { hardBroken } = evaluateRoster(problem, rosterOfLines(model, state.lines));
        expect(state.total() > 50_000).toBe(hardBroken.length > 0);
      }),
      { numRuns: 200 },
    );
  });
});

/** The cheapest of all lines of a few days, counted out. */
const cheapest = (line: LineModel): number => {
  const cost = createLineCost(line);
  let least = Infinity;
  const all = line.options ** line.days;
  for (let number = 0; number < all; number += 1) {
    let left = number;
    const digits = Array.from({ length: line.days }, () => {
      const option = left % line.options;
      left = Math.floor(left / line.options);
      return option;
    });
    least = Math.min(least, cost(digits));
  }
  return least;
};

test('the cheapest line found is the cheapest there is, whatever is priced or forbidden', () => {
  fc.assert(
    fc.property(
      fc.subarray([...allRules.slice(0, 19)], { minLength: 1, maxLength: 8 }),
      fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 30, maxLength: 30 }),
      fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
      (chosen, prices, isHard) => {
        const rules = chosen.map((rule, at) =>
          labourRuleSchema.parse({ ...rule, price: isHard[at] === true ? 'hard' : 2 }),
        );
        const problem = smallProblem(rules, [smallPerson('a', { before: [3] })], 5);
        const [line] = rosterModelOf(problem).lines as [LineModel];
        const priced = { ...line, cell: line.cell.map((cost, at) => cost + (prices[at] as number)) };
        const found = createLineFinder(priced)(priced.cell, { below: Infinity, lines: 3, width: 100_000 });
        const least = cheapest(priced);
        expect(found.lines[0]?.cost ?? Infinity).toBeCloseTo(least, 6);
        if (least < Infinity) expect(found.bound).toBeCloseTo(least, 6);
      },
    ),
    { numRuns: 60 },
  );
});

test('relaxed lines prove no more than the cheapest roster costs, whatever is priced or forbidden', () => {
  let close = 0;
  fc.assert(
    fc.property(
      fc.subarray([...allRules.slice(0, 19)], { minLength: 1, maxLength: 8 }),
      fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
      fc.array(fc.tuple(fc.nat(4), fc.nat(4), fc.integer({ min: 1, max: 2 })), { maxLength: 12 }),
      (chosen, isHard, rows) => {
        const rules = chosen.map((rule, at) =>
          labourRuleSchema.parse({ ...rule, price: isHard[at] === true ? 'hard' : 2 }),
        );
        const seen = new Map(
          rows.map(([day, shift, operators]) => [`${day} ${shift}`, demandOf(day, shift, operators)]),
        );
        const model = rosterModelOf(
          smallProblem(rules, [smallPerson('a', { before: [3] })], 5, [...seen.values()]),
        );
        const state = createRosterState(model, new Uint8Array(5));
        let least = Infinity;
        for (let number = 0; number < 6 ** 5; number += 1) {
          for (let day = 0; day < 5; day += 1) state.put(0, day, Math.floor(number / 6 ** day) % 6);
          state.keep();
          least = Math.min(least, state.total());
        }
        const plan = { people: [0], scale: 100, from: 0, until: 1, passes: 150 };
        const { bound } = relaxedBound(model, plan);
        expect(bound).toBeLessThanOrEqual(least + 1e-6);
        if (bound > 0.9 * least - 1) close += 1;
      },
    ),
    { numRuns: 40, seed: 7 },
  );
  expect(close).toBeGreaterThan(20);
});
