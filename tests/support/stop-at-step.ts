/**
 * Loaded into a child process before anything else (`--import`): it sees every step that changes a file or ends a
 * transaction, whoever takes it, so that a step that is added later is one more at which a command is cut off.
 * `STOP_AT_STEP=7` ends the process right before the seventh, with no chance to tidy up. `IMAGES_OF=folder` with
 * `IMAGES_IN=other` keeps a copy of the folder before each step instead: what the seventh would have left.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import pg from 'pg';

const stopAt = Number(process.env['STOP_AT_STEP'] ?? '0');
const [imagesOf = '', imagesIn = ''] = [process.env['IMAGES_OF'], process.env['IMAGES_IN']];
let steps = 0;

const step = (said: string): void => {
  steps += 1;
  if (steps === stopAt) process.kill(process.pid, 'SIGKILL');
  if (imagesOf === '') return;
  const image = join(imagesIn, String(steps).padStart(3, '0'));
  fs.cpSync(imagesOf, image, { recursive: true });
  fs.writeFileSync(`${image}.step`, said);
};

type Call = (...given: unknown[]) => unknown;

/** `counts` is asked of the first thing given to the call, and of what it is called on. */
const stopBefore = (
  owner: object,
  name: string,
  counts: (given: unknown, on: { readonly sourceSQL?: string }) => boolean = () => true,
): void => {
  const held = owner as Record<string, Call>;
  const own = held[name];
  if (own === undefined) throw new Error(`nothing named ${name}: its steps would go unseen`);
  held[name] = function (this: object, ...given: unknown[]) {
    if (counts(given[0], this)) step(`${name} ${typeof given[0] === 'string' ? given[0] : ''}`);
    return own.apply(this, given);
  };
};

/** Within a transaction nothing counts before its end. */
const endsOrCopies = (statement: unknown): boolean =>
  typeof statement === 'string' && /^\s*(commit|vacuum)/i.test(statement);

for (const name of ['mkdir', 'rename', 'rm', 'rmdir', 'writeFile', 'cp', 'copyFile'])
  stopBefore(fs.promises, name);
stopBefore(fs, 'renameSync');
syncBuiltinESMExports();
stopBefore(StatementSync.prototype, 'run', (_, { sourceSQL }) => endsOrCopies(sourceSQL));
stopBefore(DatabaseSync.prototype, 'exec', endsOrCopies);
stopBefore(pg.Client.prototype, 'query', endsOrCopies);
