import { Command } from 'commander';

/**
 * A group of commands lists what there is where none of them is named: its command `list` answers, with its options. A
 * word that names none is refused as one, with what it may have been meant for.
 */
export const listByDefault = (group: Command, summary: string): Command => {
  group.hook('preSubcommand', ({ args: [word] }, chosen) => {
    if (chosen.name() === 'list' && word !== undefined && word !== 'list' && !word.startsWith('-'))
      refuseWord(group, word);
  });
  return group.command('list', { isDefault: true }).summary(summary);
};

/** Has the argument parser itself say what it says of a command that it does not know. */
const refuseWord = (group: Command, word: string): void => {
  const bare = new Command(group.name()).exitOverride().configureOutput({ outputError: () => undefined });
  for (const known of group.commands) bare.command(known.name());
  bare.parse([word], { from: 'user' });
};
