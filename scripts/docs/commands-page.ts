import type { Command } from 'commander';
import { createProgram } from '../../src/cli/run-cli.ts';
import type { Language } from '../../src/kernel/text.ts';
import { spoken } from '../../src/words/phrases.ts';
import { messages } from '../../src/words/messages.ts';

const silent = {
  out: () => {},
  err: () => {},
  interactive: false,
  nowMillis: () => 0,
  signal: new AbortController().signal,
};

const helpOf = (command: Command): string => {
  command.configureOutput({ getOutHelpWidth: () => 96, getOutHasColors: () => false });
  return `\`\`\`text\n${command.helpInformation().trimEnd()}\n\`\`\``;
};

/** A command's help without what holds for all of them, which the page says once. */
const partOf = (command: Command): string[] => {
  command.configureHelp({ ...command.configureHelp(), showGlobalOptions: false });
  const names: string[] = [];
  for (let at: Command | null = command; at.parent !== null; at = at.parent) names.unshift(at.name());
  return [
    `## ${names.join(' ')}`,
    helpOf(command),
    ...command.commands.filter((child) => child.name() !== 'help').flatMap(partOf),
  ];
};

/** Every command, as its `--help` has it. */
export const commandsPage = async (language: Language): Promise<string> => {
  const words = spoken(messages('reference'), language);
  const program = await createProgram(silent, '', language);
  return [
    `# ${words.commands}`,
    words.commandsAbout,
    words.made,
    `## ${words.allCommands}`,
    helpOf(program),
    ...program.commands.flatMap(partOf),
  ].join('\n\n');
};
