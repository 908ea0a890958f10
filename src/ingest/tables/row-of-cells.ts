import { emptyRow, type RawRow } from './csv-parser.ts';
import { cellText, type OpenTable } from './open-table.ts';

/** Text of every cell of a row; what cannot be decoded is shown as it can be. */
export const cellsOfRow = (row: RawRow, { decoder }: Pick<OpenTable, 'decoder'>): string[] =>
  Array.from(
    { length: row.count },
    (_, i) => cellText(row, i, decoder) ?? decoder.show(row.bytes, row.starts[i] ?? 0, row.ends[i] ?? 0),
  );

/** Makes rows of text as the CSV parser hands them on: one row, valid until the next is made. */
export const rowMaker = (): ((cells: readonly string[], line: number, madeOf?: string) => RawRow) => {
  const encoder = new TextEncoder();
  const raw = emptyRow();
  return (cells, line, madeOf) => {
    let at = 0;
    cells.forEach((cell, i) => {
      raw.starts[i] = at;
      at += encoder.encode(cell).length;
      raw.ends[i] = at;
      at += 1;
    });
    raw.bytes = encoder.encode(cells.join('\t'));
    raw.count = cells.length;
    raw.line = line;
    raw.recordStart = 0;
    raw.recordEnd = raw.bytes.length;
    if (madeOf === undefined) delete raw.madeOf;
    else raw.madeOf = madeOf;
    return raw;
  };
};
