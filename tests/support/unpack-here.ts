import { fileUnpacker } from '../../src/engine/file-unpacker.ts';
import { defect } from '../../src/ingest/findings/problem-ledger.ts';
import { type FileUnpacker, type PackedSheet, packedSheet } from '../../src/ingest/tables/file-unpacker.ts';
import { UnreadableFileError } from '../../src/ingest/tables/inflate.ts';
import type { Sheet } from '../../src/ingest/tables/sheet-row.ts';
import { readSheets } from '../../src/ingest/tables/spreadsheet.ts';

const unpacked = (sheet: Sheet): PackedSheet[] => {
  const packed = packedSheet(sheet);
  const pieces: Uint8Array[] = [];
  for (;;) {
    const { done, value } = packed.next();
    if (done !== true) pieces.push(value);
    else return value === undefined ? [] : [{ ...value, pieces: pieceByPiece(pieces) }];
  }
};

async function* pieceByPiece(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

/**
 * Unpacks in this process, as `engine/workbook-process` does in one of its own, which takes a hundred times as long:
 * `tests/engine/read-workbook` tries that, and what is to do harm.
 */
export const unpackHere: FileUnpacker = {
  ...fileUnpacker,
  sheets: async (bytes, markup, limits) => {
    try {
      return (await readSheets(bytes, markup, limits)).flatMap((sheet) => unpacked(sheet));
    } catch (error) {
      // the package breaks in many ways on what is no workbook
      throw error instanceof UnreadableFileError
        ? error
        : new UnreadableFileError(defect('damaged-spreadsheet'));
    }
  },
};
