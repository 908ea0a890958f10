import { cliFinding } from '../cli-findings.ts';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { rowsIn } from '../rows-text.ts';
import { settingsOf } from '../settings-of.ts';
import { help } from '../help-words.ts';

export const addBackupCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('backup')
    .summary(help('write-the-workspace'))
    .requiredOption('--out <file>', help('file-write-existing'))
    .action(run(answerBackup));
};

const answerBackup = async (context: CliContext, { out }: { readonly out: string }): Promise<void> => {
  const { openDatabase } = await import('../../store/open-store.ts');
  const { writeBackup } = await import('../../store/backup-file.ts');
  const { requireWorkspace } = await import('../../store/open-workspace.ts');
  const { settings } = await settingsOf(context);
  const folder = resolve(context.workspace);
  requireWorkspace(folder, settings.store);
  const database = await openDatabase({ folder, ...settings });
  try {
    const from = { database, hotline: settings.hotline };
    const tables = await writeBackup(from, join(folder, 'models'), out);
    const rows = rowsIn(tables);
    const said = cliFinding('backed-up', { out, rows });
    context.answer({ document: 'backup', file: out, rows, tables }, () => context.say(said));
  } finally {
    await database.close();
  }
};
