import type { Duty, OperatorDay, RosterDocument } from '../../contract/documents/roster-document.ts';
import type { Sayable } from '../../kernel/finding.ts';
import type { Outcome } from '../../kernel/hotline.ts';
import { minuteOf, clockText } from '../../kernel/time-window.ts';
import { dayNumber, weekdayOf, weekOf, type PlainDate } from '../../kernel/time.ts';
import {
  evaluateRoster,
  type BrokenRule,
  type RosterEvaluation,
} from '../../rostering/evaluate/evaluate-roster.ts';
import type { Roster } from '../../rostering/roster-problem.ts';
import { countryCalendar } from '../forecasts/country-calendar.ts';
import { rosterFinding } from './roster-findings.ts';
import { kindOfDuty } from './rostered-people.ts';
import { leaveAsked } from './leave-asked.ts';
import type { MoreAway } from './roster-draft.ts';
import type { RosterInputs } from './roster-inputs.ts';

export type Broken = RosterDocument['broken'][number];

/** A rule broken, with names and dates. */
export const writeBroken = (
  { problem, days }: Pick<RosterInputs, 'problem' | 'days'>,
  { code, rule, isHard, units, cost, people, days: on }: BrokenRule,
): Broken => ({
  rule: code,
  hard: isHard,
  units: Math.round(units * 100) / 100,
  cost,
  operators: people.map((person) => problem.people[person]?.person ?? ''),
  dates: on.flatMap((day) => days[day]?.date ?? []),
  said: ruleSaid(problem.rules, rule, code),
});

/** A rule of the list as it is said; rules that stand in no list have words of their own. */
export const ruleSaid = (
  rules: RosterInputs['problem']['rules'],
  rule: number | undefined,
  code: BrokenRule['code'],
): Sayable => {
  const found = rule === undefined ? undefined : rules[rule];
  if (found !== undefined) return rosterFinding('labour-rule', { rule: found });
  return code === 'tier' ? rosterFinding('tier-not-held') : rosterFinding('one-shift-a-day');
};

/** The engine's roster of duties; a duty of an unknown person, day or shift is left out. */
export const rosterOf = ({ problem, kinds, days, tiers }: RosterInputs, duties: readonly Duty[]): Roster => {
  const persons = new Map(problem.people.map(({ person }, at) => [person, at]));
  const dates = new Map(days.map(({ date }, at) => [date, at]));
  return duties.flatMap((duty) => {
    const person = persons.get(duty.operator);
    const day = dates.get(duty.date);
    const shift = kindOfDuty(duty, kinds);
    const tier = tiers.findIndex((one) => one.tier === duty.tier);
    return person === undefined || day === undefined || shift < 0
      ? []
      : [{ person, day, shift, tier: tier < 0 ? 0 : tier }];
  });
};

export interface RosterParts {
  readonly inputs: RosterInputs;
  readonly roster: Roster;
  readonly duties: readonly Duty[];
  readonly bound: number | undefined;
  readonly moreAway: readonly MoreAway[];
  readonly cycle: RosterDocument['cycle'];
  readonly id: string;
  readonly createdAt: string;
  readonly seed: number;
  readonly notices: readonly Sayable[];
}

/** A roster as a document, without what callers meet. */
export const writeRoster = (parts: RosterParts): RosterDocument => {
  const { inputs, roster, duties } = parts;
  const { problem, kinds, days, tiers, models, profile } = inputs;
  const { cost, broken, gaps, downgradeCost } = evaluateRoster(problem, roster);
  const cover = gaps.reduce((sum, gap) => sum + gap.cost, 0);
  const open = gaps.filter(({ missing }) => missing > 0);
  const calendar = countryCalendar({ country: models.hotline.country, overrides: models.calendar });
  return {
    document: 'roster',
    version: 1,
    id: parts.id,
    createdAt: parts.createdAt,
    revision: 0,
    seed: parts.seed,
    hotline: { name: models.hotline.name, zone: models.hotline.zone, madeUp: models.hotline.madeUp },
    from: days[0]?.date ?? '',
    to: days.at(-1)?.date ?? '',
    publishedAt: null,
    profile: { profile: profile.profile, name: profile.name },
    cycle: parts.cycle,
    shifts: kinds.map((kind) => ({
      shift: kind.shift,
      template: kind.template,
      name: kind.name,
      letter: kind.letter,
      starts: kind.starts.map(clockText),
      hours: kind.workMinutes / 60,
      night: kind.isNight,
      dutyMinutes: kind.dutyMinutes,
      mealMinutes: kind.mealMinutes,
    })),
    tiers: tiers.map(({ tier, name, queues }) => ({
      tier,
      name,
      queues: queues.map(({ queue, preference }) => ({ queue, preference })),
    })),
    days: days.map(({ date, plan, repeated, planned }, day) => ({
      date,
      weekday: weekdayOf(date) + 1,
      holiday: problem.days[day]?.isHoliday === true ? calendar.dayKind(date).name : null,
      plan,
      repeated,
      ...(planned === undefined ? {} : { planned }),
      required: sum(problem.demand.flatMap((row) => (row.day === day ? [row.operators] : []))),
      onDuty: roster.filter((duty) => duty.day === day).length,
      missing: sum(open.flatMap((gap) => (gap.day === day ? [gap.missing] : []))),
      away: problem.people.filter(({ unavailable }) => unavailable.includes(day)).length,
      moreAway: parts.moreAway[day]?.all ?? 0,
      moreAwayByTier: tiers.map(({ tier }, at) => ({ tier, moreAway: parts.moreAway[day]?.byTier[at] ?? 0 })),
    })),
    requiredDuties: problem.demand.flatMap(({ day, shift, tier, operators }) =>
      operators === 0
        ? []
        : [
            {
              date: days[day]?.date ?? '',
              shift: kinds[shift]?.shift ?? '',
              tier: tiers[tier]?.tier ?? '',
              operators,
            },
          ],
    ),
    people: writePeople(inputs, roster),
    duties: [...duties],
    pinnedDaysOff: pinnedDaysOff(inputs, roster),
    leaveAsked: leaveAsked(parts),
    uncovered: open.map(({ day, shift, tier, missing }) => ({
      date: days[day]?.date ?? '',
      shift: kinds[shift]?.shift ?? '',
      tier: tiers[tier]?.tier ?? '',
      operators: missing,
      hours: (missing * (kinds[shift]?.workMinutes ?? 0)) / 60,
      connectionRate: null,
    })),
    broken: broken
      .map((one) => writeBroken(inputs, one))
      .sort((a, b) => Number(b.hard) - Number(a.hard) || b.cost - a.cost),
    cost: {
      total: cost,
      rules: cost - cover - downgradeCost,
      cover: cover + downgradeCost,
      bound: parts.bound ?? null,
      gap: parts.bound === undefined || cost === 0 ? null : (cost - parts.bound) / cost,
    },
    projection: [],
    chain: writeChain(inputs, roster, gaps),
    notices: [...parts.notices],
  };
};

/**
 * Hours week by week: the plan's own chain where the roster has all of the week's days, then paid hours, what of them
 * the plan keeps for leave, the duties to be filled, and what of these is rostered.
 */
const writeChain = (
  { problem, kinds, days, plannedHours }: RosterInputs,
  roster: Roster,
  gaps: RosterEvaluation['gaps'],
): NonNullable<RosterDocument['chain']> => {
  const hoursOf = (shift: number): number => (kinds[shift]?.workMinutes ?? 0) / 60;
  return plannedHours.map(({ week, plan, steps }) => {
    const within = <One extends { readonly day: number }>(all: readonly One[]): One[] =>
      all.filter(({ day }) => weekOf(days[day]?.date ?? '') === week);
    const duties = sum(within(problem.demand).map(({ shift, operators }) => operators * hoursOf(shift)));
    const rostered = sum(within(roster).map(({ shift }) => hoursOf(shift)));
    const unfilled = sum(within(gaps).map(({ shift, missing }) => Math.max(0, missing) * hoursOf(shift)));
    return {
      week,
      plan,
      steps: [
        ...steps,
        { step: 'kept-for-leave', hours: duties - (steps.at(-1)?.hours ?? 0) },
        { step: 'duties', hours: duties },
        { step: 'unfilled', hours: 0 - unfilled },
        { step: 'extra', hours: rostered - duties + unfilled },
        { step: 'rostered', hours: rostered },
      ],
    };
  });
};

/** Days off that are pinned, and that nobody was called in on. */
const pinnedDaysOff = ({ problem, days }: RosterInputs, roster: Roster): OperatorDay[] =>
  problem.people.flatMap(({ person: operator, pinned }, at) =>
    pinned.flatMap(({ day, shift }) => {
      const date = days[day]?.date;
      const isWorked = roster.some((duty) => duty.person === at && duty.day === day);
      return shift !== 'off' || date === undefined || isWorked ? [] : [{ operator, date }];
    }),
  );

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const writePeople = (
  { problem, people, kinds, days }: RosterInputs,
  roster: Roster,
): RosterDocument['people'] => {
  const byPerson = Map.groupBy(roster, ({ person }) => person);
  return people.operators.map((operator, at) => {
    const own = byPerson.get(at) ?? [];
    const minutes = sum(own.map(({ shift }) => kinds[shift]?.workMinutes ?? 0));
    return {
      operator: operator.operator,
      tier: operator.tier ?? null,
      team: operator.team ?? null,
      contractHours: operator.contractHours,
      hours: Math.round(minutes / 6) / 10,
      duties: own.length,
      nights: own.filter(({ shift }) => kinds[shift]?.isNight === true).length,
      weekends: own.filter(({ day }) => (problem.days[day]?.weekday ?? 1) > 5).length,
      away: (problem.people[at]?.unavailable ?? []).flatMap((day) => days[day]?.date ?? []),
    };
  });
};

/** The document with what callers meet, in all and while duties are left open. */
export const withProjection = (
  document: RosterDocument,
  projection: RosterDocument['projection'],
  rateOf: (date: PlainDate, fromMinute: number, toMinute: number) => number | null,
): RosterDocument => ({
  ...document,
  projection,
  uncovered: document.uncovered.map((open) => {
    const kind = document.shifts.find(({ shift }) => shift === open.shift);
    const from = minuteOf(kind?.starts[0] ?? '00:00');
    return { ...open, connectionRate: rateOf(open.date, from, from + (kind?.hours ?? 8) * 60) };
  }),
});

/** Which of the outcomes of a roster's weeks a date lies in, and on which day of it. */
export const placeInWeeks = (
  weeks: readonly { readonly week: string }[],
  outcomes: readonly Outcome[],
  date: PlainDate,
): { readonly at: number; readonly outcome: Outcome; readonly day: number } | undefined => {
  const at = weeks.findIndex(({ week }) => week === weekOf(date));
  const outcome = outcomes[at];
  return outcome === undefined ? undefined : { at, outcome, day: (dayNumber(date) + 3) % 7 };
};

/** What is broken after a change and was not before, or was by less. */
export const newlyBroken = (before: readonly BrokenRule[], after: readonly BrokenRule[]): BrokenRule[] => {
  const keyOf = ({ code, rule, people, days }: BrokenRule): string =>
    JSON.stringify([code, rule, people, days]);
  const known = new Map(before.map((one) => [keyOf(one), one.units]));
  return after.filter((one) => one.units > (known.get(keyOf(one)) ?? 0) + 1e-9);
};
