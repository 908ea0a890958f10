import { connectionTargetOf } from '../kernel/measures.ts';
import { type Text, untranslated } from '../kernel/text.ts';
import { clockText, dayMinutes, minuteOf } from '../kernel/time-window.ts';
import { dayNumber } from '../kernel/time.ts';
import { sumOf } from '../kernel/statistics.ts';
import type { LeversDocument } from './documents/effect-documents.ts';
import type { PlanDocument } from './documents/plan-document.ts';
import type { TargetsHeld } from './documents/roster-document.ts';

type Tier = Pick<PlanDocument['tiers'][number], 'tier' | 'required' | 'scheduled' | 'standIns'> & {
  readonly queues?: readonly string[];
};

interface Week {
  /** Local wall clock of each interval. */
  readonly starts: readonly string[];
  readonly intervalMinutes: number;
  readonly calls?: { readonly mean: readonly number[] };
  readonly tiers: readonly Tier[];
}

/** The moment at which most operators are short. `start` is a local wall clock. */
interface WorstGap {
  readonly start: string;
  readonly tier: string;
  readonly operators: number;
}

/** Intervals one after another on one day in which people are required and nobody is on duty. Clock times; midnight is 24:00. */
interface Unstaffed {
  readonly date: string;
  readonly from: string;
  readonly to: string;
  readonly hours: number;
  /** The tier whose queues nobody answers while others are on duty; null: nobody at all is. */
  readonly tier: string | null;
}

interface TierShortage {
  readonly tier: string;
  /** Operator-hours below the requirement before tiers stand in for each other. */
  readonly hours: number;
  /** Of these, what people of other tiers stand in for; below 0 where the tier lends more than it gets. */
  readonly standInHours: number;
  /** What the tier is short of: hours − standInHours; in all and by local date in the order of the plan's days. */
  readonly openHours: number;
  readonly dayOpenHours: readonly number[];
  /** Where the tier is short of most. */
  readonly worst: WorstGap | undefined;
}

/**
 * Who is short where. One base everywhere: operators required less those ready for calls, interval by interval and tier
 * by tier, once people of other tiers stand in; surplus sets nothing off.
 */
export interface Shortage {
  /** Operator-hours below the requirement before tiers stand in for each other, and what stand-ins fill of them. */
  readonly hours: number;
  readonly standInHours: number;
  /** Operator-hours short: hours − standInHours; in all and by local date in the order of the plan's days. */
  readonly openHours: number;
  readonly dayOpenHours: readonly number[];
  /** Operator-hours above the requirement once tiers stand in: spare − openHours = scheduled − required. */
  readonly spare: number;
  /** Intervals that are short of `smallestGap` or more. */
  readonly intervals: number;
  /** Intervals in which calls are expected or people required: those that are counted against. */
  readonly open: number;
  /** The moment at which most are short in all, and the tier that lacks most then. */
  readonly worst: WorstGap | undefined;
  /** Stretches in which people are required and nobody is on duty: for the whole line, then for single tiers. */
  readonly unstaffed: readonly Unstaffed[];
  readonly tiers: readonly TierShortage[];
}

/** Below this many operators a gap is the dust of shrinkage, not a person. */
export const smallestGap = 0.5;

/** Ready operators of a tier that are there beyond the requirement, stand-ins counted in; below 0: short. */
const overOf = ({ required, scheduled, standIns }: Omit<Tier, 'tier'>, interval: number): number =>
  (scheduled[interval] ?? 0) + (standIns?.[interval] ?? 0) - (required[interval] ?? 0);

const openOf = (tier: Omit<Tier, 'tier'>, interval: number): number => Math.max(0, -overOf(tier, interval));

/** Operators of all tiers that are short in an interval. */
export const openAt = (
  { tiers }: { readonly tiers: readonly Omit<Tier, 'tier'>[] },
  interval: number,
): number => tiers.reduce((sum, tier) => sum + openOf(tier, interval), 0);

const sumAt = (
  tiers: readonly Omit<Tier, 'tier'>[],
  of: 'required' | 'scheduled' | 'standIns',
  interval: number,
): number => tiers.reduce((sum, tier) => sum + (tier[of]?.[interval] ?? 0), 0);

const tenths = (value: number): number => Math.round(10 * value);

/**
 * What those short are more than those required less those on duty, to a tenth: people beyond the requirement in another
 * tier, or lent to one; below 0: others step in.
 */
export const shortBesides = (tiers: readonly Omit<Tier, 'tier'>[], interval: number): number =>
  tenths(spareAt({ tiers }, interval) - sumAt(tiers, 'standIns', interval)) / 10;

/**
 * Operators short in an interval where that is told, else 0: half a person or more of the figures as they are written,
 * those required less those on duty, each to a tenth, and what is besides.
 */
export const shortAt = (
  week: { readonly tiers: readonly Omit<Tier, 'tier'>[] },
  interval: number,
): number => {
  const { tiers } = week;
  const lacking = tenths(sumAt(tiers, 'required', interval)) - tenths(sumAt(tiers, 'scheduled', interval));
  const short = (lacking + tenths(shortBesides(tiers, interval))) / 10;
  return short >= smallestGap && openAt(week, interval) > 0 ? short : 0;
};

/** Operators of all tiers beyond the requirement in an interval. */
export const spareAt = (
  { tiers }: { readonly tiers: readonly Omit<Tier, 'tier'>[] },
  interval: number,
): number => tiers.reduce((sum, tier) => sum + Math.max(0, overOf(tier, interval)), 0);

/** Where the shifts stay below what the targets need: how much, how often, where most, and where nobody is. */
export const shortageOf = (week: Week): Shortage => {
  const { starts, intervalMinutes } = week;
  const tiers = week.tiers.map((tier) => shortageOfTier(week, tier));
  const total = (of: 'hours' | 'standInHours' | 'openHours'): number => sumOf(tiers.map((tier) => tier[of]));
  return {
    hours: total('hours'),
    standInHours: total('standInHours'),
    openHours: total('openHours'),
    dayOpenHours: (tiers[0]?.dayOpenHours ?? []).map((_, day) =>
      sumOf(tiers.map(({ dayOpenHours }) => dayOpenHours[day] ?? 0)),
    ),
    spare: (sumOf(starts.map((_, i) => spareAt(week, i))) * intervalMinutes) / 60,
    intervals: starts.filter((_, i) => shortAt(week, i) > 0).length,
    open: starts.filter(
      (_, i) => (week.calls?.mean[i] ?? 0) > 0 || week.tiers.some(({ required }) => isThere(required[i])),
    ).length,
    worst: worstAmong(week, () => true),
    unstaffed: unstaffedOf(week),
    tiers,
  };
};

/** The moment at which most are short among some of a week; undefined where none is short of half an operator. */
export const worstAmong = (
  week: Pick<Week, 'starts' | 'tiers'>,
  isAsked: (start: string) => boolean,
): WorstGap | undefined => {
  const open = week.starts.map((start, i) => (isAsked(start) && shortAt(week, i) > 0 ? openAt(week, i) : 0));
  const most = Math.max(0, ...open);
  const i = open.indexOf(most);
  const [first] = week.tiers.toSorted((a, b) => openOf(b, i) - openOf(a, i));
  if (most === 0 || first === undefined) return undefined;
  return { start: week.starts[i] ?? '', tier: first.tier, operators: most };
};

const shortageOfTier = (week: Week, tier: Tier): TierShortage => {
  const { starts, intervalMinutes } = week;
  const openByDate = new Map<string, number>();
  let hours = 0;
  for (const [i, start] of starts.entries()) {
    const date = start.slice(0, 10);
    hours += (Math.max(0, (tier.required[i] ?? 0) - (tier.scheduled[i] ?? 0)) * intervalMinutes) / 60;
    openByDate.set(date, (openByDate.get(date) ?? 0) + (openOf(tier, i) * intervalMinutes) / 60);
  }
  const dayOpenHours = [...openByDate.values()];
  const openHours = sumOf(dayOpenHours);
  const worst = worstAmong({ starts, tiers: [tier] }, () => true);
  return { tier: tier.tier, hours, standInHours: hours - openHours, openHours, dayOpenHours, worst };
};

const isThere = (operators: number | undefined): boolean => (operators ?? 0) > 1e-9;

/** Whether a tier is required at an interval and nobody who answers any of its queues is on duty. */
const isUnstaffed = ({ tiers }: Pick<Week, 'tiers'>, tier: Tier, i: number): boolean =>
  isThere(tier.required[i]) &&
  !isThere(tier.standIns?.[i]) &&
  !tiers.some(
    (other) =>
      isThere(other.scheduled[i]) &&
      (other === tier || (other.queues ?? []).some((queue) => tier.queues?.includes(queue) === true)),
  );

const unstaffedOf = (week: Week): Unstaffed[] => {
  const { starts, tiers } = week;
  const nobody = starts.map(
    (_, i) =>
      tiers.some(({ required }) => isThere(required[i])) &&
      !tiers.some(({ scheduled }) => isThere(scheduled[i])),
  );
  return [
    ...stretchesOf(week, null, (i) => nobody[i] === true),
    ...tiers.flatMap((own) =>
      stretchesOf(week, own.tier, (i) => nobody[i] !== true && isUnstaffed(week, own, i)),
    ),
  ];
};

const stretchesOf = (
  { starts, intervalMinutes }: Week,
  tier: string | null,
  isIn: (i: number) => boolean,
): Unstaffed[] => {
  const found: Unstaffed[] = [];
  for (const [i, start] of starts.entries()) {
    if (!isIn(i)) continue;
    const [date, from] = [start.slice(0, 10), start.slice(11, 16)];
    const to = clockAfter(from, intervalMinutes);
    const last = found.at(-1);
    const joins = last?.date === date && last.to === from && isIn(i - 1);
    if (joins) found.pop();
    const before = joins ? last : { date, from, hours: 0 };
    found.push({ date, from: before.from, to, hours: before.hours + intervalMinutes / 60, tier });
  }
  return found;
};

/** A clock time so many minutes later, at most the day's end. */
const clockAfter = (clock: string, minutes: number): string =>
  clockText(Math.min(dayMinutes, minuteOf(clock) + minutes));

/** Whether a share, as it is written, is below its target; not where either is missing. */
export const isMissed = (value: number | null | undefined, target: number | null | undefined): boolean =>
  typeof value === 'number' &&
  typeof target === 'number' &&
  Math.round(1000 * value) < Math.round(1000 * target);

/** Days that are to miss a target, and the figure that is furthest below its own. */
interface MissedTargets {
  readonly days: readonly string[];
  readonly worst: {
    readonly date: string;
    readonly figure: 'connectionRate' | 'serviceLevel';
    readonly value: number;
    readonly target: number;
  };
}

/** undefined where every day meets its targets on the mean. */
export const missedTargetsOf = (plan: Pick<PlanDocument, 'days' | 'targets'>): MissedTargets | undefined => {
  const targets = {
    connectionRate: connectionTargetOf(plan.targets),
    serviceLevel: plan.targets.serviceLevel,
  };
  const missed = plan.days.flatMap((day) =>
    (['connectionRate', 'serviceLevel'] as const).flatMap((figure) => {
      const [value, target] = [day[figure].mean, targets[figure]];
      return value === null || target === null || !isMissed(value, target)
        ? []
        : [{ date: day.date, figure, value, target }];
    }),
  );
  const [worst] = missed.toSorted((a, b) => b.target - b.value - (a.target - a.value));
  return worst === undefined ? undefined : { days: [...new Set(missed.map(({ date }) => date))], worst };
};

type Short = NonNullable<TargetsHeld['short']>;
type ShortTime = Pick<Short, 'days' | 'part'>;

type Timed = Pick<PlanDocument, 'starts' | 'intervalMinutes' | 'days'> & {
  readonly tiers: readonly (Pick<
    PlanDocument['tiers'][number],
    'tier' | 'required' | 'scheduled' | 'standIns'
  > & { readonly name?: Text; readonly queues?: readonly string[] })[];
};

/** What keeps a week's targets from holding; where nothing does they hold on every day and in every interval. */
export const targetsHeld = (
  week: Timed & Pick<PlanDocument, 'targets' | 'answerTimeThresholdSeconds'>,
): TargetsHeld => ({
  unstaffed: unstaffedIn(week),
  missed: missedIn(week),
  short: mostShort(week),
});

/** The hours without anybody, by their longest stretch; those of a tier alone where the line as a whole has none. */
const unstaffedIn = (plan: Pick<Timed, 'starts' | 'intervalMinutes' | 'tiers'>): TargetsHeld['unstaffed'] => {
  const all = shortageOf(plan).unstaffed;
  const whole = all.filter(({ tier }) => tier === null);
  const told = whole.length > 0 ? whole : all;
  const [longest] = told.toSorted((a, b) => b.hours - a.hours);
  if (longest === undefined) return null;
  const alike = ({ tier, from, to }: Unstaffed): boolean =>
    tier === longest.tier && from === longest.from && to === longest.to;
  const { tier } = longest;
  return {
    hours: told.reduce((sum, { hours }) => sum + hours, 0),
    days: new Set(told.map(({ date }) => date)).size,
    date: longest.date,
    from: longest.from,
    to: longest.to,
    alike: told.every(alike),
    tier: tier === null ? null : (plan.tiers.find((each) => each.tier === tier)?.name ?? untranslated(tier)),
  };
};

const missedIn = (
  plan: Pick<PlanDocument, 'days' | 'targets' | 'answerTimeThresholdSeconds'>,
): TargetsHeld['missed'] => {
  const missed = missedTargetsOf(plan);
  return missed === undefined
    ? null
    : { days: missed.days.length, ...missed.worst, seconds: plan.answerTimeThresholdSeconds };
};

/** A day that callers treat as a workday: Monday to Friday without holidays is all that a plan tells. */
const daysOf = (weekday: number): 'workdays' | 'weekend' => (weekday <= 5 ? 'workdays' : 'weekend');

const partOf = (clock: string): ShortTime['part'] =>
  clock < '06:00' ? 'night' : clock < '12:00' ? 'morning' : clock < '18:00' ? 'afternoon' : 'evening';

/**
 * The part of the week that is short of most operator-hours, how many operators are missing there in the middle
 * interval of those that are short at all, and its own worst moment; `elsewhere` is the week's worst moment where that
 * lies in another part. null where no interval is short of half an operator.
 */
export const mostShort = (plan: Timed): Short | null => {
  const weekday = new Map(plan.days.map((day) => [day.date, day.weekday]));
  const placeOf = (start: string): ShortTime => ({
    days: daysOf(weekday.get(start.slice(0, 10)) ?? 1),
    part: partOf(start.slice(11)),
  });
  const nameOf = (start: string): string => Object.values(placeOf(start)).join(' ');
  const short = plan.starts.flatMap((start, i) => {
    const operators = openAt(plan, i);
    return shortAt(plan, i) === 0 ? [] : [{ start, operators }];
  });
  const sum = (group: typeof short): number => group.reduce((all, { operators }) => all + operators, 0);
  const [worst] = [...Map.groupBy(short, ({ start }) => nameOf(start)).values()].toSorted(
    (a, b) => sum(b) - sum(a),
  );
  const first = worst?.[0];
  const peak = worstAmong(plan, () => true);
  if (worst === undefined || first === undefined || peak === undefined) return null;
  const ordered = worst.map(({ operators }) => operators).toSorted((a, b) => a - b);
  const people = (operators: number): number => Math.max(1, Math.round(operators));
  const here = worstAmong(plan, (start) => nameOf(start) === nameOf(first.start)) ?? peak;
  return {
    ...placeOf(first.start),
    operators: people(ordered[Math.floor(ordered.length / 2)] ?? 0),
    most: { at: here.start, operators: people(here.operators) },
    elsewhere:
      here.operators >= peak.operators
        ? null
        : { ...placeOf(peak.start), at: peak.start, operators: people(peak.operators) },
    hours: shortageOf(plan).openHours,
    intervals: short.length,
    of: shortageOf(plan).open,
  };
};

/** Days between the last day of traffic and the first planned day; 0: the plan starts right after it. */
export const daysBeyondData = (plan: Pick<PlanDocument, 'firstDate' | 'history'>): number =>
  Math.max(0, dayNumber(plan.firstDate) - dayNumber(plan.history.lastDate) - 1);

/** From this many days between the data and the week on, the forecast is a rough guide and said to be one. */
export const farDays = 14;

type Asked = Pick<LeversDocument, 'callsShortBefore'> & {
  readonly levers: readonly Pick<LeversDocument['levers'][number], 'level'>[];
  readonly mix: Pick<NonNullable<LeversDocument['mix']>, 'parts'> | null;
};

/** Whether a comparison of levers found no gap to close, so that its table would hold zeros only: the reasons say why. */
export const nothingToClose = ({ callsShortBefore, levers, mix }: Asked): boolean =>
  callsShortBefore < 0.5 || (levers.every(({ level }) => level === 0) && (mix?.parts ?? []).length === 0);
