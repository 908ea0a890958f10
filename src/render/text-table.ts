import stringWidth from 'string-width';
import { wrapWords } from './wrap-words.ts';

/** Fewest places that a wrapped column keeps, however wide the others are. */
const leastWrapped = 36;

/**
 * A table for the terminal; Chinese characters take two places. Columns of figures align right, with their
 * heading; dates, clock times and words align left. With `within`, the words of the last column are broken into as many
 * lines as keep the table within so many places.
 */
export const textTable = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  within = Infinity,
): string => {
  const last = head.length - 1;
  const widthOf = (i: number): number =>
    Math.max(stringWidth(head[i] ?? ''), ...rows.map((row) => stringWidth(row[i] ?? '')));
  const widths = head.map((_, i) => widthOf(i));
  const isFigures = head.map((_, i) => rows.length > 0 && rows.every((row) => isFigure(row[i] ?? '')));
  const others = widths.slice(0, last).reduce((sum, width) => sum + width + gap.length, 0);
  const room = Math.max(leastWrapped, within - others);
  widths[last] = Math.min(widths[last] ?? 0, room);
  const pad = (cell: string, i: number): string => {
    const space = ' '.repeat(Math.max(0, (widths[i] ?? 0) - stringWidth(cell)));
    return isFigures[i] === true ? space + cell : cell + space;
  };
  const line = (row: readonly string[]): string => row.map(pad).join(gap).trimEnd();
  const lines = (row: readonly string[]): string[] => {
    if (within === Infinity) return [line(row)];
    const [first = '', ...more] = wrapWords(row[last] ?? '', room);
    return [line([...row.slice(0, last), first]), ...more.map((words) => ' '.repeat(others) + words)];
  };
  return [line(head), widths.map((width) => '─'.repeat(width)).join(gap), ...rows.flatMap(lines)].join('\n');
};

const gap = '  ';

const isFigure = (cell: string): boolean =>
  /^[\d,.%–\s()+±/-]*$/.test(cell) && !/^\d{4}-\d{2}-\d{2}/.test(cell);
