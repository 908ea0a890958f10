import { cliFinding } from '../cli-findings.ts';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { CliContext } from '../cli-context.ts';
import type { CommandRunner } from '../command-runner.ts';
import { rowsIn } from '../rows-text.ts';
import { settingsOf } from '../settings-of.ts';
import { help } from '../help-words.ts';

export const addRestoreCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('restore')
    .summary(help('make the workspace what a backup holds'))
    .argument('<file>', help('written by huawu backup'))
    .option('--replace', help('overwrite all that an existing workspace holds'))
    .option('--yes', help('with --replace: also where published plans are lost'))
    .action(run(answerRestore));
};

const answerRestore = async (
  context: CliContext,
  { replace, yes }: { readonly replace?: boolean; readonly yes?: boolean },
  [file = '']: readonly string[],
): Promise<void> => {
  const { restoreWorkspace } = await import('../../store/restore-workspace.ts');
  const { settings } = await settingsOf(context);
  const folder = resolve(context.workspace);
  const tables = await restoreWorkspace(
    file,
    { folder, ...settings },
    {
      replace: replace === true,
      losePublished: yes === true,
    },
  );
  const rows = rowsIn(tables);
  const said = cliFinding('restored', { folder, rows });
  context.answer({ document: 'restore', folder, rows, tables }, () => context.say(said));
};
