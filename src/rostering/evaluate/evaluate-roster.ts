import type { LabourRule, LabourRuleCode } from '../../contract/models/labour-rules-model.ts';
import type { Assignment, Roster, RosterProblem, RosterShift } from '../roster-problem.ts';
import { binds, type Breach, type PersonDays } from '../rules/person-days.ts';
import { unitOf } from '../rules/rule-units.ts';

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

const judgeRule = (rule: LabourRule, index: number, people: readonly PersonDays[]): BrokenRule[] =>
  breachesOf(rule, people).map((breach) => ({
    ...breach,
    code: rule.rule,
    rule: index,
    isHard: rule.price === 'hard',
    cost: rule.price === 'hard' ? 0 : rule.price * breach.units,
  }));

const breachesOf = (rule: LabourRule, people: readonly PersonDays[]): Breach[] => {
  const unit = unitOf(rule);
  if ('crew' in unit) return unit.judge(rule, people);
  return people.flatMap((days) => (binds(rule, days.person) ? unit.judge(rule, days) : []));
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
      rules: problem.rules.filter((rule) => rule.price === 'hard' && 'line' in unitOf(rule)),
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

/**
 * What is broken after a change and was not before, or was by less. What is left of an earlier breach of the same people,
 * on some of its days and by no more of its units, is not new.
 */
export const newlyBroken = (before: readonly BrokenRule[], after: readonly BrokenRule[]): BrokenRule[] => {
  const keyOf = ({ code, rule, people }: BrokenRule): string => JSON.stringify([code, rule, people]);
  const known = Map.groupBy(before, keyOf);
  return after.filter(
    (one) =>
      known
        .get(keyOf(one))
        ?.some(
          ({ units, days }) => one.units <= units + 1e-9 && one.days.every((day) => days.includes(day)),
        ) !== true,
  );
};
