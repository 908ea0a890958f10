import type { LabourRule, LabourRuleCode, LabourRuleOf } from '../../contract/models/labour-rules-model.ts';
import type { Assignment, Roster, RosterPerson, RosterProblem, RosterShift } from '../roster-problem.ts';
import {
  allDays,
  binds,
  type Breach,
  breachOf,
  isNight,
  type Judge,
  type PersonDays,
  shiftAt,
  sumJudges,
  workedOn,
} from './judge-sums.ts';

/** A rule broken, with its number in the problem's list; `one-shift-a-day` and `tier` hold without being listed. */
export interface BrokenRule extends Breach {
  readonly code: LabourRuleCode | 'one-shift-a-day' | 'tier';
  readonly rule: number | undefined;
  readonly isHard: boolean;
  /** Units times price; 0 for hard rules. */
  readonly cost: number;
}

/** Operators missing (negative: too many) on a shift of a day in a tier. */
interface CoverGap {
  readonly day: number;
  readonly shift: number;
  readonly tier: number;
  readonly missing: number;
  readonly cost: number;
}

export interface RosterEvaluation {
  /** What priced rules, cover and service below one's tier cost together. */
  readonly cost: number;
  readonly broken: readonly BrokenRule[];
  readonly hardBroken: readonly BrokenRule[];
  readonly gaps: readonly CoverGap[];
  readonly downgradeCost: number;
}

/**
 * What a roster costs and breaks, judged from the people's days alone. It shares no line with the search: a second
 * reading of every rule, against which the search's is tested.
 */
export const evaluateRoster = (problem: RosterProblem, roster: Roster): RosterEvaluation => {
  const pools: PersonDays['pools'] = new Map();
  const dutiesOf = Map.groupBy(roster, ({ person }) => person);
  const people = problem.people.map((person, index): PersonDays => {
    const shiftOn = problem.days.map(() => -1);
    const ownTimes = new Map<number, RosterShift>();
    for (const duty of dutiesOf.get(index) ?? []) {
      if (shiftOn[duty.day] !== -1) continue;
      shiftOn[duty.day] = duty.shift;
      const shift = problem.shifts[duty.shift];
      if (duty.times !== undefined && shift !== undefined) ownTimes.set(duty.day, atTimes(shift, duty.times));
    }
    return { problem, person, index, shiftOn, ownTimes, pools };
  });
  const broken = [
    ...problem.rules.flatMap((rule, index) => judgeRule(rule, index, people)),
    ...structureBroken(problem, roster),
  ];
  const gaps = coverGaps(problem, roster);
  const downgradeCost = roster.reduce((sum, duty) => sum + downgrade(problem, duty), 0);
  const cost =
    downgradeCost +
    broken.reduce((sum, one) => sum + one.cost, 0) +
    gaps.reduce((sum, gap) => sum + gap.cost, 0);
  return { cost, broken, hardBroken: broken.filter(({ isHard }) => isHard), gaps, downgradeCost };
};

/**
 * A shift at the times at which somebody works it: what is longer or shorter than a duty of it is work more or less. A duty
 * that begins or ends outside of all that its shift has is a night where its own times are.
 */
const atTimes = (shift: RosterShift, [start, end]: readonly [number, number]): RosterShift => {
  const usual = shift.dutyMinutes ?? shift.lengthMinutes;
  const [earliest, latest] = [shift.startMinute, shift.startMinute + shift.lengthMinutes];
  const isOutside =
    end - start > usual || (start < earliest && end > earliest) || (start < latest && end > latest);
  return {
    ...shift,
    startMinute: start,
    lengthMinutes: end - start,
    dutyMinutes: end - start,
    workMinutes: Math.max(0, shift.workMinutes + end - start - usual),
    isNight: shift.isNight || (isOutside && (start < 6 * 60 || end > 24 * 60)),
  };
};

/** Judges of single days. */
const dayJudges: {
  readonly unavailable: Judge<'unavailable'>;
  readonly 'clear-of-leave': Judge<'clear-of-leave'>;
  readonly pinned: Judge<'pinned'>;
  readonly 'meal-break': Judge<'meal-break'>;
  readonly 'overtime-a-day': Judge<'overtime-a-day'>;
  readonly 'no-nights-if-exempt': Judge<'no-nights-if-exempt'>;
  readonly 'own-shifts': Judge<'own-shifts'>;
  readonly 'day-off-requests': Judge<'day-off-requests'>;
  readonly 'shift-requests': Judge<'shift-requests'>;
  readonly 'disliked-shifts': Judge<'disliked-shifts'>;
} = {
  unavailable: (_, days) => {
    const worked = allDays(days).filter(
      (day) => days.shiftOn[day] !== -1 && days.person.unavailable.includes(day),
    );
    return breachOf(days, worked.length, worked);
  },
  'clear-of-leave': (_, days) => {
    const { leave = [] } = days.person;
    const late = allDays(days).filter(
      (day) => leave.includes(day + 1) && (spanAt(days, day)?.[1] ?? 0) > 1440,
    );
    return breachOf(days, late.length, late);
  },
  pinned: (_, days) => {
    const moved = days.person.pinned.filter(
      ({ day, shift }) =>
        days.shiftOn[day] !== undefined && days.shiftOn[day] !== (shift === 'off' ? -1 : shift),
    );
    return breachOf(
      days,
      moved.length,
      moved.map(({ day }) => day),
    );
  },
  'meal-break': (rule, days) => {
    const without = allDays(days).filter((day) => {
      const shift = workedOn(days, day);
      return (
        shift !== undefined &&
        (shift.dutyMinutes ?? shift.lengthMinutes) / 60 > rule.beyondHours &&
        shift.mealMinutes < rule.minutes
      );
    });
    return breachOf(days, without.length, without);
  },
  'overtime-a-day': (rule, days) =>
    allDays(days).flatMap((day) => {
      const hours = (workedOn(days, day)?.workMinutes ?? 0) / 60;
      return breachOf(days, hours - rule.standard - rule.hours, [day]);
    }),
  'no-nights-if-exempt': (_, days) => {
    if (!days.person.isNightExempt) return [];
    const nights = allDays(days).filter((day) => isNight(days, day));
    return breachOf(days, nights.length, nights);
  },
  'own-shifts': (_, days) => {
    const { shifts } = days.person;
    if (shifts === undefined) return [];
    const others = allDays(days).filter((day) => {
      const shift = days.shiftOn[day] as number;
      return shift >= 0 && !shifts.includes(shift);
    });
    return breachOf(days, others.length, others);
  },
  'day-off-requests': (_, days) =>
    days.person.requests.flatMap(({ day, wants, isWanted, weight }) => {
      if (wants !== 'off' || days.shiftOn[day] === undefined) return [];
      const isOff = days.shiftOn[day] === -1;
      return isOff === isWanted ? [] : breachOf(days, weight, [day]);
    }),
  'shift-requests': (_, days) =>
    days.person.requests.flatMap(({ day, wants, isWanted, weight }) => {
      if (wants === 'off' || days.shiftOn[day] === undefined) return [];
      const has = days.shiftOn[day] === wants;
      return has === isWanted ? [] : breachOf(days, weight, [day]);
    }),
  'disliked-shifts': (_, days) => {
    const disliked = allDays(days).filter((day) =>
      days.person.disliked.includes(days.shiftOn[day] as number),
    );
    return breachOf(days, disliked.length, disliked);
  },
};

/** Judges of the order of days. */
const orderJudges: {
  readonly 'minimum-rest': Judge<'minimum-rest'>;
  readonly 'forbidden-sequence': Judge<'forbidden-sequence'>;
  readonly 'most-days-in-a-row': Judge<'most-days-in-a-row'>;
  readonly 'fewest-days-in-a-row': Judge<'fewest-days-in-a-row'>;
  readonly 'fewest-days-off-in-a-row': Judge<'fewest-days-off-in-a-row'>;
  readonly 'most-nights-in-a-row': Judge<'most-nights-in-a-row'>;
  readonly 'days-off-after-nights': Judge<'days-off-after-nights'>;
  readonly 'same-start-in-week': Judge<'same-start-in-week'>;
} = {
  'minimum-rest': (rule, days) =>
    successions(days).flatMap(({ before, day }) => {
      const [earlier, later] = [spanAt(days, before), spanAt(days, day)];
      if (earlier === undefined || later === undefined) return [];
      const rest = (day - before) * 1440 + later[0] - earlier[1];
      return breachOf(days, rule.hours - rest / 60, [before, day]);
    }),
  'forbidden-sequence': (rule, days) =>
    successions(days).flatMap(({ before, day }) => {
      const names = [before, day].map((at) => days.problem.shifts[shiftAt(days, at) as number]?.shift);
      const isForbidden = rule.pairs.some(([first, second]) => first === names[0] && second === names[1]);
      return breachOf(days, day === before + 1 && isForbidden ? 1 : 0, [before, day]);
    }),
  'most-days-in-a-row': (rule, days) => tooLong(days, (day) => shiftAt(days, day) !== -1, rule.days),
  'fewest-days-in-a-row': (rule, days) => tooShort(days, (shift) => shift !== -1, rule.days),
  'fewest-days-off-in-a-row': (rule, days) => tooShort(days, (shift) => shift === -1, rule.days),
  'most-nights-in-a-row': (rule, days) => tooLong(days, (day) => isNight(days, day), rule.nights),
  'days-off-after-nights': (rule, days) =>
    successions(days).flatMap(({ before, day }) => {
      if (!isNight(days, before)) return [];
      const off = day - before - 1;
      const goesOn = off === 0 && isNight(days, day);
      return breachOf(days, goesOn ? 0 : rule.days - off, [before, day]);
    }),
  'same-start-in-week': (_, days) => {
    const changes: number[] = [];
    for (const { before, day } of successions(days)) {
      const start = (at: number) => days.problem.shifts[shiftAt(days, at) as number]?.startMinute;
      if (isSameWeek(days, before, day) && start(before) !== start(day)) changes.push(day);
    }
    return breachOf(days, changes.length, changes);
  },
};

const personJudges = { ...dayJudges, ...orderJudges, ...sumJudges };

const judgeRule = (rule: LabourRule, index: number, people: readonly PersonDays[]): BrokenRule[] =>
  breachesOf(rule, people).map((breach) => ({
    ...breach,
    code: rule.rule,
    rule: index,
    isHard: rule.price === 'hard',
    cost: rule.price === 'hard' ? 0 : rule.price * breach.units,
  }));

const breachesOf = (rule: LabourRule, people: readonly PersonDays[]): Breach[] => {
  if (rule.rule in crewJudges) {
    const judge = crewJudges[rule.rule as keyof typeof crewJudges] as (
      one: LabourRule,
      all: readonly PersonDays[],
    ) => Breach[];
    return judge(rule, people);
  }
  const judge = personJudges[rule.rule as keyof typeof personJudges] as (
    one: LabourRule,
    days: PersonDays,
  ) => Breach[];
  return people.flatMap((days) => (binds(rule, days.person) ? judge(rule, days) : []));
};

/** What holds for every roster: one shift a day, and only tiers that a person may serve. */
const structureBroken = (problem: RosterProblem, roster: Roster): BrokenRule[] => {
  const seen = new Set<string>();
  return roster.flatMap(({ person, day, tier }): BrokenRule[] => {
    const broken = (code: BrokenRule['code']): BrokenRule => {
      return { code, rule: undefined, isHard: true, cost: 0, units: 1, people: [person], days: [day] };
    };
    const key = `${person} ${day}`;
    const isSecond = seen.has(key);
    seen.add(key);
    const mayServe = problem.people[person]?.tiers.includes(tier) === true;
    return [...(isSecond ? [broken('one-shift-a-day')] : []), ...(mayServe ? [] : [broken('tier')])];
  });
};

const coverGaps = (problem: RosterProblem, roster: Roster): CoverGap[] => {
  const onDuty = new Map<string, number>();
  for (const { day, shift, tier } of roster) {
    const key = `${day} ${shift} ${tier}`;
    onDuty.set(key, (onDuty.get(key) ?? 0) + 1);
  }
  return problem.demand.flatMap(({ day, shift, tier, operators, underPrice, overPrice }) => {
    const missing = operators - (onDuty.get(`${day} ${shift} ${tier}`) ?? 0);
    const cost = missing > 0 ? missing * underPrice : -missing * overPrice;
    return missing === 0 ? [] : [{ day, shift, tier, missing, cost }];
  });
};

const downgrade = (problem: RosterProblem, { person, tier }: Assignment): number =>
  (Math.max(...(problem.people[person]?.tiers ?? [tier])) - tier) * problem.downgradePrice;

type CrewJudge<Code extends 'team-together' | 'new-beside-experienced' | 'least-qualified'> = (
  rule: LabourRuleOf<Code>,
  people: readonly PersonDays[],
) => Breach[];

const onShift = (
  people: readonly PersonDays[],
  day: number,
  shift: number,
  isMeant: (person: RosterPerson) => boolean,
): number[] =>
  people.filter((one) => one.shiftOn[day] === shift && isMeant(one.person)).map(({ index }) => index);

const breach = (units: number, people: readonly number[], day: number): Breach[] =>
  units > 0 ? [{ units, people, days: [day] }] : [];

const daysOf = (people: readonly PersonDays[]): number[] => [...(people[0]?.shiftOn.keys() ?? [])];
const shiftsOf = (people: readonly PersonDays[]): number[] => [...(people[0]?.problem.shifts.keys() ?? [])];

/** Judges of rules that bind people together, day by day. */
const crewJudges: {
  readonly 'team-together': CrewJudge<'team-together'>;
  readonly 'new-beside-experienced': CrewJudge<'new-beside-experienced'>;
  readonly 'least-qualified': CrewJudge<'least-qualified'>;
} = {
  'team-together': (rule, people) => {
    const bound = people.filter(({ person }) => binds(rule, person));
    const teams = new Set(bound.flatMap(({ person }) => person.team ?? []));
    return [...teams].flatMap((team) =>
      daysOf(people).flatMap((day) => {
        const members = bound.filter((one) => one.person.team === team && one.shiftOn[day] !== -1);
        const shifts = new Set(members.map((one) => one.shiftOn[day]));
        return breach(
          shifts.size - 1,
          members.map(({ index }) => index),
          day,
        );
      }),
    );
  },
  'new-beside-experienced': (rule, people) => {
    const bound = people.filter(({ person }) => binds(rule, person));
    return daysOf(people).flatMap((day) =>
      shiftsOf(people).flatMap((shift) => {
        const fresh = onShift(bound, day, shift, ({ experience }) => experience === 'new');
        const experienced = onShift(bound, day, shift, ({ experience }) => experience === 'experienced');
        return breach(fresh.length - rule.newPerExperienced * experienced.length, fresh, day);
      }),
    );
  },
  'least-qualified': (rule, people) => {
    const problem = people[0]?.problem;
    if (problem === undefined) return [];
    const bound = people.filter(({ person }) => binds(rule, person));
    return daysOf(people).flatMap((day) =>
      shiftsOf(people).flatMap((shift) => {
        const isNamed = rule.shifts?.includes(problem.shifts[shift]?.shift ?? '') ?? true;
        const isStaffed = problem.demand.some(
          (row) => row.day === day && row.shift === shift && row.operators > 0,
        );
        if (!isNamed || !isStaffed) return [];
        const qualified = onShift(bound, day, shift, ({ skills }) => skills.includes(rule.skill));
        return breach(rule.operators - qualified.length, qualified, day);
      }),
    );
  },
};

/**
 * Start and end of a day's duty: its own, where they are settled; else from its shift's earliest start to its latest end,
 * so that whatever becomes of it holds.
 */
const spanAt = (days: PersonDays, day: number): readonly [number, number] | undefined => {
  const shift = workedOn(days, day);
  if (shift === undefined) return undefined;
  const { startMinute, lengthMinutes } = shift;
  const { before, endedBefore } = days.person;
  const isLastBefore = day < 0 && before.findLastIndex((one) => one !== -1) === before.length + day;
  return [
    startMinute,
    isLastBefore && endedBefore !== undefined ? endedBefore - day * 1440 : startMinute + lengthMinutes,
  ];
};

/**
 * By how many units a person's days break each hard rule that binds people one by one: what a change of these days may
 * not make more. Shifts whose start is not settled are judged by any start that they may have.
 */
export const ownHardUnits = (
  problem: RosterProblem,
  roster: Roster,
  person: number,
): ReadonlyMap<string, number> =>
  hardUnits(
    {
      ...problem,
      people: problem.people.slice(person, person + 1),
      demand: [],
      rules: problem.rules.filter(({ rule, price }) => price === 'hard' && rule in personJudges),
    },
    roster.flatMap((one) => (one.person === person ? [{ ...one, person: 0 }] : [])),
  );

/** By how many units a roster breaks each hard rule. */
export const hardUnits = (problem: RosterProblem, roster: Roster): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>();
  for (const { rule, code, units } of evaluateRoster(problem, roster).hardBroken) {
    const key = `${rule ?? ''} ${code}`;
    sums.set(key, (sums.get(key) ?? 0) + units);
  }
  return sums;
};

/** Whether a hard rule is broken by more than before. */
export const breaksMore = (
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): boolean => [...after].some(([key, units]) => units > (before.get(key) ?? 0) + 1e-9);

/** Days worked, those before the period included, in order. */
const daysWorked = (days: PersonDays): number[] => {
  const first = -days.person.before.length;
  return Array.from({ length: days.shiftOn.length - first }, (_, at) => first + at).filter(
    (day) => (shiftAt(days, day) ?? -1) !== -1,
  );
};

/** Each duty of the period with the one before it. */
const successions = (days: PersonDays): { readonly before: number; readonly day: number }[] => {
  const worked = daysWorked(days);
  return worked.slice(1).flatMap((day, at) => (day >= 0 ? [{ before: worked[at] as number, day }] : []));
};

/** Days of the period by which a run is longer than `most`. */
const tooLong = (days: PersonDays, isIn: (day: number) => boolean, most: number): Breach[] => {
  const beyond: number[] = [];
  let run = 0;
  for (let day = -days.person.before.length; day < days.shiftOn.length; day += 1) {
    run = isIn(day) ? run + 1 : 0;
    if (run > most && day >= 0) beyond.push(day);
  }
  return breachOf(days, beyond.length, beyond);
};

/** Runs that begin and end inside what is known and are shorter than `fewest`. */
const tooShort = (days: PersonDays, isIn: (shift: number) => boolean, fewest: number): Breach[] => {
  const first = -days.person.before.length;
  const found: Breach[] = [];
  let began: number | undefined;
  for (let day = first; day < days.shiftOn.length; day += 1) {
    if (isIn(shiftAt(days, day) as number)) began ??= day;
    else {
      if (began !== undefined && began > first && day >= 0)
        found.push(...breachOf(days, fewest - (day - began), runOf(began, day)));
      began = undefined;
    }
  }
  return found;
};

const runOf = (from: number, until: number): number[] =>
  Array.from({ length: until - from }, (_, at) => from + at);

const isSameWeek = ({ problem }: PersonDays, before: number, day: number): boolean => {
  const weekday = problem.days[day]?.weekday ?? 1;
  return day - before < weekday;
};
