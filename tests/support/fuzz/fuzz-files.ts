import { gzipSync } from 'node:zlib';
import { CFB, utils, write, type BookType } from '@e965/xlsx';
import { fieldsOfKind, type FieldType } from '../../../src/ingest/columns/headings.ts';
import { type FileKind, recordKindNames, type RecordKind, recordKinds } from '../../../src/kernel/records.ts';
import type { Random } from '../../../src/kernel/random.ts';
import { toGb18030 } from '../gb18030.ts';
import { zipOf } from '../hostile-files.ts';
import { below, chance, oneOf } from './draw.ts';

/** A file that somebody could drop, sound or not. */
export interface FuzzFile {
  readonly name: string;
  readonly kind: FileKind;
  readonly bytes: Uint8Array;
}

/** Values that somebody may have meant. */
const soundValues: Readonly<Record<FieldType, (random: Random) => string>> = {
  text: (random) => oneOf(random, ['general', 'social-security', '综合', 'a', 'answered', '2026-Q3']),
  list: (random) => oneOf(random, ['general', 'general;parking']),
  time: (random) =>
    `2026-0${1 + below(random, 9)}-1${below(random, 10)} ${String(below(random, 24)).padStart(2, '0')}:${oneOf(random, ['00', '30'])}`,
  date: (random) => `2026-0${1 + below(random, 9)}-1${below(random, 10)}`,
  count: (random) => String(below(random, 60)),
  number: (random) => String(below(random, 1000) / 10),
  share: (random) => oneOf(random, ['0.95', '95%', '1', '0']),
  seconds: (random) => oneOf(random, ['180', '3:05', '0:03:05', '2分30秒', '12.5']),
  truth: (random) => oneOf(random, ['1', '0', 'true', '是']),
};

/** Values that nobody meant. */
const wildValues: readonly string[] = [
  '',
  '-',
  'NULL',
  '-1',
  '1e308',
  '1e999',
  '9'.repeat(400),
  '0x1F',
  'Infinity',
  'NaN',
  '９９９',
  '9999-12-31 23:59',
  '0001-01-01',
  '2026-02-30 25:61',
  '2026-03-29 02:30',
  '1 000 000 000 000',
  '1,234,567.89',
  '=1+1',
  '#DIV/0!',
  '"',
  '""""',
  '\u0000',
  '\ufeff',
  '\u202e合计',
  '8:00-8:30-9:00'.repeat(40),
  ' '.repeat(3000),
  '('.repeat(2000),
  '中'.repeat(2000),
  '合计',
  '__proto__',
  'constructor',
];

const cellsOf = (random: Random): { readonly kind: RecordKind; readonly rows: string[][] } => {
  const kind = oneOf(random, recordKindNames);
  const fields = fieldsOfKind[kind].filter((field) => field.required === true || chance(random, 0.6));
  const headingOf = ({ field, headings }: (typeof fields)[number]): string =>
    chance(random, 0.5) || headings.length === 0 ? field : oneOf(random, headings);
  const wild = oneOf(random, [0, 0, 0.02, 0.3]);
  const rows = Array.from({ length: below(random, 60) }, () =>
    fields.map(({ type }) => (chance(random, wild) ? oneOf(random, wildValues) : soundValues[type](random))),
  );
  return { kind, rows: [fields.map(headingOf), ...rows] };
};

const encoded = (random: Random, said: string): Uint8Array => {
  const kind = oneOf(random, ['utf-8', 'utf-8', 'gb18030', 'utf-16', 'mark'] as const);
  if (kind === 'gb18030') return toGb18030(said.replaceAll(/[^\p{ASCII}\u4e00-\u9fa5]/gu, ''));
  if (kind === 'utf-16') return new Uint8Array(Buffer.from(`\ufeff${said}`, 'utf16le'));
  return new TextEncoder().encode(kind === 'mark' ? `\ufeff${said}` : said);
};

const textFile = (random: Random, rows: readonly (readonly string[])[]): Uint8Array => {
  const delimiter = oneOf(random, [',', ',', ';', '\t', '|']);
  const quote = (cell: string): string =>
    chance(random, 0.1) || (cell.includes(delimiter) && chance(random, 0.9))
      ? `"${cell.replaceAll('"', '""')}"`
      : cell;
  const lines = rows.map((cells) => cells.map(quote).join(delimiter));
  return encoded(random, `${lines.join(oneOf(random, ['\n', '\r\n', '\r']))}\n`);
};

const bookTypes: readonly BookType[] = ['xlsx', 'xlsx', 'xlsb', 'biff8', 'biff5', 'ods', 'html', 'xlml'];

const workbook = (random: Random, rows: readonly (readonly string[])[]): Uint8Array => {
  const book = utils.book_new();
  const typed = rows.map((cells) =>
    cells.map((cell) => (/^\d+$/.test(cell) ? Number(cell) : cell.slice(0, 30_000))),
  );
  for (let sheet = 0; sheet <= below(random, 2); sheet += 1)
    utils.book_append_sheet(book, utils.aoa_to_sheet(typed), `s${sheet}`);
  return new Uint8Array(
    write(book, { type: 'array', bookType: oneOf(random, bookTypes), compression: true }) as ArrayBuffer,
  );
};

const farNumbers = [0, 1, 127, 255, 16_383, 65_535, 1_048_575, 10_000_000, 2 ** 31 - 1, 2 ** 32 - 1];

/** A file's text with a few of its numbers, quotes or lines replaced. */
const editText = (random: Random, bytes: Uint8Array): Uint8Array => {
  let said = Buffer.from(bytes).toString('latin1');
  for (let edit = 0; edit <= below(random, 6); edit += 1) {
    const numbers = [...said.matchAll(/\d{1,12}/g)];
    const number = numbers[below(random, numbers.length)];
    if (number === undefined) break;
    const put = chance(random, 0.7)
      ? String(oneOf(random, farNumbers))
      : oneOf(random, ['"', '<', '\n', '-', 'XFD1', 'e99']);
    said = said.slice(0, number.index) + put + said.slice(number.index + number[0].length);
  }
  return new Uint8Array(Buffer.from(said, 'latin1'));
};

/** Bytes with a few 32-bit numbers replaced, as records of binary workbooks have them. */
const editBinary = (random: Random, bytes: Uint8Array): Uint8Array => {
  const edited = Buffer.from(bytes);
  for (let edit = 0; edit <= below(random, 6) && edited.length > 8; edit += 1)
    edited.writeUInt32LE(oneOf(random, farNumbers), below(random, edited.length - 4));
  return new Uint8Array(edited);
};

const flipBits = (random: Random, bytes: Uint8Array): Uint8Array => {
  const edited = bytes.slice();
  for (let flip = 0; flip <= below(random, 30) && edited.length > 0; flip += 1)
    edited[below(random, edited.length)]! ^= 1 << below(random, 8);
  return edited;
};

const cutOrRepeat = (random: Random, bytes: Uint8Array): Uint8Array => {
  const [from, to] = [below(random, bytes.length + 1), below(random, bytes.length + 1)].sort(
    (a, b) => a - b,
  ) as [number, number];
  if (chance(random, 0.5)) return bytes.slice(0, to);
  return new Uint8Array(Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]));
};

/** A zip file with one of its parts edited and packed again, or its directory put at odds with it. */
const editParts = (random: Random, bytes: Uint8Array): Uint8Array => {
  const container = CFB.read(Buffer.from(bytes), { type: 'buffer' }) as {
    readonly FileIndex: readonly { readonly content?: Uint8Array }[];
    readonly FullPaths: readonly string[];
  };
  const { FileIndex, FullPaths } = container;
  const parts = FileIndex.flatMap((entry, i) => {
    const name = (FullPaths[i] ?? '').replace('Root Entry/', '');
    return name === '' || name.endsWith('/') ? [] : [{ name, content: new Uint8Array(entry.content ?? []) }];
  });
  const chosen = parts[below(random, parts.length)];
  return zipOf(
    parts.map((part) => ({
      ...part,
      ...(part === chosen && chance(random, 0.1) ? { directoryMethod: 0 } : {}),
      content:
        part !== chosen && !(part.name.includes('sheet') && chance(random, 0.7))
          ? part.content
          : part.name.endsWith('.bin')
            ? editBinary(random, part.content)
            : editText(random, part.content),
    })),
  );
};

const edited = (random: Random, bytes: Uint8Array): Uint8Array => {
  const zip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const edits = zip ? [editParts, editParts, flipBits] : [editText, editBinary, flipBits, cutOrRepeat];
  return oneOf(random, edits)(random, bytes);
};

/** A file of any kind and form, sound one time in four. One in eight is a workbook. */
export const fuzzFile = (random: Random): FuzzFile => {
  const { kind, rows } = cellsOf(random);
  const book = chance(random, 1 / 8);
  const sound = book ? workbook(random, rows) : textFile(random, rows);
  let bytes = chance(random, 0.25) ? sound : edited(random, sound);
  if (chance(random, 0.1)) bytes = new Uint8Array(gzipSync(bytes));
  else if (chance(random, 0.05)) bytes = new Uint8Array(Buffer.concat([gzipSync(bytes), gzipSync(bytes)]));
  if (chance(random, 0.05)) bytes = flipBits(random, bytes);
  return { name: book ? 'a.xlsx' : 'a.csv', kind: recordKinds[kind].file, bytes };
};
