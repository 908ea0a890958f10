import stringWidth from 'string-width';

/** A table for the terminal; Chinese characters take two places. Numbers align right. */
export const textTable = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = head.map((cell, i) =>
    Math.max(stringWidth(cell), ...rows.map((row) => stringWidth(row[i] ?? ''))),
  );
  const pad = (cell: string, i: number): string => {
    const space = ' '.repeat(Math.max(0, (widths[i] ?? 0) - stringWidth(cell)));
    return /^[\d,.%–\s()-]+$/.test(cell) ? space + cell : cell + space;
  };
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => pad(cell, i))
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
};
