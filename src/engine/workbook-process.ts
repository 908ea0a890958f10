import { Worker } from 'node:worker_threads';
import { UnreadableFileError, workbookTooLarge } from '../ingest/tables/inflate.ts';
import { defect, type Defect } from '../ingest/findings/problem-ledger.ts';
import type { IngestLimits } from '../ingest/ingest-limits.ts';
import { type PackedSheet, packedSheet } from '../ingest/tables/file-unpacker.ts';
import type { Sheet } from '../ingest/tables/sheet-row.ts';
import { readSheets } from '../ingest/tables/spreadsheet.ts';
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

/** Bytes that may still be said: a text that is in a million cells would multiply the file. */
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

const tellSheet = async (sheet: Sheet, room: Room): Promise<void> => {
  const pieces = packedSheet(sheet);
  for (;;) {
    const { done, value } = pieces.next();
    if (done === true) return value === undefined ? undefined : say({ sheet: value });
    room.take(value.length);
    await say({ piece: value });
  }
};

const answer = async ({ bytes, markup, limits }: WorkbookRequest): Promise<void> => {
  const room = new Room(limits.maxWorkbookTextBytes);
  for (const sheet of await readSheets(bytes, markup, limits)) await tellSheet(sheet, room);
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
