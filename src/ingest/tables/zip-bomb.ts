import { defect } from '../findings/defect.ts';
import type { OtherFile } from '../findings/file-problems.ts';
import { inflated, inflateRaw, UnreadableFileError } from './inflate.ts';
import type { IngestLimits } from '../ingest-limits.ts';

interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packedBytes: number;
  readonly headerAt: number;
}

/** Entries of a zip file's central directory (PKWARE APPNOTE 4.3); undefined when there is none. */
const zipEntries = (bytes: Uint8Array): ZipEntry[] | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  const stop = Math.max(0, bytes.length - 22 - 65_535);
  while (end >= stop && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < stop) return undefined;
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let i = view.getUint16(end + 10, true); i > 0; i -= 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) return undefined;
    const nameLength = view.getUint16(at + 28, true);
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      packedBytes: view.getUint32(at + 20, true),
      headerAt: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
};

const packedPart = (bytes: Uint8Array, entry: ZipEntry): Uint8Array => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // what unpacks the part goes by the header before it: where the two differ, what was counted is not what comes out
  if (entry.headerAt + 30 > bytes.length || view.getUint16(entry.headerAt + 8, true) !== entry.method)
    throw new UnreadableFileError(defect('damaged-spreadsheet'));
  const from =
    entry.headerAt +
    30 +
    view.getUint16(entry.headerAt + 26, true) +
    view.getUint16(entry.headerAt + 28, true);
  return bytes.subarray(from, from + entry.packedBytes);
};

/** What a zip file without sheets is: another office document, or an archive of files. */
const notAWorkbook = (names: readonly string[]): OtherFile => {
  if (names.some((name) => name.startsWith('word/'))) return 'word';
  if (names.some((name) => name.startsWith('ppt/'))) return 'powerpoint';
  return 'zip';
};

/** Refuses a zip file that is no workbook. Inflates every part once, counting: sizes written in a malicious file cannot be believed. */
export const refuseBomb = async (bytes: Uint8Array, limits: IngestLimits): Promise<void> => {
  const entries = zipEntries(bytes);
  if (entries === undefined) throw new UnreadableFileError(defect('damaged-spreadsheet'));
  if (!entries.some((entry) => entry.name.startsWith('xl/') || entry.name === 'content.xml'))
    throw new UnreadableFileError(
      defect('not-a-table', { what: notAWorkbook(entries.map((entry) => entry.name)) }),
    );
  let left = limits.maxSpreadsheetInflatedBytes;
  for (const entry of entries) {
    const part = packedPart(bytes, entry);
    if (entry.method !== 8) left -= part.length;
    if (left < 0)
      throw new UnreadableFileError(
        defect('inflates-too-far', { limit: `${limits.maxSpreadsheetInflatedBytes} B` }),
      );
    if (entry.method !== 8) continue;
    const pieces = inflated(one(part), inflateRaw, { maxInflatedBytes: left, maxInflationRatio: 1100 });
    for await (const piece of pieces) left -= piece.length;
  }
};

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
