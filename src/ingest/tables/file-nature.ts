import { text, type Text } from '../../kernel/text.ts';

/** What a file is by its first bytes; 'markup' is a table in HTML or XML, which many systems hand out as .xls. */
export type FileNature =
  | { readonly kind: 'text' }
  | { readonly kind: 'gzip' }
  | { readonly kind: 'spreadsheet' }
  | { readonly kind: 'markup' }
  | { readonly kind: 'other'; readonly what: Text };

const same = (name: string): Text => text(name, name);
const archive = (name: string): Text => text(`${name} 压缩包`, `a compressed archive (${name})`);

const signatures: readonly (readonly [string, Text])[] = [
  ['%PDF', text('PDF 文档', 'a PDF document')],
  ['\x89PNG', text('PNG 图片', 'a PNG image')],
  ['\xff\xd8\xff', text('JPEG 图片', 'a JPEG image')],
  ['GIF8', text('GIF 图片', 'a GIF image')],
  ['BZh', archive('bzip2')],
  ['\xfd7zXZ', archive('xz')],
  ['\x28\xb5\x2f\xfd', archive('zstd')],
  ['7z\xbc\xaf', archive('7z')],
  ['Rar!', archive('RAR')],
  ['PAR1', same('Parquet')],
  ['SQLite format 3', text('SQLite 数据库', 'an SQLite database')],
  ['\x7fELF', text('程序', 'a program')],
  ['MZ', text('程序', 'a program')],
  ['RIFF', text('音频或视频', 'audio or video')],
  ['ID3', text('音频', 'audio')],
  ['OggS', text('音频', 'audio')],
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
  const said = start.replace(/^ï»¿/, '').trimStart().toLowerCase();
  if (/^<(!doctype|html|head|body|\?xml|svg|meta|style|table|workbook)/.test(said))
    return hasTable(head)
      ? { kind: 'markup' }
      : { kind: 'other', what: text('网页或 XML', 'a web page or XML') };
  if (/^(\{\s*("|\}|$)|\[\s*[[{])/.test(said)) return { kind: 'other', what: same('JSON') };
  return { kind: 'text' };
};

/** Whether markup holds a table of HTML or of an XML workbook, as far as its beginning shows. */
const hasTable = (head: Uint8Array): boolean =>
  /<table[\s>]|<(ss:)?workbook[\s>]/i.test(new TextDecoder('latin1').decode(head));
