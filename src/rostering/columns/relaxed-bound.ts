import type { ParallelTask } from '../../kernel/ports.ts';
import { boundedStateOf, completionBounds } from '../line/completion-bound.ts';
import { tableOf } from '../line/line-cost.ts';
import { type LineModel, withCells, type LineTally, noMost, type TallyCounter } from '../line/line-model.ts';
import type { RosterModel } from '../roster-model.ts';
import type { RosterProblem } from '../roster-problem.ts';
import { keptModel, raiseBound, type RosterSearch } from '../search/roster-search.ts';
import { coverPricesOf, rewardedCells } from './descend-prices.ts';

interface RelaxedPlan {
  /** Mean price of a missing operator: the scale of steps. */
  readonly scale: number;
  readonly people: readonly number[];
  /** Share of the descent that is done before, and after: steps shrink from the first to the last. */
  readonly from: number;
  readonly until: number;
  readonly passes: number;
}

/** Prices of cover and everybody's rates: where a descent stands between two legs. */
interface RelaxedPrices {
  /** `[slot * tiers + tier]`. */
  readonly worth: Float64Array;
  /** Per person, then per sum: the rate of each window. */
  readonly rates: readonly (readonly Float64Array[])[];
}

/** First and last step, as shares of the scale of prices. */
const firstStep = 0.1;
const lastStep = 0.00003;

interface Person {
  readonly person: number;
  readonly relaxed: RelaxedLine;
  readonly rates: readonly Float64Array[];
  readonly cell: Float64Array<ArrayBuffer>;
  readonly line: Uint8Array;
}

/**
 * What no roster can cost less than, quickly: cover has its price (Lagrange), and so have the sums of every person's
 * days (hours, nights, weekends), which leaves searches over few states. Prices and rates by incremental subgradients
 * (Nedić and Bertsekas 2001), a leg at a time. Weaker than column generation by what whole sums cost more than shares
 * of them, and hundreds of times as fast.
 */
export const relaxedBound = (
  model: RosterModel,
  plan: RelaxedPlan,
  start?: RelaxedPrices,
): { readonly bound: number; readonly prices: RelaxedPrices } => {
  const shared: { table: Float64Array } = { table: new Float64Array(0) };
  const people = plan.people.map((person, at): Person => {
    const line = model.lines[person] as RosterModel['lines'][number];
    const relaxed = relaxedLineOf(line, shared);
    return {
      person,
      relaxed,
      rates: start?.rates[at] ?? relaxed.terms.map(({ most }) => new Float64Array(most.length)),
      cell: new Float64Array(line.cell.length),
      line: new Uint8Array(line.days),
    };
  });
  const worth = new Float64Array(model.cover.operators.length);
  if (start !== undefined) worth.set(start.worth);
  for (let pass = 0; pass < plan.passes; pass += 1) {
    const done = plan.from + ((plan.until - plan.from) * pass) / plan.passes;
    const step = plan.scale * firstStep * Math.pow(lastStep / firstStep, done);
    for (const one of people) {
      answer(model, worth, one);
      moveWorth(model, worth, one, step, people.length);
      moveRates(model, one, step, plan.scale);
    }
  }
  return {
    bound: boundAt(model, worth, people),
    prices: { worth, rates: people.map(({ rates }) => rates) },
  };
};

/** A person's cheapest relaxed line under the prices as they are, and what it costs. */
const answer = (model: RosterModel, worth: Float64Array, one: Person, perSlot?: Float64Array): number => {
  const { cell, options } = model.lines[one.person] as RosterModel['lines'][number];
  const slots = perSlot ?? worthOf(model, worth, model.cover.groupOf[one.person] as number);
  rewardedCells(cell, options, slots, one.cell);
  for (const [at, { weight, window }] of one.relaxed.terms.entries()) {
    const rates = one.rates[at] as Float64Array;
    for (let place = 0; place < cell.length; place += 1) {
      const units = weight[place] as number;
      if (units === 0) continue;
      const rate = rates[window[Math.floor(place / options)] as number] as number;
      if (rate !== 0) one.cell[place] = (one.cell[place] as number) + rate * units;
    }
  }
  return one.relaxed.cheapest(one.cell, one.line);
};

/** What a person of the group is worth on each slot: in the tier where they are worth most. */
const worthOf = ({ cover }: RosterModel, worth: Float64Array, group: number): Float64Array => {
  const { tiers, price } = cover;
  const perSlot = new Float64Array(worth.length / tiers);
  for (let slot = 0; slot < perSlot.length; slot += 1) {
    let most = -Infinity;
    for (let tier = 0; tier < tiers; tier += 1)
      most = Math.max(most, (worth[slot * tiers + tier] as number) - (price[group * tiers + tier] as number));
    perSlot[slot] = most;
  }
  return perSlot;
};

/** Demand becomes worth a person's share more, what their line serves less. */
const moveWorth = (
  { cover }: RosterModel,
  worth: Float64Array,
  { person, line }: Person,
  step: number,
  people: number,
): void => {
  const { tiers, shifts, operators, under, over, price, groupOf } = cover;
  const group = groupOf[person] as number;
  const served: number[] = [];
  for (const [day, option] of line.entries()) {
    if (option === 0) continue;
    const from = (day * shifts + option - 1) * tiers;
    let best = from;
    let most = -Infinity;
    for (let tier = 0; tier < tiers; tier += 1) {
      const value = (worth[from + tier] as number) - (price[group * tiers + tier] as number);
      if (value <= most) continue;
      most = value;
      best = from + tier;
    }
    served.push(best);
  }
  for (let row = 0; row < worth.length; row += 1)
    worth[row] = Math.min(
      under[row] as number,
      (worth[row] as number) + (step * (operators[row] as number)) / people,
    );
  for (const row of served) worth[row] = Math.max(-(over[row] as number), (worth[row] as number) - step);
};

/** A sum above its most costs more from now on, one below its least is worth more. */
const moveRates = (model: RosterModel, one: Person, step: number, scale: number): void => {
  const { options } = model.lines[one.person] as RosterModel['lines'][number];
  for (const [at, term] of one.relaxed.terms.entries()) {
    const rates = one.rates[at] as Float64Array;
    const sums = new Float64Array(rates.length);
    for (const [day, option] of one.line.entries()) {
      const window = term.window[day] as number;
      if (window >= 0)
        sums[window] = (sums[window] as number) + (term.weight[day * options + option] as number);
    }
    const { above, below } = rateLimits(term, scale);
    for (const [window, rate] of rates.entries()) {
      const sum = sums[window] as number;
      const [least, most] = [term.least[window] as number, term.most[window] as number];
      const off = sum > most || rate > 0 ? sum - most : sum < least || rate < 0 ? sum - least : 0;
      const moved = rate + (step * off) / (term.unit * term.unit);
      const kept = rate * moved < 0 ? 0 : moved;
      rates[window] = Math.max(-below, Math.min(above, kept));
    }
  }
};

/** Hard sums may cost as much as several missing operators; any finite rate keeps the bound true. */
const rateLimits = ({ above, below, unit }: SumTerm, scale: number) => ({
  above: Math.min(above, (4 * scale) / unit),
  below: Math.min(below, (4 * scale) / unit),
});

/** What these prices and rates prove. */
const boundAt = (model: RosterModel, worth: Float64Array, people: readonly Person[]): number => {
  const prices = coverPricesOf(model.cover, worth);
  let bound = prices.worth;
  for (const one of people) {
    const group = model.cover.groupOf[one.person] as number;
    bound += answer(model, worth, one, prices.perGroup[group]);
    for (const [at, { least, most }] of one.relaxed.terms.entries())
      for (const [window, rate] of (one.rates[at] as Float64Array).entries())
        if (rate !== 0) bound -= rate * ((rate > 0 ? most[window] : least[window]) as number);
  }
  return bound;
};

/** A sum that a relaxed line pays for unit by unit instead of by its least and most. */
interface SumTerm {
  /** What an option of a day adds: `weight[day * options + option]`; a group's days share its one unit. */
  readonly weight: Float64Array;
  readonly window: Int32Array;
  /** Between what the sum costs nothing, per window, what the days before have added taken off. */
  readonly least: Float64Array;
  readonly most: Float64Array;
  /** Rates that a unit may cost, from −`below` to `above`. */
  readonly below: number;
  readonly above: number;
  /** Units of one usual duty. */
  readonly unit: number;
}

/**
 * A person's line with its order of days exact and its sums at rates (Lagrange): a search over few states, and for
 * every choice of rates within their limits the cheapest relaxed line costs no more than the cheapest real one.
 */
interface RelaxedLine {
  readonly terms: readonly SumTerm[];
  /** Cost of the cheapest line under prices per day and option; writes it to `line`. Infinity: there is none. */
  cheapest(cell: Float64Array, line: Uint8Array): number;
}

/** Most values of a hard sum that stays exact. */
const mostValues = 3;

/** Relaxed lines share one table: each uses it and leaves nothing that the next reads. */
const relaxedLineOf = (model: LineModel, shared: { table: Float64Array }): RelaxedLine => {
  const { days, options, automaton, weekEnds } = model;
  const exact = model.counters.filter((counter) => isExact(counter, model));
  const bounded = boundedStateOf({ ...model, counters: exact });
  const { values, index, value: to, cost: charge } = bounded;
  const { states, next, cost: stepCost, atWeekEnd } = automaton;
  const size = (days + 1) * states * values;
  return {
    terms: model.counters.flatMap((counter) =>
      exact.includes(counter) ? [] : [termOf(counter.tally, model)],
    ),
    cheapest: (cell, line) => {
      if (shared.table.length < size) shared.table = new Float64Array(size);
      const { table } = shared;
      completionBounds(withCells(model, cell), bounded, cell, table);
      let state = automaton.start;
      let value = bounded.start;
      const least = table[state * values + value] as number;
      if (least === Infinity) return least;
      for (let day = 0; day < days; day += 1) {
        let best = Infinity;
        let bestState = state;
        let bestValue = value;
        for (let option = 0; option < options; option += 1) {
          let then = next[state * options + option] as number;
          if (then < 0) continue;
          if (atWeekEnd !== undefined && weekEnds[day] === 1) then = atWeekEnd[then] as number;
          const step = (index[day * options + option] as number) * values + value;
          const after = to[step] as number;
          const total =
            (cell[day * options + option] as number) +
            (stepCost[state * options + option] as number) +
            (charge[step] as number) +
            (table[((day + 1) * states + then) * values + after] as number);
          if (total >= best) continue;
          best = total;
          line[day] = option;
          bestState = then;
          bestValue = after;
        }
        state = bestState;
        value = bestValue;
      }
      return least;
    },
  };
};

const isExact = (counter: TallyCounter, { days, options }: LineModel): boolean =>
  (counter.lessCosts === Infinity || counter.moreCosts === Infinity) &&
  counter.top < mostValues &&
  tableOf(counter, days, options).size <= mostValues;

const termOf = (tally: LineTally, { days, options }: LineModel): SumTerm => {
  const { window, group, carried, leastPrice, mostPrice } = tally;
  const first = window.find((own) => own >= 0) ?? 0;
  const brought = (at: number): number => (at === first ? carried : 0);
  const shares = Int32Array.from(window, (_, day) => {
    const own = group?.[day] ?? -1;
    return own < 0 ? 1 : (group?.reduce((count, other) => count + (other === own ? 1 : 0), 0) ?? 1);
  });
  const isLimited = tally.most.some((most) => most !== noMost);
  return {
    // Half of a weekend's count for each of its days is never more than the weekend counts.
    weight: Float64Array.from({ length: days * options }, (_, at) => {
      const day = Math.floor(at / options);
      return (window[day] as number) < 0 ? 0 : (tally.weight[at] as number) / (shares[day] as number);
    }),
    window,
    least: Float64Array.from(tally.least, (least, at) => least - brought(at)),
    most: Float64Array.from(tally.most, (most, at) => Math.max(0, most - brought(at))),
    // A least of groups would need their days counted in full: it is left out, which keeps the bound true.
    below: group === undefined && tally.least.some((least) => least > 0) ? leastPrice : 0,
    above: isLimited ? mostPrice : 0,
    unit: tally.weight.reduce((top, weight) => Math.max(top, weight), 1),
  };
};

/** One leg of a descent, asked of a thread: the problem travels, since what is built from it cannot. */
interface BoundRequest extends RelaxedPlan {
  readonly roster: number;
  readonly problem: RosterProblem;
  readonly start: RelaxedPrices | undefined;
}

export const boundTask = (request: BoundRequest): ReturnType<typeof relaxedBound> =>
  relaxedBound(keptModel(request.roster, request.problem), request, request.start);

const task: ParallelTask = { module: new URL('./relaxed-bound.ts', import.meta.url).href, name: 'boundTask' };

/** Between legs it can be stopped. */
const legs = 15;
const passesPerLeg = 20;
/** Person-days beyond which legs have fewer passes, so that a descent takes about as long. */
const usualPersonDays = 6000;

/** Raises the bound by relaxed lines, on a thread where there is one. */
export const boundByRelaxing = async (search: RosterSearch): Promise<void> => {
  const { people, means, model, problem, roster, scale } = search;
  const share = Math.min(1, usualPersonDays / Math.max(1, model.days * people.length));
  const passes = Math.max(5, Math.round(passesPerLeg * share));
  let start: RelaxedPrices | undefined;
  for (let leg = 0; leg < legs && !search.isPast(0.3); leg += 1) {
    const plan = { people, scale, passes, from: leg / legs, until: (leg + 1) / legs };
    const request: BoundRequest = { ...plan, roster, problem, start };
    const answers =
      means.parallel === undefined
        ? [boundTask(request)]
        : await means.parallel<ReturnType<typeof boundTask>>(task, [request]);
    const answer = answers[0];
    if (answer === undefined) return;
    start = answer.prices;
    raiseBound(search, answer.bound);
    search.report('prices');
  }
};
