import { localClock, weekdayOf } from '../../kernel/time.ts';
import type { PresenceRecord } from '../../kernel/records.ts';
import type { Store } from '../ports.ts';
import type { WeekHorizon } from './week-horizon.ts';

/** Mean operators present per tier and interval of the same weekdays and times; null where none were recorded. */
export interface OperatorsSeen {
  readonly byTier: ReadonlyMap<string, readonly (number | null)[]>;
  readonly total: readonly (number | null)[];
  /** Days with records, per day of the week. */
  readonly days: readonly number[];
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
  const span = { fromMillis: beforeMillis - 4 * 7 * 86_400_000, toMillis: beforeMillis };
  const presence = await store.presence(span);
  if (presence.length > 0) return averagePresence(presence, week);
  const records: PresenceRecord[] = [];
  for (const { queue } of await store.trafficSummary()) {
    const columns = await store.traffic(queue, span);
    columns.operators.forEach((operators, i) => {
      if (Number.isNaN(operators)) return;
      records.push({
        tier: queue,
        startMillis: columns.startMillis[i] ?? 0,
        intervalMinutes: columns.intervalMinutes,
        operators,
      });
    });
  }
  return records.length === 0 ? undefined : averagePresence(records, week);
};

const averagePresence = (records: readonly PresenceRecord[], week: WeekHorizon): OperatorsSeen => {
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
      tier.sum[at] = (tier.sum[at] ?? 0) + record.operators;
      tier.hits[at] = (tier.hits[at] ?? 0) + 1;
    }
  }
  const byTier = new Map([...sums].map(([tier, seen]) => [tier, spread(seen.sum, seen.hits, week, slots)]));
  const total = week.starts.map((_, i) => {
    const known = [...byTier.values()].map((values) => values[i] ?? null).filter((value) => value !== null);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
  });
  return { byTier, total, days: week.dates.map((date) => daysSeen[weekdayOf(date)]?.size ?? 0) };
};

const spread = (sum: Float64Array, hits: Float64Array, week: WeekHorizon, slots: number): (number | null)[] =>
  week.starts.map((_, i) => {
    const at = weekdayOf(week.dates[week.day[i] ?? 0] ?? '') * slots + (week.slot[i] ?? 0);
    const count = hits[at] ?? 0;
    return count === 0 ? null : (sum[at] ?? 0) / count;
  });
