import type { CompareDocument } from '../../contract/documents/compare-document.ts';
import type { Calendar } from '../../kernel/calendar.ts';
import type { Outcome } from '../../kernel/hotline.ts';
import type { TestCall } from '../../kernel/records.ts';
import { partsAt, ratesByPart, type TimePart } from '../../monitoring/time-parts.ts';
import type { Happened } from './what-happened.ts';
import { valueAt } from '../../kernel/value-at.ts';

type ByTime = NonNullable<CompareDocument['byTime']>;

/**
 * How did day and night, working days and days off hold against the plan? The switch's connection rate over the
 * intervals with records, the rate projected for the same intervals, and the test calls of each part.
 */
export const compareByTime = (
  happened: Happened,
  planned: Outcome,
  calendar: Calendar,
  testCalls: readonly Pick<TestCall, 'placedAtMillis' | 'connected'>[],
): ByTime => {
  const { zone, startMillis, intervalMinutes, count } = planned.horizon;
  const partsOf = partsAt(calendar, zone);
  const at = Array.from({ length: count }, (_, i) => startMillis + i * intervalMinutes * 60_000);
  const traffic = at.map((millis, i) => ({ millis, ...countsAt(happened, i) }));
  const projected = plannedByPart(planned, at, partsOf);
  const tests = ratesByPart(
    testCalls.map((call) => ({
      millis: call.placedAtMillis,
      calls: 1,
      connected: call.connected ? 1 : 0,
    })),
    partsOf,
    false,
  );
  return ratesByPart(traffic, partsOf, true).map((own) => {
    const tested = tests.find(({ part }) => part === own.part);
    return {
      ...own,
      projected: projected.get(own.part) ?? null,
      testCalls: tested?.calls ?? 0,
      testConnected: tested?.connected ?? 0,
    };
  });
};

/** Calls of an interval over the queues that tell both counts. */
const countsAt = (happened: Happened, i: number): { calls: number; connected: number } => {
  const sums = { calls: 0, connected: 0 };
  for (const [queue, answered] of happened.answered) {
    const offered = happened.offered.get(queue)?.[i] ?? Number.NaN;
    const got = valueAt(answered, i);
    if (Number.isNaN(offered) || Number.isNaN(got)) continue;
    sums.calls += offered;
    sums.connected += Math.min(got, offered);
  }
  return sums;
};

const plannedByPart = (
  planned: Outcome,
  at: readonly number[],
  partsOf: ReturnType<typeof partsAt>,
): ReadonlyMap<TimePart, number> => {
  const sums = new Map<TimePart, { offered: number; answered: number }>();
  at.forEach((millis, i) => {
    for (const part of partsOf(millis).parts) {
      const so = sums.get(part) ?? { offered: 0, answered: 0 };
      for (const queue of planned.queues) {
        so.offered += valueAt(queue.offered, i);
        so.answered += valueAt(queue.answered, i);
      }
      sums.set(part, so);
    }
  });
  return new Map(
    [...sums].flatMap(([part, { offered, answered }]) =>
      offered > 0 ? [[part, answered / offered] as const] : [],
    ),
  );
};
