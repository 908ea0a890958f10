import type { Command } from 'commander';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import { createContext, type CliContext, type GlobalOptions, type Terminal } from './cli-context.ts';

interface CommandBody {
  /** Declared as a method so that each command may name the shape of its own options. */
  answer(context: CliContext, options: object, args: readonly string[]): Promise<void>;
}

/** Makes a commander action of a command's function: it gets the context, its own options and its arguments. */
export type CommandRunner = (answer: CommandBody['answer']) => (...given: unknown[]) => Promise<void>;

export const createRunner =
  (terminal: Terminal): CommandRunner =>
  (answer) =>
  async (...given) => {
    const command = given.at(-1) as Command;
    const context = createContext(terminal, command.optsWithGlobals<GlobalOptions>());
    try {
      await answer(context, command.opts<object>(), command.processedArgs.flat() as string[]);
    } catch (error) {
      throw error instanceof BadInputError ? new BadInputError(asTyped(command, error.problems)) : error;
    }
  };

/**
 * Problems of a request's fields under the names of the options that give them: `testCalls.0` is `--test-calls`. A field
 * that is called as its option is stays the word that it is; what stands in a file is called as it is there.
 */
export const asTyped = (command: Command, problems: readonly Problem[]): Problem[] =>
  problems.map((problem) => {
    const [field = '', ...rest] = (problem.path ?? '').split('.');
    const option = optionsOf(command).find((each) => each.attributeName() === field);
    if (problem.file !== undefined || option?.long == null || option.long === `--${field}`) return problem;
    const within = rest.filter((part) => !/^\d+$/.test(part));
    return { ...problem, path: [option.long, ...within].join('.') };
  });

const optionsOf = (command: Command): Command['options'] =>
  command.parent === null ? command.options : [...command.options, ...optionsOf(command.parent)];
