import { BadInputError } from '../../kernel/errors.ts';
import type { Capacity } from '../../kernel/hotline.ts';
import { type PresenceRecord, seenWithCall } from '../../kernel/records.ts';
import { dayMillis, localClock, weekdayOf } from '../../kernel/time.ts';
import { sumOf } from '../../kernel/statistics.ts';
import { addAt, valueAt } from '../../kernel/value-at.ts';
import { planningProblem } from '../planning-findings.ts';
import type { Store } from '../ports.ts';
import type { PlannedOperation } from './planned-operation.ts';
import type { WeekHorizon } from './week-horizon.ts';

/** Whose operators a question is asked about: the plan's shifts, or those on duty before the plan. */
type Roster = 'planned' | 'seen';

/**
 * A planned operation with the operators that were on duty on the same weekdays of the four weeks before it, tier by
 * tier, in the place of its shifts. Throws BadInputError where none were recorded for the plan's tiers.
 */
export const withRoster = async (
  store: Store,
  planned: PlannedOperation,
  week: WeekHorizon,
  roster: Roster,
): Promise<PlannedOperation> => {
  if (roster === 'planned') return planned;
  const seen = await operatorsSeen(store, week, week.horizon.startMillis);
  const tiers = planned.capacity.tiers.map(({ tier }): Capacity['tiers'][number] => ({
    tier,
    operators: Float64Array.from({ length: week.horizon.count }, (_, i) => seen?.byTier.get(tier)?.[i] ?? 0),
  }));
  if (tiers.every(({ operators }) => operators.every((n) => n === 0)))
    throw new BadInputError([
      planningProblem('roster', 'no-operators-recorded', 'seen', { tiers: tiers.map(({ tier }) => tier) }),
    ]);
  return { ...planned, capacity: { ...planned.capacity, tiers } };
};

/** Mean operators present per tier and interval of the same weekdays and times; null where none were recorded. */
export interface OperatorsSeen {
  readonly byTier: ReadonlyMap<string, readonly (number | null)[]>;
  readonly total: readonly (number | null)[];
  /** Days with records, per day of the week. */
  readonly days: readonly number[];
  /** At some times nobody recorded them: call records show them with a call. */
  readonly inCalls: boolean;
}

/**
 * Operators seen on the same weekdays of the last four weeks of records before an instant. Undefined when
 * neither presence nor the traffic's own operator counts were recorded.
 */
export const operatorsSeen = async (
  store: Store,
  week: WeekHorizon,
  beforeMillis: number,
): Promise<OperatorsSeen | undefined> => {
  const span = { fromMillis: beforeMillis - 4 * 7 * dayMillis, toMillis: beforeMillis };
  const presence = withoutFormer(await store.read('presence', span));
  if (presence.length > 0) {
    const recorded = averagePresence(
      presence.filter(({ tier }) => tier !== seenWithCall),
      week,
    );
    const inCalls = averagePresence(
      presence.filter(({ tier }) => tier === seenWithCall),
      week,
    );
    return {
      byTier: recorded.byTier,
      total: recorded.total.map((operators, i) => operators ?? inCalls.total[i] ?? null),
      inCalls: recorded.total.some(
        (operators, i) => operators === null && (inCalls.total[i] ?? null) !== null,
      ),
      days: recorded.days.map((days, i) => (days > 0 ? days : (inCalls.days[i] ?? 0))),
    };
  }
  const records: PresenceRecord[] = [];
  for (const { queue } of await store.trafficSummary()) {
    const columns = await store.traffic(queue, span);
    columns.operators.forEach((operators, i) => {
      if (Number.isNaN(operators)) return;
      records.push({
        tier: queue,
        startMillis: valueAt(columns.startMillis, i),
        intervalMinutes: columns.intervalMinutes,
        operators,
      });
    });
  }
  return records.length === 0 ? undefined : { ...averagePresence(records, week), inCalls: false };
};

/**
 * Presence as somebody recorded it and, at the times at which nobody did, those whom call records show with a call
 * (`inCalls`: there are such): these are among those recorded, and not added to them.
 */
export const recordedPresence = (
  all: readonly PresenceRecord[],
): { readonly records: readonly PresenceRecord[]; readonly inCalls: boolean } => {
  const byTime = withoutFormer(all).toSorted((a, b) => a.startMillis - b.startMillis);
  const recorded = byTime.filter(({ tier }) => tier !== seenWithCall);
  let next = 0;
  let until = -Infinity;
  const inCalls = byTime.filter((record) => {
    if (record.tier !== seenWithCall) return false;
    for (let one; (one = recorded[next]) !== undefined && one.startMillis < endOf(record); next += 1)
      until = Math.max(until, endOf(one));
    return until <= record.startMillis;
  });
  return { records: [...recorded, ...inCalls], inCalls: inCalls.length > 0 };
};

/** The tier that call records gave to those with a call before they had one of their own; feeds give it to the unlisted. */
export const formerly = 'all';

/**
 * Presence without what call records left under their former tier, once they are read again: the same operators in all
 * intervals in which both are.
 */
export const withoutFormer = (presence: readonly PresenceRecord[]): readonly PresenceRecord[] => {
  const again = new Map(
    presence.filter(({ tier }) => tier === seenWithCall).map((row) => [row.startMillis, row.operators]),
  );
  const isBoth = ({ tier, startMillis }: PresenceRecord): boolean =>
    tier === formerly && again.has(startMillis);
  const both = presence.filter(isBoth);
  return both.every(({ startMillis, operators }) => again.get(startMillis) === operators)
    ? presence.filter((row) => !isBoth(row))
    : presence;
};

const endOf = ({ startMillis, intervalMinutes }: PresenceRecord): number =>
  startMillis + intervalMinutes * 60_000;

const averagePresence = (
  records: readonly PresenceRecord[],
  week: WeekHorizon,
): Omit<OperatorsSeen, 'inCalls'> => {
  const clock = localClock(week.horizon.zone);
  const slots = 1440 / week.horizon.intervalMinutes;
  const sums = new Map<string, { sum: Float64Array; hits: Float64Array }>();
  const daysSeen = Array.from({ length: 7 }, () => new Set<string>());
  for (const record of records) {
    const { date, minute } = clock(record.startMillis);
    const weekday = weekdayOf(date);
    daysSeen[weekday]?.add(date);
    let tier = sums.get(record.tier);
    if (tier === undefined) {
      tier = { sum: new Float64Array(7 * slots), hits: new Float64Array(7 * slots) };
      sums.set(record.tier, tier);
    }
    const from = Math.floor(minute / week.horizon.intervalMinutes);
    const spanned = Math.max(1, Math.round(record.intervalMinutes / week.horizon.intervalMinutes));
    for (let slot = from; slot < Math.min(slots, from + spanned); slot += 1) {
      const at = weekday * slots + slot;
      addAt(tier.sum, at, record.operators);
      addAt(tier.hits, at, 1);
    }
  }
  const byTier = new Map([...sums].map(([tier, seen]) => [tier, spread(seen.sum, seen.hits, week, slots)]));
  const total = week.starts.map((_, i) => {
    const known = [...byTier.values()].map((values) => values[i] ?? null).filter((value) => value !== null);
    return known.length === 0 ? null : sumOf(known);
  });
  return { byTier, total, days: week.dates.map((date) => daysSeen[weekdayOf(date)]?.size ?? 0) };
};

const spread = (sum: Float64Array, hits: Float64Array, week: WeekHorizon, slots: number): (number | null)[] =>
  week.starts.map((_, i) => {
    const at = weekdayOf(week.dates[valueAt(week.day, i)] ?? '') * slots + valueAt(week.slot, i);
    const count = valueAt(hits, at);
    return count === 0 ? null : valueAt(sum, at) / count;
  });
