import { createHash } from 'node:crypto';
import { sql, type CompiledQuery } from 'kysely';
import { ofMeasures, trafficMeasures, type EventRecord } from '../kernel/records.ts';
import type { Span, TrafficColumns } from '../planning/ports.ts';
import type { Queries } from './database.ts';
import { numberColumns } from './number-columns.ts';

/** One queue's traffic in time order, as typed arrays. A queue without rows has empty columns and a step of 0. */
export const readTrafficColumns = async (
  { db, kind, readBytes }: Queries,
  hotline: string,
  queue: string,
  span?: Span,
): Promise<TrafficColumns> => {
  const names = ['startMillis', 'intervalMinutes', ...trafficMeasures] as const;
  const matching = db
    .selectFrom('traffic')
    .where('hotlineKey', '=', hotline)
    .where('queue', '=', queue)
    .where('startMillis', '>=', span?.fromMillis ?? Number.MIN_SAFE_INTEGER)
    .where('startMillis', '<', span?.toMillis ?? Number.MAX_SAFE_INTEGER);
  const { select, read } = numberColumns(kind, names);
  const readWith = async (query: CompiledQuery): Promise<Float64Array[]> => read(await readBytes(query));
  const inOrder = (): Promise<Float64Array[]> =>
    readWith(
      sql`select ${select} from ${matching.select(names).orderBy('startMillis').as('ordered')}`.compile(db),
    );
  // SQLite finds the rows along their key, in order already, and takes a sixth longer where it is told to order them.
  const found =
    kind === 'sqlite'
      ? await readWith(matching.select(sql`${select}`.as('numbers')).compile())
      : await inOrder();
  const rises = found[0]?.every((at, i, all) => i === 0 || at > (all[i - 1] ?? at)) ?? true;
  const [startMillis = new Float64Array(), steps, ...values] = rises ? found : await inOrder();
  const columns = ofMeasures((name) => values[trafficMeasures.indexOf(name)] ?? new Float64Array());
  return { queue, intervalMinutes: steps?.[0] ?? 0, startMillis, ...columns };
};

/**
 * A name for the content of traffic, events and what else forecasts rest on: the same content gives the same name in whatever order it was
 * written.
 */
export const hashTraffic = (
  traffic: Iterable<TrafficColumns>,
  events: readonly EventRecord[],
  others: readonly (readonly object[])[] = [],
): string => {
  const hash = createHash('sha256');
  for (const columns of traffic) {
    hash.update(`${columns.queue}\n${columns.intervalMinutes}\n`);
    for (const [name, values] of Object.entries(columns).sort(([a], [b]) => (a < b ? -1 : 1)))
      if (values instanceof Float64Array) hash.update(name).update(new Uint8Array(values.buffer));
  }
  hash.update(JSON.stringify(events));
  for (const records of others) if (records.length > 0) hash.update(JSON.stringify(records));
  return hash.digest('hex').slice(0, 32);
};
