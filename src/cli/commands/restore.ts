import { cliFinding } from '../cli-findings.ts';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { rowsIn } from '../rows-text.ts';
import { settingsOf } from '../settings-of.ts';
import { help } from '../help-words.ts';

export const addRestoreCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('restore')
    .summary(help('make-the-workspace-what'))
    .argument('<file>', help('written-by-huawu-backup'))
    .option('--replace', help('overwrite-all-that-an-existing'))
    .option('--hotline <name>', help('which-shared-hotline-it-becomes'))
    .option('--yes', help('with-replace'))
    .action(run(answerRestore));
};

interface RestoreOptions {
  readonly replace?: boolean;
  readonly yes?: boolean;
  readonly hotline?: string;
}

const answerRestore = async (
  context: CliContext,
  { replace, yes, ...named }: RestoreOptions,
  [file = '']: readonly string[],
): Promise<void> => {
  const { restoreWorkspace } = await import('../../store/restore-workspace.ts');
  const { settings, sources } = await settingsOf(context, named);
  const folder = resolve(context.workspace);
  const told = sources.hotline === 'default' ? {} : { hotline: settings.hotline };
  const { tables, place, hotline } = await restoreWorkspace(
    file,
    { folder, store: settings.store, ...told },
    { replace: replace === true, losePublished: yes === true },
  );
  const rows = rowsIn(tables);
  const shared = settings.store === 'sqlite' ? null : { place, hotline };
  const said = cliFinding('restored', { folder, rows, shared });
  context.answer({ document: 'restore', folder, rows, place, hotline, tables }, () => context.say(said));
  if (sources.store === 'environment' && shared !== null)
    context.notice(cliFinding('store-from-environment'));
};
