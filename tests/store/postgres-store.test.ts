import { Client } from 'pg';
import { afterAll, describe } from 'vitest';
import { describeAudit, type AuditGround } from '../conformance/audit-conformance.ts';
import { createStore } from '../../src/store/create-store.ts';
import { createAccountStore, openDatabase, openStore } from '../../src/store/open-store.ts';
import { addLine } from '../../src/store/facts.ts';
import { describeAccountStore } from '../conformance/account-store-conformance.ts';
import { describeFeedStore } from '../conformance/feed-store-conformance.ts';
import { describeMovedStore } from '../conformance/moved-store-conformance.ts';
import { describePeople } from '../conformance/person-conformance.ts';
import { describePlanLife } from '../conformance/plan-life-conformance.ts';
import { describePlanStore } from '../conformance/plan-store-conformance.ts';
import { describeStore } from '../conformance/store-conformance.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { moveAway } from './move-away.ts';

const server = await startPostgres();
afterAll(() => server?.close());
const address = await server?.makeDatabase('conformance');

/** One database for all tests: each has a hotline of its own, so that a row of another one would be seen. */
let hotlines = 0;
const layGround = async (): Promise<AuditGround> => {
  hotlines += 1;
  const place = { folder: '.', store: address ?? '', hotline: `h${hotlines}` };
  let store = await openStore(place, { create: true });
  return {
    store,
    reopen: async () => {
      await store.close();
      store = await openStore(place);
      return store;
    },
    moveAway: (to) => moveAway(place, to),
    tamper: async (statement) => {
      const client = new Client({ connectionString: address });
      await client.connect();
      await client.query(statement.replaceAll('HERE', `hotline_key = '${place.hotline}'`));
      await client.end();
    },
    remove: () => store.close(),
  };
};

describe.skipIf(server === undefined)('PostgreSQL', () => {
  describeStore('PostgreSQL', layGround);
  describePlanStore('PostgreSQL', layGround);
  describeFeedStore('PostgreSQL', layGround);
  describePlanLife('PostgreSQL', layGround);
  describeAudit('PostgreSQL', layGround);
  describeMovedStore('PostgreSQL', layGround);
  describePeople('PostgreSQL', async () => {
    hotlines += 1;
    const store = (await server?.makeDatabase(`people${hotlines}`)) ?? '';
    const database = await openDatabase({ folder: '.', store }, { create: true });
    await addLine(database, 'other');
    return { database, remove: () => database.close() };
  });
  describeAccountStore('PostgreSQL', async () => {
    hotlines += 1;
    const store = (await server?.makeDatabase(`accounts${hotlines}`)) ?? '';
    const database = await openDatabase({ folder: '.', store }, { create: true });
    await addLine(database, 'other');
    return {
      accounts: createAccountStore(database, 'main'),
      others: createAccountStore(database, 'other'),
      audit: createStore(database, 'main').audit,
      remove: () => database.close(),
    };
  });
});
