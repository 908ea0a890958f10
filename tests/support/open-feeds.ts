import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { feedSettingsSchema, type FeedSettings } from '../../src/contract/documents/feed-documents.ts';
import { fileUnpacker } from '../../src/engine/file-unpacker.ts';
import { createFeeds } from '../../src/feeds/feeds.ts';
import { byteSourceOf } from '../../src/ingest/tables/byte-source.ts';
import { trafficMeasures } from '../../src/kernel/records.ts';
import { ingestFiles } from '../../src/planning/ingest-files.ts';
import type { Feeds, Models, Store } from '../../src/planning/ports.ts';
import { openStore } from '../../src/store/open-store.ts';
import { readModels } from '../../src/store/workspace-models.ts';

const root = new URL('../../', import.meta.url).pathname;

export interface OpenedFeeds {
  readonly folder: string;
  readonly store: Store;
  readonly models: Models;
  /** Feeds as another process has them, with a memory of its own. */
  another(pieces?: { readonly pieceBytes?: number; readonly piecesPerStep?: number }, over?: Store): Feeds;
  /** All traffic that is stored, each figure as it is. */
  stored(over?: Store): Promise<readonly string[]>;
  /** Takes call records in as one file. */
  ingest(csv: string): Promise<void>;
  close(): Promise<void>;
}

/** A hotline of its own without any records, open around the clock. */
export const openFeeds = async (
  now = () => Date.parse('2026-11-24T08:00:00Z'),
  address = 'sqlite',
): Promise<OpenedFeeds> => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-feeds-'));
  const store = await openStore({ folder, store: address, hotline: 'main' }, { create: true });
  const read = await readModels(join(root, 'models'));
  const models: Models = {
    ...read,
    hotline: { ...read.hotline, madeUp: false, queues: [], openingHours: 'learn' },
  };
  const saveHotline = async (): Promise<void> => undefined;
  return {
    folder,
    store,
    models,
    another: (pieces = {}, over = store) =>
      createFeeds({
        store: over,
        models: async () => models,
        saveHotline,
        unpacker: fileUnpacker,
        now,
        secret: 'a secret of the test',
        pieceBytes: 4_000_000,
        piecesPerStep: 8,
        ...pieces,
      }),
    stored: async (over = store) => {
      const rows: string[] = [];
      for (const { queue } of await over.trafficSummary()) {
        const columns = await over.traffic(queue);
        columns.startMillis.forEach((start, i) => {
          const figures = trafficMeasures.map((name) => columns[name][i]);
          rows.push([new Date(start).toISOString(), queue, ...figures].join(' '));
        });
      }
      // a file ends with its last call; a feed does not know yet that nobody else calls in that interval
      const last = rows.sort().at(-1)?.slice(0, 24) ?? '';
      return rows.filter((row) => !row.startsWith(last) || !/^\S+ \S+ 0 /.test(row));
    },
    ingest: async (csv) => {
      await ingestFiles(
        { store, models, saveHotline, unpacker: fileUnpacker, nowMillis: now() },
        [byteSourceOf('calls.csv', csv)],
        {
          kind: 'calls',
          absent: 'zero',
          attribution: 'arrival',
          skipBadRows: false,
          acceptUnusual: true,
          dryRun: false,
          callerKey: 'key',
        },
      );
    },
    close: async () => {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
};

export const settingsOf = (settings: Partial<FeedSettings> & Pick<FeedSettings, 'kind'>): FeedSettings =>
  feedSettingsSchema.parse(settings);

/** Draws whole numbers below a bound, always the same ones. */
export const drawer = (seed: number): ((below: number) => number) => {
  let state = seed >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
};

interface MadeUpCalls {
  /** Lines of queue_log, in order of time. */
  readonly lines: readonly string[];
  /** The same calls as a file of call records, and as rows that are pushed. */
  readonly csv: string;
  readonly rows: readonly Readonly<Record<string, string | number>>[];
}

/** Calls over some hours that begin on an hour, with redials, quiet half-hours and calls over midnight. */
export const makeCalls = (seed: number, calls = 120, hours = 6): MadeUpCalls => {
  const draw = drawer(seed);
  const from = Date.parse('2026-11-20T13:00:00Z') / 1000;
  const lines: [at: number, line: string][] = [];
  const rows: Record<string, string | number>[] = [];
  for (let i = 0; i < calls; i += 1) {
    // nobody calls in every third half-hour
    const slot = draw(hours * 2);
    const at = from + (i === 0 ? 0 : (slot % 3 === 2 ? slot - 1 : slot) * 1800 + draw(1800));
    const queue = draw(3) === 0 ? 'welfare' : 'general';
    const caller = draw(4) === 0 ? '' : `138${String(10_000_000 + draw(60))}`;
    const id = `${at}.${i}`;
    const wait = draw(90);
    lines.push([at, `${at}|${id}|${queue}|NONE|ENTERQUEUE||${caller}|1`]);
    const row = {
      call_id: id,
      queue,
      arrived_at: new Date(at * 1000).toISOString(),
      wait_seconds: wait,
      caller,
    };
    if (draw(5) === 0) {
      lines.push([at + wait, `${at + wait}|${id}|${queue}|NONE|ABANDON|1|1|${wait}`]);
      rows.push({ ...row, outcome: 'abandoned' });
      continue;
    }
    const talk = draw(900);
    const operator = `PJSIP/${7000 + draw(9)}`;
    if (draw(3) === 0) lines.push([at + 1, `${at + 1}|${id}|${queue}|PJSIP/1|RINGNOANSWER|1000`]);
    lines.push([at + wait, `${at + wait}|${id}|${queue}|${operator}|CONNECT|${wait}|${id}x|2`]);
    lines.push([
      at + wait + talk,
      `${at + wait + talk}|${id}|${queue}|${operator}|COMPLETEAGENT|${wait}|${talk}|1`,
    ]);
    rows.push({ ...row, outcome: 'answered', handle_seconds: talk, operator });
  }
  lines.sort(([a], [b]) => a - b);
  rows.sort((a, b) => (String(a['arrived_at']) < String(b['arrived_at']) ? -1 : 1));
  const columns = [
    'call_id',
    'queue',
    'arrived_at',
    'wait_seconds',
    'outcome',
    'handle_seconds',
    'caller',
    'operator',
  ];
  const csv = [columns, ...rows.map((row) => columns.map((name) => row[name] ?? ''))]
    .map((cells) => cells.join())
    .join('\n');
  return { lines: lines.map(([, line]) => line), csv: `${csv}\n`, rows };
};

export const asText = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
