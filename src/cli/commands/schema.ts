import { cliFinding } from '../cli-findings.ts';
import type { Command } from 'commander';
import type { ZodType } from 'zod';
import { UsageError } from '../../kernel/errors.ts';
import type { CliContext, CommandRunner } from '../cli-context.ts';
import { help } from '../help-words.ts';

export const addSchemaCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('schema')
    .summary(help('json-schema-of-a-commands'))
    .argument('<name>', help('command'))
    .action(run(answerSchema));
};

const answerSchema = async (
  context: CliContext,
  _: object,
  [name = '']: readonly string[],
): Promise<void> => {
  const { z } = await import('zod');
  const { commandDocuments } = await import('../../contract/documents/command-documents.ts');
  const { modelSchemas } = await import('../../contract/models/model-schemas.ts');
  const { simulationModelSchema } = await import('../../queueing/simulator/simulation-model.ts');
  // What the user writes (defaults may be left out), and what is printed.
  const inputs: Readonly<Record<string, ZodType>> = { ...modelSchemas, model: simulationModelSchema };
  const schemas = new Map<string, ZodType>(Object.entries({ ...inputs, ...commandDocuments }));
  const known = schemas.get(name);
  if (known === undefined) throw new UsageError(unknownName(name, [...schemas.keys()]));
  const schema = z.toJSONSchema(known, { io: name in inputs ? 'input' : 'output' });
  context.answer(schema, () => JSON.stringify(schema, null, 2));
};

const unknownName = (name: string, known: readonly string[]) => cliFinding('no-such-schema', { name, known });
