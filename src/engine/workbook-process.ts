import { Worker } from 'node:worker_threads';
import { workbookTooLarge } from '../ingest/tables/workbook-excess.ts';
import { defect, type Defect } from '../ingest/findings/defect.ts';
import type { IngestLimits } from '../ingest/ingest-limits.ts';
import type { PackedSheet } from '../ingest/tables/file-unpacker.ts';
import { UnreadableFileError } from '../ingest/tables/inflate.ts';
import { clippedRow, headCells, headRows } from '../ingest/tables/head-rows.ts';
import { packRows } from '../ingest/tables/packed-rows.ts';
import { readSheets, type Sheet } from '../ingest/tables/spreadsheet.ts';
import type { SheetRow } from '../ingest/tables/sheet-row.ts';
import type { WatchdogData } from './workbook-watchdog.ts';

/** What this process is asked, once. */
export interface WorkbookRequest {
  readonly bytes: Uint8Array;
  readonly markup: boolean;
  readonly limits: IngestLimits;
  readonly cpuMillis: number;
}

/** What it answers: the pieces of a sheet, then what the sheet is; at last that all has been said. */
export type WorkbookReply =
  | { readonly piece: Uint8Array }
  | { readonly sheet: Omit<PackedSheet, 'pieces'> }
  | { readonly defect: Defect; readonly row: number | undefined }
  | { readonly done: true };

const say = (reply: WorkbookReply): Promise<void> =>
  new Promise((resolve, reject) => {
    process.send?.(reply, undefined, undefined, (error) => (error === null ? resolve() : reject(error)));
  });

/** Bytes that may still be said: a text that stands in a million cells would multiply the file. */
class Room {
  #left: number;
  readonly #most: number;

  constructor(most: number) {
    this.#left = most;
    this.#most = most;
  }

  take(bytes: number): void {
    this.#left -= bytes;
    if (this.#left < 0)
      throw new UnreadableFileError(workbookTooLarge({ what: 'text', most: this.#most / 2 ** 20 }));
  }
}

const nameSheet = async ({ name, hidden, rows }: Sheet, room: Room): Promise<void> => {
  const head: SheetRow[] = [];
  let width = 0;
  let hiddenRows = 0;
  let cellsLeft = headCells;
  const seen = function* (): Generator<SheetRow> {
    for (const row of rows) {
      width = Math.max(width, row.cells.length);
      if (row.hidden) hiddenRows += 1;
      if (head.length < headRows && cellsLeft > 0) head.push(clippedRow(row));
      cellsLeft -= row.cells.length;
      yield row;
    }
  };
  for (const piece of packRows(seen())) {
    room.take(piece.length);
    await say({ piece });
  }
  if (width > 0) await say({ sheet: { name, hidden, hiddenRows, width, head } });
};

const answer = async ({ bytes, markup, limits }: WorkbookRequest): Promise<void> => {
  const room = new Room(limits.maxWorkbookTextBytes);
  for (const sheet of await readSheets(bytes, markup, limits)) await nameSheet(sheet, room);
};

process.on('disconnect', () => process.exit());
process.once('message', (request: WorkbookRequest) => {
  const workerData: WatchdogData = {
    cpuMillis: request.cpuMillis,
    memoryBytes: request.limits.maxWorkbookMemoryBytes,
  };
  new Worker(new URL('./workbook-watchdog.ts', import.meta.url), { workerData }).unref();
  void answer(request)
    .catch((error: unknown) =>
      error instanceof UnreadableFileError
        ? say({ defect: error.defect, row: error.row })
        : // the package breaks in many ways on what is no workbook
          say({ defect: defect('damaged-spreadsheet'), row: undefined }),
    )
    .then(() => say({ done: true }))
    .finally(() => process.exit());
});
