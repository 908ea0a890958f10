import stringWidth from 'string-width';

/** Where a line may end: after a blank, and after a Chinese character that no closing mark follows. */
const breaks = /(?<= )|(?<=[\p{Script=Han}，。；：、）」”])(?![，。；：、）」”])/u;

/**
 * A sentence in lines of at most `width` places, where Chinese characters take two; a word that is longer stands by
 * itself. One empty line for no words.
 */
export const wrapWords = (said: string, width: number): string[] => {
  const lines: string[] = [];
  let line = '';
  for (const part of said.split(breaks)) {
    if (line !== '' && stringWidth(`${line}${part}`.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += part;
  }
  return [...lines, line.trimEnd()];
};
