import { type ChildProcess, fork } from 'node:child_process';
import { pipeline, Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import { defect, type Defect } from '../ingest/findings/problem-ledger.ts';
import type { IngestLimits } from '../ingest/ingest-limits.ts';
import type { FileUnpacker, PackedSheet } from '../ingest/tables/file-unpacker.ts';
import { UnreadableFileError, workbookTooLarge } from '../ingest/tables/inflate.ts';
import { CancelledError } from '../kernel/errors.ts';
import { lastWords } from './last-words.ts';
import type { WorkbookReply, WorkbookRequest } from './workbook-process.ts';

/** Bytes of every member of a gzip file; what follows the last is passed over, as gzip itself does. */
async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const unzip = createGunzip({ chunkSize: 65_536 });
  // an error of either comes out where the pieces are read
  pipeline(Readable.from(chunks, { objectMode: false }), unzip, () => undefined);
  for await (const piece of unzip) yield piece as Uint8Array;
}

const processorSeconds = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
};

/** Wall-clock time by which a reader outstays its processor time only on a machine that is choked. */
const patience = { factor: 10, millis: 10_000 } as const;

let last: Promise<unknown> = Promise.resolve();

/**
 * The sheets of a workbook, read in a process of their own: a file can cost thousands of times its size, and V8 ends
 * the whole process that runs out of memory. The reader is ended once it takes more time or memory than the limits
 * give. Of several, one is read after the other: their memory does not add up. Once `stop` is aborted none is read any
 * more: those that wait, are being read or have been read and not yet gone through throw `CancelledError`.
 */
export const readWorkbooks =
  (stop?: AbortSignal): FileUnpacker['sheets'] =>
  (bytes, markup, limits) => {
    const sheets = last.then(() => readInProcess(bytes, markup, limits, stop));
    last = sheets.catch(() => undefined);
    return sheets;
  };

const readInProcess = (
  bytes: Uint8Array,
  markup: boolean,
  limits: IngestLimits,
  stop?: AbortSignal,
): Promise<readonly PackedSheet[]> => {
  if (stop?.aborted === true) throw new CancelledError();
  const seconds =
    limits.maxWorkbookSeconds + limits.maxWorkbookSecondsPerMegabyte * Math.ceil(bytes.length / 2 ** 20);
  const reader = startReader(limits);
  const request: WorkbookRequest = { bytes, markup, limits, cpuMillis: seconds * 1000 };
  const timer = setTimeout(() => reader.kill('SIGKILL'), patience.millis + patience.factor * seconds * 1000);
  const { promise, resolve, reject } = Promise.withResolvers<readonly PackedSheet[]>();
  const refuse = (defect: Defect, row?: number): void => reject(new UnreadableFileError(defect, row));
  const cancel = (): void => {
    reject(new CancelledError());
    reader.kill('SIGKILL');
  };
  stop?.addEventListener('abort', cancel, { once: true });
  const sheets: PackedSheet[] = [];
  let pieces: Uint8Array[] = [];
  let text = '';
  reader.stderr?.on('data', (chunk: Buffer) => (text = `${text}${chunk.toString()}`.slice(-100_000)));
  reader.on('message', (reply: WorkbookReply) => {
    if ('piece' in reply) pieces.push(reply.piece);
    else if ('defect' in reply) refuse(reply.defect, reply.row);
    else if ('done' in reply) resolve(sheets);
    else {
      sheets.push({ ...reply.sheet, pieces: oneByOne(pieces, stop) });
      pieces = [];
    }
  });
  reader.on('error', reject);
  // 'close' comes after the last of what it said
  reader.on('close', () => refuse(whyEnded(text, limits, seconds)));
  reader.send(request, (error) => {
    // a reader that is gone tells why by itself
    if (error !== null) reader.kill('SIGKILL');
  });
  return promise.finally(() => {
    clearTimeout(timer);
    stop?.removeEventListener('abort', cancel);
  });
};

const startReader = (limits: IngestLimits): ChildProcess => {
  const { NODE_OPTIONS, ...env } = process.env;
  void NODE_OPTIONS;
  return fork(new URL('./workbook-process.ts', import.meta.url), {
    env,
    execArgv: [`--max-old-space-size=${Math.ceil(limits.maxWorkbookMemoryBytes / 2 ** 20)}`],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
};

/** Why a reader ended without an answer. */
const whyEnded = (text: string, limits: IngestLimits, seconds: number): Defect => {
  const megabytes = Math.round(limits.maxWorkbookMemoryBytes / 2 ** 20);
  if (text.includes(lastWords.time)) return workbookTooLarge({ what: 'time', most: seconds });
  if (text.includes(lastWords.memory) || /out of memory/i.test(text))
    return workbookTooLarge({ what: 'memory', most: megabytes });
  return defect('damaged-spreadsheet');
};

/** Pieces one by one, letting other work of this thread in between. */
async function* oneByOne(pieces: readonly Uint8Array[], stop?: AbortSignal): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    await setImmediate();
    if (stop?.aborted === true) throw new CancelledError();
    yield piece;
  }
}

/** The unpacker of this machine: workbooks are read by processes that are ended when they take too much. */
export const fileUnpacker: FileUnpacker = { sheets: readWorkbooks(), gunzip, processorSeconds };

/** The same, until `stop` is aborted: workbooks that are being read then are given up. */
export const fileUnpackerUntil = (stop: AbortSignal): FileUnpacker => ({
  sheets: readWorkbooks(stop),
  gunzip,
  processorSeconds,
});
