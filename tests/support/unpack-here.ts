import { fileUnpacker } from '../../src/engine/file-unpacker.ts';
import type { FileUnpacker, PackedSheet } from '../../src/ingest/tables/file-unpacker.ts';
import { packedSheet } from '../../src/ingest/tables/packed-sheet.ts';
import { readSheets, type Sheet } from '../../src/ingest/tables/spreadsheet.ts';

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

/** Unpacks in this process what a test wrote itself: a process for each workbook takes a hundred times as long. */
export const unpackHere: FileUnpacker = {
  ...fileUnpacker,
  sheets: async (bytes, markup, limits) =>
    (await readSheets(bytes, markup, limits)).flatMap((sheet) => unpacked(sheet)),
};
