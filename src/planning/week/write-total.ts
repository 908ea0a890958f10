import type { HoursStep } from '../../contract/documents/hours-document.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { Range } from '../../contract/documents/schema-parts.ts';
import type { ShiftsModel } from '../../contract/models/shifts-model.ts';
import { currencyOf, hasAssumedPrices } from '../../kernel/currency.ts';
import type { CountPaths, Demand } from '../../kernel/hotline.ts';
import {
  averageSpeedOfAnswer,
  connectionRate,
  occupancy,
  type OutcomeTotals,
  serviceLevels,
  totalOutcome,
} from '../../kernel/measures.ts';
import { leaveShare, shrinkageByInterval } from '../../kernel/shrinkage.ts';
import { clockText, dayMinutes } from '../../kernel/time-window.ts';
import { weekdayOf } from '../../kernel/time.ts';
import { quantileOf, sumOf } from '../../kernel/statistics.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { shortageOf, smallestGap, spareAt } from '../../contract/shortages.ts';
import { compareText } from '../../kernel/text.ts';
import type { PlannedShift } from '../../scheduling/cover-request.ts';
import { rateOrNull } from '../operation/measure-effect.ts';
import type { PlanParts } from './plan-parts.ts';

/** The week as a whole. */
export const writeTotal = (parts: PlanParts, tiers: PlanDocument['tiers']): PlanDocument['total'] => {
  const { week, projection, requirement, capacity } = parts;
  const { count, intervalMinutes } = week.horizon;
  const totals = totalOutcome(projection.outcome);
  const levels = serviceLevels(totals);
  const seen = parts.seen?.total;
  const shortage = shortageOf({ starts: week.starts, intervalMinutes, tiers });
  const hoursOf = (rows: readonly { readonly operators: ArrayLike<number> }[]): number =>
    operatorHoursOf(
      rows.map(({ operators }) => operators),
      0,
      count,
      intervalMinutes,
    );
  const hours = {
    requiredOperatorHours: hoursOf(requirement.tiers),
    scheduledOperatorHours: hoursOf(capacity.tiers),
  };
  return {
    calls: freshRange(parts.demand, parts.counts, 0, count),
    offered: totals.offered,
    connectionRate: rangeOf(connectionRate(totals), overSamplePaths(projection.weekFutures, connectionRate)),
    serviceLevels: {
      ofOffered: rateOrNull(levels.ofOffered),
      ofOfferedWithoutShortAbandons: rateOrNull(levels.ofOfferedWithoutShortAbandons),
      ofAnswered: rateOrNull(levels.ofAnswered),
      withAbandonsWithinThreshold: rateOrNull(levels.withAbandonsWithinThreshold),
    },
    serviceLevel: rangeOf(
      levels.ofOffered,
      overSamplePaths(projection.weekFutures, (t) => serviceLevels(t).ofOffered),
    ),
    averageSpeedOfAnswerSeconds: rateOrNull(averageSpeedOfAnswer(totals)),
    occupancy: rateOrNull(occupancy(projection.outcome)),
    abandoned: totals.abandoned,
    blocked: totals.blocked,
    callersDiverted: totals.divertedOnline + totals.deferred,
    ...hours,
    seenOperatorHours:
      seen === undefined
        ? null
        : (seen.reduce<number>((sum, value) => sum + (value ?? 0), 0) * intervalMinutes) / 60,
    seenInCalls: parts.seen?.inCalls === true,
    ...paidOf(parts),
    shortage: {
      hours: shortage.hours,
      standInHours: shortage.standInHours,
      openHours: shortage.openHours,
      intervals: shortage.intervals,
      worst: shortage.worst ?? null,
      unstaffed: [...shortage.unstaffed],
    },
    hoursChain: writeHoursChain(parts, tiers, hours),
    release: writeRelease(parts, tiers),
  };
};

/** Hours paid for the shifts and their wages, with the money that these are in. */
const paidOf = ({ schedule, models, bookedLeaveHours }: PlanParts) => {
  const hours = paidHoursByTemplate(models.shifts);
  const currency = currencyOf(models);
  return {
    paidHours: schedule.shifts.reduce(
      (sum, { template, operators }) => sum + operators * (hours.get(template) ?? 0),
      0,
    ),
    wages: schedule.shifts.reduce((sum, { cost }) => sum + cost, 0),
    leave: {
      keptHours: schedule.shifts.reduce((sum, { tier, template, date, operators }) => {
        const model = models.tiers.tiers.find((each) => each.tier === tier);
        const share = model === undefined ? 0 : leaveShare(model, weekdayOf(date));
        return sum + operators * (hours.get(template) ?? 0) * share;
      }, 0),
      bookedHours: bookedLeaveHours,
    },
    ...(currency === undefined ? {} : { currency }),
    ...(hasAssumedPrices(models) ? { pricesAssumed: true } : {}),
  };
};

/** Quantile of the values that are known (R's type 7); NaN for none. */
const quantile = (values: readonly number[], p: number): number =>
  quantileOf(
    values.filter((value) => !Number.isNaN(value)),
    p,
  );

/** A figure with the 80 % range of its futures. */
export const rangeOf = (mean: number, futures: readonly number[]): Range => ({
  mean: rateOrNull(mean),
  q10: rateOrNull(quantile(futures, 0.1)),
  q90: rateOrNull(quantile(futures, 0.9)),
});

/** A measure over every future. */
export const overSamplePaths = (
  futures: readonly OutcomeTotals[],
  measure: (totals: OutcomeTotals) => number,
): number[] => futures.map(measure);

/** Quantiles of all queues' fresh calls per interval over the joint counts; the mean where there are none. */
export const totalCalls = (
  demand: Demand,
  counts: readonly CountPaths[],
): { mean: number[]; q025: number[]; q10: number[]; q90: number[]; q975: number[] } => {
  const { count } = demand.horizon;
  const mean = Array.from({ length: count }, (_, i) =>
    demand.queues.reduce((sum, queue) => sum + (queue.freshMean[i] ?? 0), 0),
  );
  const paths = Math.min(...demand.queues.map((queue) => queue.pathCount));
  const futures = mean.map((_, i) =>
    Array.from({ length: paths }, (_, p) =>
      counts.reduce((sum, paths) => sum + (paths[p * count + i] ?? 0), 0),
    ),
  );
  const at = (p: number): number[] =>
    mean.map((value, i) => (paths === 0 ? value : quantile(futures[i] ?? [], p)));
  return { mean, q025: at(0.025), q10: at(0.1), q90: at(0.9), q975: at(0.975) };
};

/** Sum over rows at one interval. */
export const sumAt = (rows: readonly ArrayLike<number>[], i: number): number =>
  rows.reduce((sum, row) => sum + (row[i] ?? 0), 0);

/** Operator-hours of rows of operators, from one interval to before another. */
export const operatorHoursOf = (
  rows: readonly ArrayLike<number>[],
  from: number,
  to: number,
  intervalMinutes: number,
): number => {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += sumAt(rows, i);
  return (sum * intervalMinutes) / 60;
};

/** Fresh calls of all queues over some intervals, with the range of the joint counts. */
export const freshRange = (demand: Demand, counts: readonly CountPaths[], from: number, to: number) => {
  const mean = demand.queues.reduce((sum, queue) => sum + sumOf(queue.freshMean, from, to), 0);
  const paths = Math.min(...demand.queues.map((queue) => queue.pathCount));
  const count = demand.horizon.count;
  const futures = Array.from({ length: paths }, (_, p) =>
    counts.reduce((sum, paths) => sum + sumOf(paths, p * count + from, p * count + to), 0),
  );
  return { mean, q10: rateOrNull(quantile(futures, 0.1)), q90: rateOrNull(quantile(futures, 0.9)) };
};

type Template = ShiftsModel['templates'][number];

/** Hours paid to one operator for a shift: its length less breaks without pay. */
const paidHoursOf = ({ hours, breaks }: Template): number =>
  hours - breaks.reduce((sum, { paid, minutes }) => sum + (paid ? 0 : minutes / 60), 0);

const paidHoursByTemplate = ({ templates }: ShiftsModel): ReadonlyMap<string, number> =>
  new Map(templates.map((template) => [template.template, paidHoursOf(template)]));

/**
 * From the operator-hours that targets require to the hours that are paid, step by step: what is short of it and what
 * is beyond it gives those ready for calls; what shrinkage and breaks take gives the shifts from start to end; breaks
 * without pay taken off gives paid hours. The steps between two levels sum to their difference.
 */
export const writeHoursChain = (
  { week, models, schedule }: Pick<PlanParts, 'week' | 'models' | 'schedule'>,
  tiers: PlanDocument['tiers'],
  { requiredOperatorHours: required, scheduledOperatorHours: ready }: HoursOfWeek,
): HoursStep[] => {
  const { openHours, spare } = shortageOf({
    starts: week.starts,
    intervalMinutes: week.horizon.intervalMinutes,
    tiers,
  });
  const paidHours = paidHoursByTemplate(models.shifts);
  const onShift = sumOf(
    schedule.shifts.map(
      ({ operators, startMinute, endMinute }) => (operators * (endMinute - startMinute)) / 60,
    ),
  );
  const breaks = sumOf(
    schedule.shifts.flatMap((shift) =>
      shift.breaks.map(({ operators, minutes }) => (operators * minutes) / 60),
    ),
  );
  const paid = sumOf(
    schedule.shifts.map(({ template, operators }) => operators * (paidHours.get(template) ?? 0)),
  );
  return [
    { step: 'required', hours: required },
    { step: 'short', hours: -openHours },
    { step: 'beyond', hours: spare },
    // An operator who stands in for another tier is ready by that tier's shrinkage.
    { step: 'exchanged', hours: ready - required + openHours - spare },
    { step: 'ready', hours: ready },
    { step: 'shrinkage', hours: onShift - breaks - ready },
    { step: 'breaks', hours: breaks },
    { step: 'on-shift', hours: onShift },
    { step: 'unpaid-breaks', hours: paid - onShift },
    { step: 'paid', hours: paid },
  ];
};

type HoursOfWeek = Pick<PlanDocument['total'], 'requiredOperatorHours' | 'scheduledOperatorHours'>;

/** Longest list of stretches to name. */
const mostStretches = 5;

/**
 * What of the hours beyond the requirement could be released: the stretches in which most are, and whole shifts that
 * can go with their breaks, one after another, the dearest first, without an interval of their tier falling short.
 */
export const writeRelease = (
  parts: Pick<PlanParts, 'week' | 'models' | 'schedule'>,
  tiers: PlanDocument['tiers'],
): NonNullable<PlanDocument['total']['release']> => {
  const { models, schedule } = parts;
  const paidHours = paidHoursByTemplate(models.shifts);
  const over = overByTier(tiers);
  const order = schedule.shifts.toSorted((a, b) => b.cost / b.operators - a.cost / a.operators);
  const shifts = order.flatMap((shift) => {
    const at = tiers.findIndex(({ tier }) => tier === shift.tier);
    const indices = over[at];
    if (indices === undefined) return [];
    const worth = worthOf(parts, shift);
    const pauses = pausesOf(shift);
    let gone = 0;
    while (gone < shift.operators) {
      const taken = worth.shift.slice();
      const chosen = pauses.map((kind) => pauseToGo(kind, worth, indices));
      for (const pause of chosen) if (pause !== undefined) addMinutes(worth, taken, pause, -1);
      if (!taken.every((operators, k) => (indices[worth.at(k)] ?? 0) >= operators - 1e-9)) break;
      for (const [k, operators] of taken.entries()) add(indices, worth.at(k), -operators);
      for (const pause of chosen) if (pause !== undefined) pause.left -= 1;
      gone += 1;
    }
    return gone === 0 ? [] : [{ ...shift, gone }];
  });
  return {
    spareHours: shortageOf({ ...momentsOf(parts), tiers }).spare,
    stretches: spareStretches(parts, tiers),
    shifts: shifts.map(({ tier, date, template, startMinute, gone, cost, operators }) => ({
      tier,
      date,
      template,
      start: clockText(startMinute % dayMinutes),
      operators: gone,
      paidHours: gone * (paidHours.get(template) ?? 0),
      wages: (gone * cost) / operators,
    })),
    shortest: shortestOf(models.shifts),
  };
};

/**
 * Ready operators beyond each tier's requirement, by interval. Where one tier alone gets help and has more than it
 * requires, what it does not require goes back to those who lent it.
 */
const overByTier = (tiers: PlanDocument['tiers']): number[][] => {
  const over = tiers.map(({ required, scheduled, standIns }) =>
    required.map((needed, i) => (scheduled[i] ?? 0) + (standIns?.[i] ?? 0) - needed),
  );
  for (const i of (tiers[0]?.required ?? []).keys()) {
    const helped = tiers.flatMap(({ standIns }, t) => ((standIns?.[i] ?? 0) > 1e-9 ? [t] : []));
    const [receiver] = helped;
    if (receiver === undefined || helped.length > 1) continue;
    let back = Math.max(0, Math.min(over[receiver]?.[i] ?? 0, tiers[receiver]?.standIns?.[i] ?? 0));
    for (const [t, { standIns }] of tiers.entries()) {
      const operators = Math.min(back, Math.max(0, -(standIns?.[i] ?? 0)));
      if (operators === 0) continue;
      back -= operators;
      add(over[receiver], i, -operators);
      add(over[t], i, operators);
    }
  }
  return over;
};

const add = (values: number[] | undefined, at: number, by: number): void => {
  if (values !== undefined) values[at] = (values[at] ?? 0) + by;
};

const momentsOf = ({ week }: Pick<PlanParts, 'week'>) => ({
  starts: week.starts,
  intervalMinutes: week.horizon.intervalMinutes,
});

const shortestOf = ({ templates }: ShiftsModel) => {
  const [shortest] = templates.toSorted((a, b) => a.hours - b.hours);
  return shortest === undefined
    ? null
    : { template: shortest.template, name: shortest.name, hours: shortest.hours };
};

/** A break of some of a shift's operators, and how many of them are still there. */
interface Pause {
  readonly startMinute: number;
  readonly minutes: number;
  left: number;
}

/** The breaks of a shift by their order: each of its operators has one of every kind. */
const pausesOf = ({ breaks, operators }: PlannedShift): Pause[][] => {
  const kinds: Pause[][] = [];
  let told = operators;
  for (const { startMinute, minutes, operators: left } of breaks) {
    if (told >= operators) {
      kinds.push([]);
      told = 0;
    }
    kinds.at(-1)?.push({ startMinute, minutes, left });
    told += left;
  }
  return kinds;
};

/** What one operator of a shift is worth in ready operators, by interval from the one in which it starts. */
interface Worth {
  readonly shift: number[];
  /** Interval of the week, which closes on itself. */
  readonly at: (k: number) => number;
  readonly startMinute: number;
  readonly intervalMinutes: number;
  /** Ready share of an operator, by interval of the week. */
  readonly readyShare: Float64Array;
}

const worthOf = (
  { week, models }: Pick<PlanParts, 'week' | 'models'>,
  { tier, date, startMinute, endMinute }: PlannedShift,
): Worth => {
  const { intervalMinutes, count } = week.horizon;
  const shrinkage = models.tiers.tiers.find((each) => each.tier === tier)?.shrinkage ?? 0;
  // By intervals since the day's first one, so that a day on which clocks change is as long as it is.
  const first =
    week.starts.findIndex((start) => start.startsWith(date)) + Math.floor(startMinute / intervalMinutes);
  const worth: Worth = {
    shift: [],
    at: (k) => (first + k) % count,
    startMinute: startMinute - (startMinute % intervalMinutes),
    intervalMinutes,
    readyShare: shrinkageByInterval(shrinkage, week.horizon).map((share) => 1 - share),
  };
  addMinutes(worth, worth.shift, { startMinute, minutes: endMinute - startMinute }, 1);
  return worth;
};

/** Adds an operator who is there (1) or away (−1) for some minutes to what a shift is worth. */
const addMinutes = (
  { at, startMinute: origin, intervalMinutes, readyShare }: Worth,
  worth: number[],
  { startMinute, minutes }: Pick<Pause, 'startMinute' | 'minutes'>,
  sign: 1 | -1,
): void => {
  const [from, to] = [startMinute - origin, startMinute - origin + minutes];
  for (let k = Math.floor(from / intervalMinutes); k * intervalMinutes < to; k += 1) {
    const within = Math.min(to, (k + 1) * intervalMinutes) - Math.max(from, k * intervalMinutes);
    worth[k] = (worth[k] ?? 0) + sign * (within / intervalMinutes) * valueAt(readyShare, at(k));
  }
};

/** The break that goes with an operator: the one at which the tier has least to spare. */
const pauseToGo = (kind: readonly Pause[], { at, startMinute, intervalMinutes }: Worth, over: number[]) =>
  kind
    .filter(({ left }) => left > 0)
    .toSorted(
      (a, b) =>
        spareDuring(a, { at, startMinute, intervalMinutes }, over) -
        spareDuring(b, { at, startMinute, intervalMinutes }, over),
    )[0];

const spareDuring = (
  pause: Pause,
  { at, startMinute, intervalMinutes }: Pick<Worth, 'at' | 'startMinute' | 'intervalMinutes'>,
  over: readonly number[],
): number => over[at(Math.floor((pause.startMinute - startMinute) / intervalMinutes))] ?? 0;

/** The stretches of a day in which most operator-hours are beyond the requirement, in the order of time. */
const spareStretches = (
  { week }: Pick<PlanParts, 'week'>,
  tiers: PlanDocument['tiers'],
): NonNullable<PlanDocument['total']['release']>['stretches'] => {
  const { intervalMinutes } = week.horizon;
  const found: { date: string; from: string; to: string; most: number; hours: number; end: number }[] = [];
  for (const [i, start] of week.starts.entries()) {
    const spare = spareAt({ tiers }, i);
    if (spare < 2 * smallestGap) continue;
    const [date, from] = [start.slice(0, 10), start.slice(11, 16)];
    const last = found.at(-1);
    const joins = last?.end === i && last.date === date;
    if (joins) found.pop();
    const before = joins ? last : { date, from, most: 0, hours: 0 };
    const next = week.starts[i + 1];
    found.push({
      date,
      from: before.from,
      to: next?.startsWith(date) === true ? next.slice(11, 16) : '24:00',
      most: Math.max(before.most, spare),
      hours: before.hours + (spare * intervalMinutes) / 60,
      end: i + 1,
    });
  }
  return found
    .toSorted((a, b) => b.hours - a.hours)
    .slice(0, mostStretches)
    .sort((a, b) => compareText(a.date + a.from, b.date + b.from))
    .map(({ date, from, to, most, hours }) => ({ date, from, to, most, hours }));
};
