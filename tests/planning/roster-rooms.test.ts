import { describe, expect, test } from 'vitest';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import { labourRuleSchema } from '../../src/contract/models/labour-rules-model.ts';
import { modelSchemas } from '../../src/contract/models/model-schemas.ts';
import type { OperatorRecord } from '../../src/kernel/records.ts';
import { evaluateRoster } from '../../src/rostering/evaluate/evaluate-roster.ts';
import { dutyDemand, dutyKinds, scaled } from '../../src/planning/roster/duty-kinds.ts';
import { rosteredPeople } from '../../src/planning/roster/rostered-people.ts';
import { rulesInForce } from '../../src/planning/roster/roster-inputs.ts';
import { extraAbsence, openDraft } from '../../src/planning/roster/write-roster.ts';
import { addDays, dayNumber } from '../../src/kernel/time.ts';
import { minutesInto } from '../../src/rostering/change/standing-roster.ts';
import { standIns } from '../../src/planning/repair-roster.ts';
import { feishuShifts, rosterCalendar, weComSchedules } from '../../src/render/roster-file.ts';
import type { RosterDocument } from '../../src/contract/documents/roster-document.ts';
import { demandOf, smallPerson, smallProblem } from '../support/small-roster.ts';

const text = (name: string) => ({ 'zh-CN': name, en: name });
const template = (key: string, hours: number, earliestStart: string, latestStart: string) => ({
  template: key,
  name: text(key),
  hours,
  earliestStart,
  latestStart,
  startEveryMinutes: 30,
  breaks: [{ minutes: 60, earliestHours: 3, latestHours: 5, paid: false }],
});
const shifts = modelSchemas.shifts.parse({
  templates: [template('day', 9, '08:00', '09:30'), template('four', 5, '07:00', '18:30')],
  prices: { underPerHour: 150, severeUnderPerHour: 400, mildUnderShare: 0.1, overPerHour: 5 },
});
const planned = (
  date: string,
  key: string,
  start: string,
  operators: number,
): PlanDocument['shifts'][number] => ({
  tier: 'general',
  date,
  template: key,
  name: text(key),
  start,
  end: '17:00',
  operators,
  breaks: [],
  cost: 0,
});
const week = [
  planned('2026-11-23', 'day', '08:00', 6),
  planned('2026-11-23', 'day', '09:30', 4),
  planned('2026-11-23', 'four', '07:00', 3),
  planned('2026-11-24', 'four', '18:30', 2),
];
const kinds = dutyKinds([{ shifts: week, templates: shifts.templates }], 22);

describe('kinds of duty', () => {
  test('starts of a template that lie close together are one kind, seen by its earliest start and latest end', () => {
    expect(kinds.map(({ shift, starts }) => [shift, starts])).toEqual([
      ['day', [480, 570]],
      ['four-07', [420]],
      ['four-18', [1110]],
    ]);
    expect(kinds[0]).toMatchObject({
      startMinute: 480,
      lengthMinutes: 630,
      dutyMinutes: 540,
      workMinutes: 480,
    });
  });

  test('letters that begin alike are told apart', () => {
    expect(kinds.map(({ letter }) => letter.en)).toEqual(['D', 'F1', 'F2']);
  });
});

describe('duties of a day', () => {
  test('shares rounded add up to the rounded share of the whole', () => {
    expect(scaled([6, 4, 3], 0.9)).toEqual([5, 4, 3]);
    expect(scaled([1, 1, 1, 1], 0.5)).toEqual([1, 1, 0, 0]);
    expect(scaled([], 0.5)).toEqual([]);
  });

  test('take the plan of that weekday, less what it keeps for leave', () => {
    const tiers = modelSchemas.tiers.parse({
      tiers: [
        {
          tier: 'general',
          name: text('general'),
          queues: [{ queue: 'general', preference: 1 }],
          connectionTarget: null,
          costPerHour: 40,
          shrinkage: [
            { kind: 'leave', name: text('leave'), share: 0.1 },
            { kind: 'breaks', name: text('breaks'), share: 0.05 },
          ],
        },
      ],
    }).tiers;
    const plan = { shifts: week } as unknown as PlanDocument;
    const demand = dutyDemand(
      [
        { date: '2026-11-30', plan, tiers },
        { date: '2026-12-01', plan, tiers },
      ],
      kinds,
      ['general'],
    );
    const operators = (day: number): number[] =>
      demand.filter((row) => row.day === day).map((row) => row.operators);
    expect(operators(0)).toEqual([9, 3, 0]);
    expect(operators(1)).toEqual([0, 0, 2]);
  });
});

describe('people', () => {
  const tier = (key: string, costPerHour: number, queues: string[]) => ({
    tier: key,
    name: text(key),
    costPerHour,
    queues: queues.map((queue) => ({ queue, preference: 1 })),
  });
  const tiers = [tier('general', 40, ['general']), tier('expert', 60, ['tax'])] as never;
  const operators: OperatorRecord[] = [
    { operator: 'A01', tier: 'general', skills: ['general', 'tax'], contractHours: 40, joined: '2026-11-24' },
    {
      operator: 'A02',
      tier: 'expert',
      skills: ['general', 'tax'],
      contractHours: 20,
      senior: true,
      fixedDaysOff: ['2'],
    },
  ];
  const dates = ['2026-11-23', '2026-11-24', '2026-11-25'];
  const people = rosteredPeople(
    {
      operators,
      leave: [
        { operator: 'A01', from: '2026-11-25', to: '2026-11-30', kind: 'annual', state: 'approved' },
        { operator: 'A02', from: '2026-11-23', to: '2026-11-25', kind: 'annual', state: 'asked' },
      ],
      requests: [
        { operator: 'A02', date: '2026-11-25', wants: 'off' },
        { operator: 'A02', date: '2026-11-23', wants: '不上four-18' },
      ],
      duties: [
        { operator: 'A01', date: '2026-11-22', shift: 'day' },
        { operator: 'A02', date: '2026-11-23', shift: 'four', start: '18:30', pinned: true },
      ],
    },
    dates,
    kinds,
    tiers,
    [],
  );

  test('stand in for tiers of no higher cost whose queues they know', () => {
    expect(people.map((person) => person.tiers)).toEqual([[0], [0, 1]]);
  });

  test('are away on approved leave, on fixed days off and before they join; leave asked for binds nobody', () => {
    expect(people.map((person) => person.unavailable)).toEqual([[0, 2], [1]]);
  });

  test('bring pins, requests and the days before', () => {
    expect(people[1]?.pinned).toEqual([{ day: 0, shift: 2 }]);
    expect(people[1]?.requests).toEqual([
      { day: 2, wants: 'off', isWanted: true, weight: 1 },
      { day: 0, wants: 2, isWanted: false, weight: 1 },
    ]);
    expect(people[0]?.before).toEqual([0]);
    expect(people.map(({ experience }) => experience)).toEqual(['new', 'experienced']);
  });

  test.each([
    [{ rule: 'most-days-in-a-row', days: 20 }, 20],
    [{ rule: 'most-nights-in-a-row', nights: 31 }, 31],
    [{ rule: 'most-days-in-a-row', days: 6 }, 14],
  ])('bring the days before as far back as %o asks: %i', (said, days) => {
    const duties = Array.from({ length: 40 }, (_, at) => ({
      operator: 'A01',
      date: addDays('2026-11-22', -at),
      shift: 'day',
    }));
    const records = { operators: operators.slice(0, 1), leave: [], requests: [], duties };
    const [person] = rosteredPeople(records, dates, kinds, tiers, [labourRuleSchema.parse(said)]);
    expect(person?.before).toEqual(Array.from({ length: days }, () => 0));
  });

  test('may work the shifts that their records name, by key, template or name, and all where these name none', () => {
    const limited = ['day', 'four', '白班', undefined].map((shift, at): OperatorRecord => ({
      operator: `A${at}`,
      tier: 'general',
      skills: [],
      contractHours: 40,
      ...(shift === undefined ? {} : { shifts: [shift] }),
    }));
    const records = { operators: limited, leave: [], requests: [], duties: [] };
    const named = kinds.map((kind, at) =>
      at === 0 ? { ...kind, name: { 'zh-CN': '白班', en: 'Day' } } : kind,
    );
    const told = rosteredPeople(records, dates, named, tiers, []).map(({ shifts }) =>
      shifts?.map((shift) => named[shift]?.template),
    );
    const ofTemplate = (template: string) =>
      named.flatMap((kind) => (kind.template === template ? [template] : []));
    expect(told).toEqual([ofTemplate('day'), ofTemplate('four'), [named[0]?.template], undefined]);
    const profile = modelSchemas.labourRules.parse({
      profile: 'p',
      name: text('p'),
      nightStartsFrom: 22,
      rules: [{ rule: 'unavailable', price: 'hard' }],
    });
    const rulesOf = (operators: OperatorRecord[]) => rulesInForce(profile, operators).map(({ rule }) => rule);
    expect(rulesOf(limited)).toEqual(['unavailable', 'own-shifts']);
    expect(rulesOf(limited.slice(3))).toEqual(['unavailable']);
  });

  test('are held to the hours of their own contracts', () => {
    const profile = modelSchemas.labourRules.parse({
      profile: 'p',
      name: text('p'),
      nightStartsFrom: 22,
      rules: [{ rule: 'accounting-period', period: 'quarter', standardDays: 62, price: 2 }],
    });
    const rules = rulesInForce(profile, [
      { operator: 'A01', skills: [], contractHours: 40, contract: 'standard' },
      { operator: 'A02', skills: [], contractHours: 40, contract: 'comprehensive', hoursAccount: 'month' },
      { operator: 'A03', skills: [], contractHours: 40 },
    ]);
    expect(rules).toEqual([
      expect.objectContaining({ rule: 'hours-a-week', most: 40, people: ['A01'] }),
      expect.objectContaining({
        rule: 'accounting-period',
        period: 'month',
        standardDays: 20.67,
        people: ['A02'],
      }),
      expect.objectContaining({
        rule: 'accounting-period',
        period: 'quarter',
        standardDays: 62,
        people: ['A03'],
      }),
    ]);
  });
});

describe('a place left empty', () => {
  // p0 is absent on day 1 (E); p1 works the night before; p2 is free; p3 is away.
  const people = [
    smallPerson('p0', { unavailable: [1] }),
    smallPerson('p1'),
    smallPerson('p2'),
    smallPerson('p3', { unavailable: [1] }),
  ];
  const problem = smallProblem(
    [
      { rule: 'minimum-rest', hours: 11, price: 'hard' },
      { rule: 'unavailable', price: 'hard' },
    ],
    people,
    4,
    [demandOf(0, 3, 1), demandOf(1, 0, 1)],
  );
  const roster = [{ person: 1, day: 0, shift: 3, tier: 0 }];
  const night = {
    operator: 'p1',
    date: '2026-11-23',
    shift: 'N',
    start: '22:00',
    end: '06:00',
    tier: 'general',
    pinned: false,
  };
  const place = {
    absent: 0,
    day: 1,
    shift: 0,
    tier: 0,
    duty: { ...night, operator: 'p0', date: '2026-11-24', shift: 'E', start: '06:00', end: '14:00' },
  };

  test('is filled by whoever keeps the rules first; whose night stands in the way hands it on', () => {
    const found = (isBegun: boolean) =>
      standIns(
        openDraft(problem, roster),
        { ...place, isBegun: (duty) => duty === night && isBegun },
        (person, day) => (person === 1 && day === 0 ? night : undefined),
        () => 0,
      ).map(({ moves, delta }) => [moves.map(({ person }) => person), delta]);
    expect(found(false)).toEqual([
      [[2], -100],
      [[1, 1, 2], -100],
      [[1], Infinity],
    ]);
    // The night before has begun.
    expect(found(true)).toEqual([
      [[2], -100],
      [[1], Infinity],
    ]);
  });

  test('a duty over midnight is under way on both of its days, and begins to the minute', () => {
    const day = dayNumber(night.date);
    expect(minutesInto(night, { day, minute: 21 * 60 + 59 })).toBe(-1);
    expect(minutesInto(night, { day, minute: 22 * 60 })).toBe(0);
    expect(minutesInto(night, { day: day + 1, minute: 60 })).toBe(180);
  });

  test('how many more may be away is who could step in, less what is open', () => {
    const full = [...roster, { person: 2, day: 1, shift: 0, tier: 0 }];
    expect(evaluateRoster(problem, full).gaps).toEqual([]);
    // On day 0 p0, p2 and p3 are free, but only one is on duty; on day 1 p1 comes off a night and nobody is left.
    expect(extraAbsence(openDraft(problem, full), full).map(({ all }) => all)).toEqual([1, 0, 0, 0]);
  });
});

test('a calendar has an event a duty, in instants, with a UID of person and day, and folded lines', () => {
  const roster = {
    createdAt: '2026-11-20T08:00:00.000Z',
    hotline: { name: text('line'), zone: 'Asia/Shanghai', madeUp: true },
    shifts: [{ shift: 'night', name: { 'zh-CN': '夜班', en: 'Night' } }],
    tiers: [{ tier: 'general', name: text('一个名字很长的座席等级'.repeat(6)) }],
    people: [{ operator: 'A01', name: '王某' }],
    duties: [
      {
        operator: 'A01',
        date: '2026-11-23',
        shift: 'night',
        start: '22:00',
        end: '07:00',
        tier: 'general',
        pinned: false,
      },
    ],
  } as unknown as RosterDocument;
  const move = { operator: 'A01', date: '2026-11-24', before: 'night', after: 'off' };
  const change = { at: '2026-11-21T08:00:00.000Z', roster: 'r', why: '', moves: [] };
  const changes = [change, { ...change, moves: [move] }];
  const lines = rosterCalendar(roster, 'zh-CN', changes).split('\r\n');
  expect(lines).toContain('UID:A01-2026-11-23@huawu');
  expect(lines).toContain('SEQUENCE:2');
  expect(lines).toContain('DTSTART:20261123T140000Z');
  expect(lines).toContain('DTEND:20261123T230000Z');
  expect(lines).toContain('SUMMARY:夜班 王某 A01');
  // The night that was given up is taken out of the calendar again.
  expect(lines.slice(lines.indexOf('UID:A01-2026-11-24@huawu'))).toContain('STATUS:CANCELLED');
  expect(lines.filter((line) => line === 'STATUS:CANCELLED')).toHaveLength(1);
  for (const line of lines) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
});

describe('what messengers take', () => {
  const days = ['2026-11-30', '2026-12-01'].map((date) => ({ date }));
  const people = Array.from({ length: 130 }, (_, at) => ({ operator: `A${at}` }));
  const roster = {
    days,
    people,
    shifts: [{ shift: 'day' }, { shift: 'night' }],
    duties: [{ operator: 'A0', date: '2026-12-01', shift: 'night' }],
  } as unknown as RosterDocument;

  test('is a call a month and 100 people for WeCom, days off as 0', () => {
    const { calls, shifts: known } = weComSchedules(roster);
    expect(known).toEqual({ day: 1, night: 2 });
    expect(calls.map(({ yearmonth, items }) => [yearmonth, items.length])).toEqual([
      [202611, 100],
      [202611, 30],
      [202612, 100],
      [202612, 30],
    ]);
    expect(calls[0]?.items[0]).toEqual({ userid: 'A0', day: 30, schedule_id: 0 });
    expect(calls[2]?.items[0]).toEqual({ userid: 'A0', day: 1, schedule_id: 2 });
  });

  test('is 50 rows a call for Feishu, shifts as text', () => {
    const { calls } = feishuShifts(roster);
    expect(calls.map((call) => call.user_daily_shifts.length)).toEqual([50, 50, 50, 50, 50, 10]);
    const rows = calls.flatMap((call) => call.user_daily_shifts);
    expect(rows.filter(({ shift_id }) => shift_id !== '0')).toEqual([
      { group_id: '0', shift_id: '2', month: 202612, user_id: 'A0', day_no: 1 },
    ]);
  });
});
