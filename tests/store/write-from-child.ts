import { dirname } from 'node:path';
import { openStore } from '../../src/store/open-store.ts';

/** Writes single-row transactions from a process of its own: node write-from-child.ts FILE QUEUE COUNT. */
const [file = '', queue = '', count = '0'] = process.argv.slice(2);
const store = await openStore({ folder: dirname(file) }, { create: true });
for (let i = 0; i < Number(count); i += 1)
  await store.write('traffic', [{ queue, startMillis: i * 1_800_000, intervalMinutes: 30, offered: i }]);
await store.close();
