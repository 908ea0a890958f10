import type { RawRow } from './csv-parser.ts';

/** Which encoding a table's text is in, and cells as text. */

const aliases: Readonly<Record<string, string>> = {
  gbk: 'gb18030',
  gb2312: 'gb18030',
  cp936: 'gb18030',
  utf8: 'utf-8',
  'utf-8-sig': 'utf-8',
  utf16: 'utf-16le',
  'utf-16': 'utf-16le',
};

/** The name under which an encoding is used, or undefined when TextDecoder does not know it. */
export const encodingNamed = (label: string): string | undefined => {
  const name = aliases[label.toLowerCase()] ?? label.toLowerCase();
  try {
    const decoder = new TextDecoder(name);
    return name === 'gb18030' ? name : decoder.encoding;
  } catch {
    return undefined;
  }
};

const decodes = (bytes: Uint8Array, encoding: string): boolean => {
  try {
    // stream: a character cut off at the end of the head is no fault
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
};

export interface GuessedEncoding {
  /** 'ascii' means: nothing seen yet tells; the first other character will. */
  readonly encoding: string;
  /** Bytes of the byte-order mark to skip. */
  readonly markBytes: number;
}

/**
 * Whether text of single bytes, as Western Europe writes it: letters beyond ASCII stand alone between others. In Chinese
 * they come in pairs, and “Bürger” is valid GB18030 of other characters.
 */
export const looksWestern = (head: Uint8Array): boolean => {
  let runs = 0;
  let alone = 0;
  for (let i = 0; i < head.length; i += 1) {
    if ((head[i] ?? 0) < 128) continue;
    const from = i;
    while ((head[i + 1] ?? 0) >= 128) i += 1;
    runs += 1;
    if (i === from && (head[i] ?? 0) >= 0xa0) alone += 1;
  }
  return runs > 0 && alone >= 0.9 * runs;
};

/**
 * Encoding by byte-order mark, by zero bytes (UTF-16), else UTF-8 where it is valid, else GB18030 where it is and the text
 * does not look Western.
 */
export const guessEncoding = (head: Uint8Array): GuessedEncoding | undefined => {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', markBytes: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', markBytes: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', markBytes: 2 };
  if (head.includes(0)) {
    const zeros = [0, 0];
    for (let i = 0; i < head.length; i += 1) if (head[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
    const [even = 0, odd = 0] = zeros;
    if (odd > head.length / 8 && odd > 4 * even) return { encoding: 'utf-16le', markBytes: 0 };
    if (even > head.length / 8 && even > 4 * odd) return { encoding: 'utf-16be', markBytes: 0 };
    return undefined;
  }
  if (isAscii(head)) return { encoding: 'ascii', markBytes: 0 };
  if (decodes(head, 'utf-8')) return { encoding: 'utf-8', markBytes: 0 };
  return decodes(head, 'gb18030') && !looksWestern(head) ? { encoding: 'gb18030', markBytes: 0 } : undefined;
};

const isAscii = (bytes: Uint8Array): boolean => {
  let all = 0;
  for (let i = 0; i < bytes.length; i += 1) all |= bytes[i] as number;
  return all < 128;
};

/** Turns cells' bytes into text. An undecided encoding is settled by the first bytes beyond ASCII. */
export class CellDecoder {
  private decoder: TextDecoder | undefined;
  private settled: string;

  constructor(encoding: string) {
    this.settled = encoding;
    if (encoding !== 'ascii') this.decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  }

  /** The encoding in use; 'utf-8' for a table that held nothing but ASCII. */
  get encoding(): string {
    return this.settled === 'ascii' ? 'utf-8' : this.settled;
  }

  /** Text of bytes; undefined when they are not in the encoding. */
  decode(bytes: Uint8Array, start: number, end: number): string | undefined {
    let ascii = '';
    let at = start;
    while (at < end) {
      const byte = bytes[at] ?? 0;
      if (byte >= 128) break;
      ascii += String.fromCharCode(byte);
      at += 1;
    }
    if (at === end) return ascii;
    const cell = bytes.subarray(start, end);
    if (this.decoder === undefined) {
      this.settled = decodes(cell, 'utf-8') ? 'utf-8' : 'gb18030';
      this.decoder = new TextDecoder(this.settled, { fatal: true, ignoreBOM: true });
    }
    try {
      return this.decoder.decode(cell);
    } catch {
      return undefined;
    }
  }

  /** Text for showing: what cannot be decoded becomes replacement characters. */
  show(bytes: Uint8Array, start: number, end: number): string {
    return (
      this.decode(bytes, start, end) ??
      new TextDecoder(this.encoding, { ignoreBOM: true }).decode(bytes.subarray(start, end))
    );
  }
}

/** Text of one cell, doubled quotes made single; undefined when it cannot be decoded. */
export const cellText = (row: RawRow, cell: number, decoder: CellDecoder): string | undefined => {
  const text = decoder.decode(row.bytes, row.starts[cell] ?? 0, row.ends[cell] ?? 0);
  return row.escaped[cell] === 1 ? text?.replaceAll('""', '"') : text;
};
