import { readFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
  type Dialect,
} from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { migrationsOfAdditions, createTables, migrationSteps } from '../../src/store/migrations.ts';
import type { StoreKind } from '../../src/store/database.ts';
import { migrateSchema } from '../../src/store/migrate-schema.ts';
import { connect } from '../../src/store/open-store.ts';
import { sqliteDialect } from '../../src/store/open-sqlite.ts';
import { tableLayouts } from '../../src/store/todays-tables.ts';
import { startPostgres } from '../support/postgres-server.ts';

/**
 * Databases out there have gone through the released steps: what a step sends is settled for good, and all of them
 * one after the other must make what today's layout says. A new step adds to the end of the files in released-steps:
 * `npx vitest run tests/store/released-steps.test.ts -u` does so, and no more than that.
 */
const server = await startPostgres();
afterAll(() => server?.close());

const deaf: Readonly<Record<StoreKind, Dialect>> = {
  sqlite: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
  postgres: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
};

/** Every statement of every step, with what it is given, as one text. */
const writtenOut = async (kind: StoreKind): Promise<string> => {
  const lines: string[] = [];
  const db = new Kysely<unknown>({
    dialect: deaf[kind],
    log: ({ query }) => {
      const given = query.parameters.length > 0 ? ` -- ${JSON.stringify(query.parameters)}` : '';
      lines.push(`${query.sql.replace(/\s+/g, ' ')};${given}`);
    },
  });
  for (const [name, step] of Object.entries(migrationSteps(kind, 'owner'))) {
    lines.push(`-- ${name}`);
    await step.up(db);
  }
  await db.destroy();
  return `${lines.join('\n')}\n`;
};

test.each(['sqlite', 'postgres'] as const)(
  'released steps on %s send what they always sent',
  async (kind) => {
    const written = await writtenOut(kind);
    const released = await readFile(new URL(`released-steps/${kind}.sql`, import.meta.url), 'utf8');
    expect(written.slice(0, released.length)).toBe(released);
    await expect(written).toMatchFileSnapshot(`released-steps/${kind}.sql`);
  },
);

test.each(['sqlite', 'postgres'] as const)(
  'columns that come on %s are refused like the others',
  async (kind) => {
    const sent: string[] = [];
    const db = new Kysely<unknown>({ dialect: deaf[kind], log: ({ query }) => void sent.push(query.sql) });
    const steps = migrationsOfAdditions(kind, tableLayouts, {
      first: { columns: { events: 'room:real?' } },
      second: { columns: { events: 'place:text? share:real?' } },
    });
    for (const step of Object.values(steps)) await step.up(db);
    await db.destroy();
    const checks = sent.filter((each) => each.includes('add constraint "events_finite"'));
    expect(checks).toHaveLength(2);
    expect(checks[0]).toContain('abs("room")');
    for (const name of ['expected_effect', 'decay_days', 'room', 'share'])
      expect(checks[1]).toContain(`abs("${name}")`);
    expect(checks[1]).not.toContain('place');
  },
);

test('a column that no row has yet must be one that rows may lack, of a table that is there', () => {
  const adding = (columns: Readonly<Record<string, string>>) => () =>
    migrationsOfAdditions('sqlite', tableLayouts, { next: { columns } });
  expect(adding({ events: 'room:real' })).toThrow(/events lack room/);
  expect(adding({ event: 'room:real?' })).toThrow(/no table event/);
});

test('a file made step by step is laid out as today', async () => {
  const laidOut = async (make: (db: Kysely<unknown>) => Promise<void>): Promise<unknown[]> => {
    const file = new DatabaseSync(':memory:');
    const db = new Kysely<unknown>({ dialect: sqliteDialect(file) });
    await make(db);
    const { rows } = await sql`select type, name, tbl_name, sql from sqlite_master
      where tbl_name not like 'kysely_%' and name <> 'sqlite_sequence' order by type, name`.execute(db);
    await db.destroy();
    return rows;
  };
  const stepped = await laidOut((db) => migrateSchema(db, 'sqlite', 'main'));
  expect(stepped.length).toBeGreaterThan(tableLayouts.length);
  expect(stepped).toEqual(await laidOut((db) => createTables(db, 'sqlite', tableLayouts)));
});

test.skipIf(server === undefined)(
  'so is a database on PostgreSQL, but for the order of columns',
  async () => {
    const laidOut = async (
      name: string,
      make: (db: Kysely<unknown>) => Promise<void>,
    ): Promise<unknown[]> => {
      const database = await connect({ folder: '', store: (await server?.makeDatabase(name)) ?? '' });
      const db = database.reads.db.withoutPlugins() as unknown as Kysely<unknown>;
      await make(db);
      const { rows } = await sql`
      select t.relname as "table", a.attname as name, format_type(a.atttypid, a.atttypmod) as is,
        a.attnotnull::text as filled, a.attcollation::regcollation::text || coalesce(pg_get_expr(d.adbin, d.adrelid), '') as more
        from pg_class t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
        left join pg_attrdef d on d.adrelid = t.oid and d.adnum = a.attnum
        where t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p') and t.relname not like 'kysely_%'
      union all select c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid), '', ''
        from pg_constraint c where c.connamespace = 'public'::regnamespace and c.conrelid::regclass::text not like 'kysely_%'
      union all select i.tablename, i.indexname, i.indexdef, '', ''
        from pg_indexes i where i.schemaname = 'public' and i.tablename not like 'kysely_%'
      union all select p.partrelid::regclass::text, 'parts', pg_get_partkeydef(p.partrelid), '', '' from pg_partitioned_table p
      order by 1, 2, 3`.execute(db);
      await database.close();
      return rows;
    };
    const stepped = await laidOut('stepped', (db) => migrateSchema(db, 'postgres', 'main'));
    const columns = tableLayouts.flatMap(({ key, values }) => [...key, ...values]).length;
    expect(stepped.length).toBeGreaterThan(columns + tableLayouts.length);
    expect(stepped).toEqual(await laidOut('at_once', (db) => createTables(db, 'postgres', tableLayouts)));
  },
);
