import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { RosterDocument } from '../../src/contract/documents/roster-document.ts';
import { labourRuleSchema, type LabourRule } from '../../src/contract/models/labour-rules-model.ts';
import type { RosterProblem } from '../../src/rostering/roster-problem.ts';
import * as evaluating from '../../src/rostering/evaluate/evaluate-roster.ts';
import { movesOf, openDraft, repinned } from '../../src/web/roster/roster-draft.ts';
import { demandOf, smallPerson, smallProblem } from '../support/small-roster.ts';

vi.mock(import('../../src/rostering/evaluate/evaluate-roster.ts'), { spy: true });

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

test('a look at a day reads the roster once as it stands and once for each choice, until it is edited', () => {
  const rules = personal.map((rule) => labourRuleSchema.parse({ ...rule, price: 'hard' }));
  const draft = openDraft(problemWith(rules), document);
  draft.put([{ person: 0, day: 0, after: 1 }]);
  const look = (): number => {
    vi.mocked(evaluating.evaluateRoster).mockClear();
    draft.judge();
    for (let option = 0; option < options; option += 1) {
      draft.rulesMoved(0, 1, option);
      draft.tryOption(0, 1, option);
    }
    return vi.mocked(evaluating.evaluateRoster).mock.calls.length;
  };
  expect(look()).toBe(1 + options);
  expect(look()).toBe(0);
  draft.put([{ person: 0, day: 1, after: 2 }]);
  expect(look()).toBe(1 + options);
});

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

  test('names the rules by which a choice is better or worse, whatever is beyond hours and cover', () => {
    const rules = fc
      .subarray([...personal, ...shared], { minLength: 1 })
      .map((chosen) => chosen.map((rule) => labourRuleSchema.parse({ ...rule, price: 3 })));
    const costOf = (all: readonly { readonly cost: number }[]): number =>
      all.reduce((sum, { cost }) => sum + cost, 0);
    fc.assert(
      fc.property(rules, edits, (chosen, changes) => {
        const draft = openDraft(problemWith(chosen), document);
        for (const change of changes) {
          const before = draft.judge();
          const told =
            change.kind === 'put'
              ? draft.rulesMoved(change.person, change.day, change.after)
              : { broken: [], mended: [] };
          apply(draft, change);
          if (change.kind !== 'put') continue;
          const after = draft.judge();
          const ofRules = after.cost - costOf(after.gaps) - (before.cost - costOf(before.gaps));
          if (Math.abs(ofRules - after.downgradeCost + before.downgradeCost) > 1e-6)
            expect(told.broken.length + told.mended.length).toBeGreaterThan(0);
          const unitsOf = ({ broken }: typeof after, own: { readonly rule: number | undefined }): number =>
            broken.reduce((sum, { rule, units }) => sum + (rule === own.rule ? units : 0), 0);
          for (const one of [...told.broken, ...told.mended])
            expect(unitsOf(after, one) - unitsOf(before, one)).toBeCloseTo(one.units, 6);
          expect(told.broken.every(({ units }) => units > 0)).toBe(true);
          expect(told.mended.every(({ units }) => units < 0)).toBe(true);
        }
      }),
      { numRuns: 60 },
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

  test('rest is judged by the times that duties have, as the stored roster will be', () => {
    const kind = (shift: string, startMinute: number, lengthMinutes: number, dutyMinutes: number) => ({
      shift,
      startMinute,
      lengthMinutes,
      dutyMinutes,
      workMinutes: dutyMinutes,
      mealMinutes: 30,
      isNight: false,
    });
    // Day 8:00 or 9:00 to 17:00 or 18:00; four hours from 17:00 to 20:30.
    const shifts = [kind('D', 480, 600, 540), kind('F', 1020, 450, 240)];
    const starts = { D: [480, 540], F: [1020, 1080, 1230] } as const;
    const rest = labourRuleSchema.parse({ rule: 'minimum-rest', hours: 11, price: 'hard' });
    const problem = { ...problemWith([rest]), shifts, demand: [] };
    const clock = (minute: number): string =>
      `${String(Math.floor((minute % 1440) / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    const duty = (who: number, on: number, shift: 'D' | 'F', at: number) => {
      const begins = starts[shift][at % starts[shift].length] ?? 480;
      return {
        operator: `p${who}`,
        date: `2026-11-${on + 16}`,
        shift,
        start: clock(begins),
        end: clock(begins + (shift === 'D' ? 540 : 240)),
        tier: '0',
        pinned: false,
      };
    };
    const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
    const missingRest = (duties: RosterDocument['duties']): number =>
      Map.groupBy(duties, ({ operator }) => operator)
        .values()
        .flatMap((own) => own.slice(1).map((next, at) => [own[at] ?? next, next] as const))
        .reduce((sum, [one, next]) => {
          const began = Number(one.date.slice(8)) * 24 + minutes(one.start) / 60;
          const again = Number(next.date.slice(8)) * 24 + minutes(next.start) / 60;
          return sum + Math.max(0, 11 - (again - began - (one.shift === 'D' ? 9 : 4)));
        }, 0);
    const units = (draft: ReturnType<typeof openDraft>): number =>
      draft.judge().hardBroken.reduce((sum, broken) => sum + broken.units, 0);
    // Four hours from 17:00 and the next day from 8:00: exactly eleven hours between them.
    const exact = { ...document, duties: [duty(0, 0, 'F', 0), duty(0, 1, 'D', 0)] };
    expect(units(openDraft(problem, exact))).toBe(0);
    expect(
      openDraft(problem, { ...exact, duties: [duty(0, 0, 'F', 1), duty(0, 1, 'D', 0)] }).judge().hardBroken,
    ).toMatchObject([{ code: 'minimum-rest', units: 1 }]);
    const stored = fc.array(
      fc.record({ who: person, on: day, shift: fc.constantFrom('D' as const, 'F' as const), at: fc.nat(2) }),
      {
        minLength: 4,
        maxLength: 30,
      },
    );
    let broken = 0;
    fc.assert(
      fc.property(stored, edits, (rows, changes) => {
        const duties = [...new Map(rows.map((row) => [`${row.who} ${row.on}`, row])).values()]
          .map(({ who, on, shift, at }) => duty(who, on, shift, at))
          .toSorted((a, b) => (`${a.operator}${a.date}` < `${b.operator}${b.date}` ? -1 : 1));
        const draft = openDraft(problem, { ...document, duties });
        for (const change of changes) {
          apply(draft, change.kind === 'put' ? { ...change, after: change.after % 3 } : change);
          expect(units(draft)).toBeCloseTo(missingRest(draft.duties()), 6);
          broken += units(draft) > 0 ? 1 : 0;
        }
      }),
      { numRuns: 100 },
    );
    expect(broken).toBeGreaterThan(0);
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

test('two people on different starts of one shift exchange them, as the server will', () => {
  const problem = { ...problemWith([]), demand: [] };
  const shift = problem.shifts[0]?.shift ?? '';
  const [early, late] = [
    { start: '08:00', end: '17:00' },
    { start: '09:30', end: '18:30' },
  ];
  const duty = (who: number, times: object) =>
    ({
      ...{ operator: `p${who}`, date: '2026-11-16', shift, tier: problem.tiers[0] ?? '', pinned: false },
      ...times,
    }) as RosterDocument['duties'][number];
  const stored = { ...document, duties: [duty(0, early), duty(1, late)] };
  const draft = openDraft(problem, stored);
  draft.swap({ person: 0, day: 0 }, { person: 1, day: 0 });
  expect(draft.duties()).toEqual([duty(0, late), duty(1, early)]);
  const moves = movesOf(draft.edits);
  expect(moves).toMatchObject([{ start: late.start }, { start: early.start }]);
  // Once more they stand as they did, and nothing is left to be saved.
  draft.swap({ person: 0, day: 0 }, { person: 1, day: 0 });
  expect(movesOf(draft.edits)).toEqual([]);
  expect(draft.duties()).toEqual(stored.duties);
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
      const [start, end] = [['06:00', '14:00'], ['09:00', '17:00'], [], ['22:00', '06:00']][shift] ?? [];
      return shift < 0 ? [] : [{ operator: one.person, date, shift: 'EDLNX'[shift], start, end, tier: '0' }];
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
