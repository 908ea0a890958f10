import type { MonitoredHotline } from '../kernel/records.ts';
import { isYear } from '../kernel/time.ts';

/** First day of a period and of the next one: 2019, 2026-Q3 or 2026-11. Undefined for anything else. */
export const daysOfPeriod = (
  period: string,
): { readonly from: string; readonly before: string } | undefined => {
  const match = /^(\d{4})(?:-Q([1-4])|-(0[1-9]|1[0-2]))?$/.exec(period);
  if (match === null || !isYear(Number(match[1]))) return undefined;
  const [, year, quarter, month] = match;
  const first = quarter !== undefined ? 3 * Number(quarter) - 2 : month !== undefined ? Number(month) : 1;
  const months = quarter !== undefined ? 3 : month !== undefined ? 1 : 12;
  const next = Number(year) * 12 + first - 1 + months;
  const day = (y: number, m: number): string =>
    `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-01`;
  return { from: day(Number(year), first), before: day(Math.floor(next / 12), (next % 12) + 1) };
};

/** The period a year before: 2018, 2025-Q3, 2025-11. */
export const yearBefore = (period: string): string => {
  const year = Number(period.slice(0, 4));
  return `${String(year - 1).padStart(4, '0')}${period.slice(4)}`;
};

const unknown = { from: '', before: '' };

/** Order of periods by their end, the longer of two that end together last: 2025, 2026-06, 2026-Q2, 2026. */
export const comparePeriods = (a: string, b: string): number => {
  const [one, other] = [daysOfPeriod(a) ?? unknown, daysOfPeriod(b) ?? unknown];
  if (one.before !== other.before) return one.before < other.before ? -1 : 1;
  if (one.from !== other.from) return one.from > other.from ? -1 : 1;
  return 0;
};

/** Years from the end of one period to that of another. */
export const yearsBetween = (earlier: string, later: string): number => {
  const end = (period: string): number => {
    const { before } = daysOfPeriod(period) ?? unknown;
    return Number(before.slice(0, 4)) + Number(before.slice(5, 7)) / 12;
  };
  return end(later) - end(earlier);
};

/**
 * Of periods, those that are over when `chosen` begins and lie in no longer one of them: 2025-11 is part of 2025, and
 * its test calls would count twice beside it.
 */
export const periodsBefore = (periods: Iterable<string>, chosen: string): ReadonlySet<string> => {
  const start = daysOfPeriod(chosen)?.from ?? '';
  const over = [...new Set(periods)].flatMap((period) => {
    const days = daysOfPeriod(period);
    return days === undefined || days.before > start ? [] : [{ period, ...days }];
  });
  const within = (a: (typeof over)[number], b: (typeof over)[number]): boolean =>
    a.period !== b.period && b.from <= a.from && a.before <= b.before;
  return new Set(over.filter((one) => !over.some((other) => within(one, other))).map(({ period }) => period));
};

/**
 * What the list says of every hotline in a period: the row that held on the period's last day; where all rows of a
 * hotline begin later, the first of them.
 */
export const hotlinesInPeriod = (
  list: readonly MonitoredHotline[],
  period: string,
): readonly MonitoredHotline[] => {
  const before = daysOfPeriod(period)?.before;
  const held = new Map<string, MonitoredHotline>();
  for (const row of list.toSorted((a, b) => (startOf(a) < startOf(b) ? -1 : 1))) {
    if (held.has(row.hotline) && before !== undefined && startOf(row) >= before) continue;
    held.set(row.hotline, row);
  }
  return [...held.values()];
};

const startOf = ({ validFrom = '' }: MonitoredHotline): string => validFrom;
