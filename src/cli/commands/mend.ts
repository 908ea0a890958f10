import { cliFinding } from '../cli-findings.ts';
import type { Command } from 'commander';
import type { UnsoundRow } from '../../store/mend-workspace.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { settingsOf } from '../settings-of.ts';
import { help } from '../help-words.ts';

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
