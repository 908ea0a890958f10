import { mkdtemp, rm } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { templateColumns } from '../../src/ingest/columns/headings.ts';
import { ingestTraffic } from '../support/ingested.ts';
import { fileColumn } from '../../src/kernel/record-fields.ts';
import { ingestRecords } from '../../src/ingest/kinds/ingest-records.ts';
import { byteSourceOf } from '../../src/ingest/tables/byte-source.ts';
import { recordKindNames, recordKinds, trafficFields, trafficMeasures } from '../../src/kernel/records.ts';
import { templateFile } from '../../src/render/template-file.ts';
import { numberColumns, teachGathering } from '../../src/store/finite-numbers.ts';
import { openStore } from '../../src/store/open-store.ts';
import { csv, shanghai } from '../support/ingest-options.ts';

/** A field is named in its record's specification alone: what stands there goes the whole way. */
test('every field of traffic that files may have is read, stored and read back', async () => {
  const columns = trafficMeasures.flatMap((name) => {
    const column = fileColumn(name, trafficFields[name]);
    return column === undefined ? [] : [{ name, column }];
  });
  // No count above its whole, and a handle time that calls can have.
  const figureOf = new Map(columns.map(({ name }, i) => [name, 900 - i]));
  figureOf.set('handleSecondsTotal', 200_000);
  figureOf.set('abandoned', 2).set('shortAbandoned', 1).set('blocked', 0).set('offered', 901);
  const figures = columns.map(({ name }) => figureOf.get(name));
  const lines = ['08:00', '08:30', '09:00'].map((at) =>
    ['general', `2026-09-14 ${at}`, ...figures].join(','),
  );
  const source = csv(['queue', 'start', ...columns.map(({ column }) => column)].join(','), ...lines);
  const folder = await mkdtemp(join(tmpdir(), 'huawu-store-'));
  const store = await openStore({ folder }, { create: true });
  await store.write('traffic', (await ingestTraffic([source], shanghai)).records);
  const stored = await store.traffic('general');
  await store.close();
  await rm(folder, { recursive: true });
  expect(columns.length).toBeGreaterThan(8);
  for (const { name } of columns)
    expect([...stored[name]], name).toEqual(Array.from({ length: 3 }, () => figureOf.get(name)));
});

/** A kind is described once: a file filled in as its template shows goes the whole way by that description alone. */
test('records of every kind come in from their template, are stored, read back and noted under their name', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-store-'));
  const store = await openStore({ folder }, { create: true });
  const kinds = recordKindNames.filter((kind) => kind !== 'calls');
  for (const kind of kinds) {
    const bytes = await templateFile(kind, templateColumns(kind), 'csv', 'zh-CN');
    const { toStore } = await ingestRecords(recordKinds[kind].file, [byteSourceOf('t.csv', bytes)], {
      ...shanghai,
      intervalMinutes: 30,
    });
    const own = toStore.filter((each) => [...each.records].length > 0);
    expect(own.map((each) => each.kind)).toEqual([kind]);
    for (const { records } of own) {
      expect(await store.write(kind, records)).toEqual({ added: 2, changed: 0, unchanged: 0 });
      const held = kind === 'test-calls' ? await store.monitoring.testCalls() : await store.read(kind);
      expect(new Set(held.map((record) => ({ ...record })))).toEqual(new Set(records));
    }
  }
  const noted = (await store.audit()).filter(({ action }) => action === 'records-written');
  expect(noted.map(({ subject }) => subject).toReversed()).toEqual(kinds);
  await store.close();
  await rm(folder, { recursive: true });
});

describe('columns of numbers, gathered', () => {
  const compiler = new Kysely<never>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });

  test.each([1, 4, 5, 12, 13, 16])('%i columns come out as they lie', (count) => {
    const connection = new DatabaseSync(':memory:');
    teachGathering(connection);
    const names = Array.from({ length: count }, (_, i) => `c${i}`);
    connection.exec(`create table figures (${names.map((name) => `${name} real`).join()})`);
    const rows = [0, 1, 2].map((row) =>
      names.map((_, i) => (row === 1 && i % 3 === 0 ? null : row * 100 + i)),
    );
    const insert = connection.prepare(`insert into figures values (${names.map(() => '?').join()})`);
    for (const row of rows) insert.run(...row);
    const { select, read } = numberColumns('sqlite', names);
    const selected = connection.prepare(sql`select ${select} from figures`.compile(compiler).sql).get() ?? {};
    const found = read(Object.values(selected) as Uint8Array[]);
    expect(found.map((column) => [...column])).toEqual(
      names.map((_, i) => rows.map((row) => row[i] ?? Number.NaN)),
    );
    connection.close();
  });

  test('more of them than can be gathered are refused', () => {
    const names = Array.from({ length: 17 }, (_, i) => `c${i}`);
    expect(() => numberColumns('sqlite', names)).toThrow('17 columns are more than 16');
  });
});
