import stringWidth from 'string-width';
import type { Language } from '../kernel/text.ts';
import { cellText, type Column, isFigure, kindAt, type Table, tableOf } from './table.ts';

/** Fewest places that a wrapped column keeps, however wide the others are. */
const leastWrapped = 36;

const gap = '  ';

/**
 * A table for the terminal; Chinese characters take two places. Columns of figures align right, with their heading;
 * dates, clock times and words align left. With `within`, the words of the last column are broken into as many lines
 * as keep the table within so many places.
 */
export const terminalTable = (table: Table, language: Language, within = Infinity): string => {
  const { title, columns, note } = table;
  const rows = table.rows.map((row, r) =>
    row.map((cell, c) => cellText(cell, kindAt(table, r, c), language, table.currency)),
  );
  const last = columns.length - 1;
  const widths = columns.map(({ heading }, i) =>
    Math.max(stringWidth(heading), ...rows.map((row) => stringWidth(row[i] ?? ''))),
  );
  const others = widths.slice(0, last).reduce((sum, width) => sum + width + gap.length, 0);
  const room = Math.max(leastWrapped, within - others);
  widths[last] = Math.min(widths[last] ?? 0, room);
  const pad = (cell: string, i: number): string => {
    const space = ' '.repeat(Math.max(0, (widths[i] ?? 0) - stringWidth(cell)));
    return isFigure(columns[i]?.kind ?? 'text') ? space + cell : cell + space;
  };
  const line = (row: readonly string[]): string => row.map(pad).join(gap).trimEnd();
  const lines = (row: readonly string[]): string[] => {
    if (within === Infinity) return [line(row)];
    const [first = '', ...more] = wrapWords(row[last] ?? '', room);
    return [line([...row.slice(0, last), first]), ...more.map((words) => ' '.repeat(others) + words)];
  };
  return [
    ...(title === undefined ? [] : [title]),
    line(columns.map(({ heading }) => heading)),
    widths.map((width) => '─'.repeat(width)).join(gap),
    ...rows.flatMap(lines),
    ...(note === undefined ? [] : [note]),
  ].join('\n');
};

/** Rows as a table for the terminal, column by column. */
export const terminalRows = <Row>(
  language: Language,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  more: Omit<Table, 'columns' | 'rows'> = {},
  within = Infinity,
): string => terminalTable(tableOf(rows, columns, more), language, within);

/** Where a line may end: after a blank, and after a Chinese character that no closing mark follows. */
const breaks = /(?<= )|(?<=[\p{Script=Han}，。；：、）」”])(?![，。；：、）」”])/u;

/**
 * A sentence in lines of at most `width` places, where Chinese characters take two; a word that is longer is by
 * itself. One empty line for no words.
 */
export const wrapWords = (text: string, width: number): string[] => {
  const lines: string[] = [];
  let line = '';
  for (const part of text.split(breaks)) {
    if (line !== '' && stringWidth(`${line}${part}`.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += part;
  }
  return [...lines, line.trimEnd()];
};
