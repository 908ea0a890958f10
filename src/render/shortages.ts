import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { dayNumber } from '../kernel/time.ts';

type Tiers = readonly Pick<PlanDocument['tiers'][number], 'tier' | 'required' | 'scheduled' | 'standIns'>[];

interface Moments {
  /** Local wall clock of each interval. */
  readonly starts: readonly string[];
  readonly intervalMinutes: number;
}

/** The moment at which most operators are missing. `start` is a local wall clock. */
export interface WorstGap {
  readonly start: string;
  readonly tier: string;
  readonly operators: number;
}

export interface TierShortage {
  readonly tier: string;
  /** Operator-hours below the requirement, in all and by local date in the order of the plan's days. */
  readonly hours: number;
  readonly dayHours: readonly number[];
  readonly worst: WorstGap | undefined;
  /** Of these, what people of other tiers stand in for; below 0 where the tier lends more than it gets. */
  readonly standInHours: number;
  /** What is left open then: hours − standInHours; in all and by local date. */
  readonly openHours: number;
  readonly dayOpenHours: readonly number[];
}

export interface Shortage {
  /** Operator-hours below the requirement, tier by tier and interval by interval; surplus sets nothing off. */
  readonly hours: number;
  /** Of these, what tiers standing in for one another fills, and what is left open: hours − standInHours. */
  readonly standInHours: number;
  readonly openHours: number;
  /** openHours by local date, in the order of the plan's days. */
  readonly dayOpenHours: readonly number[];
  /** Operator-hours above it, summed in the same way: spare − short = scheduled − required. */
  readonly spare: number;
  /** Intervals in which some tier is short by `smallestGap` or more. */
  readonly intervals: number;
  /** Of these, intervals that are so once tiers have stood in for one another: what a plan's sentence speaks of. */
  readonly openIntervals: number;
  readonly worst: WorstGap | undefined;
  /** The moment at which most are missing in all once tiers have helped each other, and the tier that lacks most then. */
  readonly worstOpen: WorstGap | undefined;
  readonly tiers: readonly TierShortage[];
}

/** Below this many operators a gap is the dust of shrinkage, not a person. */
export const smallestGap = 0.5;

type Staffed = Pick<Tiers[number], 'required' | 'scheduled' | 'standIns'>;

/** Operators of a tier that are missing in an interval, once those of other tiers stand in and its own have gone to help. */
const openOf = ({ required, scheduled, standIns }: Staffed, interval: number): number =>
  Math.max(0, (required[interval] ?? 0) - (scheduled[interval] ?? 0) - (standIns?.[interval] ?? 0));

/** The same, of all tiers. */
export const openAt = ({ tiers }: { readonly tiers: readonly Staffed[] }, interval: number): number =>
  tiers.reduce((sum, tier) => sum + openOf(tier, interval), 0);

/** Where the shifts stay below what the targets need: how much, how often, and where most. */
export const shortageOf = (plan: Moments & { readonly tiers: Tiers }): Shortage => {
  const tiers = plan.tiers.map((tier) => shortageOfTier(plan, tier));
  const missing = plan.tiers.map(({ required, scheduled }) =>
    plan.starts.map((_, i) => (required[i] ?? 0) - (scheduled[i] ?? 0)),
  );
  const spare = missing.flat().reduce((sum, gap) => sum + Math.max(0, -gap), 0);
  const worst = tiers
    .flatMap((tier) => tier.worst ?? [])
    .reduce<WorstGap | undefined>(
      (most, gap) => (most === undefined || gap.operators > most.operators ? gap : most),
      undefined,
    );
  const sum = (of: 'hours' | 'standInHours' | 'openHours'): number =>
    tiers.reduce((total, tier) => total + tier[of], 0);
  return {
    hours: sum('hours'),
    standInHours: sum('standInHours'),
    openHours: sum('openHours'),
    dayOpenHours: (tiers[0]?.dayOpenHours ?? []).map((_, day) =>
      tiers.reduce((total, { dayOpenHours }) => total + (dayOpenHours[day] ?? 0), 0),
    ),
    spare: (spare * plan.intervalMinutes) / 60,
    intervals: plan.starts.filter((_, i) => missing.some((gaps) => (gaps[i] ?? 0) >= smallestGap)).length,
    openIntervals: plan.starts.filter((_, i) => openAt(plan, i) >= smallestGap).length,
    worst,
    worstOpen: worstOpenOf(plan),
    tiers,
  };
};

/** See `Shortage.worstOpen`; undefined where no interval is short of half an operator. */
export const worstOpenOf = ({
  starts,
  tiers,
}: {
  readonly starts: Moments['starts'];
  readonly tiers: readonly (Staffed & { readonly tier: string })[];
}): WorstGap | undefined => {
  const open = starts.map((_, i) => openAt({ tiers }, i));
  const most = Math.max(...open);
  const i = open.indexOf(most);
  const [first] = tiers.toSorted((a, b) => openOf(b, i) - openOf(a, i));
  if (!(most >= smallestGap) || first === undefined) return undefined;
  return { start: starts[i] ?? '', tier: first.tier, operators: most };
};

const shortageOfTier = ({ starts, intervalMinutes }: Moments, own: Tiers[number]): TierShortage => {
  const { tier, required, scheduled } = own;
  const byDate = new Map<string, number>();
  const openByDate = new Map<string, number>();
  let worst: WorstGap | undefined;
  for (const [i, start] of starts.entries()) {
    const date = start.slice(0, 10);
    const gap = (required[i] ?? 0) - (scheduled[i] ?? 0);
    byDate.set(date, (byDate.get(date) ?? 0) + (Math.max(0, gap) * intervalMinutes) / 60);
    const open = (openOf(own, i) * intervalMinutes) / 60;
    openByDate.set(date, (openByDate.get(date) ?? 0) + open);
    if (gap >= smallestGap && gap > (worst?.operators ?? 0)) worst = { start, tier, operators: gap };
  }
  const dayHours = [...byDate.values()];
  const dayOpenHours = [...openByDate.values()];
  const [hours, openHours] = [sumOf(dayHours), sumOf(dayOpenHours)];
  return { tier, hours, dayHours, worst, standInHours: hours - openHours, openHours, dayOpenHours };
};

const sumOf = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0);

/** Days between the last day of traffic and the first planned day; 0: the plan starts right after it. */
export const daysBeyondData = (plan: Pick<PlanDocument, 'firstDate' | 'history'>): number =>
  Math.max(0, dayNumber(plan.firstDate) - dayNumber(plan.history.lastDate) - 1);

/** From this many days between the data and the week on, the forecast is a rough guide and said to be one. */
export const farDays = 14;
