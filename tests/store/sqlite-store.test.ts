import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openStore } from '../../src/store/open-store.ts';
import { describePlanStore } from '../conformance/plan-store-conformance.ts';
import { describeStore, type StoreGround } from '../conformance/store-conformance.ts';

const layGround = async (): Promise<StoreGround> => {
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
    remove: async () => {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
};

describeStore('SQLite', layGround);
describePlanStore('SQLite', layGround);
