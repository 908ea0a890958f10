import { cliFinding, cliProblem } from './cli-findings.ts';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, rename } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { BadInputError } from '../kernel/errors.ts';
import { isPostgresAddress } from '../contract/settings.ts';
import { isWorkspace } from '../store/open-workspace.ts';
import { withTemporaryPath } from '../store/workspace-files.ts';
import type { CliContext } from './cli-context.ts';
import { readJsonInput } from './json-input.ts';
import { productFolder } from './product-folders.ts';
import { settingsOf } from './settings-of.ts';

const making = cliFinding('making-demo');

/**
 * Sees to it that the workspace exists; a new one gets the made-up hotline, and appears under its name only
 * when it is whole. An existing one is left as it is: it may be the user's own.
 */
export const prepareDemo = async (context: CliContext): Promise<void> => {
  const folder = resolve(context.workspace);
  if (isWorkspace(folder)) return;
  const held = await readdir(folder).catch(async (error: unknown) => {
    if (existsSync(folder)) throw error;
    return [];
  });
  if (held.length > 0) throw new BadInputError([{ ...cliProblem('folder-holds-others'), file: folder }]);
  context.notice(making);
  const { createWorkspace } = await import('../store/create-workspace.ts');
  const { makeDemo } = await import('../planning/make-demo.ts');
  const settings = await readJsonInput(z.unknown(), join(productFolder('data'), 'demo.json'));
  const read = await settingsOf(context);
  const { store, hotline } = read.settings;
  if (isPostgresAddress(store)) {
    const shared = await createWorkspace(folder, { modelsFrom: productFolder('models'), store, hotline });
    try {
      await makeDemo(shared.store, settings);
    } finally {
      await shared.close();
    }
    return;
  }
  const unfinished = `${folder}.${process.pid}-${randomBytes(4).toString('hex')}.unfinished`;
  await withTemporaryPath(unfinished, async () => {
    const workspace = await createWorkspace(unfinished, { modelsFrom: productFolder('models') });
    try {
      await makeDemo(workspace.store, settings);
    } finally {
      await workspace.close();
    }
    await rename(unfinished, folder).catch((error: NodeJS.ErrnoException) => {
      // Somebody else, or another start of the same, has put something there meanwhile.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
      throw new BadInputError([{ ...cliProblem('folder-holds-others'), file: folder }]);
    });
  });
};
