import stringWidth from 'string-width';

/**
 * A table for the terminal; Chinese characters take two places. Columns of figures align right, with their
 * heading; dates, clock times and words align left.
 */
export const textTable = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = head.map((cell, i) =>
    Math.max(stringWidth(cell), ...rows.map((row) => stringWidth(row[i] ?? ''))),
  );
  const isFigures = head.map((_, i) => rows.length > 0 && rows.every((row) => isFigure(row[i] ?? '')));
  const pad = (cell: string, i: number): string => {
    const space = ' '.repeat(Math.max(0, (widths[i] ?? 0) - stringWidth(cell)));
    return isFigures[i] === true ? space + cell : cell + space;
  };
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => pad(cell, i))
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
};

const isFigure = (cell: string): boolean =>
  /^[\d,.%–\s()+±/-]*$/.test(cell) && !/^\d{4}-\d{2}-\d{2}/.test(cell);
