import { pullLevers, type Pulled } from './dial-levers.ts';
import type { Lever, LeverTask } from './lever.ts';

/** Levers in part, together. */
export interface LeverMix extends Pulled {
  readonly parts: readonly { readonly lever: Lever; readonly level: number; readonly cost: number }[];
  readonly cost: number;
}

/** Parts of its most in which a mix takes a lever. */
export const mixLevels = [0, 1 / 3, 2 / 3, 1] as const;

/** Every choice of one index per list whose costs sum to at most the budget. */
function* affordable(costs: readonly (readonly number[])[], budget: number): Generator<number[]> {
  const [own, ...others] = costs;
  if (own === undefined) {
    yield [];
    return;
  }
  for (const [index, cost] of own.entries()) {
    if (cost > budget + 1e-9) continue;
    for (const rest of affordable(others, budget - cost)) yield [index, ...rest];
  }
}

/** True where no lever's next part is affordable beside the others: more of any would break the budget. */
const isFull = (
  choice: readonly number[],
  costs: readonly (readonly number[])[],
  budget: number,
): boolean => {
  const spent = choice.reduce((sum, index, l) => sum + (costs[l]?.[index] ?? 0), 0);
  return choice.every((index, l) => {
    const next = costs[l]?.[index + 1];
    return next === undefined || spent - (costs[l]?.[index] ?? 0) + next > budget + 1e-9;
  });
};

/**
 * The mix that loses the fewest first callers for at most `budget`, each lever at none, a third, two thirds or all
 * of its most. Exact over these mixes: all that could be best are projected, that is all in which nothing more is
 * affordable, since more of a lever never loses more. A lever that alone recovers nobody is left out, and one that
 * adds nothing to the best mix is taken out of it again. Costs of levers add up.
 */
export const bestMix = (
  task: LeverTask,
  levers: readonly Lever[],
  lostBefore: number,
  budget: number,
): LeverMix => {
  const useful = levers
    .map((lever) => {
      const alone = mixLevels.map((level) => pullLevers(task, [{ lever, level }]));
      return {
        lever,
        alone,
        costs: mixLevels.map((level, k) => lever.cost(level, alone[k]?.outcome ?? task.outcome)),
      };
    })
    .filter(({ alone }) => (alone.at(-1)?.lost ?? Infinity) < lostBefore - 1e-6);
  const costs = useful.map((each) => each.costs);
  const mixOf = (choice: readonly number[]): LeverMix => {
    const parts = useful.flatMap(({ lever }, l) => {
      const index = choice[l] ?? 0;
      return index === 0 ? [] : [{ lever, level: mixLevels[index] ?? 0, cost: costs[l]?.[index] ?? 0 }];
    });
    return { parts, cost: parts.reduce((sum, part) => sum + part.cost, 0), ...pullLevers(task, parts) };
  };
  let best: LeverMix | undefined;
  let chosen: readonly number[] = useful.map(() => 0);
  for (const choice of affordable(costs, budget)) {
    if (!isFull(choice, costs, budget)) continue;
    const mix = mixOf(choice);
    if (best !== undefined && mix.lost >= best.lost - 1e-9) continue;
    best = mix;
    chosen = choice;
  }
  return best === undefined ? mixOf(chosen) : withoutIdle(chosen, best, mixOf);
};

/** Takes out, part by part, what the mix loses nobody by. */
const withoutIdle = (
  chosen: readonly number[],
  found: LeverMix,
  mixOf: (choice: readonly number[]) => LeverMix,
): LeverMix => {
  let best = found;
  let choice = chosen;
  for (let l = 0; l < chosen.length; l += 1) {
    while ((choice[l] ?? 0) > 0) {
      const fewer = choice.map((index, k) => (k === l ? index - 1 : index));
      const mix = mixOf(fewer);
      if (mix.lost > best.lost + 1e-6) break;
      best = mix;
      choice = fewer;
    }
  }
  return best;
};
