import type { Solver } from '../../kernel/ports.ts';
import { coverPricesOf, rewardedCells } from '../columns/cover-prices.ts';
import { descendPrices } from '../columns/descend-prices.ts';
import { generateColumns } from '../columns/generate-columns.ts';
import { poolCurrentLines, raiseBound, type RosterSearch } from './roster-search.ts';

const descentPasses = 40;
const keptPasses = 12;
/** Box around the descent's prices in which column generation starts, as a share of the scale of prices. */
export const boxShare = 0.005;

/** Prices of cover, the bound they prove, and lines worth having: descent first, column generation from there. */
export const priceRoster = async (search: RosterSearch): Promise<void> => {
  const { model, finders, pool, width, means, scale, people } = search;
  poolCurrentLines(search);
  const near = descendPrices(
    model,
    finders,
    pool,
    { passes: descentPasses, kept: keptPasses, width, shouldStop: () => search.isPast(0.7) },
    (person, line) => search.costs[person]?.(line) ?? Infinity,
  );
  raiseBound(search, boundAt(search, near));
  search.report('prices');
  const generated = await generateColumns(
    model,
    pool,
    { people, onDuty: new Int32Array(search.state.counts.length), from: 0, until: model.days },
    {
      solver: means.solvers[0] as Solver,
      parallel: undefined,
      roster: search.roster,
      rounds: 200,
      linesPerPerson: 5,
      width,
      gap: 1e-6,
      near,
      reach: boxShare * scale,
      shouldStop: () => search.isPast(0.4),
      onRound: ({ bound }) => {
        raiseBound(search, bound);
        search.report('columns');
      },
    },
  );
  raiseBound(search, generated.bound);
  if (generated.prices !== undefined) search.proof = { prices: generated.prices, bound: generated.bound };
};

/** What prices of cover prove by themselves (Lagrange): what the demand is worth, and everybody's cheapest line. */
const boundAt = ({ model, finders, width, isOver }: RosterSearch, near: Float64Array): number => {
  const prices = coverPricesOf(model.cover, near);
  let bound = prices.worth;
  for (const [person, { cell, options }] of model.lines.entries()) {
    if (isOver()) return 0;
    const worth = prices.perGroup[model.cover.groupOf[person] as number];
    if (worth === undefined) continue;
    const found = finders[person]?.(rewardedCells(cell, options, worth), {
      below: Infinity,
      lines: 1,
      width,
    });
    if (found !== undefined && found.bound < Infinity) bound += found.bound;
  }
  return bound;
};
