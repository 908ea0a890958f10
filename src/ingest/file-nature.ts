/** What a file is by its first bytes. */
export type FileNature =
  | { readonly kind: 'text' }
  | { readonly kind: 'gzip' }
  | { readonly kind: 'spreadsheet' }
  | { readonly kind: 'other'; readonly what: string };

const signatures: readonly (readonly [string, string])[] = [
  ['%PDF', 'PDF'],
  ['\x89PNG', 'PNG image (图片)'],
  ['\xff\xd8\xff', 'JPEG image (图片)'],
  ['GIF8', 'GIF image (图片)'],
  ['BZh', 'bzip2 archive (压缩包)'],
  ['\xfd7zXZ', 'xz archive (压缩包)'],
  ['\x28\xb5\x2f\xfd', 'zstd archive (压缩包)'],
  ['7z\xbc\xaf', '7z archive (压缩包)'],
  ['Rar!', 'RAR archive (压缩包)'],
  ['PAR1', 'Parquet'],
  ['SQLite format 3', 'SQLite database (数据库)'],
  ['\x7fELF', 'program (程序)'],
  ['MZ', 'program (程序)'],
  ['RIFF', 'audio or video (音视频)'],
  ['ID3', 'audio (音频)'],
  ['OggS', 'audio (音频)'],
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
  if (/^(<!doctype|<html|<\?xml|<svg|<meta|<table)/.test(said)) return { kind: 'other', what: 'HTML / XML' };
  if (/^(\{\s*("|\}|$)|\[\s*[[{])/.test(said)) return { kind: 'other', what: 'JSON' };
  return { kind: 'text' };
};
