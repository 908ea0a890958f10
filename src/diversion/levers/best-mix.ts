import { valueAt } from '../../kernel/value-at.ts';
import { type Lever, leverSteps, type LeverTask, type Pulled, pullLevers } from './lever.ts';

/** Levers in part, together. */
export interface LeverMix extends Pulled {
  readonly parts: readonly { readonly lever: Lever; readonly level: number; readonly cost: number }[];
  readonly cost: number;
}

/** A level of a lever that recovers more callers than any cheaper one does, pulled alone. */
interface Step {
  readonly level: number;
  readonly cost: number;
  /** First callers that it recovers, pulled alone. */
  readonly recovered: number;
}

interface Candidate {
  readonly lever: Lever;
  /** From level 0 upwards, dearer and better at each step. */
  readonly steps: readonly Step[];
}

/** Index of a step, by candidate. */
type Choice = readonly number[];

/**
 * Levers relieve the same peaks: together they recover less than the sum of each alone, or hardly more. What this times
 * the sum cannot reach is not projected.
 */
const togetherAtMost = 1.1;

/** Callers below which two mixes count as equally good, and money below which they cost the same. */
const sameCallers = 1e-6;
const sameMoney = 1e-9;

/**
 * The mix that recovers the most first callers for at most `budget`, as far as was found: each lever in twentieths of
 * its most, costs of levers add up. First every lever and every pair of levers is tried with as much of both as the
 * budget allows; then, from the best so far, two levers at a time are set again beside the rest, until no two bring
 * more. So it is never below what one or two levers reach. A lever that alone recovers nobody is left out, a level
 * that alone recovers no more than a cheaper one is not tried, and what adds nothing to the mix is taken out again.
 */
export const bestMix = (
  task: LeverTask,
  levers: readonly Lever[],
  lostBefore: number,
  budget: number,
): LeverMix => {
  const candidates = levers
    .map((lever) => usefulSteps(task, lever, lostBefore, budget))
    .filter(({ steps }) => steps.length > 1);
  const mixOf = (choice: Choice): LeverMix => pullChoice(task, candidates, choice);
  const recoveredBy = (choice: Choice): number => lostBefore - mixOf(choice).lost;
  let best: Choice = candidates.map(() => 0);
  for (;;) {
    let found = best;
    for (const [choice, atMost] of mostPromisingFirst(candidates, best, budget)) {
      if (atMost <= recoveredBy(found)) break;
      if (recoveredBy(choice) > recoveredBy(found) + sameCallers) found = choice;
    }
    if (found === best) return mixOf(withoutIdle(best, mixOf));
    best = found;
  }
};

/** Choices with two levers set again, each with the callers that it recovers at most, the most first. */
const mostPromisingFirst = (
  candidates: readonly Candidate[],
  from: Choice,
  budget: number,
): (readonly [Choice, number])[] =>
  Array.from(pairsSetAnew(candidates, from, budget), (choice): readonly [Choice, number] => [
    choice,
    togetherAtMost * choice.reduce((sum, _, l) => sum + stepAt(candidates, choice, l).recovered, 0),
  ]).toSorted(([, a], [, b]) => b - a);

/** The steps of a lever that the budget pays for and that are worth their money alone, level 0 among them. */
const usefulSteps = (task: LeverTask, lever: Lever, lostBefore: number, budget: number): Candidate => {
  const steps: Step[] = [{ level: 0, cost: 0, recovered: 0 }];
  for (let k = 1; k <= leverSteps; k += 1) {
    const level = k / leverSteps;
    const { outcome, lost } = pullLevers(task, [{ lever, level }]);
    const step = { level, cost: lever.cost(level, outcome), recovered: lostBefore - lost };
    // More of a lever costs more: what follows is out of reach as well.
    if (step.cost > budget + sameMoney) break;
    const last = steps.at(-1);
    if (last === undefined || step.recovered <= last.recovered + sameCallers) continue;
    if (step.cost <= last.cost + sameMoney && last.level > 0) steps.pop();
    steps.push(step);
  }
  return { lever, steps };
};

const stepAt = (candidates: readonly Candidate[], choice: Choice, l: number): Step =>
  candidates[l]?.steps[valueAt(choice, l)] ?? { level: 0, cost: 0, recovered: 0 };

const pullChoice = (task: LeverTask, candidates: readonly Candidate[], choice: Choice): LeverMix => {
  const parts = candidates.flatMap(({ lever }, l) => {
    const { level, cost } = stepAt(candidates, choice, l);
    return level > 0 ? [{ lever, level, cost }] : [];
  });
  return { parts, cost: parts.reduce((sum, part) => sum + part.cost, 0), ...pullLevers(task, parts) };
};

/** Index of the dearest step that `money` pays for. */
const dearest = (steps: readonly Step[], money: number): number =>
  steps.findLastIndex(({ cost }) => cost <= money + sameMoney);

/** Every choice in which two levers are set again beside the rest: as much of the second as the first leaves money for. */
function* pairsSetAnew(candidates: readonly Candidate[], choice: Choice, budget: number): Generator<Choice> {
  const spent = choice.reduce((sum, _, l) => sum + stepAt(candidates, choice, l).cost, 0);
  for (const [first, one] of candidates.entries()) {
    const free = budget - spent + stepAt(candidates, choice, first).cost;
    const alone = dearest(one.steps, free);
    yield choice.map((index, l) => (l === first ? alone : index));
    for (const [second, other] of candidates.entries()) {
      if (second <= first) continue;
      const money = free + stepAt(candidates, choice, second).cost;
      for (const [own, { cost }] of one.steps.entries()) {
        const beside = dearest(other.steps, money - cost);
        if (beside >= 0) yield choice.map((index, l) => (l === first ? own : l === second ? beside : index));
      }
    }
  }
}

/** Takes out, step by step, what the mix loses nobody by. */
const withoutIdle = (chosen: Choice, mixOf: (choice: Choice) => LeverMix): Choice => {
  let choice = chosen;
  for (let l = 0; l < chosen.length; l += 1)
    while (valueAt(choice, l) > 0) {
      const fewer = choice.map((index, k) => (k === l ? index - 1 : index));
      if (mixOf(fewer).lost > mixOf(choice).lost + sameCallers) break;
      choice = fewer;
    }
  return choice;
};
