import { utils, write, type WorkSheet } from '@e965/xlsx';
import type { IngestOptions } from '../../src/ingest/columns/map-file.ts';
import { readSeriesOrTotals } from '../../src/ingest/series/series-csv.ts';
import { seriesSheetsOf } from '../../src/ingest/series/series-source.ts';
import { byteSourceOf, type ByteSource } from '../../src/ingest/tables/byte-source.ts';
import { BadInputError } from '../../src/kernel/errors.ts';
import { digest } from '../support/digest.ts';
import { toGb18030 } from '../support/gb18030.ts';
import { guess, shanghai } from '../support/ingest-options.ts';
import { unpackHere } from '../support/unpack-here.ts';

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

/** A file of the corpus, and how it is read. */
export interface Told {
  readonly name: string;
  readonly make: MakeFile;
  readonly ingest: (sources: readonly ByteSource[], options: IngestOptions) => Promise<object>;
  readonly knowledge?: Partial<IngestOptions> | undefined;
}

/** Records beyond so many are told as figures of them all. */
const mostListed = 40;

const hasFew = (values: Float64Array): boolean => values.filter((n) => !Number.isNaN(n)).length <= mostListed;

/** What says nothing is left out; of a grid what is known stands by its place. */
const plainly = (_: string, value: unknown): unknown => {
  if (value instanceof Map) return Object.fromEntries(value as Map<string, unknown>);
  if (Array.isArray(value) && value.length > mostListed) return digest(value as object[]);
  if (ArrayBuffer.isView(value) && value.byteLength > 8 * mostListed && !hasFew(value as Float64Array))
    return digest([value]);
  if (ArrayBuffer.isView(value))
    return Object.fromEntries([...(value as Float64Array).entries()].filter(([, n]) => !Number.isNaN(n)));
  if (value === null || value === false || value === '') return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([, own]) => !(Array.isArray(own) && own.length === 0)),
  );
};
const textOf = (value: unknown): string => JSON.stringify([value], plainly).slice(1, -1).replaceAll('"', '');

const answerOf = async (what: string, ask: () => Promise<object>): Promise<string[]> => {
  try {
    return Object.entries(await ask())
      .map(([part, value]) => [part, textOf(value)])
      .filter(([, said = '']) => !['null', '[]', '{}'].includes(said))
      .map(([part, said]) => `${what} ${part}: ${said}`);
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error;
    return error.problems.map((problem) => `${what} refused: ${textOf(problem)}`);
  }
};

/** All that is told of files: what is read from each, with bad rows left out too; what its columns look like; which series it is. */
export const allTold = async (files: readonly Told[]): Promise<string> => {
  const lines: string[] = [];
  for (const { name, make, ingest, knowledge } of files) {
    const options = { ...shanghai, ...knowledge };
    const read = await answerOf('read', () => ingest([make()], options));
    const isRefused = read.some((line) => line.startsWith('read refused'));
    const sound = () => ingest([make()], { ...options, skipBadRows: true });
    const series = async () => {
      const { csv, placeOf } = await seriesSheetsOf(make(), { unpacker: unpackHere });
      return readSeriesOrTotals(csv, { placeOf });
    };
    lines.push(
      `# ${name}`,
      ...read,
      ...(isRefused ? await answerOf('sound', sound) : []),
      ...(await answerOf('looks', () => guess(make()))),
      ...(await answerOf('series', series)),
    );
  }
  return `${lines.join('\n')}\n`;
};
