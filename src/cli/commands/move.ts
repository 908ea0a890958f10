import { cliFinding } from '../cli-findings.ts';
import type { Command } from 'commander';
import { isPostgresAddress } from '../../contract/settings.ts';
import { UsageError } from '../../kernel/errors.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { rowsIn } from '../rows-text.ts';
import { settingsOf } from '../settings-of.ts';
import { help } from '../help-words.ts';

export const addMoveCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('move')
    .summary(help('move-the-workspaces-records'))
    .requiredOption('--to <place>', help('postgres-address-or-folder'))
    .option('--replace', help('overwrite-what-stands-there'))
    .action(run(answerMove));
};

const answerMove = async (
  context: CliContext,
  options: { readonly to: string; readonly replace?: boolean },
): Promise<void> => {
  // Not repeated in the message: a mistyped address may hold a password.
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(options.to) && !isPostgresAddress(options.to))
    throw new UsageError(notAnAddress);
  const { moveWorkspace } = await import('../../store/move-workspace.ts');
  const { requireWorkspace } = await import('../../store/open-workspace.ts');
  const { settings, sources } = await settingsOf(context);
  requireWorkspace(context.workspace, settings.store);
  const from = { folder: context.workspace, store: settings.store, hotline: settings.hotline };
  const { folder, place, tables, leftAt } = await moveWorkspace(from, options.to, {
    replace: options.replace === true,
  });
  const rows = rowsIn(tables);
  const said = cliFinding('moved', { rows, place, folder, leftAt });
  context.answer({ document: 'move', folder, place, rows, leftAt, tables }, () => context.say(said));
  if (sources.store === 'environment') context.notice(cliFinding('environment-outranks'));
};

const notAnAddress = cliFinding('address-in-part');
