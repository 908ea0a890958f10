import type { Command } from 'commander';
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
    await answer(context, command.opts<object>(), command.processedArgs.flat() as string[]);
  };
