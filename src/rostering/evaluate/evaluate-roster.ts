import type { LabourRule, LabourRuleCode } from '../../contract/models/labour-rules-model.ts';
import type { Assignment, Roster, RosterProblem } from '../roster-problem.ts';
import { binds, type Breach, type PersonDays } from './breach.ts';
import { crewJudges } from './judge-crews.ts';
import { dayJudges } from './judge-days.ts';
import { orderJudges } from './judge-order.ts';
import { sumJudges } from './judge-sums.ts';

/** A rule broken, with its number in the problem's list; `one-shift-a-day` and `tier` hold without being listed. */
export interface BrokenRule extends Breach {
  readonly code: LabourRuleCode | 'one-shift-a-day' | 'tier';
  readonly rule: number | undefined;
  readonly isHard: boolean;
  /** Units times price; 0 for hard rules. */
  readonly cost: number;
}

/** Operators missing (negative: too many) on a shift of a day in a tier. */
export interface CoverGap {
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
    for (const duty of dutiesOf.get(index) ?? [])
      if (shiftOn[duty.day] === -1) shiftOn[duty.day] = duty.shift;
    return { problem, person, index, shiftOn, pools };
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
