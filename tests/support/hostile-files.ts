import { deflateRawSync } from 'node:zlib';
import { utils, write, type BookType } from '@e965/xlsx';

/** Small files that cost a reader much, made anew: none of them is stored. */

interface Part {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** Method that the header before the part names, where it lies; 8 is deflated, 0 as it is. */
  readonly headerMethod?: number;
  /** What the system that packed it had it be: an octal mode of Unix, such as that of a symbolic link. */
  readonly mode?: number;
  /** Whether the part is written deflated; the directory says what is true of it. */
  readonly deflated?: boolean;
  /** Method that the directory names, where it lies. */
  readonly directoryMethod?: number;
}

const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;

/** A zip file of parts (PKWARE APPNOTE), without checksums: readers of workbooks do not look at them. */
export const zipOf = (parts: readonly Part[]): Uint8Array => {
  const locals: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const { name, content, deflated = true, headerMethod, directoryMethod, mode } of parts) {
    const plain = bytesOf(content);
    const packed = deflated ? deflateRawSync(plain) : plain;
    const method = deflated ? 8 : 0;
    const label = bytesOf(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(headerMethod ?? method, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(plain.length, 22);
    local.writeUInt16LE(label.length, 26);
    const entry = Buffer.alloc(46);
    if (mode !== undefined) {
      entry.writeUInt16LE(0x0314, 4);
      entry.writeUInt32LE((mode << 16) >>> 0, 38);
    }
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(directoryMethod ?? method, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(plain.length, 24);
    entry.writeUInt16LE(label.length, 28);
    entry.writeUInt32LE(at, 42);
    locals.push(local, label, packed);
    directory.push(entry, label);
    at += local.length + label.length + packed.length;
  }
  const size = directory.reduce((sum, piece) => sum + piece.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...locals, ...directory, end]));
};

const spreadsheetNames = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relationNames = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The parts of an XLSX workbook of one sheet. */
export const workbookParts = (sheetXml: string): Part[] => [
  {
    name: '[Content_Types].xml',
    content: `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
  },
  {
    name: '_rels/.rels',
    content: `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${relationNames}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  },
  {
    name: 'xl/workbook.xml',
    content: `<?xml version="1.0"?><workbook xmlns="${spreadsheetNames}" xmlns:r="${relationNames}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>`,
  },
  {
    name: 'xl/_rels/workbook.xml.rels',
    content: `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${relationNames}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  },
  { name: 'xl/worksheets/sheet1.xml', content: sheetXml },
];

const headings = ['queue', 'start', 'offered'];

const cellXml = (at: string, value: string | number): string =>
  typeof value === 'number'
    ? `<c r="${at}"><v>${value}</v></c>`
    : `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;

const rowXml = (row: number, values: readonly (string | number)[]): string =>
  `<row r="${row}">${values.map((value, i) => cellXml(`${'ABC'[i]}${row}`, value)).join('')}</row>`;

/** Sheet of three calls an interval, with more rows and other parts put in. */
export const sheetXml = ({ rows = '', after = '' }: { rows?: string; after?: string } = {}): string =>
  `<?xml version="1.0"?><worksheet xmlns="${spreadsheetNames}"><sheetData>${rowXml(1, headings)}${rowXml(2, ['a', '2026-01-01 08:00', 3])}${rowXml(3, ['a', '2026-01-01 08:30', 3])}${rows}</sheetData>${after}</worksheet>`;

/** A sound sheet with cells merged to the last column and row that there can be. */
export const mergedFarAway = (): Uint8Array =>
  zipOf(
    workbookParts(sheetXml({ after: '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>' })),
  );

/** A sound sheet with a row of calls in the last row that there can be. */
export const lastRowFilled = (): Uint8Array =>
  zipOf(workbookParts(sheetXml({ rows: rowXml(1_048_576, ['a', '2026-01-01 09:00', 3]) })));

/** A row that no spreadsheet program can have. */
export const rowBeyondSheets = (): Uint8Array =>
  zipOf(workbookParts(sheetXml({ rows: '<row r="4000000"><c r="A4000000"><v>1</v></c></row>' })));

/** A sheet with a cell in a column beyond any table. */
export const lastColumnFilled = (): Uint8Array =>
  zipOf(workbookParts(sheetXml({ rows: '<row r="4"><c r="XFD4"><v>1</v></c></row>' })));

/** One text that stands in many cells: the file is small, what it says is not. */
export const oneTextInManyCells = (cells: number, length: number): Uint8Array => {
  const rows = Array.from(
    { length: cells },
    (_, i) => `<row r="${i + 4}"><c r="A${i + 4}" t="s"><v>0</v></c></row>`,
  );
  return withSharedText('a'.repeat(length), sheetXml({ rows: rows.join('') }));
};

/** A topic of thousands of spaces in every row. */
export const topicOfSpaces = (rows: number): Uint8Array => {
  const heading = ['topic', 'date', 'demands'].map((name, i) => cellXml(`${'ABC'[i]}1`, name)).join('');
  const body = Array.from({ length: rows }, (_, i) => {
    const at = i + 2;
    const date = new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10);
    return `<row r="${at}"><c r="A${at}" t="s"><v>0</v></c>${cellXml(`B${at}`, date)}${cellXml(`C${at}`, 3)}</row>`;
  });
  return withSharedText(
    `a${' '.repeat(4000)}b`,
    `<?xml version="1.0"?><worksheet xmlns="${spreadsheetNames}"><sheetData><row r="1">${heading}</row>${body.join('')}</sheetData></worksheet>`,
  );
};

/** A workbook of a sheet whose cells of the type `s` all hold this text. */
const withSharedText = (text: string, sheet: string): Uint8Array => {
  const shared = `<?xml version="1.0"?><sst xmlns="${spreadsheetNames}" count="1" uniqueCount="1"><si><t xml:space="preserve">${text}</t></si></sst>`;
  const parts = workbookParts(sheet).map((part) => ({
    ...part,
    content:
      part.name === 'xl/_rels/workbook.xml.rels' && typeof part.content === 'string'
        ? part.content.replace(
            '</Relationships>',
            `<Relationship Id="r2" Type="${relationNames}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
          )
        : part.name === '[Content_Types].xml' && typeof part.content === 'string'
          ? part.content.replace(
              '</Types>',
              '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
            )
          : part.content,
  }));
  return zipOf([...parts, { name: 'xl/sharedStrings.xml', content: shared }]);
};

/** A part that the directory calls stored and the header before it deflated: `megabytes` come out of a thousandth. */
export const twoNamedMethods = (megabytes: number): Uint8Array =>
  zipOf([
    ...workbookParts(sheetXml()),
    { name: 'xl/theme/theme1.xml', content: new Uint8Array(megabytes * 2 ** 20), directoryMethod: 0 },
  ]);

/** A table of a hundred bytes, one cell of which says that it spans `columns`. */
export const wideSpan = (columns: number): Uint8Array =>
  bytesOf(`<table><tr><td colspan="${columns}">a</td></tr><tr><td>1</td></tr></table>`);

/** A sound workbook of `rows` rows of traffic. */
export const trafficBook = (rows: number, bookType: BookType): Uint8Array => {
  const from = Date.UTC(2026, 0, 1);
  const data: (string | number)[][] = [
    ['queue', 'start', 'interval_minutes', 'offered', 'answered', 'abandoned', 'handle_seconds_total'],
  ];
  for (let row = 0; row < rows; row += 1) {
    const start = new Date(from + Math.floor(row / 5) * 1_800_000)
      .toISOString()
      .slice(0, 16)
      .replace('T', ' ');
    data.push([`queue-${row % 5}`, start, 30, 40 + (row % 17), 38 + (row % 17), 2, 9000 + (row % 999)]);
  }
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(data), 'traffic');
  return new Uint8Array(write(book, { type: 'array', bookType, compression: true }) as ArrayBuffer);
};

/** The same bytes with so many bits turned over. `random` answers 0 to 1. */
export const withFlippedBits = (bytes: Uint8Array, flips: number, random: () => number): Uint8Array => {
  const damaged = bytes.slice();
  for (let i = 0; i < flips; i += 1) {
    const at = Math.floor(random() * damaged.length);
    damaged[at] = (damaged[at] ?? 0) ^ (1 << Math.floor(random() * 8));
  }
  return damaged;
};
