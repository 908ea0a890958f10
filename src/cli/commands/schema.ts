import { Argument, type Command } from 'commander';
import { documentSchemas } from '../../contract/documents.ts';
import { modelSchemas } from '../../contract/model-files.ts';
import type { CliContext } from '../cli-context.ts';
import type { CommandRunner } from '../command-runner.ts';

const schemas = { ...modelSchemas, ...documentSchemas } as const;

export const addSchemaCommand = (program: Command, run: CommandRunner): void => {
  program
    .command('schema')
    .summary('JSON Schema of a command’s --json output or of a file under models/')
    .addArgument(new Argument('<name>', 'what to describe').choices(Object.keys(schemas)))
    .action(run(answerSchema));
};

const answerSchema = async (context: CliContext, _: object, [name]: readonly string[]): Promise<void> => {
  const { z } = await import('zod');
  const known = Object.entries(schemas).find(([key]) => key === name);
  if (known === undefined) return;
  // A model file is what the user writes (defaults may be left out); a document is what is printed.
  const io = known[0] in modelSchemas ? 'input' : 'output';
  const schema = z.toJSONSchema(known[1], { io });
  context.answer(schema, () => JSON.stringify(schema, null, 2));
};
