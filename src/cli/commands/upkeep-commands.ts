import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { isPostgresAddress } from '../../contract/settings.ts';
import { UsageError } from '../../kernel/errors.ts';
import type { UnsoundRow } from '../../store/mend-workspace.ts';
import type { CliContext, CommandAnswer, CommandRunner } from '../cli-context.ts';
import { help } from '../option-values.ts';
import { cliFinding } from '../cli-findings.ts';
import { settingsOf } from '../settings-of.ts';

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

/** Rows of all tables together. */
const rowsIn = (tables: readonly { readonly rows: number }[]): number =>
  tables.reduce((sum, { rows }) => sum + rows, 0);

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

const answerRestore: CommandAnswer<RestoreOptions> = async (
  context,
  { replace, yes, ...named },
  [file = ''],
) => {
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

export const addMoveCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('move')
    .summary(help('move-the-workspaces-records'))
    .requiredOption('--to <place>', help('postgres-address-or-folder'))
    .option('--replace', help('overwrite-what-stands-there'))
    .action(run(answerMove));
};

const answerMove: CommandAnswer<{ readonly to: string; readonly replace?: boolean }> = async (
  context,
  options,
) => {
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

export const addMigrateCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('migrate')
    .summary(help('bring-the-databases-structure-up'))
    .option('--without-copy', help('take-no-copy'))
    .action(run(answerMigrate));
};

const answerMigrate: CommandAnswer<{ readonly withoutCopy?: boolean }> = async (context, options) => {
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

export const addMendCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('mend')
    .summary(help('take-numbers-that-are-none'))
    .option('--dry-run', help('list-the-rows'))
    .action(run(answerMend));
};

const answerMend = async (context: CliContext, options: { readonly dryRun?: boolean }): Promise<void> => {
  const { mendWorkspace } = await import('../../store/mend-workspace.ts');
  const { settings } = await settingsOf(context);
  const dryRun = options.dryRun === true;
  const { place, rows } = await mendWorkspace({ folder: context.workspace, ...settings }, dryRun);
  context.answer({ document: 'mend', place, dryRun, rows }, () =>
    [
      context.say(headOf(place, rows.length, dryRun)),
      ...rows.map((row) => `  ${context.say(rowMended(row))}`),
    ].join('\n'),
  );
};

const headOf = (place: string, rows: number, dryRun: boolean) =>
  rows === 0
    ? cliFinding('nothing-to-mend', { place })
    : dryRun
      ? cliFinding('rows-to-mend', { place, rows })
      : cliFinding('rows-mended', { place, rows });

/** A row that is nothing without the number, or is there already, goes; any other keeps what it has beside it. */
const rowMended = ({ wrong, table, key, columns, lost }: UnsoundRow) =>
  cliFinding(lost ? 'row-goes' : wrong === 'number' ? 'made-absent' : 'characters-replaced', {
    table,
    key,
    columns,
  });
