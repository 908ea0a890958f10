import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apiRoot } from '../../../src/contract/http/api-root.ts';
import { modelNameSchema } from '../../../src/contract/http/model-name.ts';
import { fileUnpacker } from '../../../src/engine/file-unpacker.ts';
import { guessColumns } from '../../../src/ingest/columns/guess-columns.ts';
import { readHolidayCsv } from '../../../src/ingest/kinds/holiday-csv.ts';
import { readSeriesCsv } from '../../../src/ingest/series/series-csv.ts';
import { seriesTextOf } from '../../../src/ingest/series/series-source.ts';
import { byteSourceOf } from '../../../src/ingest/tables/byte-source.ts';
import { BadInputError } from '../../../src/kernel/errors.ts';
import { seededRandom, type Random } from '../../../src/kernel/random.ts';
import { makeDemo } from '../../../src/planning/make-demo.ts';
import { runErlangTable } from '../../../src/queueing/erlang-table.ts';
import { checkDatabase } from '../../../src/store/check-database.ts';
import { createWorkspace } from '../../../src/store/create-workspace.ts';
import { openDatabase } from '../../../src/store/open-store.ts';
import { below, chance, oneOf } from './draw.ts';
import { drawRequest, operationsOf } from './draw-request.ts';
import { fuzzFile } from './fuzz-files.ts';
import { editJson, wildValue, type Json } from './fuzz-json.ts';
import { latestMillis, startFuzzedServer, type FuzzedServer } from './fuzzed-server.ts';

export interface FuzzWish {
  readonly seed: number;
  /** Goes on until both have been reached. */
  readonly tries: number;
  readonly millis: number;
  /** Only this try, to see it again. */
  readonly only?: number;
  readonly tell?: (line: string) => void;
  /** Ends it before its time: the server is stopped at once, the folder taken away. */
  readonly signal?: AbortSignal;
}

export interface FuzzOutcome {
  readonly tries: number;
  readonly byKind: Readonly<Record<string, number>>;
  /** Each with the try that brought it about. */
  readonly faults: readonly string[];
  readonly slowestMillis: number;
  readonly mostMegabytes: number;
}

/** Memory that server and readers may take together, MB. */
const mostMegabytes = 1024;

const inRoot = (...path: string[]): string =>
  join(fileURLToPath(new URL('../../../', import.meta.url)), ...path);

/** Throws damaged and hostile files, requests and models at the readers and at a running server; faults are told. */
export const runFuzz = async ({
  seed,
  tries,
  millis,
  only,
  tell = () => undefined,
  signal,
}: FuzzWish): Promise<FuzzOutcome> => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-fuzz-'));
  const line = join(folder, 'line');
  const workspace = await createWorkspace(line, { modelsFrom: inRoot('models') });
  const settings = JSON.parse(await readFile(inRoot('data', 'demo.json'), 'utf8')) as object;
  await makeDemo(workspace.store, { ...settings, days: 70 });
  await workspace.close();
  const server = await startFuzzedServer(line);
  const isStopped = (): boolean => signal?.aborted === true;
  signal?.addEventListener('abort', () => void server.close(), { once: true });
  const faults: string[] = [];
  const byKind: Record<string, number> = {};
  let slowestMillis = 0;
  let done = 0;
  try {
    const attempts = await attemptsOn(server);
    tell('the server answers');
    const begun = performance.now();
    for (
      let at = only ?? 0;
      !isStopped() && (only === undefined ? at < tries || performance.now() - begun < millis : at === only);
      at += 1
    ) {
      const random = seededRandom(seed, at);
      const [kind, attempt] = oneOf(random, attempts);
      const from = performance.now();
      try {
        await attempt(random);
      } catch (error) {
        // the server was taken away beneath it
        if (isStopped()) break;
        faults.push(
          `seed ${seed}, try ${at} (${kind}): ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
        tell(faults.at(-1) ?? '');
      }
      slowestMillis = Math.max(slowestMillis, performance.now() - from);
      byKind[kind] = (byKind[kind] ?? 0) + 1;
      done += 1;
      if (done % 500 === 0)
        tell(`${done} tries, ${faults.length} faults, ${Math.round(server.mostMegabytes())} MB`);
    }
    if (!isStopped())
      await server
        .ask('GET', `${apiRoot}/health`)
        .catch((error: unknown) => faults.push(`the server is gone: ${String(error)}`));
    const most = server.mostMegabytes();
    if (most > mostMegabytes) faults.push(`the server and its readers took ${Math.round(most)} MB`);
    await server.close();
    faults.push(...(await leftBehind(line)));
    return { tries: done, byKind, faults, slowestMillis, mostMegabytes: most };
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
};

/** What should not lie in a workspace after all that, or is not as it should be. */
const leftBehind = async (line: string): Promise<string[]> => {
  const database = await openDatabase({ folder: line });
  const checked = await checkDatabase(database).then(
    () => [],
    (error: unknown) => [`the database is damaged: ${String(error)}`],
  );
  await database.close();
  const files = await readdir(line, { recursive: true });
  return [
    ...checked,
    ...files.filter((name) => /unfinished|\.tmp/.test(name)).map((name) => `${name} was left behind`),
  ];
};

type Attempt = (random: Random) => Promise<void>;

const attemptsOn = async (server: FuzzedServer): Promise<readonly (readonly [string, Attempt])[]> => {
  const described = JSON.parse((await server.ask('GET', `${apiRoot}/openapi.json`)).body) as Json;
  const models = new Map<string, Json>();
  for (const name of modelNameSchema.options)
    models.set(name, JSON.parse((await server.ask('GET', `${apiRoot}/models/${name}`)).body) as Json);
  return [
    ['reader', readFuzz],
    ['reader', readFuzz],
    ['reader', readFuzz],
    ['upload', uploadFuzz(server)],
    ['upload', uploadFuzz(server)],
    ['api', apiFuzz(server, described)],
    ['api', apiFuzz(server, described)],
    ['model', modelFuzz(server, models)],
  ];
};

/** Every reader of the command line, in this process. */
const readFuzz: Attempt = async (random) => {
  const { name, bytes } = fuzzFile(random);
  const unpacker = fileUnpacker;
  const read = oneOf(random, [
    async () => void (await guessColumns(byteSourceOf(name, bytes), 'auto', { unpacker })),
    async () => void readSeriesCsv(await seriesTextOf(byteSourceOf(name, bytes), { unpacker })),
    async () => void readHolidayCsv(await seriesTextOf(byteSourceOf(name, bytes), { unpacker })),
    async () => void runErlangTable(await seriesTextOf(byteSourceOf(name, bytes), { unpacker })),
  ]);
  const before = process.cpuUsage();
  await read().catch((error: unknown) => {
    if (!(error instanceof BadInputError)) throw error;
  });
  const { user, system } = process.cpuUsage(before);
  if ((user + system) / 1000 > latestMillis) throw new Error(`read for ${(user + system) / 1000} ms`);
};

/** Files dropped on the page; what is refused, or only looked at, leaves no trace. */
const uploadFuzz =
  (server: FuzzedServer): Attempt =>
  async (random) => {
    const { name, kind, bytes } = fuzzFile(random);
    const guess = chance(random, 0.4);
    const query = new URLSearchParams({ name, kind, absent: oneOf(random, ['auto', 'zero', 'gap']) });
    if (guess) query.delete('absent');
    else if (chance(random, 0.5)) query.set('skipBadRows', 'true');
    if (!guess && chance(random, 0.3)) query.set('dryRun', 'true');
    if (chance(random, 0.05))
      query.set(
        oneOf(random, ['map', 'encoding', 'sheet', 'zone', 'queue']),
        JSON.stringify(wildValue(random)),
      );
    const look = async (): Promise<string> => (await server.ask('GET', `${apiRoot}/workspace`)).body;
    const before = await look();
    const { status } = await server.ask(
      'POST',
      `${apiRoot}/files/${guess ? 'guess' : 'ingest'}?${query.toString()}`,
      {
        headers: { 'content-type': 'application/octet-stream' },
        body: new Uint8Array(bytes),
      },
    );
    const kept = status >= 400 || guess || query.has('dryRun');
    if (kept && (await look()) !== before)
      throw new Error(`${status}: the workspace is not as it was before`);
  };

/** Requests made of the API's own description, each with a few values that nobody meant. */
const apiFuzz = (server: FuzzedServer, described: Json): Attempt => {
  const operations = operationsOf(described).filter(({ path }) => !path.startsWith('/files'));
  return async (random) => {
    const operation = oneOf(random, operations);
    const wild = oneOf(random, [0, 0.05, 0.3]);
    const drawn = drawRequest(operation, described, random, wild);
    const { status, body: answer } = await server.ask(drawn.method, `${apiRoot}${drawn.path}`, {
      ...(drawn.body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: drawn.body }),
    });
    // what it ordered is taken back: the answers to it are another test's
    if (status === 202)
      await server.ask('DELETE', `${apiRoot}/jobs/${(JSON.parse(answer) as { id: string }).id}`);
  };
};

/** Model files with parts replaced; one that is taken is put back. */
const modelFuzz =
  (server: FuzzedServer, models: ReadonlyMap<string, Json>): Attempt =>
  async (random) => {
    const [name, model] = oneOf(random, [...models]);
    const put = async (document: Json, ifMatch?: string): Promise<number> => {
      const headers = {
        'content-type': 'application/json',
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      };
      return (
        await server.ask('PUT', `${apiRoot}/models/${name}`, { headers, body: JSON.stringify(document) })
      ).status;
    };
    const share = oneOf(random, [0.005, 0.02, 0.2]);
    const status = await put(
      editJson(model, random, share),
      chance(random, 0.05) ? String(below(random, 9)) : undefined,
    );
    if (status < 300) {
      await server.ask('GET', `${apiRoot}/workspace`);
      await put(model);
    }
  };
