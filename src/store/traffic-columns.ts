import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { EventRecord } from '../kernel/records.ts';
import type { Span, TrafficColumns } from '../planning/ports.ts';

const measures = [
  ['offered', 'offered'],
  ['answered', 'answered'],
  ['abandoned', 'abandoned'],
  ['blocked', 'blocked'],
  ['answeredInThreshold', 'answered_in_threshold'],
  ['waitSecondsTotal', 'wait_seconds_total'],
  ['handleSecondsTotal', 'handle_seconds_total'],
  ['operators', 'operators'],
  ['redials', 'redials'],
  ['shortAbandoned', 'short_abandoned'],
] as const;

type Measure = (typeof measures)[number][0];

/**
 * One queue's traffic in time order, as typed arrays. Rows come as plain arrays, and a column that the span
 * never fills is not read at all: both matter when two years of several queues are read before every plan.
 * A queue without rows has empty columns and a step of 0.
 */
export const readTrafficColumns = (reader: DatabaseSync, queue: string, span?: Span): TrafficColumns => {
  // Both queries must see the same rows, whatever another process writes meanwhile.
  reader.exec('begin');
  try {
    return readColumns(reader, queue, span);
  } finally {
    reader.exec('commit');
  }
};

const readColumns = (reader: DatabaseSync, queue: string, span?: Span): TrafficColumns => {
  const from = span?.fromMillis ?? Number.MIN_SAFE_INTEGER;
  const to = span?.toMillis ?? Number.MAX_SAFE_INTEGER;
  const where = 'from traffic where queue = ? and start_millis >= ? and start_millis < ?';
  const counts = reader
    .prepare(
      `select count(*) as rows, max(interval_minutes) as step, ${measures.map(([, c]) => `count(${c}) as ${c}`).join(', ')} ${where}`,
    )
    .get(queue, from, to);
  const rows = Number(counts?.['rows'] ?? 0);
  const filled = measures.filter(([, column]) => Number(counts?.[column] ?? 0) > 0);
  const startMillis = new Float64Array(rows);
  const columns = Object.fromEntries(
    measures.map(([name]) => [name, new Float64Array(rows).fill(Number.NaN)]),
  ) as Record<Measure, Float64Array>;
  const targets = [startMillis, ...filled.map(([name]) => columns[name])];
  const statement = reader.prepare(
    `select ${['start_millis', ...filled.map(([, c]) => c)].join(', ')} ${where} order by start_millis`,
  );
  statement.setReturnArrays(true);
  const table = statement.all(queue, from, to) as unknown as (number | null)[][];
  table.forEach((row, i) => {
    targets.forEach((target, j) => {
      target[i] = row[j] ?? Number.NaN;
    });
  });
  return { queue, intervalMinutes: Number(counts?.['step'] ?? 0), startMillis, ...columns };
};

/**
 * A name for the content of traffic and events: the same content gives the same name in whatever order it was
 * written.
 */
export const hashTraffic = (traffic: Iterable<TrafficColumns>, events: readonly EventRecord[]): string => {
  const hash = createHash('sha256');
  for (const columns of traffic) {
    hash.update(`${columns.queue}\n${columns.intervalMinutes}\n`);
    for (const [name, values] of Object.entries(columns).sort(([a], [b]) => (a < b ? -1 : 1)))
      if (values instanceof Float64Array) hash.update(name).update(new Uint8Array(values.buffer));
  }
  hash.update(JSON.stringify(events));
  return hash.digest('hex').slice(0, 32);
};
