/**
 * Adds operator after operator from a process of its own until it is refused: node write-until-refused.ts FOLDER STORE.
 * Says `writing` after the first, and at the end how many were acknowledged and by which rules the last was refused. It
 * lets others have a turn between two writes: a move of a file waits for the moment in which nobody writes.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { BadInputError } from '../../src/kernel/errors.ts';
import { openStore } from '../../src/store/open-store.ts';

const [folder = '', address = ''] = process.argv.slice(2);
const store = await openStore({ folder, store: address });
let acknowledged = 0;
try {
  for (;;) {
    await store.write('operators', [{ operator: `late ${acknowledged}`, skills: [], contractHours: 1 }]);
    acknowledged += 1;
    if (acknowledged === 1) process.stdout.write('writing\n');
    await pause(2);
  }
} catch (error) {
  const rules = error instanceof BadInputError ? error.problems.map(({ rule }) => rule) : [String(error)];
  process.stdout.write(`${JSON.stringify({ acknowledged, rules })}\n`);
}
await store.close();
