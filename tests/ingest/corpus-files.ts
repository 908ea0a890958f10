import { utils, write, type WorkSheet } from '@e965/xlsx';
import { byteSourceOf, type ByteSource } from '../../src/ingest/tables/byte-source.ts';
import { toGb18030 } from '../support/gb18030.ts';

/** A file of the corpus, made when it is read: every source is read once. */
export type MakeFile = () => ByteSource;

/** Lines of a file are parted by ⏎, so that a small file stands in one line. */
const lines = (said: string): string => `${said.replaceAll('⏎', '\n')}\n`;

const utf16 = (said: string, bigEndian: boolean, mark: boolean): Uint8Array => {
  const bytes = Buffer.from(`${mark ? '\uFEFF' : ''}${said}`, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
};

/** A text file in an encoding. */
export const file =
  (
    said: string,
    encoding: 'utf-8' | 'bom' | 'gb18030' | 'utf-16le' | 'utf-16be' | 'utf-16le-bare' = 'utf-8',
  ): MakeFile =>
  () => {
    const text = lines(said);
    const bytes = {
      'utf-8': () => new TextEncoder().encode(text),
      bom: () => new TextEncoder().encode(`\uFEFF${text}`),
      gb18030: () => toGb18030(text),
      'utf-16le': () => utf16(text, false, true),
      'utf-16be': () => utf16(text, true, true),
      'utf-16le-bare': () => utf16(text, false, false),
    }[encoding]();
    return byteSourceOf('corpus.csv', bytes);
  };

/** A text file with other line ends. */
export const fileWith =
  (said: string, end: '\r\n' | '\r'): MakeFile =>
  () =>
    byteSourceOf('corpus.csv', lines(said).replaceAll('\n', end));

type Cells = readonly (readonly unknown[])[];

/** Sheet of rows; merges as A1 ranges. A Date is a spreadsheet's own date. */
export const sheet = (rows: Cells, ...merges: readonly string[]): WorkSheet => {
  const made = utils.aoa_to_sheet(rows as unknown[][], {
    UTC: true,
    cellDates: false,
    dateNF: 'yyyy-mm-dd hh:mm',
  });
  made['!merges'] = merges.map((range) => utils.decode_range(range));
  return made;
};

/** A workbook of named sheets; a name that begins with a dot is hidden. */
export const book =
  (sheets: Readonly<Record<string, WorkSheet>>, type: 'xlsx' | 'biff8' | 'ods' | 'html' = 'xlsx'): MakeFile =>
  () => {
    const workbook = utils.book_new();
    for (const [title, content] of Object.entries(sheets))
      utils.book_append_sheet(workbook, content, title.replace('.', ''));
    workbook.Workbook = {
      Sheets: Object.keys(sheets).map((title) => ({ Hidden: title.startsWith('.') ? 1 : 0 })),
    };
    const bytes = new Uint8Array(write(workbook, { type: 'array', bookType: type }) as ArrayBuffer);
    return byteSourceOf(`corpus.${type === 'xlsx' ? 'xlsx' : type === 'ods' ? 'ods' : 'xls'}`, bytes);
  };
