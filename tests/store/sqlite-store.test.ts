import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createAccountStore, openDatabase, openStore } from '../../src/store/open-store.ts';
import { createStore } from '../../src/store/create-store.ts';
import { addLine } from '../../src/store/facts.ts';
import { moveAway } from './move-away.ts';
import { describeAudit, type AuditGround } from '../conformance/audit-conformance.ts';
import { describeAccountStore } from '../conformance/account-store-conformance.ts';
import { describeFeedStore } from '../conformance/feed-store-conformance.ts';
import { describeMovedStore } from '../conformance/moved-store-conformance.ts';
import { describePeople } from '../conformance/person-conformance.ts';
import { describePlanLife } from '../conformance/plan-life-conformance.ts';
import { describePlanStore } from '../conformance/plan-store-conformance.ts';
import { describeStore } from '../conformance/store-conformance.ts';
import { trafficRows } from '../support/traffic-rows.ts';

const layGround = async (): Promise<AuditGround> => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-store-'));
  const file = join(folder, 'huawu.db');
  let store = await openStore({ folder: dirname(file) }, { create: true });
  return {
    store,
    reopen: async () => {
      await store.close();
      store = await openStore({ folder: dirname(file) }, { create: true });
      return store;
    },
    moveAway: (to) => moveAway({ folder }, to),
    tamper: async (statement) => {
      const opened = new DatabaseSync(file);
      opened.exec(statement.replaceAll('HERE', `hotline_key = 'main'`));
      opened.close();
    },
    remove: async () => {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
};

test('what was acknowledged is in the file: another program finds it there, with the writer still at work', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-store-'));
  const database = await openDatabase({ folder }, { create: true });
  const store = createStore(database, 'main');
  await store.write('traffic', trafficRows('general', 3));
  const { rows } = await database.write('main', ({ db }) =>
    sql<{ synchronous: number }>`pragma synchronous`.execute(db),
  );
  // 2 is FULL: the file is flushed before a write is acknowledged.
  expect(rows).toEqual([{ synchronous: 2 }]);
  const other = new DatabaseSync(join(folder, 'huawu.db'), { readOnly: true });
  expect(other.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' });
  expect(other.prepare('select hotline_key, queue, count(*) as n from traffic').get()).toEqual({
    hotline_key: 'main',
    queue: 'general',
    n: 3,
  });
  other.close();
  await store.close();
  expect(await readdir(folder)).toEqual(['huawu.db']);
  await rm(folder, { recursive: true });
});

describeStore('SQLite', layGround);
describePlanStore('SQLite', layGround);
describeFeedStore('SQLite', layGround);
describePlanLife('SQLite', layGround);
describeAudit('SQLite', layGround);
describeMovedStore('SQLite', layGround);
describePeople('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-store-'));
  const database = await openDatabase({ folder }, { create: true });
  await addLine(database, 'other');
  return {
    database,
    remove: async () => {
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
});
describeAccountStore('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-store-'));
  const database = await openDatabase({ folder }, { create: true });
  return {
    accounts: createAccountStore(database, 'main'),
    others: createAccountStore(database, 'other'),
    audit: createStore(database, 'main').audit,
    remove: async () => {
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
});
