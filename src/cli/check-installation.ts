import { randomUUID } from 'node:crypto';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { existsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { administratorMissing, providerRoles } from '../access/openid.ts';
import type { FeedDocument } from '../contract/documents/feed-documents.ts';
import { isPostgresAddress, type Settings } from '../contract/settings.ts';
import { coverageNotice } from '../kernel/calendar.ts';
import { loadCalendar } from '../kernel/calendar-loading.ts';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import type { Sayable } from '../kernel/finding.ts';
import { untranslated } from '../kernel/text.ts';
import { addDays, localClock } from '../kernel/time.ts';
import { alarmCounts } from '../feeds/alarms.ts';
import { feedProblem } from '../feeds/feed-findings.ts';
import { feedDocument } from '../feeds/feed-state.ts';
import { refuseAddress } from '../http/host-and-origin.ts';
import type { Models, Store } from '../planning/ports.ts';
import { checkDatabase } from '../store/check-database.ts';
import { unsoundRows, type UnsoundRow } from '../store/mend-workspace.ts';
import { latestStep } from '../store/migrations.ts';
import { movedTo, recordsMoved } from '../store/facts.ts';
import { openDatabase, openStore, openStores } from '../store/open-store.ts';
import { readModels } from '../store/workspace-models.ts';
import { schemaFound, type SchemaFound } from '../store/open-workspace.ts';
import { noteFile } from '../store/under-way.ts';
import { cliFinding, cliProblem } from './cli-findings.ts';
import { productVersion } from './product-folders.ts';

/** One thing that was looked at: what was found, and what is wrong with it. */
export interface Check {
  readonly check:
    | 'version'
    | 'node'
    | 'models'
    | 'store'
    | 'log'
    | 'accounts'
    | 'folder'
    | 'disk'
    | 'address'
    | 'port'
    | 'calendar'
    | 'feeds';
  readonly found: Sayable;
  readonly problems: readonly Problem[];
}

type Finding = Omit<Check, 'check'>;

const wantedNode = 26;
const gigabyte = 2 ** 30;
const fine = (found: Sayable): Finding => ({ found, problems: [] });

/** Looks at everything that an installation rests on; changes nothing. */
export const checkInstallation = async (
  folder: string,
  settings: Settings,
  nowMillis: number,
): Promise<readonly Check[]> => {
  const { store } = settings;
  // Opening a file brings its shape up to date: what is older is left as it is, and so are its records.
  const schema = isPostgresAddress(store)
    ? undefined
    : await schemaFound(resolve(folder)).catch(() => undefined);
  const isOlder = schema?.state === 'older';
  const looks: Readonly<Record<Check['check'], (() => Promise<Finding>) | undefined>> = {
    version: async () => checkVersion(schema),
    node: checkNode,
    folder: () => checkFolder(folder),
    disk: () => checkDisk(folder),
    models: async () => {
      const problems: Problem[] = [];
      const { hotline } = await modelsOf(folder, (problem) => problems.push(problem));
      return { found: hotline.name, problems };
    },
    store: isOlder ? undefined : () => checkStore(folder, settings),
    log: isOlder ? undefined : () => checkLog(folder, settings),
    accounts:
      isOlder || settings.signIn === 'off' ? undefined : () => checkAccounts(folder, settings, nowMillis),
    address: () => checkAddress(settings),
    port: () => checkPort(settings),
    calendar: () => checkCalendar(folder, settings, nowMillis, isOlder),
    feeds: isOlder ? undefined : () => checkFeeds(folder, settings, nowMillis),
  };
  const checks: Check[] = [];
  for (const [check, look] of Object.entries(looks) as [Check['check'], (typeof looks)[Check['check']]][])
    // Of a store that cannot be opened enough is said.
    if (look !== undefined && !(ofStore.has(check) && hasErrors(checks, 'store')))
      checks.push({ check, ...(await look().catch(told)) });
  return checks;
};

/** Asked of the store, and of no other thing. */
const ofStore: ReadonlySet<Check['check']> = new Set(['log', 'accounts', 'feeds']);

const hasErrors = (checks: readonly Check[], wanted: Check['check']): boolean =>
  checks.some(
    ({ check, problems }) => check === wanted && problems.some(({ severity }) => severity === 'error'),
  );

const told = (error: unknown): Finding => {
  if (error instanceof BadInputError) return { found: untranslated('—'), problems: error.problems };
  const text = error instanceof Error ? error.message : String(error);
  return { found: untranslated('—'), problems: [cliProblem('check-failed', { error: text })] };
};

const warning = (problem: Problem): Problem => ({ ...problem, severity: 'warning' });

const modelsOf = (folder: string, warn?: (problem: Problem) => void): Promise<Models> =>
  readModels(join(resolve(folder), 'models'), warn);

/** Whether the program and the database are of one shape; what a newer program wrote to, `store` refuses. */
const checkVersion = (schema: SchemaFound | undefined): Finding => {
  const known = { version: productVersion(), schema: latestStep };
  if (schema?.state !== 'older') return fine(cliFinding('program-version', known));
  const found = cliFinding('program-version', { ...known, found: schema.step ?? '' });
  return { found, problems: [warning(cliProblem('database-to-update', { found: schema.step ?? '' }))] };
};

const checkNode = async (): Promise<Finding> => {
  const found = untranslated(process.versions.node);
  if (Number(process.versions.node.split('.')[0]) >= wantedNode) return fine(found);
  return { found, problems: [cliProblem('old-node', { wanted: wantedNode })] };
};

const checkFolder = async (folder: string): Promise<Finding> => {
  const full = resolve(folder);
  const probe = join(full, `.probe-${randomUUID()}`);
  try {
    await writeFile(probe, '');
    const problems = isOpenToOthers(full) ? [openToOthers(full)] : [];
    if (existsSync(noteFile(full))) problems.push(warning(cliProblem('work-cut-off')));
    return { found: untranslated(full), problems };
  } catch {
    return { found: untranslated(full), problems: [cliProblem('folder-not-writable')] };
  } finally {
    await rm(probe, { force: true });
  }
};

const openToOthers = (folder: string): Problem => warning(cliProblem('folder-open-to-others', { folder }));

const checkDisk = async (folder: string): Promise<Finding> => {
  const { bavail, bsize } = await statfs(resolve(folder));
  const free = (bavail * bsize) / gigabyte;
  const found = cliFinding('disk-free', { gigabytes: free });
  if (free >= 2) return fine(found);
  const little = cliProblem('little-disk');
  return { found, problems: [free < 0.2 ? little : warning(little)] };
};

const checkStore = async (folder: string, { store, hotline }: Settings): Promise<Finding> => {
  const database = await openDatabase({ folder: resolve(folder), store, hotline });
  try {
    await checkDatabase(database);
    const target = await movedTo(database.reads.db, hotline);
    const unsound = await unsoundRows(database, hotline);
    return {
      found: cliFinding('store-found', {
        place: database.place,
        schema: latestStep,
        isSound: unsound.length === 0,
      }),
      problems: [
        ...(target === undefined ? [] : [recordsMoved(target)]),
        ...[...Map.groupBy(unsound, ({ table, wrong }) => `${wrong} ${table}`).values()].map(unsoundTable),
      ],
    };
  } finally {
    await database.close();
  }
};

/** Whether the log of changes is what was once written. */
const checkLog = async (folder: string, { store, hotline }: Settings): Promise<Finding> => {
  const opened = await openStore({ folder: resolve(folder), store, hotline });
  try {
    const { entries, head, broken } = await opened.auditChain();
    return {
      found: cliFinding('log-found', { entries, seal: head?.seal.slice(0, 12) ?? '' }),
      problems: broken.map((each) => cliProblem('log-broken', each)),
    };
  } finally {
    await opened.close();
  }
};

/** Whether somebody can still sign in who may let others in. */
const checkAccounts = async (folder: string, settings: Settings, nowMillis: number): Promise<Finding> => {
  const { store, hotline } = settings;
  const opened = await openStores({ folder: resolve(folder), store, hotline });
  try {
    const members = await opened.accounts.members();
    const found = cliFinding('accounts-found', { accounts: members.length });
    const missing = administratorMissing(members, nowMillis, providerRoles(settings));
    return {
      found,
      problems: missing === undefined ? [] : [warning(cliProblem('administrator-missing', missing))],
    };
  } finally {
    await opened.store.close();
  }
};

/** Whether feeds bring what they should. */
const checkFeeds = async (
  folder: string,
  { store, hotline }: Settings,
  nowMillis: number,
): Promise<Finding> => {
  const opened = await openStore({ folder: resolve(folder), store, hotline });
  try {
    const feeds = await feedStates(opened, nowMillis);
    const { failure, waiting } = await alarmCounts(opened);
    const live = feeds.filter(({ state }) => state.is === 'live').length;
    return {
      found: cliFinding('feeds-found', { feeds: feeds.length, live }),
      problems: [
        ...feeds.flatMap(({ name, state }) =>
          state.why === undefined ? [] : [warning({ ...state.why, path: name })],
        ),
        ...(failure === null ? [] : [warning(feedProblem('alarm-not-taken', { ...failure, waiting }))]),
      ],
    };
  } finally {
    await opened.close();
  }
};

/** Rows of one table in which a number or a text is none: what reads them, or copies them elsewhere, breaks on them. */
const unsoundTable = (rows: readonly UnsoundRow[]): Problem => {
  const [first] = rows;
  const where = `${first?.table ?? ''} ${first?.key ?? ''}: ${first?.columns.join(', ') ?? ''}`;
  const rule = first?.wrong === 'character' ? 'texts-not-writable' : 'numbers-not-finite';
  return cliProblem(rule, { rows: rows.length, first: where });
};

const checkAddress = async (settings: Settings): Promise<Finding> => {
  const refused = refuseAddress(settings);
  return {
    found: untranslated(settings.publicUrl === '' ? settings.host : settings.publicUrl),
    problems: refused === undefined ? [] : [cliProblem('beyond-loopback', { refused: refused.said })],
  };
};

const checkPort = async (settings: Settings): Promise<Finding> => {
  const { host, port } = settings;
  const probe = createServer();
  const error = await new Promise<NodeJS.ErrnoException | undefined>((settle) => {
    probe.once('error', settle);
    // Where the address itself is refused, this machine's own is tried: nothing may listen beyond it, however shortly.
    probe.listen(port, refuseAddress(settings) === undefined ? host : '127.0.0.1', () =>
      probe.close(() => settle(undefined)),
    );
  });
  if (error === undefined) return fine(cliFinding('port-free', { port }));
  const taken = cliProblem('port-taken', { port, error: error.code ?? '' });
  return { found: untranslated(String(port)), problems: [warning(taken)] };
};

const lastTraffic = async (folder: string, { store, hotline }: Settings): Promise<number | undefined> => {
  const opened = await openStore({ folder: resolve(folder), store, hotline });
  try {
    const summary = await opened.trafficSummary();
    return summary.length === 0 ? undefined : Math.max(...summary.map((queue) => queue.lastMillis));
  } finally {
    await opened.close();
  }
};

/** The week after the data, or after today, is what will be planned: its year's holidays should be known. */
const checkCalendar = async (
  folder: string,
  settings: Settings,
  nowMillis: number,
  isOlder: boolean,
): Promise<Finding> => {
  const models = await modelsOf(folder);
  const { zone, country } = models.hotline;
  const last = isOlder ? undefined : await lastTraffic(folder, settings).catch(() => undefined);
  const planned = addDays(localClock(zone)(last ?? nowMillis).date, 14);
  const calendar = await loadCalendar({ country, overrides: models.calendar });
  const until = calendar.coveredUntil;
  const found = cliFinding('calendar-until', { country: country ?? null, until });
  const notice = coverageNotice(calendar, planned);
  if (notice === null) return fine(found);
  return { found, problems: [warning(cliProblem('calendar-ends', { notice }))] };
};

/** How the feeds of a store stand, for who only looks. */
const feedStates = async ({ feeds }: Pick<Store, 'feeds'>, now: number): Promise<readonly FeedDocument[]> =>
  (await feeds.all()).map((feed) => feedDocument(feed, now));

/** True where others than the owner may read a file or look into a folder. */
const isOpenToOthers = (path: string): boolean =>
  process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;
