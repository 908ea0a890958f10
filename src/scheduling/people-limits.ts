import type { StartLimit } from './cover-problem.ts';
import type { TierPeople } from './cover-request.ts';
import { schedulingFinding, type SchedulingFinding } from './scheduling-findings.ts';
import type { ShiftGrid } from './shift-grid.ts';

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
  return [
    oneShiftADay(grid, { operators }),
    dayOffInSeven(grid, { operators }),
    contractHours(grid, { weeklyHours }),
  ];
};

/** Each operator starts at most one shift on a local date. */
export const oneShiftADay = (grid: ShiftGrid, { operators }: { readonly operators: number }): PeopleRule => ({
  rule: schedulingFinding('most-shifts-a-day', { shifts: operators }),
  limits: daysOf(grid).map(({ from, to }) => ({ from, to, weights: ones(grid), most: operators })),
});

/** Each operator has a day without a start in every seven days of the horizon; a shorter one asks for none. */
export const dayOffInSeven = (grid: ShiftGrid, { operators }: { readonly operators: number }): PeopleRule => {
  const days = daysOf(grid).length;
  const most = operators * (days - Math.floor(days / 7));
  return {
    rule: schedulingFinding('most-shifts-in-all', { shifts: most }),
    limits: [{ from: 0, to: grid.slots, weights: ones(grid), most }],
  };
};

/** Paid hours of all shifts of the tier stay within its contract hours, in proportion to the days planned. */
export const contractHours = (
  grid: ShiftGrid,
  { weeklyHours }: { readonly weeklyHours: number },
): PeopleRule => {
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
