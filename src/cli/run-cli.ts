import { jsonWithSentences } from '../words/with-sentences.ts';
import { CommanderError } from 'commander';
import { defaultLanguage, languages, type Language } from '../kernel/text.ts';
import type { Terminal } from './cli-context.ts';
import { failureOf, type Failure } from './exit-code.ts';
import { problemLines } from './problem-lines.ts';
import { createProgram } from './program.ts';

/** Runs one command line (without node and script) and answers its exit code. */
export const runCli = async (
  args: readonly string[],
  terminal: Terminal,
  version: string,
): Promise<number> => {
  try {
    let code = 0;
    const ending = { ...terminal, endWith: (wanted: 3): number => (code = wanted) };
    await createProgram(ending, version, languageOf(args)).parseAsync([...args], {
      from: 'user',
    });
    return code;
  } catch (thrown) {
    // --help and --version leave by an exception too.
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0;
    const failure = failureOf(thrown);
    report(failure, args, terminal);
    if (process.env['HUAWU_DEBUG'] === '1' && thrown instanceof Error) terminal.err(`${thrown.stack}\n`);
    return failure.exitCode;
  }
};

/** Told in the language asked for, even where parsing the options is what failed. */
const report = (failure: Failure, args: readonly string[], terminal: Terminal): void => {
  if (args.includes('--json')) {
    const { error, problems } = failure;
    terminal.out(`${jsonWithSentences({ error, problems }, 'terminal')}\n`);
  }
  const language = languageOf(args);
  for (const line of problemLines(failure.problems, language)) terminal.err(`${line}\n`);
};

/** The language asked for, known before the arguments are parsed: help and usage errors speak it too. */
const languageOf = (args: readonly string[]): Language => {
  const given = args.flatMap((arg, i) =>
    arg === '--lang' ? [args[i + 1]] : arg.startsWith('--lang=') ? [arg.slice('--lang='.length)] : [],
  );
  return languages.find((language) => language === given.at(-1)) ?? defaultLanguage;
};
