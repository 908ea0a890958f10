import { textOf } from './markdown.ts';

/** A command that a page shows, and the lines of output that it shows below it. */
export interface ShownCommand {
  /** Arguments after `huawu`. */
  readonly words: readonly string[];
  /** Lines that its output must have, shown in the block that follows. */
  readonly output: readonly string[];
}

/** Words of a shell's line, quotation marks taken off; ends at a comment, a pipe or a redirection. */
const wordsOf = (line: string): string[] => {
  const words: string[] = [];
  for (const [word] of line.matchAll(/"[^"]*"|[^\s"]+/g)) {
    if (/^(?:#|\||>|&&|;)/.test(word)) break;
    words.push(word.replaceAll('"', ''));
  }
  return words;
};

const commandOf = (line: string): string[] | undefined => {
  const [start, given = ''] = /^npm start(?: -- (.*))?$/.exec(line.trim().replace(/ {2,}#.*/, '')) ?? [];
  if (start !== undefined) return ['start', ...wordsOf(given)];
  const [, rest] =
    /^(?:\$ )?(?:[A-Z_]+=\S+ )*(?:TOKEN=\$\()?(?:npx )?huawu ([^)]+)\)?/.exec(line.trim()) ?? [];
  return rest === undefined ? undefined : wordsOf(rest.replaceAll(/\s\\$/g, ''));
};

/** Commands in the blocks of a page, in their order; where a page lists output, the last command before it has it. */
export const shownCommands = (page: string): ShownCommand[] => {
  const shown: { words: string[]; output: string[] }[] = [];
  let fence: string | undefined;
  for (const line of textOf(page)
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')) {
    const [, opened] = /^```(\w*)/.exec(line) ?? [];
    if (opened !== undefined) {
      fence = fence === undefined ? opened : undefined;
      continue;
    }
    if (fence === 'text') shown.at(-1)?.output.push(line);
    const words =
      fence === 'sh' || (fence === undefined && line.startsWith('    ')) ? commandOf(line) : undefined;
    if (words !== undefined) shown.push({ words, output: [] });
  }
  return shown.map(({ words, output }) => ({ words, output: output.filter((line) => line.trim() !== '') }));
};

/** Commands that a page names in its sentences, between back quotes. */
export const namedCommands = (page: string): string[][] =>
  [...textOf(page).matchAll(/`(?:npx )?huawu ([a-z][^`]*)`/g)].map(([, rest = '']) => wordsOf(rest));
