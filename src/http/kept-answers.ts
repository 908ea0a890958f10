import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, posix } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { RequestHandler, Response } from 'express';
import type { Ports } from '../planning/ports.ts';

/** Bytes of the answers that a hotline keeps: a plan's with its paths are some megabytes. */
const mostKeptBytes = 32 * 2 ** 20;

/** Bytes that an answer holds beside V8's heap. */
const bytesOf = (answer: unknown): number => {
  const { plain, packed } = (answer ?? {}) as Partial<PackedText>;
  return (plain?.length ?? 0) + (packed?.length ?? 0);
};

/**
 * Answers that were worked out before, by a name that changes with all that they rest on: asking again costs looking at
 * that, not working it out. Asked for twice at the same moment it is worked out once. The oldest go first, once there are
 * more than `room` or they hold more than so many bytes; the last one stays.
 */
export const createKeptAnswers = (room: number, mostBytes = mostKeptBytes) => {
  const kept = new Map<string, { readonly answer: Promise<unknown>; bytes: number }>();
  const forgetOldest = (): void => {
    let bytes = 0;
    for (const each of kept.values()) bytes += each.bytes;
    for (const [key, each] of kept) {
      if (kept.size <= 1 || (kept.size <= room && bytes <= mostBytes)) return;
      bytes -= each.bytes;
      kept.delete(key);
    }
  };
  const settle = async (key: string, entry: { readonly answer: Promise<unknown>; bytes: number }) => {
    try {
      entry.bytes = bytesOf(await entry.answer);
      forgetOldest();
    } catch {
      // What failed is not an answer: the next one to ask tries again.
      if (kept.get(key) === entry) kept.delete(key);
    }
  };
  return <Answer>(key: string, workOut: () => Promise<Answer>): Promise<Answer> => {
    const known = kept.get(key);
    const entry = known ?? { answer: workOut(), bytes: 0 };
    kept.delete(key);
    kept.set(key, entry);
    forgetOldest();
    if (known === undefined) void settle(key, entry);
    return entry.answer as Promise<Answer>;
  };
};

export type KeptAnswers = ReturnType<typeof createKeptAnswers>;

/** A name for all that was written into the records, and the models as they are. */
export const recordsVersion = async ({ store, models }: Pick<Ports, 'store' | 'models'>): Promise<string> => {
  const [last] = await store.audit({ limit: 1 });
  const hash = createHash('sha256').update(
    JSON.stringify([models, last?.number ?? 0, await store.dataHash()]),
  );
  return hash.digest('base64url');
};

/** A name for everything that a ranking rests on. */
export const rankingKey = async (
  { store, models }: Pick<Ports, 'store' | 'models'>,
  question: unknown,
): Promise<string> => {
  const rests = await Promise.all([
    store.monitoring.results(),
    store.read('hotlines'),
    store.monitoring.testCallsVersion(),
    store.dataHash(),
  ]);
  const hash = createHash('sha256').update(JSON.stringify([question, models, ...rests]));
  return `ranking/${hash.digest('base64url')}`;
};

/** An answer as it goes out, kept with its packed form: packing a plan takes longer than all else about handing it out. */
export interface PackedText {
  readonly plain: Buffer;
  /** Undefined where packing would not pay. */
  readonly packed: Buffer | undefined;
}

/** Bytes from which packing pays. */
const packFrom = 2048;

let packing: Promise<unknown> = Promise.resolve();

/** Packs one after the other: the threads that do it are those by which passwords are looked at and files are read. */
const packInTurn = (pack: () => Promise<Buffer>): Promise<Buffer> => {
  const packed = packing.then(pack, pack);
  packing = packed;
  return packed;
};

export const packText = async (json: Promise<string>): Promise<PackedText> => {
  const plain = Buffer.from(await json);
  return {
    plain,
    packed: plain.length < packFrom ? undefined : await packInTurn(() => promisify(gzip)(plain)),
  };
};

/** Sends JSON in the form that the request accepts. */
export const sendText = (response: Response, { plain, packed }: PackedText): void => {
  response.type('json').vary('Accept-Encoding');
  response.locals['isKept'] = true;
  if (packed === undefined || response.req.acceptsEncodings('gzip') !== 'gzip') response.send(plain);
  else response.set('Content-Encoding', 'gzip').send(packed);
};

/** A file as it goes out. */
interface KeptFile {
  readonly plain: Buffer;
  readonly tag: string;
  readonly packed: Map<'br' | 'gzip', Promise<Buffer>>;
}

const isPackable = (path: string): boolean => /\.(css|html|js|json|map|svg|txt|webmanifest)$/.test(path);

const pack = {
  br: (plain: Buffer) =>
    promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (plain: Buffer) => promisify(gzip)(plain),
};

/**
 * Answers the files of a folder from memory: each is read once, and again once it has changed, and packed once in each form
 * that is asked for. No answer holds a file open, however long it waits to be sent.
 */
export const serveKeptFiles = (folder: string, cacheControl: string): RequestHandler => {
  const kept = new Map<string, { readonly tag: string; readonly file: Promise<KeptFile> }>();
  const find = async (path: string): Promise<KeptFile | undefined> => {
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile() !== true) {
      kept.delete(path);
      return undefined;
    }
    const tag = `W/"${found.size.toString(16)}-${Math.floor(found.mtimeMs).toString(16)}"`;
    let known = kept.get(path);
    if (known?.tag !== tag) {
      const file = readFile(path).then((plain) => ({ plain, tag, packed: new Map() }));
      kept.set(path, (known = { tag, file }));
      // what could not be read is read by the next one to ask
      file.catch(() => kept.delete(path));
    }
    return known.file;
  };
  return async (request, response, next) => {
    const path = posix.normalize(`/${decodeURIComponent(request.path)}`);
    const isWithin = !/\/\.|[\\\0]/.test(path);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const file = isRead && isWithin ? await find(join(folder, path)) : undefined;
    if (file === undefined) return next();
    const { plain, tag, packed } = file;
    response.type(extname(path)).set({ 'Cache-Control': cacheControl, ETag: tag });
    response.locals['isKept'] = true;
    const forms = isPackable(path) && plain.length >= packFrom ? (['br', 'gzip'] as const) : [];
    const form = forms.find((each) => request.acceptsEncodings(each) === each);
    if (forms.length > 0) response.vary('Accept-Encoding');
    if (form === undefined) return void response.send(plain);
    const small = packed.get(form) ?? packInTurn(() => pack[form](plain));
    packed.set(form, small);
    response.set('Content-Encoding', form).send(await small);
  };
};
