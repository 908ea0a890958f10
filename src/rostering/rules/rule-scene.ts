import type { LabourRule } from '../../contract/models/labour-rules-model.ts';
import type { LineAutomaton } from '../line/line-automaton.ts';
import type { LineTally } from '../line/line-tally.ts';
import type { RosterPerson, RosterProblem } from '../roster-problem.ts';

/** A roster's problem with what the rules look up in it. Options: 0 a day off, s + 1 shift s. */
export interface RuleScene {
  readonly problem: RosterProblem;
  readonly days: number;
  readonly options: number;
  /** Calendar week of each day, from 0. */
  readonly week: Int32Array;
  readonly isWeekEnd: Uint8Array;
  /** True for weeks of which the period has all seven days. */
  readonly wholeWeek: readonly boolean[];
  /** What each shift of a day adds to a sum, by the sum's name: people whose rules are alike share it. */
  readonly weights: Map<string, Int32Array>;
}

/** One person's line as the rules fill it in. */
export interface LineDraft {
  readonly scene: RuleScene;
  readonly person: RosterPerson;
  readonly cell: Float64Array;
  readonly tallies: LineTally[];
  readonly automata: LineAutomaton[];
  /** Adds a machine that starts where the days before the period have led it; equal keys share one. */
  machine(key: string, make: () => LineAutomaton): void;
  /** Adds a price to a day's option. */
  charge(day: number, option: number, price: number): void;
}

/** What rules that bind people together price on one day: how many of each class are on each option. */
export interface CrewRule {
  /** Class of each person, -1 for those whom the rule does not look at. */
  readonly classOf: Int32Array;
  readonly classes: number;
  /** Units broken on a day: `counts[class * options + option]`. */
  readonly broken: (counts: ArrayLike<number>, day: number) => number;
  readonly price: number;
}

export const sceneOf = (problem: RosterProblem): RuleScene => {
  const days = problem.days.length;
  const week = new Int32Array(days);
  const isWeekEnd = new Uint8Array(days);
  let current = 0;
  for (const [day, { weekday }] of problem.days.entries()) {
    week[day] = current;
    if (weekday !== 7) continue;
    isWeekEnd[day] = 1;
    current += 1;
  }
  const length = Array.from({ length: current + 1 }, () => 0);
  for (const at of week) length[at] = (length[at] ?? 0) + 1;
  return {
    problem,
    days,
    options: problem.shifts.length + 1,
    week,
    isWeekEnd,
    wholeWeek: length.map((count) => count === 7),
    weights: new Map(),
  };
};

export const priceOf = (rule: LabourRule): number => (rule.price === 'hard' ? Infinity : rule.price);

/** Options of the shifts that a question is true of. */
export const optionsWhere = (
  { problem, options }: RuleScene,
  holds: (shift: number) => boolean,
): readonly boolean[] =>
  Array.from(
    { length: options },
    (_, option) => option > 0 && option <= problem.shifts.length && holds(option - 1),
  );
