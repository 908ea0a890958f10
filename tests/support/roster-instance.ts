import { existsSync, readFileSync } from 'node:fs';
import type { LabourRule } from '../../src/contract/models/labour-rules-model.ts';
import {
  noBalance,
  type RosterDemand,
  type RosterPerson,
  type RosterProblem,
  type RosterRequest,
  type RosterShift,
} from '../../src/rostering/roster-problem.ts';

/** A roster instance of the reference, laid out for the product. */
export interface RosterInstance {
  readonly problem: RosterProblem;
  /** Whether duties carry a tier; the public format has none. */
  readonly hasTiers: boolean;
}

const folder = new URL('../../../shared/reference/scheduling/', import.meta.url);

/** True where the reference instances lie beside the repository. */
export const hasRosterInstances = existsSync(folder);
export const rosterInstancePath = (name: string): string => new URL(name, folder).pathname;

/** Reads the reference's roster JSON or the public text format, whichever the file holds. */
export const readRosterInstance = (path: string): RosterInstance => {
  const content = readFileSync(path, 'utf8');
  return content.trimStart().startsWith('{') ? readJson(content) : readText(content);
};

const plainDays = (count: number): RosterProblem['days'] =>
  Array.from({ length: count }, (_, day) => ({ weekday: (day % 7) + 1, month: '', isHoliday: false }));

const plainPerson: Omit<RosterPerson, 'person'> = {
  tiers: [0],
  skills: [],
  isNightExempt: false,
  experience: 'usual',
  contractShare: 1,
  unavailable: [],
  pinned: [],
  requests: [],
  disliked: [],
  balance: noBalance,
  before: [],
};

/** One rule per value, for the people who have it. */
const perValue = <Value>(
  people: readonly { readonly person: string; readonly value: Value }[],
  rule: (value: Value, people: string[]) => LabourRule,
): LabourRule[] => {
  const groups = new Map<string, { value: Value; people: string[] }>();
  for (const { person, value } of people) {
    const key = JSON.stringify(value);
    const group = groups.get(key) ?? { value, people: [] };
    group.people.push(person);
    groups.set(key, group);
  }
  return [...groups.values()].map((group) => rule(group.value, group.people));
};

interface JsonInstance {
  readonly days: number;
  readonly shifts: readonly { readonly id: string; readonly start: number; readonly hours: number }[];
  readonly forbidden_next: readonly (readonly [number, number])[];
  readonly operators: readonly {
    readonly id: string;
    readonly max_h: number;
    readonly min_h: number;
    readonly skills: readonly number[];
    readonly max_nights_week: number;
    readonly max_nights_total: number;
    readonly unavailable: readonly number[];
    readonly off_requests: readonly number[];
    readonly disliked: readonly number[];
  }[];
  readonly demand: readonly (readonly (readonly number[])[])[];
  readonly rules: { readonly max_consecutive: number };
  readonly weights: {
    readonly under: readonly number[];
    readonly over: number;
    readonly off_request: number;
    readonly disliked: number;
    readonly downgrade: number;
    readonly min_hours_per_h: number;
  };
}

const readJson = (content: string): RosterInstance => {
  const instance = JSON.parse(content) as JsonInstance;
  const { weights, operators } = instance;
  const shifts = instance.shifts.map(({ id, start, hours }): RosterShift => ({
    shift: id,
    startMinute: start * 60,
    lengthMinutes: hours * 60,
    workMinutes: hours * 60,
    mealMinutes: 0,
    isNight: start >= 20,
  }));
  const valued = <Value>(value: (one: JsonInstance['operators'][number]) => Value) =>
    operators.map((one) => ({ person: one.id, value: value(one) }));
  const name = (shift: number): string => shifts[shift]?.shift ?? '';
  const rules: LabourRule[] = [
    { rule: 'unavailable', price: 'hard' },
    {
      rule: 'forbidden-sequence',
      pairs: instance.forbidden_next.map(([before, after]): [string, string] => [name(before), name(after)]),
      price: 'hard',
    },
    { rule: 'most-days-in-a-row', days: instance.rules.max_consecutive, price: 'hard' },
    ...perValue(
      valued(({ max_h: most }) => most),
      (most, people): LabourRule => {
        return { rule: 'hours-a-week', most, leaveHours: 0, price: 'hard', people };
      },
    ),
    ...perValue(
      valued(({ min_h: least }) => least),
      (least, people): LabourRule => {
        return { rule: 'hours-a-week', least, leaveHours: 0, price: weights.min_hours_per_h, people };
      },
    ),
    ...perValue(
      valued((one) => one.max_nights_week),
      (nights, people): LabourRule => {
        return { rule: 'most-nights', nights, per: 'week', price: 'hard', people };
      },
    ),
    ...perValue(
      valued((one) => one.max_nights_total),
      (nights, people): LabourRule => {
        return { rule: 'most-nights', nights, per: 'period', price: 'hard', people };
      },
    ),
    { rule: 'day-off-requests', price: weights.off_request },
    { rule: 'disliked-shifts', price: weights.disliked },
  ];
  const people = operators.map((one): RosterPerson => ({
    ...plainPerson,
    person: one.id,
    tiers: one.skills,
    unavailable: one.unavailable,
    requests: one.off_requests.map((day) => ({ day, wants: 'off', isWanted: true, weight: 1 })),
    disliked: one.disliked,
  }));
  const demand = instance.demand.flatMap((perShift, day) =>
    perShift.flatMap((perTier, shift) =>
      perTier.map((count, tier): RosterDemand => ({
        day,
        shift,
        tier,
        operators: count,
        underPrice: weights.under[tier] ?? 0,
        overPrice: weights.over,
      })),
    ),
  );
  return {
    problem: {
      days: plainDays(instance.days),
      shifts,
      tiers: weights.under.map((_, tier) => String(tier)),
      people,
      demand,
      downgradePrice: weights.downgrade,
      rules,
    },
    hasTiers: true,
  };
};

/** Rows of each section of the public format, split at commas. */
const sectionsOf = (content: string): Map<string, string[][]> => {
  const sections = new Map<string, string[][]>();
  let rows: string[][] = [];
  for (const raw of content.split(/\r?\n/)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('SECTION_')) {
      rows = [];
      sections.set(line.slice('SECTION_'.length), rows);
    } else rows.push(line.split(',').map((part) => part.trim()));
  }
  return sections;
};

const readText = (content: string): RosterInstance => {
  const sections = sectionsOf(content);
  const rows = (name: string): string[][] => sections.get(name) ?? [];
  const shiftRows = rows('SHIFTS');
  const indexOf = new Map(shiftRows.map(([id = ''], index) => [id, index]));
  const shifts = shiftRows.map(([id = '', minutes = '0']): RosterShift => ({
    shift: id,
    startMinute: 0,
    lengthMinutes: Number(minutes),
    workMinutes: Number(minutes),
    mealMinutes: 0,
    isNight: false,
  }));
  const pairs = shiftRows.flatMap(([id = '', , after = '']) =>
    after
      .split('|')
      .filter((next) => next !== '')
      .map((next): [string, string] => [id, next]),
  );
  const staff = rows('STAFF').map(([person = '', most = '', ...numbers]) => {
    const [mostMinutes, leastMinutes, mostRow, leastRow, leastOff, weekends] = numbers.map(Number);
    return { person, most, mostMinutes, leastMinutes, mostRow, leastRow, leastOff, weekends };
  });
  const valued = <Value>(value: (one: (typeof staff)[number]) => Value) =>
    staff.map((one) => ({ person: one.person, value: value(one) }));
  const mostOf = new Map<string, { person: string; value: number }[]>();
  for (const { person, most } of staff) {
    for (const part of most.split('|').filter((one) => one !== '')) {
      const [shift = '', times = '0'] = part.split('=');
      mostOf.set(shift, [...(mostOf.get(shift) ?? []), { person, value: Number(times) }]);
    }
  }
  const requestsOf = new Map<string, RosterRequest[]>();
  const addRequests = (name: string, isWanted: boolean): void => {
    for (const [person = '', day = '', shift = '', weight = ''] of rows(name)) {
      const request = { day: Number(day), wants: indexOf.get(shift) ?? 0, isWanted, weight: Number(weight) };
      requestsOf.set(person, [...(requestsOf.get(person) ?? []), request]);
    }
  };
  addRequests('SHIFT_ON_REQUESTS', true);
  addRequests('SHIFT_OFF_REQUESTS', false);
  const daysOff = new Map(rows('DAYS_OFF').map(([person = '', ...days]) => [person, days.map(Number)]));
  const rules: LabourRule[] = [
    { rule: 'unavailable', price: 'hard' },
    { rule: 'forbidden-sequence', pairs, price: 'hard' },
    ...[...mostOf].flatMap(([shift, people]) =>
      perValue(people, (times, names): LabourRule => {
        return { rule: 'most-of-shift', shift, times, price: 'hard', people: names };
      }),
    ),
    ...perValue(
      valued(({ mostMinutes = 0, leastMinutes = 0 }) => [leastMinutes / 60, mostMinutes / 60]),
      ([least = 0, most = 0], people): LabourRule => {
        return { rule: 'hours-in-period', least, most, leaveHours: 0, price: 'hard', people };
      },
    ),
    ...perValue(
      valued(({ mostRow = 0 }) => mostRow),
      (days, people): LabourRule => {
        return { rule: 'most-days-in-a-row', days, price: 'hard', people };
      },
    ),
    ...perValue(
      valued(({ leastRow = 0 }) => leastRow),
      (days, people): LabourRule => {
        return { rule: 'fewest-days-in-a-row', days, price: 'hard', people };
      },
    ),
    ...perValue(
      valued(({ leastOff = 0 }) => leastOff),
      (days, people): LabourRule => {
        return { rule: 'fewest-days-off-in-a-row', days, price: 'hard', people };
      },
    ),
    ...perValue(
      valued(({ weekends = 0 }) => weekends),
      (count, people): LabourRule => {
        return { rule: 'most-weekends', weekends: count, price: 'hard', people };
      },
    ),
    { rule: 'shift-requests', price: 1 },
  ];
  const people = staff.map(({ person }): RosterPerson => ({
    ...plainPerson,
    person,
    unavailable: daysOff.get(person) ?? [],
    requests: requestsOf.get(person) ?? [],
  }));
  const demand = rows('COVER').map(([day, shift = '', operators, under, over]): RosterDemand => ({
    day: Number(day),
    shift: indexOf.get(shift) ?? 0,
    tier: 0,
    operators: Number(operators),
    underPrice: Number(under),
    overPrice: Number(over),
  }));
  const days = plainDays(Number(rows('HORIZON')[0]?.[0]));
  return {
    problem: { days, shifts, tiers: ['0'], people, demand, downgradePrice: 0, rules },
    hasTiers: false,
  };
};
