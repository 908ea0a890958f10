import { Command, Option } from 'commander';
import { languages } from '../kernel/text.ts';
import type { Terminal } from './cli-context.ts';
import { createRunner } from './command-runner.ts';
import { addErlangCommand } from './commands/erlang.ts';
import { numberOption } from './option-values.ts';

/** Every command of the product. Parsing errors are thrown, nothing exits the process. */
export const createProgram = (terminal: Terminal, version: string): Command => {
  const program = new Command('huawu')
    .description('话务预测与排班 / Call forecasting and staffing for public hotlines')
    .version(version)
    .addOption(new Option('--workspace <folder>', 'the hotline’s folder').default('huawu-workspace'))
    .addOption(
      new Option('--lang <language>', 'language of answers').choices([...languages]).default('zh-CN'),
    )
    .option('--json', 'print one JSON document and nothing else', false)
    .addOption(
      new Option('--seed <n>', 'makes every result repeatable')
        .argParser(numberOption({ min: 0, max: 4_294_967_295, whole: true }))
        .default(1),
    )
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err, outputError: () => {} })
    .exitOverride();
  const run = createRunner(terminal);
  addErlangCommand(program, run);
  for (const command of program.commands) command.copyInheritedSettings(program);
  return program;
};
