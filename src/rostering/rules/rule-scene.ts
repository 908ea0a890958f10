import type { LabourRule, LabourRuleCode, LabourRuleOf } from '../../contract/models/labour-rules-model.ts';
import { type LineAutomaton, type LineTally, noMost } from '../line/line-model.ts';
import type { RosterPerson, RosterProblem } from '../roster-problem.ts';
import type { PersonDays, Breach } from './person-days.ts';

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
  /** Each rule's code and parameters, whomever it binds. */
  readonly asSaid: ReadonlyMap<LabourRule, string>;
  /** What each shift of a day adds to a rule's sum; those that add alike, by what they add, are one. */
  readonly weights: Map<LabourRule | string, Int32Array>;
}

/** One person's line as the rules fill it in. */
export interface LineDraft {
  readonly scene: RuleScene;
  readonly person: RosterPerson;
  readonly cell: Float64Array;
  readonly tallies: LineTally[];
  readonly automata: LineAutomaton[];
  /** Rules that have their sum already: what it weighs is kept by rule, so that a second one would get the first's. */
  readonly summed: Set<LabourRule>;
  /** Adds a rule's machine, which starts where the days before the period have led it; rules that are alike share one. */
  machine(rule: LabourRule, make: () => LineAutomaton): void;
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

/** A rule about each person alone: its part of a person's line in the search, and how it judges a person's days. */
interface PersonRule<Code extends LabourRuleCode> {
  readonly line: (rule: LabourRuleOf<Code>, draft: LineDraft) => void;
  readonly judge: Judge<Code>;
}
export type PersonRules = { readonly [Code in LabourRuleCode]: PersonRule<Code> };

/** A rule that binds people together: what the search prices on each day, and how it judges a roster. */
interface CrewRuleUnit<Code extends LabourRuleCode> {
  readonly crew: (rule: LabourRuleOf<Code>, scene: RuleScene) => readonly CrewRule[];
  readonly judge: CrewJudge<Code>;
}
export type CrewRules = { readonly [Code in LabourRuleCode]: CrewRuleUnit<Code> };

export type RuleUnit<Code extends LabourRuleCode> = PersonRule<Code> | CrewRuleUnit<Code>;

export const priceOf = (rule: LabourRule): number => (rule.price === 'hard' ? Infinity : rule.price);

interface Sum {
  /** What a shift of a day adds, whole units. */
  readonly weight: (day: number, shift: number) => number;
  readonly offWeight?: number;
  /** Window of a day, from 0; -1 for none. Absent: one window. */
  readonly window?: (day: number) => number;
  readonly least?: (window: number) => number | undefined;
  readonly most?: (window: number) => number | undefined;
  readonly carried?: number;
  readonly group?: (day: number) => number;
}

/**
 * Adds a rule's one sum to a person's line; its weights are alike for everybody. The price is per unit of the sum. Throws
 * where the rule has one already.
 */
export const addSum = (draft: LineDraft, rule: LabourRule, pricePerUnit: number, sum: Sum): void => {
  if (draft.summed.has(rule)) throw new Error(`a rule has one sum: ${rule.rule}`);
  draft.summed.add(rule);
  const { days } = draft.scene;
  const window = Int32Array.from({ length: days }, (_, day) => sum.window?.(day) ?? 0);
  const windows = Math.max(0, ...window) + 1;
  const bounds = (limit: ((at: number) => number | undefined) | undefined, none: number): Int32Array =>
    Int32Array.from({ length: windows }, (_, at) => {
      const value = limit?.(at);
      return value === undefined ? none : Math.max(0, Math.round(value));
    });
  const tally: LineTally = {
    weight: weightsOf(draft, rule, sum),
    window,
    least: bounds(sum.least, 0),
    most: bounds(sum.most, noMost),
    leastPrice: sum.least === undefined ? 0 : pricePerUnit,
    mostPrice: sum.most === undefined ? 0 : pricePerUnit,
    carried: Math.max(0, Math.round(sum.carried ?? 0)),
    group:
      sum.group === undefined
        ? undefined
        : Int32Array.from({ length: days }, (_, day) => sum.group?.(day) ?? -1),
  };
  draft.tallies.push(tally);
};

const weightsOf = ({ scene }: LineDraft, rule: LabourRule, { weight, offWeight = 0 }: Sum): Int32Array => {
  const found = scene.weights.get(rule);
  if (found !== undefined) return found;
  const { days, options } = scene;
  const made = Int32Array.from({ length: days * options }, (_, at) => {
    const option = at % options;
    return option === 0 ? offWeight : weight(Math.floor(at / options), option - 1);
  });
  const shared = scene.weights.get(made.join()) ?? made;
  scene.weights.set(rule, shared).set(made.join(), shared);
  return shared;
};

/** A rule as it judges one person. It shares nothing with what the rule tells the search: each is tested by the other. */
type Judge<Code extends LabourRuleCode> = (rule: LabourRuleOf<Code>, days: PersonDays) => Breach[];

/** A rule as it judges people together. */
type CrewJudge<Code extends LabourRuleCode> = (
  rule: LabourRuleOf<Code>,
  people: readonly PersonDays[],
) => Breach[];
