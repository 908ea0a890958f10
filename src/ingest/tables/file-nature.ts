import type { OtherFile } from '../findings/file-problems.ts';

/** What a file is by its first bytes; 'markup' is a table in HTML or XML, which many systems hand out as .xls. */
export type FileNature =
  | { readonly kind: 'text' }
  | { readonly kind: 'gzip' }
  | { readonly kind: 'spreadsheet' }
  | { readonly kind: 'markup' }
  | { readonly kind: 'other'; readonly what: OtherFile };

const signatures: readonly (readonly [string, OtherFile])[] = [
  ['%PDF', 'pdf'],
  ['\x89PNG', 'png'],
  ['\xff\xd8\xff', 'jpeg'],
  ['GIF8', 'gif'],
  ['BZh', 'bzip2'],
  ['\xfd7zXZ', 'xz'],
  ['\x28\xb5\x2f\xfd', 'zstd'],
  ['7z\xbc\xaf', '7z'],
  ['Rar!', 'rar'],
  ['PAR1', 'parquet'],
  ['SQLite format 3', 'sqlite'],
  ['\x7fELF', 'program'],
  ['MZ', 'program'],
  ['RIFF', 'media'],
  ['ID3', 'audio'],
  ['OggS', 'audio'],
];

const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes.subarray(0, 64));

/** Tells tables from other files; anything without a known signature is text until proved otherwise. */
export const natureOf = (head: Uint8Array): FileNature => {
  const start = latin(head);
  if (head[0] === 0x1f && head[1] === 0x8b) return { kind: 'gzip' };
  if (start.startsWith('PK\x03\x04')) return { kind: 'spreadsheet' };
  if (start.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return { kind: 'spreadsheet' };
  const known = signatures.find(([mark]) => start.startsWith(mark) && (mark !== 'MZ' || head.includes(0)));
  if (known !== undefined) return { kind: 'other', what: known[1] };
  const beginning = start.replace(/^ï»¿/, '').trimStart().toLowerCase();
  if (/^<(!doctype|html|head|body|\?xml|svg|meta|style|table|workbook)/.test(beginning))
    return hasTable(head) ? { kind: 'markup' } : { kind: 'other', what: 'web-page' };
  if (/^(\{\s*("|\}|$)|\[\s*[[{])/.test(beginning)) return { kind: 'other', what: 'json' };
  return { kind: 'text' };
};

/** Whether markup holds a table of HTML or of an XML workbook, as far as its beginning shows. */
const hasTable = (head: Uint8Array): boolean =>
  /<table[\s>]|<(ss:)?workbook[\s>]/i.test(new TextDecoder('latin1').decode(head));
