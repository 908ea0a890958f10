import { createHash } from 'node:crypto';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { guessColumns } from '../ingest/columns/guess-columns.ts';
import type { ByteSource } from '../ingest/tables/byte-source.ts';
import { BadInputError, shownValue } from '../kernel/errors.ts';
import { type FileKind, recordKinds } from '../kernel/records.ts';
import { compareText } from '../kernel/text.ts';
import { readIngested } from '../planning/ingest-files.ts';
import type { Models } from '../planning/ports.ts';
import { addedUp, mapOf, readingOrder } from './feed-access.ts';
import { feedProblem } from './feed-findings.ts';
import { lookAtFolder, openPlain } from './follow-file.ts';
import type { Counts, Portion, ReadingGround, SeenFile } from './feed-adapter.ts';

/** A file that changed within this time is looked at twice: it may be under way. */
const youngMillis = 1000;
const lookAgainMillis = 150;
/** Files that are looked after: of more, those that changed last. */
const mostFiles = 5000;
/** Most files of one step that come to nothing: each step writes down how far the feed has come. */
const mostRefused = 200;

/**
 * The next file of a folder that is new, or other than it was read last, taken in as if somebody had handed it over; one
 * that is refused is kept with the reason and keeps no other from being read. Files of calls are read together with those of
 * the same days, since they may share an interval. Undefined: nothing is new.
 */
export const readFolder = async (ground: ReadingGround): Promise<Portion | undefined> => {
  const { settings, state } = ground;
  const { isKnown, keep } = await lookAtFolder(ground);
  if (isKnown) return undefined;
  const there = await filesOf(settings.from);
  let waits = false;
  const gone = Object.keys(state.files).filter((name) => !there.has(name));
  const files: Record<string, SeenFile | null> = Object.fromEntries(gone.map((name) => [name, null]));
  let refused = 0;
  const queueOf = Object.values(state.files).some(({ left }) => left !== undefined)
    ? await ground.queueOf()
    : undefined;
  /** What is refused by one map may be read by another, and a queue that another feed brought may be free. */
  const by =
    settings.map === undefined
      ? ''
      : createHash('sha256').update(JSON.stringify(settings.map)).digest('base64');
  const unclaimed = state.brings === undefined ? newestOfQueues(state.files, there) : undefined;
  const isSettled = (seen: SeenFile | undefined): boolean =>
    (seen === undefined || seen !== unclaimed) &&
    (seen?.why === undefined || (seen.by ?? '') === by) &&
    Object.keys(seen?.left ?? {}).every((queue) => queueOf?.(queue) === undefined);
  const refusals = (more: boolean): Portion => ({
    events: [],
    files,
    more,
    counts: { read: refused, refused },
  });
  for (const [name, { looks, changed, leadsOut }] of there) {
    if (state.files[name]?.looks === looks && isSettled(state.files[name])) continue;
    if (refused >= mostRefused) return refusals(true);
    if (leadsOut) {
      const why = feedProblem('feed-link-leads-out', { from: shownValue(name) });
      files[name] = { looks, hash: '', why, by };
      refused += 1;
      continue;
    }
    if (ground.now() - changed < youngMillis && !(await standsStill(join(settings.from, name), looks))) {
      waits = true;
      continue;
    }
    const hash = await hashOf(join(settings.from, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      files[name] = {
        looks,
        hash: '',
        why: feedProblem('feed-source-unreadable', { from: shownValue(name), code: error.code ?? '' }),
        by,
      };
      return undefined;
    });
    if (hash === undefined) {
      if (files[name] === undefined) waits = true;
      else refused += 1;
      continue;
    }
    const known = state.files[name];
    if (known?.hash === hash && isSettled(known)) {
      files[name] = { ...known, looks };
      continue;
    }
    // a file that was only renamed
    const same = gone
      .flatMap((old) => state.files[old] ?? [])
      .find((seen) => seen.hash === hash && isSettled(seen));
    if (same !== undefined) {
      files[name] = { ...same, looks };
      continue;
    }
    const { seen, counts, rows } = await readFile({ name, looks }, ground, there, {
      ...state.files,
      ...files,
    });
    files[name] = { looks, hash, ...seen, ...(seen.why === undefined ? {} : { by }) };
    if (rows === undefined) refused += 1;
    else {
      // a row is counted once
      const own = known !== undefined && known === unclaimed && known.hash === hash ? {} : counts;
      const both = { read: (own.read ?? 0) + refused, refused: (own.refused ?? 0) + refused };
      return { events: [], files, counts: { ...own, ...both }, rows, more: true };
    }
  }
  if (Object.keys(files).length > 0) return refusals(false);
  if (!waits) keep(there.size);
  return undefined;
};

/** Of files that were read by a version that did not note what queues they bring, the newest: it is read once more. */
const newestOfQueues = (
  files: Readonly<Record<string, SeenFile>>,
  there: ReadonlyMap<string, Found>,
): SeenFile | undefined =>
  [...there]
    .sort(([, a], [, b]) => b.changed - a.changed)
    .flatMap(([name]) => files[name] ?? [])
    .find(
      ({ kind, days, why, left }) =>
        (kind === 'traffic' || kind === 'calls') &&
        days !== undefined &&
        why === undefined &&
        left === undefined,
    );

interface Found {
  readonly looks: string;
  readonly changed: number;
  /** It is a link to what lies outside of the folder: that is not read. */
  readonly leadsOut: boolean;
}

/** Whether a path leads nowhere out of a folder, whatever links stand on the way. Throws where it is not there. */
const staysWithin = async (folder: string, path: string): Promise<boolean> => {
  const [root, place] = [await realpath(folder), await realpath(path)];
  return place === root || place.startsWith(root.endsWith(sep) ? root : `${root}${sep}`);
};

const filesOf = async (folder: string): Promise<ReadonlyMap<string, Found>> => {
  const entries = (await readdir(folder, { withFileTypes: true })).filter(
    ({ name }) => !/^[.~]|^__proto__$|\.(tmp|part|partial|crdownload|swp|filepart)$|~$/i.test(name),
  );
  const found = await Promise.all(
    entries.map(async (entry): Promise<(readonly [string, Found])[]> => {
      const { name } = entry;
      const path = join(folder, name);
      const file = await stat(path, { bigint: true }).catch(() => undefined);
      if (file?.isFile() !== true || file.size === 0n) return [];
      const leadsOut = !entry.isFile() && !(await staysWithin(folder, path).catch(() => false));
      const looks = leadsOut ? 'leads out' : `${file.size}:${file.mtimeNs}:${file.ino}`;
      return [[name, { looks, changed: Number(file.mtimeMs), leadsOut }]];
    }),
  );
  const newest = found
    .flat()
    .sort(([, a], [, b]) => b.changed - a.changed)
    .slice(0, mostFiles);
  return new Map(newest.sort(([a], [b]) => compareText(a, b)));
};

const standsStill = async (path: string, looks: string): Promise<boolean> => {
  await pause(lookAgainMillis);
  const file = await stat(path, { bigint: true }).catch(() => undefined);
  return file !== undefined && looks === `${file.size}:${file.mtimeNs}:${file.ino}`;
};

async function* piecesOf(path: string): AsyncGenerator<Uint8Array, undefined> {
  for await (const piece of (await openPlain(path)).createReadStream()) yield piece as Uint8Array;
}

const hashOf = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const piece of piecesOf(path)) hash.update(piece);
  return hash.digest('base64');
};

const sourceOf = (folder: string, name: string, looks: string): ByteSource => ({
  name,
  mark: `${name} ${looks}`,
  chunks: {
    [Symbol.asyncIterator]: () => piecesOf(join(folder, name)),
  },
});

interface Read {
  readonly seen: Omit<SeenFile, 'looks' | 'hash'>;
  readonly counts: Partial<Counts>;
  readonly rows?: NonNullable<Portion['rows']>;
}

/** A file by its name, as it looks. */
type Looked = Pick<SeenFile, 'looks'> & { readonly name: string };

const readFile = async (
  looked: Looked,
  ground: ReadingGround,
  there: ReadonlyMap<string, Found>,
  seen: Readonly<Record<string, SeenFile | null>>,
): Promise<Read> => {
  const { settings, unpacker } = ground;
  const { name, looks } = looked;
  try {
    const models = await ground.models();
    const queueNames = models.hotline.queues.flatMap(({ queue, name: said }) => [
      queue,
      ...Object.values(said),
    ]);
    const known = mapOf(settings)?.kind;
    const guess = () => guessColumns(sourceOf(settings.from, name, looks), 'auto', { unpacker, queueNames });
    const { file: kind } = recordKinds[known ?? (await guess()).kind];
    const alone = await ingest(kind, [looked], ground, models);
    const { firstDate, lastDate } = alone.report;
    const days: SeenFile['days'] =
      firstDate === null || lastDate === null ? undefined : [firstDate, lastDate];
    const beside = kind !== 'calls' || days === undefined ? [] : sameDays(name, days, seen, there);
    const rows =
      kind === 'calls' && days !== undefined
        ? await ingest(kind, [...beside, looked], ground, models, days)
        : alone;
    // as long as the files may change
    const sums = await addedUp(ground, rows, 8.64e15);
    const reports = rows.report.files.filter(({ file }) => file === name || file.startsWith(`${name}[`));
    const sum = (of: 'rows' | 'accepted' | 'rejected' | 'duplicates' | 'dropped'): number =>
      reports.reduce((total, each) => total + each[of], 0);
    const [read, stored, repeated, unknown] = [
      sum('rows'),
      sum('accepted'),
      sum('duplicates'),
      sum('dropped'),
    ];
    return {
      seen: {
        kind,
        ...(days === undefined ? {} : { days }),
        ...(alone.left.size === 0 ? {} : { left: Object.fromEntries(alone.left) }),
      },
      counts: { read, stored, repeated, unknown, refused: read - stored - repeated - unknown },
      // each row was counted as it was read
      rows: {
        ...(kind === 'traffic' || kind === 'calls' ? { queues: sums.queues } : {}),
        kept: sums.kept,
        write: async (into) => {
          await sums.write(into);
          return {};
        },
        finish: rows.finish,
      },
    };
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error;
    const why = error.problems.find(({ severity }) => severity === 'error') ?? error.problems[0];
    return { seen: why === undefined ? {} : { why }, counts: { read: 1, refused: 1 } };
  }
};

/** Files of calls that were read and have days in common with these. */
const sameDays = (
  name: string,
  [first, last]: NonNullable<SeenFile['days']>,
  seen: Readonly<Record<string, SeenFile | null>>,
  there: ReadonlyMap<string, Found>,
): Looked[] =>
  Object.entries(seen).flatMap(([other, file]) => {
    if (file === null) return [];
    const { kind, days, why } = file;
    const looks = there.get(other)?.looks;
    if (other === name || looks === undefined || kind !== 'calls' || why !== undefined || days === undefined)
      return [];
    return days[0] <= last && days[1] >= first ? [{ name: other, looks }] : [];
  });

const ingest = async (
  kind: FileKind,
  files: readonly Looked[],
  ground: ReadingGround,
  models: Models,
  days?: SeenFile['days'],
): ReturnType<typeof readIngested> => {
  const ports = { ...ground, models, nowMillis: ground.now() };
  const sources = files.map(({ name, looks }) => sourceOf(ground.settings.from, name, looks));
  const zone = ground.settings.timeZone;
  return readIngested(ports, sources, {
    ...(await readingOrder(ground, kind)),
    ...(zone === undefined ? {} : { zone }),
    absent: 'auto',
    skipBadRows: false,
    acceptUnusual: false,
    days,
    kept: days && ground.kept,
  });
};
