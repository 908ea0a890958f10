import { Command, Option } from 'commander';
import { defaultLanguage, languages, type Language } from '../kernel/text.ts';
import type { Terminal } from './cli-context.ts';
import { commandNames, commands, type CommandName } from './command-table.ts';
import { createRunner } from './command-runner.ts';
import { help } from './help-words.ts';
import { numberOption } from './option-values.ts';

/**
 * The command line as a program: with one command where it is `named`, else with all and their help in the words of the
 * language. Parsing errors are thrown, nothing exits the process.
 */
export const createProgram = async (
  terminal: Terminal,
  version: string,
  language: Language = defaultLanguage,
  named?: CommandName,
): Promise<Command> => {
  const program = new Command('huawu')
    .description(help('call-forecasting-and-staffing'))
    .version(version, '-V, --version', help('output-the-version-number'))
    .addOption(
      new Option('--workspace <folder>', help('hotlines-folder'))
        .env('HUAWU_WORKSPACE')
        .default('huawu-workspace'),
    )
    .addOption(
      new Option('--lang <language>', help('language-of-answers'))
        .choices([...languages])
        .default(defaultLanguage),
    )
    .option('--json', help('print-one-json-document'), false)
    .addOption(
      new Option('--seed <n>', help('makes-every-result-repeatable'))
        .argParser(numberOption({ min: 0, max: 4_294_967_295, whole: true }))
        .default(1),
    )
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err, outputError: () => {} })
    .exitOverride();
  const run = createRunner(terminal);
  for (const name of named === undefined ? commandNames : [named]) (await commands[name]())(program, run);
  if (named === undefined) (await import('./tell-help.ts')).tellHelp(program, language);
  return program;
};
