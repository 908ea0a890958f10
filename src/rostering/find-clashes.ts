import type { LabourRule, LabourRuleCode } from '../contract/models/labour-rules-model.ts';
import { createLineFinder } from './line/line-finder.ts';
import type { LineModel } from './line/line-model.ts';
import { rosterModelOf } from './roster-model.ts';
import type { RosterPerson, RosterProblem } from './roster-problem.ts';

/** A hard rule, or one day of leave or one pin of it, that takes part in a clash. */
interface ClashPart {
  readonly code: LabourRuleCode;
  /** Number in the problem's list of rules. */
  readonly rule: number;
  /** The day, where it is about one: a day of leave, a pin. */
  readonly day?: number;
}

/** Hard rules that cannot hold together for a person: without any one of the parts they could. */
interface RuleClash {
  readonly person: number;
  readonly parts: readonly ClashPart[];
  /** Days on which the parts clash, the fewest that show it: from `from` to the one before `until`. */
  readonly from: number;
  readonly until: number;
  /** Ways out, the fewest units first: the rule broken by so many of its units and nothing else broken. */
  readonly relaxations: readonly Relaxation[];
}

interface Relaxation {
  readonly part: ClashPart;
  readonly units: number;
}

/** Partial lines kept per day: feasibility alone needs few, but a proof that there is no line needs them all. */
const width = 100_000;

/**
 * Everybody whose hard rules cannot hold together, with an irreducible set of them, by leaving out one after the
 * other (deletion filter), and the stretch of days on which it shows. Empty where everybody has a line.
 */
export const findClashes = (problem: RosterProblem): readonly RuleClash[] =>
  problem.people.flatMap((person, index) => {
    const alone = onlyPerson(problem, person);
    const parts = hardParts(alone, person);
    if (isPossible(alone, parts)) return [];
    const clashing = parts.reduce((kept, part) => {
      const fewer = kept.filter((one) => one !== part);
      return isPossible(alone, fewer) ? kept : fewer;
    }, parts);
    return [
      {
        person: index,
        parts: clashing,
        ...stretchOf(alone, clashing),
        relaxations: waysOut(alone, clashing),
      },
    ];
  });

const onlyPerson = (problem: RosterProblem, person: RosterPerson): RosterProblem => ({
  ...problem,
  people: [person],
  demand: [],
});

const dayRuleCodes: readonly LabourRuleCode[] = ['unavailable', 'pinned'];

const hardParts = ({ rules, days }: RosterProblem, person: RosterPerson): ClashPart[] =>
  rules.flatMap((one, rule): ClashPart[] => {
    if (one.price !== 'hard' || one.people?.includes(person.person) === false) return [];
    if (!dayRuleCodes.includes(one.rule)) return [{ code: one.rule, rule }];
    const dates = one.rule === 'pinned' ? person.pinned.map(({ day }) => day) : person.unavailable;
    return [...new Set(dates)]
      .filter((day) => day >= 0 && day < days.length)
      .map((day) => ({ code: one.rule, rule, day }));
  });

/** The problem with the parts alone; `softened` is priced at 1 instead of hard. */
const withParts = (
  problem: RosterProblem,
  parts: readonly ClashPart[],
  softened?: ClashPart,
): RosterProblem => {
  const [person] = problem.people as [RosterPerson];
  const daysOf = (code: LabourRuleCode, which: readonly ClashPart[]): number[] =>
    which.flatMap((part) => (part.code === code ? (part.day ?? []) : []));
  const kept = softened === undefined ? parts : parts.filter((part) => part !== softened);
  const hard = [...new Set(kept.map(({ rule }) => rule))].map((rule) => problem.rules[rule] as LabourRule);
  const soft = softened === undefined ? undefined : (problem.rules[softened.rule] as LabourRule);
  const away = daysOf('unavailable', kept);
  const pinned = person.pinned.filter(({ day }) => daysOf('pinned', kept).includes(day));
  // A single day that may be given up is simply left out: it is one unit.
  const isDay = softened?.day !== undefined;
  return {
    ...problem,
    people: [{ ...person, unavailable: away, pinned }],
    rules: [...hard, ...(soft === undefined || isDay ? [] : [{ ...soft, price: 1 }])],
  };
};

const cheapestLine = (problem: RosterProblem): number => {
  const [line] = rosterModelOf(problem).lines as [LineModel];
  const found = createLineFinder(line)(line.cell, { below: Infinity, lines: 1, width });
  return found.lines[0]?.cost ?? Infinity;
};

const isPossible = (problem: RosterProblem, parts: readonly ClashPart[]): boolean =>
  cheapestLine(withParts(problem, parts)) < Infinity;

/** What giving up each part costs in its units, where that alone resolves the clash. */
const waysOut = (problem: RosterProblem, parts: readonly ClashPart[]): Relaxation[] =>
  parts
    .map((part) => ({
      part,
      units: cheapestLine(withParts(problem, parts, part)) + (part.day === undefined ? 0 : 1),
    }))
    .filter(({ units }) => units < Infinity)
    .sort((a, b) => a.units - b.units || a.part.rule - b.part.rule);

/** The shortest stretch of days, shrunk from its end and then its start, on which the parts still clash. */
const stretchOf = (
  problem: RosterProblem,
  parts: readonly ClashPart[],
): { readonly from: number; readonly until: number } => {
  const clashes = (from: number, until: number): boolean =>
    !isPossible(...sliceOf(withParts(problem, parts), parts, from, until));
  let until = problem.days.length;
  let from = 0;
  while (until > 1 && clashes(from, until - 1)) until -= 1;
  while (from < until - 1 && clashes(from + 1, until)) from += 1;
  return { from, until };
};

/** Some days of a person's problem; days before the period stay known only where the slice begins with it. */
const sliceOf = (
  problem: RosterProblem,
  parts: readonly ClashPart[],
  from: number,
  until: number,
): [RosterProblem, ClashPart[]] => {
  const [person] = problem.people as [RosterPerson];
  const isIn = (day: number): boolean => day >= from && day < until;
  const sliced: RosterPerson = {
    ...person,
    unavailable: person.unavailable.filter(isIn).map((day) => day - from),
    pinned: person.pinned.filter(({ day }) => isIn(day)).map((pin) => ({ ...pin, day: pin.day - from })),
    before: from === 0 ? person.before : [],
  };
  const slice = { ...problem, days: problem.days.slice(from, until), people: [sliced] };
  const kept = parts.flatMap((part) => {
    if (part.day === undefined) return [part];
    return isIn(part.day) ? [{ ...part, day: part.day - from }] : [];
  });
  // `withParts` has put the parts' rules in the order in which the parts name them.
  const order = [...new Set(parts.map(({ rule }) => rule))];
  const renumbered = kept.map((part) => ({ ...part, rule: order.indexOf(part.rule) }));
  return [slice, renumbered];
};
