import type { ParallelMap, ParallelTask } from '../../kernel/ports.ts';
import { createLineCost, type LineCost } from '../line/line-cost.ts';
import { createLineFinder, createLineWorkspace, type LineFinder } from '../line/line-finder.ts';
import type { LineModel } from '../line/line-model.ts';
import { rewardedCells } from './descend-prices.ts';
import type { Column } from './master-programme.ts';

/** Some people's cheapest lines under prices of cover, asked of one thread. */
interface PriceRequest {
  /** Tells one roster's models from another's, so that a thread can keep what it has built. */
  readonly roster: number;
  readonly people: readonly {
    readonly person: number;
    readonly model: LineModel;
    /** Only lines cheaper than this count. */
    readonly below: number;
    readonly worth: Float64Array;
  }[];
  readonly lines: number;
  readonly width: number;
}

interface PricedPerson {
  readonly columns: readonly Column[];
  /** Proved: none of the person's lines costs less under these prices. */
  readonly bound: number;
}

interface Workbench {
  readonly find: LineFinder;
  readonly cost: LineCost;
}

const kept = { roster: -1, benches: new Map<number, Workbench>(), workspace: createLineWorkspace() };

const workbenchOf = (roster: number, person: number, model: LineModel): Workbench => {
  if (kept.roster !== roster) {
    kept.roster = roster;
    kept.benches.clear();
  }
  const known = kept.benches.get(person);
  if (known !== undefined) return known;
  const made = { find: createLineFinder(model, kept.workspace), cost: createLineCost(model) };
  kept.benches.set(person, made);
  return made;
};

/** What a thread does with a request. */
export const priceLines = ({ roster, people, lines, width }: PriceRequest): PricedPerson[] =>
  people.map(({ person, model, below, worth }) => {
    const { find, cost } = workbenchOf(roster, person, model);
    const found = find(rewardedCells(model.cell, model.options, worth), { below, lines, width });
    return {
      columns: found.lines.map(({ line }) => ({ person, line, cost: cost(line) })),
      bound: found.bound,
    };
  });

const task: ParallelTask = { module: new URL('./price-lines.ts', import.meta.url).href, name: 'priceLines' };

/** People a thread is given at once. */
const peoplePerBatch = 12;

/** Spreads a request over the threads; in this thread where there are none. */
export const priceInParallel = async (
  request: PriceRequest,
  parallel: ParallelMap | undefined,
): Promise<PricedPerson[]> => {
  if (parallel === undefined) return priceLines(request);
  const batches: PriceRequest[] = [];
  for (let from = 0; from < request.people.length; from += peoplePerBatch)
    batches.push({ ...request, people: request.people.slice(from, from + peoplePerBatch) });
  return (await parallel<PricedPerson[]>(task, batches)).flat();
};
