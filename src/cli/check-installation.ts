import { inEveryLanguage } from '../words/speak.ts';
import { randomUUID } from 'node:crypto';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import type { Settings } from '../contract/settings.ts';
import { coverageNotice } from '../kernel/calendar.ts';
import { loadCalendar } from '../kernel/calendar-loading.ts';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import { text, type Text } from '../kernel/text.ts';
import { addDays, localClock } from '../kernel/time.ts';
import { loopbackOnly } from '../http/serve.ts';
import type { Models } from '../planning/ports.ts';
import { checkDatabase } from '../store/check-database.ts';
import type { NonFiniteRow } from '../store/finite-numbers.ts';
import { unsoundRows } from '../store/mend-workspace.ts';
import { latestStep } from '../store/migrations.ts';
import { movedTo, recordsMoved } from '../store/moved-away.ts';
import { openDatabase, openStore } from '../store/open-store.ts';
import { isOpenToOthers } from '../store/keep-private.ts';
import { readModels } from '../store/read-models.ts';

/** One thing that was looked at: what was found, and what is wrong with it. */
export interface Check {
  readonly check: 'node' | 'models' | 'store' | 'folder' | 'disk' | 'address' | 'port' | 'calendar';
  readonly found: Text;
  readonly problems: readonly Problem[];
}

type Finding = Omit<Check, 'check'>;

const wantedNode = 26;
const gigabyte = 2 ** 30;
const fine = (found: Text): Finding => ({ found, problems: [] });
const same = (said: string): Text => text(said, said);

/** Looks at everything that an installation rests on; changes nothing. */
export const checkInstallation = async (
  folder: string,
  settings: Settings,
  nowMillis: number,
): Promise<readonly Check[]> => {
  const looks: Readonly<Record<Check['check'], () => Promise<Finding>>> = {
    node: checkNode,
    folder: () => checkFolder(folder),
    disk: () => checkDisk(folder),
    models: async () => fine((await modelsOf(folder)).hotline.name),
    store: () => checkStore(folder, settings),
    address: () => checkAddress(settings.host),
    port: () => checkPort(settings),
    calendar: () => checkCalendar(folder, settings, nowMillis),
  };
  const checks: Check[] = [];
  for (const [check, look] of Object.entries(looks) as [Check['check'], () => Promise<Finding>][])
    checks.push({ check, ...(await look().catch(told)) });
  return checks;
};

const told = (error: unknown): Finding => {
  if (error instanceof BadInputError) return { found: same('—'), problems: error.problems };
  const said = error instanceof Error ? error.message : String(error);
  return { found: same('—'), problems: [problem('check-failed', 'error', same(said), same(''))] };
};

const problem = (rule: string, severity: Problem['severity'], message: Text, remedy: Text): Problem => ({
  rule,
  severity,
  message,
  remedy,
});

const modelsOf = (folder: string): Promise<Models> => readModels(join(resolve(folder), 'models'));

const checkNode = async (): Promise<Finding> => {
  const found = same(process.versions.node);
  if (Number(process.versions.node.split('.')[0]) >= wantedNode) return fine(found);
  const message = text(`需要 Node ${wantedNode} 或更新`, `Node ${wantedNode} or newer is needed`);
  const remedy = text(
    '请用 npx huawu 运行，它会使用随包安装的 Node。',
    'Run it as npx huawu, which uses the Node that was installed with it.',
  );
  return { found, problems: [problem('old-node', 'error', message, remedy)] };
};

const checkFolder = async (folder: string): Promise<Finding> => {
  const full = resolve(folder);
  const probe = join(full, `.probe-${randomUUID()}`);
  try {
    await writeFile(probe, '');
    return isOpenToOthers(full) ? { found: same(full), problems: [openToOthers(full)] } : fine(same(full));
  } catch {
    const message = text('工作区文件夹无法写入', 'the workspace folder cannot be written');
    const remedy = text(
      '请检查它是否存在、是否有写权限。',
      'Check that it exists and that you may write to it.',
    );
    return { found: same(full), problems: [problem('folder-not-writable', 'error', message, remedy)] };
  } finally {
    await rm(probe, { force: true });
  }
};

const openToOthers = (folder: string): Problem =>
  problem(
    'folder-open-to-others',
    'warning',
    text(
      '本机的其他用户可以查看工作区文件夹',
      'other accounts of this machine may look into the workspace folder',
    ),
    text(`请运行 chmod 700 ${folder}`, `Run chmod 700 ${folder}.`),
  );

const checkDisk = async (folder: string): Promise<Finding> => {
  const { bavail, bsize } = await statfs(resolve(folder));
  const free = (bavail * bsize) / gigabyte;
  const found = text(`可用 ${free.toFixed(1)} GB`, `${free.toFixed(1)} GB free`);
  if (free >= 2) return fine(found);
  const message = text('磁盘空间不足', 'there is little room left on the disk');
  const remedy = text('请至少腾出 2 GB。', 'Free at least 2 GB.');
  return { found, problems: [problem('little-disk', free < 0.2 ? 'error' : 'warning', message, remedy)] };
};

const checkStore = async (folder: string, { store, hotline }: Settings): Promise<Finding> => {
  const database = await openDatabase({ folder: resolve(folder), store, hotline });
  try {
    await checkDatabase(database);
    const target = await movedTo(database.reads.db, hotline);
    const unsound = await unsoundRows(database, hotline);
    const state = unsound.length === 0 ? text('完整', 'sound') : text('有坏值', 'not sound');
    return {
      found: text(
        `${database.place}（结构 ${latestStep}，${state['zh-CN']}）`,
        `${database.place} (schema ${latestStep}, ${state.en})`,
      ),
      problems: [
        ...(target === undefined ? [] : [recordsMoved(target)]),
        ...[...Map.groupBy(unsound, ({ table }) => table).values()].map(numbersMissing),
      ],
    };
  } finally {
    await database.close();
  }
};

/** Rows of one table in which a number is none: every answer that reads them, and every copy, breaks on them. */
const numbersMissing = (rows: readonly NonFiniteRow[]): Problem => {
  const [first] = rows;
  const where = `${first?.table ?? ''} ${first?.key ?? ''}: ${first?.columns.join(', ') ?? ''}`;
  return problem(
    'numbers-not-finite',
    'error',
    text(
      `有 ${rows.length} 行记录含有不是有限数的值（NaN 或无穷大），第一处：${where}`,
      `${rows.length} records hold a number that is none (NaN or infinite), the first: ${where}`,
    ),
    text(
      '运行 huawu mend --dry-run 查看，再运行 huawu mend 修复；之后备份和迁移即可进行。',
      'Look with huawu mend --dry-run, then run huawu mend; backups and moves work again afterwards.',
    ),
  );
};

const checkAddress = async (host: string): Promise<Finding> => {
  const refused = loopbackOnly(host);
  if (refused === undefined) return fine(same(host));
  const remedy = text('请把 host 设为 127.0.0.1。', 'Set host to 127.0.0.1.');
  return {
    found: same(host),
    problems: [problem('beyond-loopback', 'error', inEveryLanguage(refused.said, 'terminal'), remedy)],
  };
};

const checkPort = async ({ host, port }: Settings): Promise<Finding> => {
  const probe = createServer();
  const error = await new Promise<NodeJS.ErrnoException | undefined>((settle) => {
    probe.once('error', settle);
    // Where the address itself is refused, this machine's own is tried: nothing may listen beyond it, however shortly.
    probe.listen(port, loopbackOnly(host) === undefined ? host : '127.0.0.1', () =>
      probe.close(() => settle(undefined)),
    );
  });
  if (error === undefined) return fine(text(`${port} 空闲`, `${port} is free`));
  const message = text(
    `端口 ${port} 不能使用（${error.code ?? ''}），可能话务已在运行`,
    `port ${port} cannot be used (${error.code ?? ''}); Huawu may be running already`,
  );
  const remedy = text('若不是，请用 --port 另选一个。', 'If it is not, choose another with --port.');
  return { found: same(String(port)), problems: [problem('port-taken', 'warning', message, remedy)] };
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
const checkCalendar = async (folder: string, settings: Settings, nowMillis: number): Promise<Finding> => {
  const models = await modelsOf(folder);
  const { zone, country } = models.hotline;
  const last = await lastTraffic(folder, settings).catch(() => undefined);
  const planned = addDays(localClock(zone)(last ?? nowMillis).date, 14);
  const calendar = await loadCalendar({ country, overrides: models.calendar });
  const until = calendar.coveredUntil;
  const found = text(
    `${country ?? '无'}，${until === null ? '不限年份' : `至 ${until}`}`,
    `${country ?? 'none'}, ${until === null ? 'any year' : `until ${until}`}`,
  );
  const notice = coverageNotice(calendar, planned);
  if (notice === null) return fine(found);
  const remedy = text(
    '请把那一年的放假安排写入 models/calendar.json。',
    "Write that year's days off into models/calendar.json.",
  );
  return {
    found,
    problems: [problem('calendar-ends', 'warning', inEveryLanguage(notice, 'terminal'), remedy)],
  };
};
