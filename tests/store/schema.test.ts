import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore, type StorePlace } from '../../src/store/open-store.ts';
import { tableLayouts } from '../../src/store/todays-tables.ts';
import { fillStore } from '../support/fill-store.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/**
 * A distributed PostgreSQL (Citus) spreads rows by one column. That works only while the hotline is in every table,
 * leads every key, and is named by every statement: these tests keep it so, on both stores.
 */
const server = await startPostgres();
afterAll(() => server?.close());

const folder = await temporaryFolder();

/** Every statement that filling and reading a store sends. */
const statementsOf = async (place: StorePlace): Promise<readonly string[]> => {
  const heard = new Set<string>();
  const store = await openStore(place, { create: true, onStatement: (statement) => heard.add(statement) });
  const span = { fromMillis: 0, toMillis: 1 };
  await fillStore(store);
  await store.write('traffic', [{ queue: 'general', startMillis: 0, intervalMinutes: 30, offered: 1 }]);
  await Promise.all([store.traffic('general'), store.traffic('general', span), store.trafficSummary()]);
  await Promise.all([
    store.read('forecasts'),
    store.read('causes'),
    store.read('topics'),
    store.read('operators'),
    store.read('events'),
    store.read('presence', span),
    store.read('channel-volumes', span),
  ]);
  await Promise.all([
    store.read('channels'),
    store.read('prompts', span),
    store.overrules(),
    store.dataHash(),
  ]);
  await Promise.all([
    store.plan(),
    store.plan('p1'),
    store.plannedOperation('p1'),
    store.planOfWeek('x'),
    store.plans(),
  ]);
  await Promise.all([store.cached('fit 1'), store.holdsOwnTraffic(), store.read('hotlines')]);
  await Promise.all([store.monitoring.testCalls('h1', span), store.monitoring.results('2019')]);
  await Promise.all([store.monitoring.testCallColumns('h1', span), store.monitoring.testCallSpans()]);
  await store.close();
  return [...heard];
};

const names = tableLayouts.map(({ table }) => table).join('|');
const touchesRows = new RegExp(`\\b(from|into|update|join)\\s+"?(${names})"?\\b`, 'i');

const expectHotlineNamed = (statements: readonly string[]): void => {
  const touching = statements.filter((statement) => touchesRows.test(statement));
  // As many as there are kinds of reads and writes: the check looks at something.
  expect(touching.length).toBeGreaterThan(40);
  const joins = touching.filter((statement) => /\bjoin\b/i.test(statement));
  // Rows are looked for by their hotline, or written with it; only the list of hotlines asks for all. A passing table
  // takes the shape of another by asking for no row at all.
  const ofOneHotline =
    /"?hotline_key"? = (\?|\$\d+|'\w+')|where hotline_key is null$|^insert into "?\w+"? \("hotline_key"/i;
  const others = touching.filter((statement) => !ofOneHotline.test(statement));
  expect([...others, ...joins]).toEqual(['select "hotline_key" from "lines" order by "hotline_key"']);
};

test('on SQLite the hotline leads every table and key and is named by every statement', async () => {
  expectHotlineNamed(await statementsOf({ folder }));
  const database = new DatabaseSync(join(folder, 'huawu.db'), { readOnly: true });
  const rows = (statement: string): Record<string, unknown>[] => database.prepare(statement).all();
  const tables = rows(
    `select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'kysely_%'`,
  ).map((table) => String(table['name']));
  expect(tables.toSorted()).toEqual(tableLayouts.map(({ table }) => table).toSorted());
  for (const table of tables) {
    expect([table, rows(`select * from pragma_table_info('${table}')`)[0]]).toMatchObject([
      table,
      { name: 'hotline_key', notnull: 1, pk: 1 },
    ]);
    for (const index of rows(`select name from pragma_index_list('${table}')`))
      expect(rows(`select name from pragma_index_info('${String(index['name'])}')`)[0]).toEqual({
        name: 'hotline_key',
      });
    expect(rows(`select * from pragma_foreign_key_list('${table}')`)).toEqual([]);
  }
  database.close();
});

describe.skipIf(server === undefined)('on PostgreSQL', () => {
  let store: string;
  let client: Client;
  beforeAll(async () => {
    store = (await server?.makeDatabase('shape')) ?? '';
    client = new Client({ connectionString: store });
    await client.connect();
  });
  afterAll(() => client.end());
  const rows = async (statement: string): Promise<readonly Record<string, unknown>[]> =>
    (await client.query<Record<string, unknown>>(statement)).rows;

  test('the hotline leads every table and key and is named by every statement', async () => {
    expectHotlineNamed(await statementsOf({ folder, store, hotline: 'one' }));
    const tables = await rows(`select c.relname as name, a.attname as first, a.attnotnull as given
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum = 1
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname not like 'kysely_%'`);
    expect(tables.length).toBeGreaterThan(tableLayouts.length);
    expect(tables.filter(({ first, given }) => first !== 'hotline_key' || given !== true)).toEqual([]);
    const indexes = await rows(`select i.relname as name, a.attname as first, t.relname as "table"
      from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
      join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]
      where t.relnamespace = 'public'::regnamespace and t.relname not like 'kysely_%'`);
    expect(indexes.length).toBeGreaterThan(tableLayouts.length);
    expect(indexes.filter(({ first }) => first !== 'hotline_key')).toEqual([]);
    expect(await rows(`select conname from pg_constraint where contype = 'f'`)).toEqual([]);
  });

  test('traffic lies in parts by year, and a span is looked for in its own years only', async () => {
    const one = await openStore({ folder, store, hotline: 'parted' }, { create: true });
    const at = (year: number) => ({
      queue: 'q',
      startMillis: Date.UTC(year, 0, 1),
      intervalMinutes: 30,
      offered: year,
    });
    await one.write('traffic', [1969, 1970, 2023, 2024, 2025].map(at));
    // The last instant of a year and the first of the next.
    await one.write('traffic', [{ ...at(2024), startMillis: Date.UTC(2025, 0, 1) - 1 }]);
    const parts = await rows(`select tableoid::regclass::text as part, count(*)::int as n from traffic
      where hotline_key = 'parted' group by 1 order by 1`);
    expect(parts.map(({ part, n }) => `${String(part)} ${String(n)}`)).toEqual([
      'traffic_1969 1',
      'traffic_1970 1',
      'traffic_2023 1',
      'traffic_2024 2',
      'traffic_2025 1',
    ]);
    const plan = await rows(`explain select * from traffic where hotline_key = 'parted' and queue = 'q'
      and start_millis >= ${Date.UTC(2024, 1, 1)} and start_millis < ${Date.UTC(2024, 6, 1)}`);
    const scanned = new Set(plan.flatMap((line) => String(line['QUERY PLAN']).match(/traffic_\d+/g) ?? []));
    expect([...scanned].filter((name) => /^traffic_\d{4}$/.test(name))).toEqual(['traffic_2024']);
    await one.close();
  });

  test('two loaders that need the same new years at once both get them', async () => {
    const loads = ['left', 'right'].map(async (hotline) => {
      const one = await openStore({ folder, store, hotline }, { create: true });
      const years = [2031, 2032, 2033, 2034];
      for (const year of hotline === 'left' ? years : years.toReversed())
        await one.write('traffic', [
          { queue: 'q', startMillis: Date.UTC(year, 5, 1), intervalMinutes: 30, offered: 1 },
        ]);
      const [summary] = await one.trafficSummary();
      await one.close();
      return summary?.rows;
    });
    expect(await Promise.all(loads)).toEqual([4, 4]);
  });
});
