import type { HelpKey } from '../words/help.ts';

/** What commands are declared with in place of a description: its key. One without words in every language does not compile. */
export const help = (key: HelpKey): string => key;
