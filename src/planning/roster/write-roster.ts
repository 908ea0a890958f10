import type { Duty, OperatorDay, RosterDocument } from '../../contract/documents/roster-document.ts';
import type { Sayable } from '../../kernel/finding.ts';
import { clockText } from '../../kernel/time-window.ts';
import { type PlainDate, weekdayOf, weekOf } from '../../kernel/time.ts';
import { sumOf } from '../../kernel/statistics.ts';
import { valueAt } from '../../kernel/value-at.ts';
import {
  type BrokenRule,
  evaluateRoster,
  type RosterEvaluation,
} from '../../rostering/evaluate/evaluate-roster.ts';
import { paidHours, spanKnown } from '../../rostering/change/standing-roster.ts';
import { linesOfRoster, rosterModelOf } from '../../rostering/roster-model.ts';
import type { Roster, RosterProblem } from '../../rostering/roster-problem.ts';
import { createRosterState, type RosterState } from '../../rostering/search/roster-state.ts';
import { countryCalendar } from '../forecasts/country-calendar.ts';
import type { DutyKind } from './duty-kinds.ts';
import { rosterFinding } from './roster-findings.ts';
import type { RosterInputs } from './roster-inputs.ts';
import { kindOfDuty } from './rostered-people.ts';

type Absence = NonNullable<RosterDocument['absences']>[number];

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

/** A rule of the list as it is said; rules that are in no list have words of their own. */
export const ruleSaid = (
  rules: RosterInputs['problem']['rules'],
  rule: number | undefined,
  code: BrokenRule['code'],
): Sayable => {
  const found = rule === undefined ? undefined : rules[rule];
  if (found !== undefined) return rosterFinding('labour-rule', { rule: found });
  return code === 'tier' ? rosterFinding('tier-not-held') : rosterFinding('one-shift-a-day');
};

/**
 * The engine's roster of duties; a duty of an unknown person, day or shift is left out. One that begins before its kind
 * does, or ends after it, is judged by its own times; a part of one as the whole.
 */
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
      : [{ person, day, shift, tier: tier < 0 ? 0 : tier, ...spanKnown(duty) }];
  });
};

interface RosterParts {
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
  readonly absences?: readonly Absence[];
}

/** A roster as a document, without what callers meet. */
export const writeRoster = (parts: RosterParts): RosterDocument => {
  const { inputs, roster, duties, absences = [] } = parts;
  const paid = paidIn(inputs, duties, absences);
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
      ...(kind.unpaid === undefined ? {} : { unpaid: [...kind.unpaid] }),
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
      required: sumOf(problem.demand.flatMap((row) => (row.day === day ? [row.operators] : []))),
      onDuty: roster.filter((duty) => duty.day === day).length,
      missing: sumOf(open.flatMap((gap) => (gap.day === day ? [gap.missing] : []))),
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
    people: writePeople(inputs, roster, paid),
    duties: [...duties],
    ...(absences.length === 0 ? {} : { absences: [...absences] }),
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
    chain: writeChain(inputs, paid, gaps),
    notices: [...parts.notices],
  };
};

/** A kind of duty as its parts are paid. */
const paidKind = ({ workMinutes, dutyMinutes, starts, unpaid }: DutyKind) => ({
  hours: workMinutes / 60,
  dutyMinutes,
  starts: starts.map(clockText),
  ...(unpaid === undefined ? {} : { unpaid }),
});

/** Paid hours of a person's day: of their duty, or of what they worked before they fell ill. */
interface PaidDay {
  readonly operator: string;
  readonly date: PlainDate;
  readonly hours: number;
}

const paidIn = (
  { kinds }: RosterInputs,
  duties: readonly Duty[],
  absences: readonly Absence[],
): readonly PaidDay[] => {
  const kindOf = (duty: Pick<Duty, 'shift' | 'start'>) => {
    const kind = kinds[kindOfDuty(duty, kinds)];
    return kind === undefined ? undefined : paidKind(kind);
  };
  return [...duties, ...absences].map((one) => ({ ...one, hours: paidHours(one, kindOf(one)) }));
};

/**
 * Hours week by week: the plan's own chain where the roster has all of the week's days, then paid hours, what of them
 * the plan keeps for leave, the duties to be filled, and what of these is rostered.
 */
const writeChain = (
  { problem, kinds, days, plannedHours }: RosterInputs,
  paid: readonly PaidDay[],
  gaps: RosterEvaluation['gaps'],
): NonNullable<RosterDocument['chain']> => {
  const hoursOf = (shift: number): number => (kinds[shift]?.workMinutes ?? 0) / 60;
  return plannedHours.map(({ week, plan, steps }) => {
    const within = <One extends { readonly day: number }>(all: readonly One[]): One[] =>
      all.filter(({ day }) => weekOf(days[day]?.date ?? '') === week);
    const duties = sumOf(within(problem.demand).map(({ shift, operators }) => operators * hoursOf(shift)));
    const rostered = sumOf(paid.flatMap(({ date, hours }) => (weekOf(date) === week ? [hours] : [])));
    const unfilled = sumOf(within(gaps).map(({ shift, missing }) => Math.max(0, missing) * hoursOf(shift)));
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

const writePeople = (
  { problem, people, kinds, days }: RosterInputs,
  roster: Roster,
  paid: readonly PaidDay[],
): RosterDocument['people'] => {
  const byPerson = Map.groupBy(roster, ({ person }) => person);
  const paidOf = Map.groupBy(paid, ({ operator }) => operator);
  return people.operators.map((operator, at) => {
    const own = byPerson.get(at) ?? [];
    const hours = sumOf((paidOf.get(operator.operator) ?? []).map((day) => day.hours));
    return {
      operator: operator.operator,
      tier: operator.tier ?? null,
      team: operator.team ?? null,
      contractHours: operator.contractHours,
      hours: Math.round(hours * 10) / 10,
      duties: own.length,
      nights: own.filter(({ shift }) => kinds[shift]?.isNight === true).length,
      weekends: own.filter(({ day }) => (problem.days[day]?.weekday ?? 1) > 5).length,
      away: (problem.people[at]?.unavailable ?? []).flatMap((day) => days[day]?.date ?? []),
    };
  });
};

/** Leave that people ask for in the period, answered by the day: whether they are on duty, how many more of their tier can go. */
const leaveAsked = ({
  inputs: { people, problem, days, tiers },
  roster,
  moreAway,
}: {
  readonly inputs: RosterInputs;
  readonly roster: Roster;
  readonly moreAway: readonly MoreAway[];
}): NonNullable<RosterDocument['leaveAsked']> =>
  people.leave
    .filter(({ state }) => state === 'asked')
    .flatMap(({ operator, from, to }) => {
      const person = problem.people.findIndex((one) => one.person === operator);
      const tier = Math.max(...(problem.people[person]?.tiers ?? []));
      const wanted = days.flatMap(({ date }, day) =>
        from <= date && date <= to
          ? [
              {
                date,
                onDuty: roster.some((duty) => duty.person === person && duty.day === day),
                moreAway: moreAway[day]?.byTier[tier] ?? 0,
              },
            ]
          : [],
      );
      const said = { operator, from, to, tier: tiers[tier]?.name ?? null, days: wanted };
      return wanted.length === 0
        ? []
        : [{ operator, from, to, days: wanted, said: rosterFinding('leave-asked', said) }];
    });

/** A roster under change, with what it rests on. */
export interface RosterDraft {
  readonly problem: RosterProblem;
  readonly state: RosterState;
  readonly roster: Roster;
}

export const openDraft = (problem: RosterProblem, roster: Roster): RosterDraft => {
  const model = rosterModelOf(problem);
  return { problem, roster, state: createRosterState(model, linesOfRoster(model, roster)) };
};

/** Change of the cost by a person's day, taken back at once; Infinity where a hard rule of theirs breaks. */
const tryDay = ({ state }: RosterDraft, person: number, day: number, option: number): number => {
  state.put(person, day, option);
  const delta = state.delta();
  state.undo();
  return delta;
};

export const optionOn = ({ state, problem }: RosterDraft, person: number, day: number): number =>
  valueAt(state.lines, person * problem.days.length + day);

/** Anyone who has the day off and could be asked: not away, and holding the tier where one is given. */
export const availableOn = (draft: RosterDraft, day: number, tier?: number): number[] =>
  [...draft.problem.people.keys()].filter((person) => {
    const own = draft.problem.people[person];
    if (own === undefined || own.unavailable.includes(day) || optionOn(draft, person, day) !== 0)
      return false;
    return own.tiers.length > 0 && (tier === undefined || own.tiers.includes(tier));
  });

/** How many more people could be away on a day, in all and of each tier alone. */
interface MoreAway {
  readonly all: number;
  readonly byTier: readonly number[];
}

/**
 * Day by day, how many more people could be away with no duty left open that is covered now: those who are too many on
 * duty, and those off duty who could step in and keep every hard rule, less the duties that are open already. Of a tier:
 * its own duties, and anyone off duty who may serve it.
 */
export const extraAbsence = (draft: RosterDraft, roster: Roster): MoreAway[] => {
  const { problem } = draft;
  return [...problem.days.keys()].map((day) => {
    const rows = problem.demand.filter((row) => row.day === day && row.operators > 0);
    const onDuty = roster.filter((duty) => duty.day === day);
    const steppingIn = availableOn(draft, day).map((person) => ({
      tiers: problem.people[person]?.tiers ?? [],
      shifts: [...new Set(rows.map(({ shift }) => shift))].filter(
        (shift) => tryDay(draft, person, day, shift + 1) < Infinity,
      ),
    }));
    const within = (tiers: readonly number[]): number => {
      const own = rows.filter(({ tier }) => tiers.includes(tier));
      const there = onDuty.filter(({ tier }) => tiers.includes(tier)).length;
      const spare = own.reduce(
        (sum, row) =>
          sum +
          onDuty.filter(({ shift, tier }) => shift === row.shift && tier === row.tier).length -
          row.operators,
        0,
      );
      const standIns = steppingIn.filter(
        (one) =>
          one.tiers.some((tier) => tiers.includes(tier)) &&
          own.some(({ shift }) => one.shifts.includes(shift)),
      );
      return Math.max(0, Math.min(there, standIns.length + spare));
    };
    const tiers = [...problem.tiers.keys()];
    return { all: within(tiers), byTier: tiers.map((tier) => within([tier])) };
  });
};
