import { tableCsv } from './csv.ts';
import type { RangeHeadings, Table } from './table.ts';

/** A CSV for each table in one zip, named by their titles in their order. */
export const csvZip = async (
  tables: readonly (Table & { title: string })[],
  words: RangeHeadings,
): Promise<Uint8Array> => {
  const { zipSync, strToU8 } = await import('fflate');
  const files = tables.map((table, i): [string, Uint8Array] => [
    `${String(i + 1).padStart(2, '0')} ${table.title.replaceAll(/[\\/:*?"<>|]/g, ' ')}.csv`,
    strToU8(tableCsv(table, words)),
  ]);
  // Zips begin in 1980, and the same plan is the same file.
  return zipSync(Object.fromEntries(files), { mtime: '1980-01-01' });
};
