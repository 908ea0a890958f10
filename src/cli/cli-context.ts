import type { Command } from 'commander';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import type { Sayable } from '../kernel/finding.ts';
import type { ShouldStop } from '../kernel/ports.ts';
import { defaultLanguage, type Language, languages } from '../kernel/text.ts';
import { jsonWithSentences } from '../words/problems.ts';
import { speak } from '../words/speak.ts';

/** What stands outside a command: given, so that tests can stand in for it. */
export interface Terminal {
  readonly out: (chunk: string) => void;
  readonly err: (chunk: string) => void;
  /** True where progress may be drawn over itself on one line. */
  readonly interactive: boolean;
  readonly nowMillis: () => number;
  /** Aborts where the user interrupts, once the command lets events in. */
  readonly signal: AbortSignal;
  /** Whether the user has interrupted, true at once also in the midst of long work; left out: as `signal` tells. */
  readonly shouldStop?: ShouldStop;
  /** Says that the command is about to store what it made and then ends; throws where it was asked to stop before. */
  readonly finishing?: () => void;
  /** Says that the command now serves until it is interrupted, and will end in order by itself. */
  readonly serving?: () => void;
  /** Sets the exit code of a command that has answered all the same. */
  readonly endWith?: (code: 3) => void;
}

interface GlobalOptions {
  readonly workspace: string;
  readonly lang: Language;
  readonly json: boolean;
  readonly seed: number;
}

/** What a command works with. */
export interface CliContext extends GlobalOptions {
  readonly terminal: Terminal;
  /** Prints the answer: the JSON document, or its words for people. */
  answer(document: unknown, words: () => string): void;
  /** A line for people beside the answer, on stderr. */
  notice(said: Sayable | string): void;
  /** A sentence in the language asked for. */
  say(said: Sayable): string;
}

const createContext = (terminal: Terminal, options: GlobalOptions): CliContext => ({
  ...options,
  terminal,
  answer: (document, words) => {
    const text = options.json ? jsonWithSentences(document, 'terminal') : words();
    terminal.out(text.endsWith('\n') ? text : `${text}\n`);
  },
  notice: (said) =>
    terminal.err(`${typeof said === 'string' ? said : speak(options.lang, 'terminal').say(said)}\n`),
  say: (said) => speak(options.lang, 'terminal').say(said),
});

/** What a command does with its own options and its arguments. */
export type CommandAnswer<Options = never> = (
  context: CliContext,
  options: Options,
  args: readonly string[],
) => Promise<void>;

/** Makes a commander action of a command's function. */
export type CommandRunner = (answer: CommandAnswer) => (...given: unknown[]) => Promise<void>;

export const createRunner =
  (terminal: Terminal): CommandRunner =>
  (answer) =>
  async (...given) => {
    const command = given.at(-1) as Command;
    const context = createContext(terminal, command.optsWithGlobals<GlobalOptions>());
    try {
      await answer(context, command.opts<never>(), command.processedArgs.flat() as string[]);
    } catch (error) {
      throw error instanceof BadInputError
        ? new BadInputError(withOptionNames(command, error.problems))
        : error;
    }
  };

/**
 * Problems of a request's fields under the names of the options that give them: `testCalls.0` is `--test-calls`. A field
 * that is called as its option is stays the word that it is; what is in a file is called as it is there.
 */
export const withOptionNames = (command: Command, problems: readonly Problem[]): Problem[] =>
  problems.map((problem) => {
    const [field = '', ...rest] = (problem.path ?? '').split('.');
    const option = optionsOf(command).find((each) => each.attributeName() === field);
    if (problem.file !== undefined || option?.long == null || option.long === `--${field}`) return problem;
    const within = rest.filter((part) => !/^\d+$/.test(part));
    return { ...problem, path: [option.long, ...within].join('.') };
  });

const optionsOf = (command: Command): Command['options'] =>
  command.parent === null ? command.options : [...command.options, ...optionsOf(command.parent)];

/** The language asked for, known before the arguments are parsed: help and usage errors speak it too. */
export const languageOf = (args: readonly string[]): Language => {
  const given = args.flatMap((arg, i) =>
    arg === '--lang' ? [args[i + 1]] : arg.startsWith('--lang=') ? [arg.slice('--lang='.length)] : [],
  );
  return languages.find((language) => language === given.at(-1)) ?? defaultLanguage;
};
