import type { CompareDocument } from '../../contract/documents/compare-document.ts';
import { freshDemand } from '../../forecast/behaviour/behaviour.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import { asRates } from '../../kernel/hotline.ts';
import { dayMillis, weekdayOf } from '../../kernel/time.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { fieldGrid, readHistory, type History } from '../history/read-history.ts';
import { planningFinding, type PlanningFinding } from '../planning-findings.ts';
import type { PlannedOperation } from '../operation/planned-operation.ts';
import type { Models, Ports } from '../ports.ts';
import type { WeekHorizon } from '../operation/week-horizon.ts';
import type { ExplainedGap } from './explain-actual-gap.ts';
import type { Actuals } from './read-actuals.ts';

type WithoutRedials = NonNullable<CompareDocument['withoutAssumedRedials']>;

/** A plan and what happened, as both are where nobody calls again. */
interface NoRedials {
  readonly planned: PlannedOperation;
  readonly happened: Actuals;
  /** What the assumption takes off the calls that came: a share of them. */
  readonly callsOff: number;
  /** Forecast less calls that came, as a share of these. */
  readonly bias: number | null;
}

/** From this share of calls, or of the connection rate, on an answer is said to rest on the assumption. */
const least = 0.01;
const historyMillis = 26 * 7 * dayMillis;

/**
 * The same week without the redials that are assumed for want of records: of the queues whose redials no record counts
 * every call that came is a first one, and so is every call that the forecast was made from. Undefined where nothing is
 * assumed, or the assumption moves neither the calls nor their distance from the forecast by a hundredth.
 */
export const withoutAssumedRedials = async (
  store: Ports['store'],
  planned: PlannedOperation,
  happened: Actuals,
  { horizon, day, slot, dates }: WeekHorizon,
): Promise<NoRedials | undefined> => {
  const { hotline } = planned.models;
  const assumed = new Set(
    happened.history.queues.filter((own) => isAssumed(own, hotline)).map(({ queue }) => queue),
  );
  if (assumed.size === 0) return undefined;
  const { zone, intervalMinutes, startMillis: toMillis } = horizon;
  const before = await readHistory(store, zone, intervalMinutes, {
    fromMillis: toMillis - historyMillis,
    toMillis,
  });
  const queues = planned.demand.queues.map((queue) => {
    const columns = before.queues.find((own) => own.queue === queue.queue);
    if (!assumed.has(queue.queue) || columns === undefined || !isAssumed(columns, hotline)) return queue;
    const usual = offeredPerFresh(columns, hotline);
    const factor = Array.from(day, (d, i) => usual(weekdayOf(dates[d] ?? ''), valueAt(slot, i)));
    return {
      ...queue,
      freshMean: queue.freshMean.map((calls, i) => calls * (factor[i] ?? 1)),
      ratePaths: asRates(queue.ratePaths.map((calls, i) => calls * (factor[i % horizon.count] ?? 1))),
      repeats: { ...queue.repeats, afterAbandon: 0, afterBlock: 0 },
    };
  });
  const fresh = new Map(
    [...happened.fresh].map(([queue, calls]) => [
      queue,
      assumed.has(queue) ? (happened.offered.get(queue) ?? calls) : calls,
    ]),
  );
  const [as, without] = [volumesOf(planned.demand.queues, happened.fresh), volumesOf(queues, fresh)];
  const callsOff = without.came > 0 ? 1 - as.came / without.came : 0;
  const apart = Math.abs((without.bias ?? 0) - (as.bias ?? 0));
  if (callsOff < least && apart < least) return undefined;
  return {
    planned: { ...planned, demand: { ...planned.demand, queues } },
    happened: { ...happened, fresh },
    callsOff,
    bias: without.bias,
  };
};

/** Whether first-time calls of a queue are told from redials by an assumed share. */
const isAssumed = (
  columns: History['queues'][number],
  { zone, assumedRepeats }: Models['hotline'],
): boolean => freshOf(columns, zone, assumedRepeats.afterAbandon).assumed;

const freshOf = (columns: History['queues'][number], zone: string, share: number) => {
  const field = (name: 'offered' | 'answered' | 'redials'): DayGrid => fieldGrid(columns, name, zone);
  return freshDemand(field('offered'), field('answered'), field('redials'), share);
};

/** Calls offered to each first call that is taken to be behind them, by weekday and slot of the day; 1 where none came. */
const offeredPerFresh = (
  columns: History['queues'][number],
  { zone, assumedRepeats }: Models['hotline'],
): ((weekday: number, slot: number) => number) => {
  const offered = fieldGrid(columns, 'offered', zone);
  const { fresh } = freshOf(columns, zone, assumedRepeats.afterAbandon);
  const { slotsPerDay, firstDate } = offered;
  const first = weekdayOf(firstDate);
  const [all, firsts] = [new Float64Array(7 * slotsPerDay), new Float64Array(7 * slotsPerDay)];
  offered.values.forEach((calls, i) => {
    const freshCalls = valueAt(fresh.values, i);
    if (Number.isNaN(calls) || Number.isNaN(freshCalls)) return;
    const at = (i + first * slotsPerDay) % (7 * slotsPerDay);
    all[at] = valueAt(all, at) + calls;
    firsts[at] = valueAt(firsts, at) + freshCalls;
  });
  return (weekday, slot) => {
    const at = weekday * slotsPerDay + slot;
    return valueAt(firsts, at) > 0 ? valueAt(all, at) / valueAt(firsts, at) : 1;
  };
};

/** Calls that came where they were counted, and how far the forecast of the same intervals was off. */
const volumesOf = (
  queues: PlannedOperation['demand']['queues'],
  fresh: Actuals['fresh'],
): { readonly came: number; readonly bias: number | null } => {
  let [came, foreseen] = [0, 0];
  for (const { queue, freshMean } of queues)
    fresh.get(queue)?.forEach((calls, i) => {
      if (Number.isNaN(calls)) return;
      came += calls;
      foreseen += valueAt(freshMean, i);
    });
  return { came, bias: came > 0 ? foreseen / came - 1 : null };
};

/** What the document tells of the week without the assumption. */
export const writeWithoutRedials = (
  { callsOff, bias }: NoRedials,
  share: number,
  { causes, gap, traffic }: ExplainedGap,
): WithoutRedials => ({
  share,
  callsOff,
  bias,
  projectedConnectionRate: traffic?.projectedConnectionRate ?? null,
  causes: causes.map(({ cause, effect }) => ({ cause, effect })),
  gap,
});

/** Says what the assumption does: of calls, of the part that volume has in the gap, of the forecast's bias. */
export const reportWithoutRedials = (
  { share, callsOff, bias, causes }: WithoutRedials,
  as: ExplainedGap,
  biasAs: number | null,
): PlanningFinding => {
  const volumeOf = (all: readonly { readonly cause: string; readonly effect: number }[]): number =>
    all.find(({ cause }) => cause === 'volume')?.effect ?? 0;
  return planningFinding('rests-on-assumed-redials', {
    share,
    callsOff,
    volume: volumeOf(as.causes),
    volumeWithout: volumeOf(causes),
    bias: biasAs,
    biasWithout: bias,
  });
};
