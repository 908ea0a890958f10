import { Argument, type Command, Option } from 'commander';
import type { ZodType } from 'zod';
import { UsageError } from '../../kernel/errors.ts';
import { type RecordKind, recordKindNames } from '../../kernel/records.ts';
import type { CommandAnswer, CommandRunner } from '../cli-context.ts';
import { help } from '../option-values.ts';
import { cliFinding } from '../cli-findings.ts';
import { refuseOverwriting, writeOutput } from '../input-file.ts';

export const addSchemaCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('schema')
    .summary(help('json-schema-of-a-commands'))
    .argument('<name>', help('command'))
    .action(run(answerSchema));
};

const answerSchema: CommandAnswer = async (context, _, [name = '']) => {
  const { z } = await import('zod');
  const { commandDocuments } = await import('../../contract/documents/command-documents.ts');
  const { modelSchemas } = await import('../../contract/models/model-schemas.ts');
  const { simulationModelSchema } = await import('../../queueing/simulator/simulation-model.ts');
  // What the user writes (defaults may be left out), and what is printed.
  const inputs: Readonly<Record<string, ZodType>> = { ...modelSchemas, model: simulationModelSchema };
  const schemas = new Map<string, ZodType>(Object.entries({ ...inputs, ...commandDocuments }));
  const known = schemas.get(name);
  if (known === undefined)
    throw new UsageError(cliFinding('no-such-schema', { name, known: [...schemas.keys()] }));
  const schema = z.toJSONSchema(known, { io: name in inputs ? 'input' : 'output' });
  context.answer(schema, () => JSON.stringify(schema, null, 2));
};

export const addTemplateCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('template')
    .summary(help('file-to-fill'))
    .addArgument(new Argument('<kind>', help('what-the-file')).choices([...recordKindNames]))
    .addOption(new Option('--out <file>', help('xlsx-or-csv')))
    .option('--replace', help('overwrite-the-file'))
    .action(run(answerTemplate));
};

const answerTemplate: CommandAnswer<{ readonly out?: string; readonly replace?: boolean }> = async (
  context,
  { out, replace },
  [value = 'traffic'],
) => {
  const { templateColumns } = await import('../../ingest/columns/headings.ts');
  const { templateFile } = await import('../../render/template-file.ts');
  // commander takes no other
  const kind = value as RecordKind;
  const file = out ?? `huawu-${kind}.xlsx`;
  const format = file.toLowerCase().endsWith('.csv') ? 'csv' : 'xlsx';
  if (!file.toLowerCase().endsWith(`.${format}`))
    throw new UsageError(cliFinding('template-format', { file }));
  refuseOverwriting(file, replace);
  await writeOutput(file, await templateFile(kind, templateColumns(kind), format, context.lang));
  const document = { document: 'template' as const, kind, format, file };
  context.answer(document, () => context.say(cliFinding('template-written', { kind, file })));
};
