import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { TestCallColumns } from '../kernel/records.ts';
import type { MonitoringStore } from '../planning/ports.ts';
import type { Queries } from './database.ts';
import { numberColumns } from './number-columns.ts';
import type { Tables } from './tables.ts';

/**
 * Single test calls of every hotline as typed arrays, in order of hotline and time: a tenth of what they cost as
 * records. `placed` says which; the queries must be of one moment.
 */
export const readTestCallColumns = async (
  { db, kind, readBytes }: Queries,
  line: string,
  placed: RawBuilder<boolean>,
): Promise<TestCallColumns[]> => {
  const { rows } = await sql<{ hotline: string; calls: number }>`
    select hotline, count(*) as calls from test_calls where hotline_key = ${line} and ${placed}
    group by hotline order by hotline`.execute(db);
  const names = ['placed_at_millis', 'connected', 'seconds_to_operator'];
  const { select, read } = numberColumns(kind, names);
  const ordered = sql`select ${sql.join(names.map((name) => sql.ref(name)))} from test_calls
    where hotline_key = ${line} and ${placed} order by hotline, placed_at_millis, ordinal`;
  const query = sql`select ${select} from (${ordered}) as ordered`.compile(db);
  const [placedAtMillis, connected, secondsToOperator] = read(await readBytes(query));
  let to = 0;
  return rows.map(({ hotline, calls }) => {
    const [from] = [to, (to += calls)];
    const own = (column: Float64Array = new Float64Array()): Float64Array => column.subarray(from, to);
    return {
      hotline,
      placedAtMillis: own(placedAtMillis),
      connected: own(connected),
      secondsToOperator: own(secondsToOperator),
    };
  });
};

/**
 * Hotlines that have single test calls, with their first and last instant: one hotline is sought after the other
 * along the key, instead of walking over all calls.
 */
export const readTestCallSpans = async (
  db: Kysely<Tables>,
  line: string,
): ReturnType<MonitoringStore['testCallSpans']> => {
  const own = sql`from test_calls where hotline_key = ${line}`;
  const { rows } = await sql<{ hotline: string; firstMillis: number; lastMillis: number }>`
    with recursive met (hotline) as (
      select min(hotline) ${own}
      union all
      select (select min(hotline) ${own} and hotline > met.hotline) from met where met.hotline is not null
    )
    select hotline,
      (select min(placed_at_millis) ${own} and hotline = met.hotline) as ${sql.ref('firstMillis')},
      (select max(placed_at_millis) ${own} and hotline = met.hotline) as ${sql.ref('lastMillis')}
    from met where hotline is not null order by hotline`.execute(db);
  return rows;
};
