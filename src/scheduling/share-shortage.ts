import { text } from '../kernel/text.ts';
import type { CoverProblem } from './cover-problem.ts';

/** What an operator missing beyond half the need costs, in severe prices. */
const deepFactor = 2;

/**
 * Prices a shortage of people so that it is shared out. With one price for all severe shortage it would all
 * fall on the hours that are dearest to staff, and nobody would be there at night: operators missing beyond
 * half the need, and the last one of all, cost twice the severe price. Prices stay convex.
 */
export const shareShortage = (problem: CoverProblem): CoverProblem => {
  const deepUnder = problem.demand.map((heads, slot) =>
    Math.max(Math.floor(heads / 2), Math.min(problem.mildUnder[slot] ?? 0, heads - 1), 0),
  );
  return {
    ...problem,
    mildUnder: problem.mildUnder.map((mild, slot) => Math.min(mild, deepUnder[slot] ?? 0)),
    deepUnder,
    deepUnderPrice: deepFactor * problem.severeUnderPrice,
  };
};

export const sayShared = text(
  `人手不足时缺口分摊到各时段：缺员超过需求一半的部分按重度缺员价格的 ${deepFactor} 倍计，避免某一时段无人值守。`,
  `Where people are short, the shortage is shared out: operators missing beyond half the need cost ${deepFactor} times the severe price, so that no hour is left without anyone.`,
);
