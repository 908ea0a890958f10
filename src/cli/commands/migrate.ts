import { cliFinding } from '../cli-findings.ts';
import type { Command } from 'commander';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { settingsOf } from '../settings-of.ts';
import { help } from '../help-words.ts';

export const addMigrateCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('migrate')
    .summary(help('bring-the-databases-structure-up'))
    .option('--without-copy', help('take-no-copy'))
    .action(run(answerMigrate));
};

const answerMigrate = async (
  context: CliContext,
  options: { readonly withoutCopy?: boolean },
): Promise<void> => {
  const { migrateWorkspace } = await import('../../store/migrate-workspace.ts');
  const { settings } = await settingsOf(context);
  const { place, from, to, copies } = await migrateWorkspace(
    { folder: context.workspace, ...settings },
    options,
  );
  const said =
    from === to
      ? cliFinding('structure-up-to-date', { place, to })
      : cliFinding('structure-updated', { place, from, to });
  context.answer({ document: 'migrate', place, from, to, changed: from !== to, copies }, () =>
    context.say(said),
  );
  if (copies.length > 0) context.notice(cliFinding('copies-taken', { files: copies }));
};
