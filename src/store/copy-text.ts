import type { SqlValue } from './database.ts';

/** Characters gathered before they are handed on: one string a row would cost more than the rows. */
const chunkLength = 256 * 1024;

/** Rows in the text format of PostgreSQL's COPY (its manual, "COPY", Text Format), in large pieces. */
export const copyText = async function* (rows: AsyncIterable<readonly SqlValue[]>): AsyncGenerator<Buffer> {
  let chunk = '';
  for await (const row of rows) {
    let line = fieldText(row[0] ?? null);
    for (let i = 1; i < row.length; i += 1) line += `\t${fieldText(row[i] ?? null)}`;
    chunk += `${line}\n`;
    if (chunk.length < chunkLength) continue;
    yield Buffer.from(chunk);
    chunk = '';
  }
  if (chunk !== '') yield Buffer.from(chunk);
};

const special = /[\\\t\n\r]/;
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

const fieldText = (value: SqlValue): string => {
  if (value === null) return '\\N';
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return `\\\\x${Buffer.from(value).toString('hex')}`;
  return special.test(value) ? value.replace(/[\\\t\n\r]/g, (c) => escapes[c] ?? c) : value;
};
