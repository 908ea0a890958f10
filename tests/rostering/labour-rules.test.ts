import { describe, expect, test } from 'vitest';
import {
  labourRuleSchema,
  type LabourRule,
  type LabourRuleCode,
} from '../../src/contract/models/labour-rules-model.ts';
import { evaluateRoster } from '../../src/rostering/evaluate/evaluate-roster.ts';
import { linesOfRoster, rosterModelOf } from '../../src/rostering/roster-model.ts';
import { noBalance, type RosterPerson } from '../../src/rostering/roster-problem.ts';
import { addSum, type LineDraft } from '../../src/rostering/rules/rule-scene.ts';
import { createRosterState } from '../../src/rostering/search/roster-state.ts';
import { demandOf, rosterOf, smallPerson, smallProblem } from '../support/small-roster.ts';

type RuleValues = { readonly rule: LabourRuleCode } & Readonly<Record<string, unknown>>;

interface Case {
  readonly says: string;
  readonly rule: RuleValues;
  readonly people?: readonly Partial<RosterPerson>[];
  readonly rows: readonly string[];
  /** Units broken, exactly. */
  readonly units: number;
  readonly demand?: Parameters<typeof smallProblem>[3];
}

const price = 7;

const cases: readonly Case[] = [
  {
    says: 'a duty on a day of leave',
    rule: { rule: 'unavailable' },
    people: [{ unavailable: [1, 2] }],
    rows: ['DD.....'],
    units: 1,
  },
  {
    says: 'two nights that end on a day of leave, the last after the period; not the day shift, nor any other night',
    rule: { rule: 'clear-of-leave' },
    people: [{ unavailable: [2, 5], leave: [2, 5, 7] }, {}],
    rows: ['.N..D.N', '.N..D.N'],
    units: 2,
  },
  {
    says: 'a pin that was moved and one that stays',
    rule: { rule: 'pinned' },
    people: [
      {
        pinned: [
          { day: 0, shift: 1 },
          { day: 1, shift: 'off' },
        ],
      },
    ],
    rows: ['DD.....'],
    units: 1,
  },
  {
    says: 'late to early leaves 8 of 11 hours',
    rule: { rule: 'minimum-rest', hours: 11 },
    rows: ['LE.....'],
    units: 3,
  },
  {
    says: 'a night before the period leaves 8 hours to L',
    rule: { rule: 'minimum-rest', hours: 11 },
    people: [{ before: [3] }],
    rows: ['L......'],
    units: 3,
  },
  {
    says: 'E after L on the next day, not after a day off',
    rule: { rule: 'forbidden-sequence', pairs: [['L', 'E']] },
    rows: ['LEL.E..'],
    units: 1,
  },
  {
    says: 'five in a row where three may be',
    rule: { rule: 'most-days-in-a-row', days: 3 },
    rows: ['DDDDD..'],
    units: 2,
  },
  {
    says: 'two before the period count',
    rule: { rule: 'most-days-in-a-row', days: 3 },
    people: [{ before: [1, 1] }],
    rows: ['DD..D..'],
    units: 1,
  },
  {
    says: 'one day alone where two must be',
    rule: { rule: 'fewest-days-in-a-row', days: 2 },
    rows: ['D.D.DDD'],
    units: 1,
  },
  {
    says: 'one day off between duties',
    rule: { rule: 'fewest-days-off-in-a-row', days: 2 },
    rows: ['.DD.DD.'],
    units: 1,
  },
  {
    says: 'three nights where two may be',
    rule: { rule: 'most-nights-in-a-row', nights: 2 },
    rows: ['NNND...'],
    units: 1,
  },
  {
    says: 'one of two days off after nights',
    rule: { rule: 'days-off-after-nights', days: 2 },
    rows: ['NN.D...'],
    units: 1,
  },
  {
    says: 'a week without its two days off',
    rule: { rule: 'weekly-rest', days: 2 },
    rows: ['DDDDDD.'],
    units: 1,
  },
  {
    says: 'one weekend too many, both days counted once',
    rule: { rule: 'most-weekends', weekends: 0 },
    rows: ['.....DD'],
    units: 1,
  },
  {
    says: 'three nights in the week',
    rule: { rule: 'most-nights', nights: 1, per: 'week' },
    rows: ['NNN....'],
    units: 2,
  },
  {
    says: '16 hours over, then 8 under',
    rule: { rule: 'hours-a-week', least: 32, most: 40 },
    rows: ['DDDDDDDDDD....'],
    units: 16 + 8,
  },
  {
    says: 'half-time has half, leave counts',
    rule: { rule: 'hours-a-week', least: 32, leaveHours: 4 },
    people: [{ contractShare: 0.5, unavailable: [6] }],
    rows: ['D......'],
    units: 4,
  },
  {
    says: '40 hours where 30 may be',
    rule: { rule: 'hours-in-period', most: 30 },
    rows: ['DDDDD..'],
    units: 10,
  },
  {
    says: 'seven days’ part of a quarter, less 10 hours worked above it',
    rule: { rule: 'accounting-period', period: 'quarter', standardDays: 365 / 4, hoursPerDay: 4 },
    people: [{ balance: { ...noBalance, hoursOverStandard: 10 } }],
    rows: ['DDD....'],
    units: 6,
  },
  {
    says: 'three D where one may be',
    rule: { rule: 'most-of-shift', shift: 'D', times: 1 },
    rows: ['DDED...'],
    units: 2,
  },
  {
    says: 'twelve hours are one too many beyond eight and three',
    rule: { rule: 'overtime-a-day', hours: 3 },
    rows: ['X......'],
    units: 1,
  },
  {
    says: 'hours of the month so far count',
    rule: { rule: 'overtime-a-month', hours: 4, standardHours: 40 },
    people: [{ balance: { ...noBalance, hoursInMonth: 30 } }],
    rows: ['DDD....'],
    units: 10,
  },
  {
    says: 'eight holiday hours at 300 %, four ordinary ones over 40 at 150 %',
    rule: { rule: 'overtime-pay' },
    rows: ['DDDDDX.'],
    units: 8 * 3 + 4 * 1.5,
  },
  {
    says: 'twelve hours without a meal',
    rule: { rule: 'meal-break', beyondHours: 6, minutes: 30 },
    rows: ['XD.....'],
    units: 1,
  },
  {
    says: 'a night of somebody exempt',
    rule: { rule: 'no-nights-if-exempt' },
    people: [{ isNightExempt: true }, {}],
    rows: ['N......', 'N......'],
    units: 1,
  },
  {
    says: 'two shifts of somebody who may work E alone, none of whoever may work all',
    rule: { rule: 'own-shifts' },
    people: [{ shifts: [0] }, {}],
    rows: ['EDE.N..', 'EDLNX..'],
    units: 2,
  },
  {
    says: 'two changes of start in the first week, none across Sunday',
    rule: { rule: 'same-start-in-week' },
    rows: ['DE.D..DE......'],
    units: 2,
  },
  {
    says: 'two nights wanted, one had all of four',
    rule: { rule: 'fair-share', of: 'nights', within: 0 },
    people: [{}, {}],
    rows: ['NNNN...', '.......'],
    units: 2 + 2,
    demand: [demandOf(0, 3, 1), demandOf(1, 3, 1), demandOf(2, 3, 1), demandOf(3, 3, 1)],
  },
  {
    says: 'one of a team on another shift',
    rule: { rule: 'team-together' },
    people: [{ team: 't' }, { team: 't' }, {}],
    rows: ['D......', 'E......', 'L......'],
    units: 1,
  },
  {
    says: 'two new ones beside one experienced',
    rule: { rule: 'new-beside-experienced', newPerExperienced: 1 },
    people: [{ experience: 'new' }, { experience: 'new' }, { experience: 'experienced' }],
    rows: ['D......', 'D......', 'D......'],
    units: 1,
  },
  {
    says: 'nobody with the skill on one of two shifts that are staffed',
    rule: { rule: 'least-qualified', skill: 'lead', operators: 1 },
    people: [{ skills: ['lead'] }],
    rows: ['D......'],
    units: 1,
    demand: [demandOf(0, 1, 1), demandOf(0, 2, 1)],
  },
  {
    says: 'a request of weight 3 not met, one met',
    rule: { rule: 'day-off-requests' },
    people: [
      {
        requests: [
          { day: 0, wants: 'off', isWanted: true, weight: 3 },
          { day: 1, wants: 'off', isWanted: true, weight: 1 },
        ],
      },
    ],
    rows: ['D......'],
    units: 3,
  },
  {
    says: 'a shift wanted and one not wanted',
    rule: { rule: 'shift-requests' },
    people: [
      {
        requests: [
          { day: 0, wants: 1, isWanted: true, weight: 2 },
          { day: 1, wants: 1, isWanted: false, weight: 5 },
        ],
      },
    ],
    rows: ['ED.....'],
    units: 2 + 5,
  },
  {
    says: 'two disliked shifts',
    rule: { rule: 'disliked-shifts' },
    people: [{ disliked: [1] }],
    rows: ['DDE....'],
    units: 2,
  },
];

const build = (one: Case, asked: number | 'hard') => {
  const rule = labourRuleSchema.parse({ ...one.rule, price: asked });
  const people = (one.people ?? [{}]).map((more, index) => smallPerson(`p${index}`, more));
  const days = one.rows[0]?.length ?? 7;
  const problem = smallProblem([rule], people, days, one.demand ?? []);
  return { problem, roster: rosterOf(problem, ...one.rows) };
};

/** What the roster costs without the rule: cover alone. */
const without = ({ problem, roster }: ReturnType<typeof build>): number =>
  evaluateRoster({ ...problem, rules: [] }, roster).cost;

describe.each(cases)('$rule.rule: $says', (one) => {
  test('costs its price per unit, in the evaluator and in the search', () => {
    const built = build(one, price);
    const expected = one.units * price;
    const judged = evaluateRoster(built.problem, built.roster);
    expect(judged.cost - without(built)).toBeCloseTo(expected, 6);
    expect(judged.hardBroken).toEqual([]);
    const model = rosterModelOf(built.problem);
    const searched = createRosterState(model, linesOfRoster(model, built.roster)).total();
    expect(searched - without(built)).toBeCloseTo(expected, 6);
  });

  test('may not be broken where it is hard', () => {
    const { problem, roster } = build(one, 'hard');
    expect(evaluateRoster(problem, roster).hardBroken.map(({ code }) => code)).toContain(one.rule.rule);
    const model = rosterModelOf(problem);
    expect(createRosterState(model, linesOfRoster(model, roster)).total()).toBeGreaterThan(50_000);
  });

  test('binds nobody else', () => {
    const built = build(one, price);
    const [rule] = built.problem.rules as [LabourRule];
    const problem = { ...built.problem, rules: [{ ...rule, people: ['somebody-else'] }] };
    const expected = one.rule.rule === 'least-qualified' ? 2 * price : 0;
    const judged = evaluateRoster(problem, built.roster).cost - without(built);
    const model = rosterModelOf(problem);
    const searched = createRosterState(model, linesOfRoster(model, built.roster)).total() - without(built);
    expect([judged, searched]).toEqual([expected, expected]);
  });
});

test('every rule has a case bearing its name', () => {
  const tested = new Set(cases.map(({ rule }) => rule.rule));
  const codes = labourRuleSchema.options.map(({ shape }) => shape.rule.value);
  expect(codes.filter((code) => !tested.has(code))).toEqual([]);
});

test('two rules share nothing but what is alike, whatever shifts are called', () => {
  const shares = [['E', 'D'], ['E,D']].map((shifts) =>
    labourRuleSchema.parse({ rule: 'fair-share', of: 'unpopular', within: 0, shifts, price: 7 }),
  );
  const plain = smallProblem(shares);
  const shifts = plain.shifts.map((one) => (one.shift === 'X' ? { ...one, shift: 'E,D' } : one));
  const problem = { ...plain, shifts };
  const roster = rosterOf(problem, 'EDE....');
  const model = rosterModelOf(problem);
  const searched = createRosterState(model, linesOfRoster(model, roster)).total();
  expect([searched, evaluateRoster(problem, roster).cost]).toEqual([21, 21]);
});

test('two duties on a day and a tier that nobody may serve are broken by whoever reads them', () => {
  const problem = smallProblem([]);
  const twice = [
    { person: 0, day: 0, shift: 0, tier: 0 },
    { person: 0, day: 0, shift: 2, tier: 1 },
  ];
  expect(evaluateRoster(problem, twice).hardBroken.map(({ code }) => code)).toEqual([
    'one-shift-a-day',
    'tier',
  ]);
});

test('a duty whose times are settled is judged by them, any other by every start of its shift', () => {
  const rest = labourRuleSchema.parse({ rule: 'minimum-rest', hours: 11, price: 'hard' });
  const leave = labourRuleSchema.parse({ rule: 'clear-of-leave', price: 'hard' });
  const problem = smallProblem(
    [rest, leave],
    [smallPerson('a', { before: [3], endedBefore: -180, leave: [3] })],
  );
  const units = (spans: readonly (readonly [number, number] | undefined)[]): (string | number)[][] =>
    evaluateRoster(
      problem,
      spans.map((span, day) => ({
        person: 0,
        day,
        shift: day === 0 ? 1 : 2,
        tier: 0,
        ...(span && { times: span }),
      })),
    ).broken.map((one) => [one.code, one.units]);
  // D 9–17, L 14–22, L 14–22; the last duty before ended at 21:00.
  expect(units([undefined, undefined, undefined])).toEqual([]);
  expect(units([[420, 900], undefined, undefined])).toEqual([['minimum-rest', 1]]);
  expect(units([undefined, undefined, [1080, 1560]])).toEqual([['clear-of-leave', 1]]);
  expect(units([undefined, [780, 1260], [480, 960]])).toEqual([]);
});

test('a rule has one sum of a line: a second would weigh what the first does', () => {
  const rule = labourRuleSchema.parse({ rule: 'most-weekends', weekends: 1 });
  const scene: Partial<LineDraft['scene']> = { days: 2, options: 2, weights: new Map() };
  const draft = { scene, tallies: [], summed: new Set() } as Partial<LineDraft> as LineDraft;
  addSum(draft, rule, 1, { weight: () => 1 });
  expect([...(draft.tallies[0]?.weight ?? [])]).toEqual([0, 1, 0, 1]);
  expect(() => addSum(draft, rule, 1, { weight: () => 2 })).toThrow('most-weekends');
});
