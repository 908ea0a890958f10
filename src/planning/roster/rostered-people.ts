import type { LabourRule } from '../../contract/models/labour-rules-model.ts';
import type { TiersModel } from '../../contract/models/tiers-model.ts';
import type { DutyRecord, LeaveRecord, OperatorRecord, RosterRequestRecord } from '../../kernel/records.ts';
import { addDays, dayNumber, weekdayOf, type PlainDate } from '../../kernel/time.ts';
import { dayMinutes, spanMinutes } from '../../kernel/time-window.ts';
import { noBalance, type RosterPerson, type RosterRequest } from '../../rostering/roster-problem.ts';
import type { DutyKind } from './duty-kinds.ts';

/** What is on record of the people, and what stands of the roster before and in the period. */
export interface PeopleRecords {
  readonly operators: readonly OperatorRecord[];
  readonly leave: readonly LeaveRecord[];
  readonly requests: readonly RosterRequestRecord[];
  readonly duties: readonly DutyRecord[];
}

/** Hours a week of full time. */
export const fullTimeHours = 40;
/** Days of service below which an operator is new. */
const newForDays = 90;
/** Days before the period that rules look back on at least. */
const leastLookBackDays = 14;

/** Days before the period that the rules look back on: a whole run as long as they allow. */
const lookBackDaysOf = (rules: readonly LabourRule[]): number =>
  rules.reduce((longest, rule) => {
    if (rule.rule === 'most-days-in-a-row') return Math.max(longest, rule.days);
    return rule.rule === 'most-nights-in-a-row' ? Math.max(longest, rule.nights) : longest;
  }, leastLookBackDays);

/** A tier as people are rostered for it. */
export interface RosterTier extends Pick<TiersModel['tiers'][number], 'tier' | 'name'> {
  readonly queues: readonly { readonly queue: string; readonly preference: number }[];
}

/**
 * The operators as the engine rosters them, one by one. A person serves their own tier and every tier of no higher
 * cost whose first queues they have the skills for; where the models know one tier alone, who names none belongs to it.
 */
export const rosteredPeople = (
  records: PeopleRecords,
  dates: readonly PlainDate[],
  kinds: readonly DutyKind[],
  ranked: readonly RosterTier[],
  rules: readonly LabourRule[],
): RosterPerson[] => {
  const lookBackDays = lookBackDaysOf(rules);
  const leave = Map.groupBy(records.leave, ({ operator }) => operator);
  const requests = Map.groupBy(records.requests, ({ operator }) => operator);
  const duties = Map.groupBy(records.duties, ({ operator }) => operator);
  return records.operators.map((operator): RosterPerson => {
    const own = duties.get(operator.operator) ?? [];
    return {
      person: operator.operator,
      tiers: tiersOf(operator, ranked),
      skills: operator.skills,
      ...(operator.team === undefined ? {} : { team: operator.team }),
      isNightExempt: operator.nightExempt ?? false,
      ...((operator.shifts ?? []).length === 0
        ? {}
        : {
            shifts: kinds.flatMap((kind, at) =>
              operator.shifts?.some((one) => isNamed(kind, one)) ? [at] : [],
            ),
          }),
      experience: experienceOf(operator, dates[0] as PlainDate),
      contractShare: operator.contractHours / fullTimeHours,
      unavailable: awayOn(operator, leave.get(operator.operator) ?? [], dates),
      leave: leaveOn(leave.get(operator.operator) ?? [], dates),
      pinned: own.flatMap((duty) => pinOf(duty, dates, kinds)),
      requests: (requests.get(operator.operator) ?? []).flatMap((one) => requestOf(one, dates, kinds)),
      disliked: [],
      balance: balanceOf(operator, own, dates[0] as PlainDate, kinds),
      before: daysBefore(own, dates[0] as PlainDate, kinds, lookBackDays),
      ...endedBefore(own, dates[0] as PlainDate),
    };
  });
};

const tiersOf = ({ tier, skills }: OperatorRecord, ranked: readonly RosterTier[]): number[] => {
  const own = ranked.length === 1 && tier === undefined ? 0 : ranked.findIndex((one) => one.tier === tier);
  return ranked.flatMap(({ queues }, at) => {
    if (at === own) return [at];
    const best = Math.min(...queues.map(({ preference }) => preference));
    const first = queues.filter(({ preference }) => preference === best);
    return at < own && first.every(({ queue }) => skills.includes(queue)) ? [at] : [];
  });
};

const experienceOf = (
  { senior, joined, monthsOfService }: OperatorRecord,
  from: PlainDate,
): RosterPerson['experience'] => {
  const days = joined === undefined ? (monthsOfService ?? 12) * 30.4 : dayNumber(from) - dayNumber(joined);
  if (days < newForDays) return 'new';
  return senior === true ? 'experienced' : 'usual';
};

/** Days of approved leave, the day after the period too: a night of its last day runs into it. */
const leaveOn = (leave: readonly LeaveRecord[], dates: readonly PlainDate[]): number[] =>
  [...dates, addDays(dates.at(-1) as PlainDate, 1)].flatMap((date, day) =>
    leave.some(({ from, to, state }) => state === 'approved' && from <= date && date <= to) ? [day] : [],
  );

/** Days of the period on leave, on a fixed day off, or before the first day of service. */
const awayOn = (
  { fixedDaysOff, joined }: OperatorRecord,
  leave: readonly LeaveRecord[],
  dates: readonly PlainDate[],
): number[] =>
  dates.flatMap((date, day) => {
    const onLeave = leave.some(({ from, to, state }) => state === 'approved' && from <= date && date <= to);
    const off = fixedDaysOff?.includes(String(weekdayOf(date) + 1)) === true;
    return onLeave || off || (joined !== undefined && date < joined) ? [day] : [];
  });

/** Whether a kind of shift is meant by its key, its template or what it is called, with its hour or without. */
export const isNamed = (
  { shift, template, name }: Pick<DutyKind, 'shift' | 'template' | 'name'>,
  said: string,
): boolean =>
  shift === said ||
  template === said ||
  [name['zh-CN'], name.en].some((each) => each === said || each.startsWith(`${said} `));

/** The kind that a duty's shift names, by its key or its template and start; -1: none. */
export const kindOfDuty = (
  { shift, start }: Pick<DutyRecord, 'shift' | 'start'>,
  kinds: readonly DutyKind[],
): number => {
  const named = kinds.findIndex(
    (kind) => kind.shift === shift || kind.name['zh-CN'] === shift || kind.name.en === shift,
  );
  if (named >= 0) return named;
  const same = kinds.flatMap((kind, at) => (kind.template === shift ? [at] : []));
  if (start === undefined) return same[0] ?? -1;
  const minute = 60 * Number(start.slice(0, 2)) + Number(start.slice(3, 5));
  const away = (at: number): number => Math.abs((kinds[at]?.startMinute ?? 0) - minute);
  return same.toSorted((a, b) => away(a) - away(b))[0] ?? -1;
};

const pinOf = (
  duty: DutyRecord,
  dates: readonly PlainDate[],
  kinds: readonly DutyKind[],
): RosterPerson['pinned'] => {
  const day = dates.indexOf(duty.date);
  if (day < 0 || duty.pinned !== true) return [];
  if (duty.shift === 'off') return [{ day, shift: 'off' }];
  const shift = kindOfDuty(duty, kinds);
  return shift < 0 ? [] : [{ day, shift }];
};

/** Words before a shift that one would rather be spared. */
const spare = /^(?:not|no|不要|不上|不|非)\s*/i;
const dayOff = /^(?:off|rest|休|休息|day off)$/i;

const requestOf = (
  { date, wants, weight = 1 }: RosterRequestRecord,
  dates: readonly PlainDate[],
  kinds: readonly DutyKind[],
): RosterRequest[] => {
  const day = dates.indexOf(date);
  if (day < 0) return [];
  const isWanted = !spare.test(wants);
  const named = wants.replace(spare, '');
  if (dayOff.test(named)) return [{ day, wants: 'off', isWanted, weight }];
  const shift = kindOfDuty({ shift: named }, kinds);
  return shift < 0 ? [] : [{ day, wants: shift, isWanted, weight }];
};

const balanceOf = (
  operator: OperatorRecord,
  duties: readonly DutyRecord[],
  from: PlainDate,
  kinds: readonly DutyKind[],
): RosterPerson['balance'] => {
  const month = from.slice(0, 7);
  const inMonth = duties.filter(({ date }) => date < from && date.startsWith(month));
  return {
    ...noBalance,
    nights: operator.nightsWorked ?? 0,
    weekends: operator.weekendsWorked ?? 0,
    holidays: operator.holidaysWorked ?? 0,
    hoursOverStandard: operator.hoursOverStandard ?? 0,
    hoursInMonth: inMonth.reduce(
      (sum, duty) => sum + (kinds[kindOfDuty(duty, kinds)]?.workMinutes ?? 0) / 60,
      0,
    ),
  };
};

/** When the last duty before the period ended, where records say so. */
const endedBefore = (duties: readonly DutyRecord[], from: PlainDate): Pick<RosterPerson, 'endedBefore'> => {
  const last = duties
    .filter(({ date, shift }) => date < from && shift !== 'off')
    .reduce<DutyRecord | undefined>((a, b) => (a === undefined || a.date < b.date ? b : a), undefined);
  if (last?.start === undefined || last.end === undefined) return {};
  const [, end] = spanMinutes(last.start, last.end);
  return { endedBefore: end - (dayNumber(from) - dayNumber(last.date)) * dayMinutes };
};

/** Shifts of the days before the period, as far back as the roster tells them without a break. */
const daysBefore = (
  duties: readonly DutyRecord[],
  from: PlainDate,
  kinds: readonly DutyKind[],
  lookBackDays: number,
): number[] => {
  const byDate = new Map(duties.map((duty) => [duty.date, duty]));
  const first = duties.reduce((least, { date }) => (date < least ? date : least), from);
  const before: number[] = [];
  for (let back = lookBackDays; back >= 1; back -= 1) {
    const date = addDays(from, -back);
    if (date < first) continue;
    const duty = byDate.get(date);
    before.push(duty === undefined || duty.shift === 'off' ? -1 : kindOfDuty(duty, kinds));
  }
  return before;
};
