import type { Command } from 'commander';
import { text, type Language } from '../../kernel/text.ts';
import type { NonFiniteRow } from '../../store/finite-numbers.ts';
import type { CliContext } from '../cli-context.ts';
import type { CommandRunner } from '../command-runner.ts';
import { settingsOf } from '../settings-of.ts';

export const addMendCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('mend')
    .summary('take numbers that are none (NaN, infinite) out of the records that doctor found them in')
    .option('--dry-run', 'list the rows, change nothing')
    .action(run(answerMend));
};

const answerMend = async (context: CliContext, options: { readonly dryRun?: boolean }): Promise<void> => {
  const { mendWorkspace } = await import('../../store/mend-workspace.ts');
  const { settings } = await settingsOf(context);
  const dryRun = options.dryRun === true;
  const { place, rows } = await mendWorkspace({ folder: context.workspace, ...settings }, dryRun);
  context.answer({ document: 'mend', place, dryRun, rows }, () =>
    [headOf(place, rows.length, dryRun)[context.lang], ...rows.map((row) => rowText(row, context.lang))].join(
      '\n',
    ),
  );
};

const headOf = (place: string, rows: number, dryRun: boolean): ReturnType<typeof text> =>
  rows === 0
    ? text(`${place}：没有需要修复的记录`, `${place}: nothing to mend`)
    : dryRun
      ? text(`${place}：有 ${rows} 行需要修复`, `${place}: ${rows} rows to mend`)
      : text(`${place}：已修复 ${rows} 行`, `${place}: ${rows} rows mended`);

/** A row that is nothing without the number goes; any other keeps what it has beside it. */
const rowText = ({ table, key, columns, lost }: NonFiniteRow, lang: Language): string => {
  const fate = lost ? text('整行删去', 'the row goes') : text('改为缺失', 'made absent');
  return `  ${table} ${key}: ${columns.join(', ')} — ${fate[lang]}`;
};
