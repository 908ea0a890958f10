import { Argument, Option, type Command } from 'commander';
import { type RecordKind, recordKindNames } from '../../kernel/records.ts';
import { UsageError } from '../../kernel/errors.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { cliFinding } from '../cli-findings.ts';
import { help } from '../help-words.ts';
import { refuseOverwriting, writeOutput } from '../input-file.ts';

export const addTemplateCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('template')
    .summary(help('file-to-fill'))
    .addArgument(new Argument('<kind>', help('what-the-file')).choices([...recordKindNames]))
    .addOption(new Option('--out <file>', help('xlsx-or-csv')))
    .option('--replace', help('overwrite-the-file'))
    .action(run(answerTemplate));
};

const answerTemplate = async (
  context: CliContext,
  { out, replace }: { readonly out?: string; readonly replace?: boolean },
  [given = 'traffic']: readonly string[],
): Promise<void> => {
  const { templateColumns } = await import('../../ingest/columns/fields.ts');
  const { templateFile } = await import('../../render/template-file.ts');
  // commander takes no other
  const kind = given as RecordKind;
  const file = out ?? `huawu-${kind}.xlsx`;
  const format = file.toLowerCase().endsWith('.csv') ? 'csv' : 'xlsx';
  if (!file.toLowerCase().endsWith(`.${format}`))
    throw new UsageError(cliFinding('template-format', { file }));
  refuseOverwriting(file, replace);
  await writeOutput(file, await templateFile(kind, templateColumns(kind), format, context.lang));
  const document = { document: 'template' as const, kind, format, file };
  context.answer(document, () => context.say(cliFinding('template-written', { kind, file })));
};
