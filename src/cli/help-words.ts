import type { HelpText } from '../words/terminal/help.ts';

/** A description as commands are declared with it; one without its words in every language does not compile. */
export const help = (english: HelpText): string => english;
