import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStore } from '../../src/store/create-store.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { describePlanStore } from '../conformance/plan-store-conformance.ts';
import { describeStore, type StoreGround } from '../conformance/store-conformance.ts';

const layGround = async (): Promise<StoreGround> => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-store-'));
  const file = join(folder, 'huawu.db');
  let store = createStore(await openDatabase(file));
  return {
    store,
    reopen: async () => {
      await store.close();
      store = createStore(await openDatabase(file));
      return store;
    },
    remove: async () => {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
};

describeStore('SQLite', layGround);
describePlanStore('SQLite', layGround);
