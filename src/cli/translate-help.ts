import type { Argument, Command, Option } from 'commander';
import type { Language } from '../kernel/text.ts';
import { spoken } from '../words/phrases.ts';
import type { Label } from '../words/sentences.ts';
import { speak } from '../words/speak.ts';
import { messages } from '../words/messages.ts';
import { type HelpKey, helpWords } from '../words/help.ts';

const helpFacts = messages('help-facts');

/** Gives a program's help the words of a language: every command, option and title. */
export const translateHelp = (program: Command, language: Language): void => {
  program.addHelpText('after', spoken(helpFacts, language).exitCodes);
  // How the argument parser writes an option's facts is English already.
  const help = { showGlobalOptions: true, ...(language === 'en' ? {} : partsIn(language)) };
  const visit = (command: Command): void => {
    command.configureHelp(help);
    translate(command, language);
    for (const child of command.commands) visit(child);
  };
  visit(program);
};

const helpShown: HelpKey = 'display-help-for-command';

const translate = (command: Command, language: Language): void => {
  const inWords = (key: string): string => helpWords[key]?.[language] ?? key;
  const shown = inWords(helpShown);
  command.helpOption('-h, --help', shown);
  if (command.commands.length > 0) command.helpCommand('help [command]', shown);
  command.description(inWords(command.description())).summary(inWords(command.summary()));
  for (const part of [...command.options, ...command.registeredArguments])
    part.description = inWords(part.description);
};

/** Titles of the parts of --help, by how the argument parser writes them. */
const helpTitles: Readonly<Record<string, Label>> = messages('help-titles');

/** How titles, options and arguments are written in a language. */
const partsIn = (language: Language) => {
  const words = spoken(helpFacts, language);
  const { list } = speak(language, 'terminal');
  const withFacts = (
    { description, defaultValue, defaultValueDescription, argChoices }: Option | Argument,
    more: readonly string[] = [],
  ): string => {
    const facts = [
      ...(argChoices === undefined ? [] : [words.choices({ choices: list(argChoices) })]),
      ...(defaultValue === undefined || defaultValue === false
        ? []
        : [words.default({ value: defaultValueDescription ?? String(defaultValue) })]),
      ...more,
    ];
    return facts.length === 0
      ? description
      : words.described({ description, facts: facts.join(words.between) });
  };
  return {
    styleTitle: (title: string): string => helpTitles[title]?.[language] ?? title,
    optionDescription: (option: Option): string =>
      withFacts(option, option.envVar === undefined ? [] : [words.environment({ variable: option.envVar })]),
    argumentDescription: (argument: Argument): string => withFacts(argument),
  };
};
