import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { EventRecord } from '../kernel/records.ts';
import type { Span, TrafficColumns } from '../planning/ports.ts';
import type { Queries } from './database.ts';

const measures = [
  'offered',
  'answered',
  'abandoned',
  'blocked',
  'answeredInThreshold',
  'waitSecondsTotal',
  'handleSecondsTotal',
  'operators',
  'redials',
  'shortAbandoned',
] as const;

type Measure = (typeof measures)[number];

/**
 * One queue's traffic in time order, as typed arrays. Each column comes as one JSON text, since rows cost several
 * times as much, and a column that the span never fills is not read: both matter when two years of several queues
 * are read before every plan. A queue without rows has empty columns and a step of 0.
 */
export const readTrafficColumns = async (
  { db, kind }: Queries,
  hotline: string,
  queue: string,
  span?: Span,
): Promise<TrafficColumns> => {
  const from = span?.fromMillis ?? Number.MIN_SAFE_INTEGER;
  const to = span?.toMillis ?? Number.MAX_SAFE_INTEGER;
  const ordered = db
    .selectFrom('traffic')
    .select(['startMillis', 'intervalMinutes', ...measures])
    .where('hotlineKey', '=', hotline)
    .where('queue', '=', queue)
    .where('startMillis', '>=', from)
    .where('startMillis', '<', to)
    .orderBy('startMillis')
    .as('ordered');
  const asText = (column: string) =>
    kind === 'sqlite'
      ? sql<
          string | null
        >`case when count(${sql.ref(column)}) > 0 then json_group_array(${sql.ref(column)}) end`
      : sql<
          string | null
        >`case when count(${sql.ref(column)}) > 0 then array_to_json(array_agg(${sql.ref(column)}))::text end`;
  const row = await db
    .selectFrom(ordered)
    .select((eb) => [
      eb.fn.max('intervalMinutes').as('step'),
      asText('startMillis').as('startMillis'),
      ...measures.map((name) => asText(name).as(name)),
    ])
    .executeTakeFirstOrThrow();
  const startMillis = numbers(row.startMillis, 0);
  const columns = Object.fromEntries(
    measures.map((name) => [name, numbers(row[name], startMillis.length)]),
  ) as Record<Measure, Float64Array>;
  return { queue, intervalMinutes: row.step ?? 0, startMillis, ...columns };
};

/** A JSON list as numbers, null as NaN; a column that nothing fills as so many NaN. */
const numbers = (json: string | null, length: number): Float64Array => {
  if (json === null) return new Float64Array(length).fill(Number.NaN);
  const values = JSON.parse(json) as (number | null)[];
  const column = new Float64Array(values.length);
  for (let i = 0; i < values.length; i += 1) column[i] = values[i] ?? Number.NaN;
  return column;
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
