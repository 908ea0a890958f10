import type { TiersModel } from '../contract/models/tiers-model.ts';
import { clockText } from '../kernel/time-window.ts';
import { valueAt } from '../kernel/value-at.ts';
import { coverOfTours, coverPrice, type CoverProblem, type StartLimit, type Tour } from './cover-problem.ts';
import type { TierPeople } from './cover-request.ts';
import {
  schedulingFinding,
  type SchedulingFinding,
  type ShortStretch,
  type ShortTier,
} from './scheduling-findings.ts';
import type { ShiftGrid } from './shift-grid.ts';
import { createLimitUse, limitSlack, useOfLimit } from './stay-prices.ts';

/** No template reaches there; no one on the books is left for it; or filling it costs more. */
type Cause = 'unreachable' | 'people' | 'price';

/** A run of intervals in which fewer operators are there than required, after tiers have stood in for each other. */
interface Shortfall {
  readonly from: number;
  readonly to: number;
  readonly most: number;
  readonly hours: number;
  readonly price: number;
  readonly cause: Cause;
}

/** Longest list of shortfalls to spell out; the rest is summed up. */
const mostNamed = 5;

/** Fewest operators missing that are worth naming the hours of, while there are others. */
const leastNamed = 0.05;

/**
 * A tier's plan as found, with the people it may use. Per interval: operators required, ready, and stepping in from
 * other tiers (less those lent), all ready for calls: the base on which a shortage is reported everywhere.
 */
interface FoundPlan {
  readonly problem: CoverProblem;
  readonly tours: readonly Tour[];
  readonly people: TierPeople | undefined;
  readonly required: Int32Array;
  readonly ready: Float64Array;
  readonly standIns: Float64Array;
}

/** What a tier's plan leaves uncovered, and why. */
export const explainShortage = (
  grid: ShiftGrid,
  tier: TiersModel['tiers'][number],
  plan: FoundPlan,
): SchedulingFinding[] => {
  const { tours, people } = plan;
  const all = shortfalls(grid, plan);
  const standIns = effectOfStandIns(shortHours(grid, plan), sum(all, 'hours'));
  const because = (cause: Cause): ShortTier | undefined => {
    const runs = all.filter((one) => one.cause === cause);
    return runs.length === 0 ? undefined : { tier: tier.name, standIns, ...shortTier(grid, runs) };
  };
  const [unreachable, lacking, dear] = [because('unreachable'), because('people'), because('price')];
  return [
    ...(unreachable === undefined ? [] : [schedulingFinding('no-template-reaches', unreachable)]),
    ...(lacking === undefined || people === undefined
      ? []
      : [
          schedulingFinding('people-used-up', {
            ...lacking,
            operators: people.operators,
            shifts: tours.length,
            paidHours: tours.reduce((paid, { type }) => paid + valueAt(grid.templates, type).paidHours, 0),
            weeklyHours: people.weeklyHours,
            ...reachedRule(grid, people, tours),
          }),
        ]),
    ...(dear === undefined ? [] : [schedulingFinding('filling-costs-more', dear)]),
  ];
};

/** The rule of a tier's people that leaves no room for the smallest further shift, the widest first; days alone are reported last. */
const reachedRule = (
  grid: ShiftGrid,
  people: TierPeople,
  tours: readonly Tour[],
): { readonly rule?: SchedulingFinding } => {
  const reached = rulesOfPeople(grid, people).filter(({ limits }) =>
    limits.some((limit) => useOfLimit(limit, tours) + Math.min(...limit.weights) > limit.most + limitSlack),
  );
  const rule = reached.at(-1)?.rule;
  return rule === undefined ? {} : { rule };
};

/** Ready operator-hours that a plan leaves open after tiers have stood in for each other, interval by interval. */
export const openHours = (grid: ShiftGrid, plan: FoundPlan): number => sum(shortfalls(grid, plan), 'hours');

/** Ready operator-hours below the requirement before anybody of another tier steps in. */
const shortHours = (grid: ShiftGrid, { required, ready }: FoundPlan): number =>
  required.reduce((total, needed, i) => total + Math.max(0, needed - valueAt(ready, i)), 0) *
  hoursOfInterval(grid);

const hoursOfInterval = (grid: ShiftGrid): number => (grid.slotsPerInterval * grid.slotMinutes) / 60;

/** Below this many operators an interval is met: what is left is rounding. */
const met = 1e-9;

const shortfalls = (grid: ShiftGrid, plan: FoundPlan): Shortfall[] => {
  const { problem, tours, required, ready, standIns } = plan;
  const cover = coverOfTours(problem, tours);
  const causeAt = causesOf(plan);
  const runs: Shortfall[] = [];
  for (let i = 0; i < required.length; i += 1) {
    const missing = valueAt(required, i) - valueAt(ready, i) - valueAt(standIns, i);
    if (missing <= met) continue;
    const slots = Array.from({ length: grid.slotsPerInterval }, (_, k) => i * grid.slotsPerInterval + k);
    const under = slots.filter((slot) => valueAt(problem.demand, slot) > valueAt(cover, slot));
    const cause = causeAt(under[0] ?? valueAt(slots, 0));
    const last = runs.at(-1);
    const joins = last !== undefined && last.to === i && last.cause === cause;
    const before = joins ? last : { from: i, most: 0, hours: 0, price: 0 };
    if (joins) runs.pop();
    runs.push({
      from: before.from,
      to: i + 1,
      most: Math.max(before.most, missing),
      hours: before.hours + missing * hoursOfInterval(grid),
      price: under.reduce(
        (price, slot) => price + coverPrice(problem, slot, valueAt(cover, slot)),
        before.price,
      ),
      cause,
    });
  }
  return runs;
};

/** Why a slot is not covered better. */
const causesOf = ({ problem, tours }: FoundPlan): ((slot: number) => Cause) => {
  const reachable = reachableSlots(problem, () => true);
  const use = createLimitUse(problem);
  for (const { type, start } of tours) use.count(type, start, 1);
  const staffable = reachableSlots(problem, (type, start) => use.allows(type, start));
  return (slot) => (reachable[slot] === 0 ? 'unreachable' : staffable[slot] === 0 ? 'people' : 'price');
};

/** Slots in which some shift that may be added puts an operator. */
const reachableSlots = (
  problem: CoverProblem,
  mayAdd: (type: number, start: number) => boolean,
): Uint8Array => {
  const reachable = new Uint8Array(problem.slots);
  for (const [index, type] of problem.types.entries()) {
    for (const start of type.starts) {
      if (!mayAdd(index, start)) continue;
      for (let t = start; t < start + type.lengthSlots; t += 1) reachable[t % problem.slots] = 1;
    }
  }
  return reachable;
};

const clockAt = (grid: ShiftGrid, interval: number): string => {
  const { date, minute } = valueAt(grid.clock, (interval * grid.slotsPerInterval) % grid.slots);
  return `${date} ${clockText(minute)}`;
};

/** Stretches of one cause: the dearest by name in the order of time, the others summed up. */
const shortTier = (
  grid: ShiftGrid,
  runs: readonly Shortfall[],
): Pick<ShortTier, 'operatorHours' | 'price' | 'stretches' | 'others'> => {
  const plain = runs.filter(({ most }) => most >= leastNamed);
  const named = (plain.length > 0 ? plain : runs)
    .toSorted((a, b) => b.price - a.price)
    .slice(0, mostNamed)
    .sort((a, b) => a.from - b.from);
  const others = runs.filter((run) => !named.includes(run));
  return {
    operatorHours: sum(runs, 'hours'),
    price: sum(runs, 'price'),
    stretches: named.map((run) => stretchOf(grid, run)),
    others: { stretches: others.length, operatorHours: sum(others, 'hours') },
  };
};

const stretchOf = (grid: ShiftGrid, run: Shortfall): ShortStretch => {
  const [from, to] = [clockAt(grid, run.from), clockAt(grid, run.to)];
  const isSameDay = to.slice(0, 10) === from.slice(0, 10);
  return { from, to: isSameDay ? to.slice(11) : to, mostOperators: run.most, operatorHours: run.hours };
};

const sum = (runs: readonly Shortfall[], of: 'hours' | 'price'): number =>
  runs.reduce((total, run) => total + run[of], 0);

/** A tier's shortage before and after tiers stand in for one another, hours; null where that changes nothing to speak of. */
const effectOfStandIns = (before: number, after: number): ShortTier['standIns'] =>
  Math.abs(before - after) < 0.05 ? null : { before, after };

/**
 * A hard rule on a tier's shifts, with its number. The three rules are linear in the number of
 * shifts started, so the relaxation holds them too and its bound is one for the plan under these rules.
 *
 * One shift a day and a day off in seven lose nothing by counting heads instead of naming people: daily
 * counts of at most `operators` whose sum is at most `operators` × working days can always be dealt out,
 * person after person in turn, so that nobody works a day twice or a day too many (Gale 1957, Ryser 1957).
 * Contract hours are summed over the tier, and rest between shifts is left to the roster of names: the bound
 * stays valid, the plan may prove a little tighter for named people.
 */
export interface PeopleRule {
  readonly rule: SchedulingFinding;
  readonly limits: readonly StartLimit[];
}

/** All rules that follow from the people of a tier. Throws on counts that no tier can have. */
export const rulesOfPeople = (grid: ShiftGrid, people: TierPeople): PeopleRule[] => {
  const { operators, weeklyHours } = people;
  if (!Number.isInteger(operators) || operators < 0)
    throw new RangeError(`operators of ${people.tier} must be a whole number from 0, not ${operators}`);
  if (!Number.isFinite(weeklyHours) || weeklyHours < 0)
    throw new RangeError(`weekly hours of ${people.tier} must be a number from 0, not ${weeklyHours}`);
  return [oneShiftADay(grid, people), dayOffInSeven(grid, people), contractHours(grid, people)];
};

/** Each operator starts at most one shift on a local date. */
const oneShiftADay = (grid: ShiftGrid, { operators }: TierPeople): PeopleRule => ({
  rule: schedulingFinding('most-shifts-a-day', { shifts: operators }),
  limits: daysOf(grid).map(({ from, to }) => ({ from, to, weights: ones(grid), most: operators })),
});

/** Each operator has a day without a start in every seven days of the horizon; a shorter one asks for none. */
const dayOffInSeven = (grid: ShiftGrid, { operators }: TierPeople): PeopleRule => {
  const days = daysOf(grid).length;
  const most = operators * (days - Math.floor(days / 7));
  return {
    rule: schedulingFinding('most-shifts-in-all', { shifts: most }),
    limits: [{ from: 0, to: grid.slots, weights: ones(grid), most }],
  };
};

/** Paid hours of all shifts of the tier stay within its contract hours, in proportion to the days planned. */
const contractHours = (grid: ShiftGrid, { weeklyHours }: TierPeople): PeopleRule => {
  const most = (weeklyHours * daysOf(grid).length) / 7;
  const hours = Number(most.toFixed(1));
  return {
    rule: schedulingFinding('most-paid-hours', { hours }),
    limits: [
      {
        from: 0,
        to: grid.slots,
        weights: Float64Array.from(grid.templates, ({ paidHours }) => paidHours),
        most,
      },
    ],
  };
};

const ones = (grid: ShiftGrid): Float64Array => new Float64Array(grid.templates.length).fill(1);

/** Runs of slots of one local date. */
const daysOf = (grid: ShiftGrid): { readonly from: number; readonly to: number }[] => {
  const days: { from: number; to: number }[] = [];
  let date = '';
  for (const [slot, clock] of grid.clock.entries()) {
    const last = days.at(-1);
    if (last !== undefined && clock.date === date) last.to = slot + 1;
    else days.push({ from: slot, to: slot + 1 });
    ({ date } = clock);
  }
  return days;
};
