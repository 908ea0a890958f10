import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import {
  chmod,
  copyFile,
  cp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { apiRoot } from '../../src/contract/http/api-root.ts';
import { hotlineKeyPattern, settingsSchema } from '../../src/contract/settings.ts';
import { openModelFiles } from '../../src/http/model-files.ts';
import { serveWorkspace } from '../../src/http/serve-workspace.ts';
import { openStore } from '../../src/store/open-store.ts';
import { forgetUnderWay, noteUnderWay } from '../../src/store/under-way.ts';
import { apiClient } from '../support/api-client.ts';
import { fillStore } from '../support/fill-store.ts';
import { runCommand } from '../support/run-command.ts';
import { isLongRun } from '../support/sweep.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Disks and folders as they are not meant to be, names that are none, and files that are somebody's own. */
const root = await temporaryFolder();
const made = join(root, 'made');
const line = join(root, 'line');
const kept = join(root, 'kept.db');

const run = async (...args: readonly string[]): Promise<readonly [number, readonly string[]]> => {
  const { code, out } = await runCommand([...args, '--json']);
  const { problems = [] } = JSON.parse(out) as { problems?: readonly { readonly rule: string }[] };
  return [code, problems.map(({ rule }) => rule)];
};

const openStoreAt = JSON.stringify(new URL('../../src/store/open-store.ts', import.meta.url).href);

const node = (script: string): unknown => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  return stdout === '' ? stderr : JSON.parse(stdout);
};

beforeAll(async () => {
  expect((await runCommand(['--workspace', made, 'init'])).code).toBe(0);
  const store = await openStore({ folder: made });
  await fillStore(store);
  await store.close();
  expect((await runCommand(['--workspace', made, 'backup', '--out', kept])).code).toBe(0);
});
beforeEach(async () => {
  await rm(line, { recursive: true, force: true });
  await cp(made, line, { recursive: true });
});

const overrule = {
  queue: null,
  date: '2026-03-02',
  from: null,
  to: null,
  factor: 1.2,
  calls: null,
  reason: 'fair',
  author: 'li',
};

test('a database file that is replaced under a server is noticed: nothing is read or written any more', async () => {
  const served = await serveWorkspace({
    folder: line,
    settings: settingsSchema.parse({ port: 0, logLevel: 'silent', threads: 1 }),
  });
  const add = async (): Promise<number> =>
    (
      await apiClient(served)(`${apiRoot}/overrules`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(overrule),
      })
    ).status;
  try {
    expect(await add()).toBe(201);
    await rename(join(line, 'huawu.db'), join(line, 'was.db'));
    await cp(join(made, 'huawu.db'), join(line, 'huawu.db'));
    expect(await add()).toBe(503);
  } finally {
    await served.close();
  }
  // The one that was open has all that was acknowledged, and the new one is whole.
  const check = new DatabaseSync(join(line, 'huawu.db'), { readOnly: true });
  expect(check.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' });
  check.close();
});

test.runIf(isLongRun)(
  'a database file that is written over under a server is noticed: nothing of the old one comes into it',
  async () => {
    const served = await serveWorkspace({
      folder: line,
      settings: settingsSchema.parse({ port: 0, logLevel: 'silent', threads: 1 }),
    });
    const ask = apiClient(served);
    const add = async (): Promise<number> =>
      (
        await ask(`${apiRoot}/overrules`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(overrule),
        })
      ).status;
    const file = join(line, 'huawu.db');
    try {
      for (let turn = 0; turn < 5; turn += 1) expect(await add()).toBe(201);
      const { ino } = await stat(file);
      await copyFile(kept, file);
      expect((await stat(file)).ino).toBe(ino);
      expect(await add()).toBe(503);
      expect((await ask(`${apiRoot}/overrules`)).status).toBe(503);
    } finally {
      await served.close();
    }
    expect(await readFile(file)).toEqual(await readFile(kept));
    // Whoever starts anew has the new file alone, while the old server may still be there.
    const told = node(`
    import { DatabaseSync } from 'node:sqlite';
    import { openStore } from ${openStoreAt};
    const store = await openStore({ folder: ${JSON.stringify(line)} });
    const { length } = await store.overrules();
    await store.write('operators', [{ operator: 'o', skills: [], contractHours: 1 }]);
    await store.close();
    const check = new DatabaseSync(${JSON.stringify(file)}).prepare('pragma integrity_check').get();
    process.stdout.write(JSON.stringify([length, check]));`);
    // The filled line has one; five more went into the old file.
    expect(told).toEqual([1, { integrity_check: 'ok' }]);
  },
);

test('checkpoints, wherever they are made, and files that are only looked at are no surprise', async () => {
  const store = await openStore({ folder: line });
  const operator = { operator: 'o', skills: [], contractHours: 1 };
  await store.write('operators', [operator]);
  const other = new DatabaseSync(join(line, 'huawu.db'));
  for (let turn = 0; turn < 3; turn += 1) {
    other.exec('pragma wal_checkpoint(truncate)');
    await store.write('operators', [{ ...operator, contractHours: turn + 2 }]);
    other.exec(`create table t${turn} as select zeroblob(5000000) as b; drop table t${turn}`);
    expect(await store.read('operators')).toContainEqual({ ...operator, contractHours: turn + 2 });
    await copyFile(join(line, 'huawu.db'), join(root, 'looked-at.db'));
  }
  other.close();
  await store.close();
});

test('a backup of a damaged database is none, and says so, whichever page it is and whatever stands there', async () => {
  const file = join(line, 'huawu.db');
  const whole = await readFile(file);
  const out = join(root, 'damaged.db');
  const said = new Map<string, number>();
  const damages: readonly ((page: Buffer) => void)[] = [
    (page) => page.fill(0xa5),
    (page) => page.fill(0),
    // cells that still are cells, of other lengths and kinds
    (page) => {
      for (let at = 2048; at < page.length; at += 37) page[at] = (page[at] ?? 0) ^ 0x15;
    },
  ];
  const step = isLongRun ? 1 : 13;
  for (let at = 1; at < whole.length / 4096; at += step) {
    const bytes = Buffer.from(whole);
    damages[Math.floor(at / step) % damages.length]?.(bytes.subarray(4096 * at, 4096 * (at + 1)));
    await writeFile(file, bytes);
    const [code, rules] = await run('--workspace', line, 'backup', '--out', out);
    // A page that is free, or of what a backup leaves out, is missed by nobody.
    const told = code === 0 ? 'none' : `${code} ${rules.join()}`;
    said.set(told, (said.get(told) ?? 0) + 1);
    expect([at, existsSync(out)]).toEqual([at, code === 0]);
    await rm(out, { force: true });
  }
  // A page of versions reads as another version, one of records as other records than were copied: both are refused.
  for (const told of said.keys())
    expect(told).toMatch(/^(none|3 (database-damaged|database-newer|copy-differs))$/);
  expect(said.get('3 database-damaged')).toBeGreaterThan(4);
});

test.each([
  '../out.json',
  '/etc/out.json',
  'a\\..\\x.json',
  'CON.json',
  'monitors/nul',
  'a.json ',
  'a:b.json',
])('a backup with the path %j is refused, and leaves no folder', async (path) => {
  const bad = join(root, 'bad.db');
  await cp(kept, bad);
  const database = new DatabaseSync(bad);
  database.prepare('insert into workspace_files values (?, ?)').run(path, Buffer.from('{}'));
  database.close();
  const fresh = join(root, 'fresh', 'inner');
  expect(await run('--workspace', fresh, 'restore', bad)).toEqual([3, ['backup-path-outside']]);
  expect(existsSync(join(root, 'fresh'))).toBe(false);
});

test('names that no file has are told as such', async () => {
  const [long, began] = [join(root, 'x'.repeat(300)), performance.now()];
  expect(await run('--workspace', line, 'backup', '--out', long)).toEqual([3, ['path-not-possible']]);
  // What is closed already is not watched for ten seconds once more.
  expect(performance.now() - began).toBeLessThan(9_000);
  expect((await run('--workspace', long, 'init'))[1]).toEqual(['path-not-possible']);
  expect(['con', 'nul', 'com1', 'lpt9'].filter((name) => hotlineKeyPattern.test(name))).toEqual([]);
  expect(['console', 'main', 'com10', 'aux-1'].filter((name) => !hotlineKeyPattern.test(name))).toEqual([]);
});

test('a profile of labour rules that is called as a device is kept in a file of another name', async () => {
  const models = openModelFiles(join(line, 'models'));
  const { labourRules = [] } = await models.read();
  const [first] = labourRules;
  await models.write('labourRules', { profiles: [...labourRules, { ...first, profile: 'con' }] });
  expect(existsSync(join(line, 'models', 'labour-rules', 'con.json'))).toBe(false);
  expect((await models.read()).labourRules?.map(({ profile }) => profile)).toContain('con');
});

test('template and report leave a file that is there alone, unless it may be replaced', async () => {
  const out = join(root, 'own.csv');
  await writeFile(out, 'mine');
  expect(await run('template', 'traffic', '--out', out)).toEqual([3, ['file-in-the-way']]);
  const report = ['--workspace', line, 'report', '--table', 'days', '--out', out];
  expect(await run(...report)).toEqual([3, ['file-in-the-way']]);
  expect(await readFile(out, 'utf8')).toBe('mine');
  expect(await run('template', 'traffic', '--out', out, '--replace')).toEqual([0, []]);
  expect(await readFile(out, 'utf8')).not.toBe('mine');
});

/** What a process says of reading and writing a folder; `before` is done once its modules are there. */
const tellOf = (folder: string, before: string): string => `
  import { openStore } from ${openStoreAt};
  const open = () => openStore({ folder: ${JSON.stringify(folder)} });
  const rules = (error) => (error.problems ?? [{ rule: String(error) }]).map(({ rule }) => rule);
  await openStore({ folder: ${JSON.stringify(made)} }).then((store) => store.close());
  ${before}
  const read = await open().then(async (store) => {
    const plans = (await store.plans()).length;
    await store.close();
    return plans;
  }).catch(rules);
  const written = await open().then(async (store) => store.write('operators', [{ operator: 'o', skills: [], contractHours: 1 }]).finally(() => store.close())).then(() => 'written', rules);
  process.stdout.write(JSON.stringify([read, written]));`;

test.skipIf(process.platform === 'win32')('a folder that may only be read is read', async () => {
  const asNobody =
    'if (process.getuid?.() === 0) { process.setgroups([]); process.setgid(65534); process.setuid(65534); }';
  // Whoever closes a file last may leave what SQLite keeps beside it: here none is wanted.
  const whole = new DatabaseSync(join(line, 'huawu.db'));
  whole.exec('pragma wal_checkpoint(truncate)');
  whole.close();
  await chmod(root, 0o755);
  await chmod(join(line, 'huawu.db'), 0o444);
  await chmod(line, 0o555);
  try {
    expect(node(tellOf(line, asNobody))).toEqual([2, ['database-not-writable']]);
  } finally {
    await chmod(line, 0o755);
  }
});

const namespaces =
  process.platform === 'linux' && spawnSync('unshare', ['-rm', 'true'], { encoding: 'utf8' }).status === 0;

test.skipIf(!namespaces)('a disk without any room is told as full', () => {
  const disk = join(root, 'disk');
  const script = join(root, 'full.mjs');
  const inside = `set -e
    mkdir -p ${disk}; mount -t tmpfs -o size=2m tmpfs ${disk}
    cp ${line}/huawu.db ${disk}/
    dd if=/dev/zero of=${disk}/rest bs=4096 2>/dev/null || true
    ${process.execPath} ${script}`;
  const { stdout, stderr } = (() => {
    spawnSync('sh', ['-c', `cat > ${script}`], { input: tellOf(disk, '') });
    return spawnSync('unshare', ['-rm', 'sh', '-c', inside], { encoding: 'utf8' });
  })();
  expect([stderr, JSON.parse(stdout === '' ? 'null' : stdout)]).toEqual(['', [['disk-full'], ['disk-full']]]);
});

test.runIf(isLongRun && namespaces)(
  'on a full disk: init, move, a table and a backup leave nothing there, and a server says so to who signs in',
  async () => {
    const disk = join(root, 'small');
    const script = join(root, 'small.mjs');
    const main = new URL('../../src/cli/main.ts', import.meta.url).pathname;
    await writeFile(
      script,
      `
      import { spawn, spawnSync } from 'node:child_process';
      import { once } from 'node:events';
      import { existsSync, readdirSync, writeFileSync, appendFileSync, rmSync } from 'node:fs';
      const [disk, line] = ${JSON.stringify([disk, line])};
      const huawu = (args, more = {}) => spawnSync(process.execPath, [${JSON.stringify(main)}, ...args, '--json'], { encoding: 'utf8', ...more });
      const fill = () => {
        for (const size of [65536, 4096, 1]) try { for (;;) appendFileSync(disk + '/rest', Buffer.alloc(size)); } catch {}
      };
      const told = (...args) => {
        const { status, stdout } = huawu(args);
        const { problems = [] } = JSON.parse(stdout);
        return [status, problems.map(({ rule, values }) => values?.reason ?? rule).join(), readdirSync(disk).join()];
      };
      const said = {};
      huawu(['admin', 'add-user', 'li', '--role', 'planner', '--workspace', line]);
      huawu(['admin', 'password', 'li', '--workspace', line], { input: 'lantern-orbit-velvet-42' });
      fill();
      said.init = told('init', '--workspace', disk + '/new');
      said.move = told('move', '--to', disk + '/to', '--workspace', line);
      said.table = told('template', 'traffic', '--out', disk + '/a.csv');
      said.backup = told('backup', '--out', disk + '/a.db', '--workspace', line);
      said.still = told('overrule', 'list', '--workspace', line)[0];
      rmSync(disk + '/rest');
      spawnSync('cp', ['-r', line, disk + '/line']);
      const server = spawn(process.execPath, [${JSON.stringify(main)}, 'serve', '--port', '0', '--json', '--workspace', disk + '/line'],
        { env: { ...process.env, HUAWU_SIGN_IN: 'on', HUAWU_THREADS: '1' }, stdio: ['ignore', 'pipe', 'ignore'] });
      const { url } = JSON.parse(String((await once(server.stdout, 'data'))[0]));
      const signIn = async () => {
        const body = JSON.stringify({ user: 'li', password: 'lantern-orbit-velvet-42' });
        const answer = await fetch(url + '${apiRoot}/sign-in', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
        return [answer.status, /disk-full/.exec(await answer.text())?.[0] ?? ''];
      };
      said.before = await signIn();
      fill();
      said.full = await signIn();
      rmSync(disk + '/rest');
      said.after = await signIn();
      server.kill('SIGTERM');
      await once(server, 'close');
      process.stdout.write(JSON.stringify(said));
      `,
    );
    const inside = `set -e; mkdir -p ${disk}; mount -t tmpfs -o size=8m tmpfs ${disk}; ${process.execPath} ${script}`;
    const { stdout, stderr } = spawnSync('unshare', ['-rm', 'sh', '-c', inside], { encoding: 'utf8' });
    expect([stderr, JSON.parse(stdout === '' ? 'null' : stdout)]).toEqual([
      '',
      {
        init: [3, 'disk-full', 'rest'],
        move: [3, 'disk-full', 'rest'],
        table: [3, 'ENOSPC', 'rest'],
        backup: [3, 'disk-full', 'rest'],
        still: 0,
        before: [204, ''],
        full: [503, 'disk-full'],
        after: [204, ''],
      },
    ]);
  },
);

describe.skipIf(process.platform === 'win32')('what backup calls checked can be restored', () => {
  const back = join(root, 'back');
  const file = join(root, 'odd.db');
  afterEach(async () => {
    for (const each of [back, file]) await rm(each, { recursive: true, force: true });
  });

  test('a linked model is kept by what it holds', async () => {
    const shared = join(root, 'shared.json');
    await rename(join(line, 'models', 'targets.json'), shared);
    await symlink(shared, join(line, 'models', 'targets.json'));
    expect(await run('--workspace', line, 'backup', '--out', file)).toEqual([0, []]);
    expect(await run('--workspace', back, 'restore', file)).toEqual([0, []]);
    expect(await readFile(join(back, 'models', 'targets.json'))).toEqual(await readFile(shared));
  });

  test.each(['a:b.json', Buffer.from('caf\xe9.json', 'latin1')])(
    'a name that no restore can give to a file is refused: %s',
    async (name) => {
      await writeFile(
        Buffer.concat([Buffer.from(`${join(line, 'models')}/`), Buffer.from(name as string)]),
        '{}',
      );
      expect(await run('--workspace', line, 'backup', '--out', file)).toEqual([3, ['file-not-kept']]);
      expect(existsSync(file)).toBe(false);
    },
  );

  test('a note that could not be given back under its name is left out', async () => {
    await writeFile(join(line, 'models', 'notes a:b?.txt'), '');
    expect(await run('--workspace', line, 'backup', '--out', file)).toEqual([0, []]);
    expect(await run('--workspace', back, 'restore', file)).toEqual([0, []]);
  });

  test('a backup among the models is refused, and so is one of models that no restore would take', async () => {
    const inside = join(line, 'models', 'inside.db');
    expect(await run('--workspace', line, 'backup', '--out', inside)).toEqual([3, ['backup-among-models']]);
    await rm(join(line, 'models', 'targets.json'));
    const said = await runCommand(['--workspace', line, 'backup', '--out', file]);
    expect([said.code, said.err]).toEqual([3, expect.stringContaining(join(line, 'models', 'targets.json'))]);
  });

  test('of two backups to one name at once one is written and the other refused', async () => {
    const said = await Promise.all([1, 2].map(() => run('--workspace', line, 'backup', '--out', file)));
    expect(said.toSorted(([a], [b]) => a - b)).toEqual([
      [0, []],
      [3, ['file-exists']],
    ]);
    expect(await run('--workspace', back, 'restore', file)).toEqual([0, []]);
    expect((await readdir(root)).filter((name) => name.includes('unfinished'))).toEqual([]);
  });
});

test('a note of another machine is that of work under way while it is young', async () => {
  const note = join(line, '.under-way.json');
  const work = { work: 'init', made: null, process: 7, machine: 'elsewhere' };
  await writeFile(note, JSON.stringify(work));
  expect(await run('--workspace', line, 'plans', 'list')).toEqual([3, ['work-under-way']]);
  expect(existsSync(join(line, 'models'))).toBe(true);
  await utimes(note, 0, 0);
  expect((await run('--workspace', line, 'plans', 'list'))[1]).not.toContain('work-under-way');
});

test('a note is kept young while the work goes on', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    await noteUnderWay(line, { work: 'init', made: null });
    const note = join(line, '.under-way.json');
    await utimes(note, 0, 0);
    vi.advanceTimersByTime(6_000);
    await expect.poll(async () => (await stat(note)).mtimeMs).toBeGreaterThan(Date.now() - 60_000);
    await forgetUnderWay(line);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test('a restore whose models somebody took away says so instead of calling itself whole', async () => {
  // what stands in .restoring goes while the rows are written, as a command on another machine would undo it
  const watch = setInterval(() => {
    const note = join(line, '.under-way.json');
    if (!existsSync(note)) return;
    const { entry } = JSON.parse(readFileSync(note, 'utf8')) as { entry: number };
    if (entry < Number.MAX_SAFE_INTEGER)
      rmSync(join(line, '.restoring', 'models'), { recursive: true, force: true });
  }, 0);
  try {
    expect(await run('--workspace', line, 'restore', kept, '--replace')).toEqual([3, ['work-taken-over']]);
  } finally {
    clearInterval(watch);
  }
  expect((await run('--workspace', line, 'restore', kept, '--replace'))[0]).toBe(0);
});

test('a database of another product, and one that was emptied, are refused and left as they are', async () => {
  const file = join(line, 'huawu.db');
  for (const statement of ['create table t (a)', 'create table t (a); drop table t']) {
    await rm(file);
    const foreign = new DatabaseSync(file);
    foreign.exec(statement);
    foreign.close();
    const before = await readFile(file);
    expect(await run('--workspace', line, 'plans', 'list')).toEqual([3, ['database-damaged']]);
    expect((await readFile(file)).equals(before)).toBe(true);
  }
});

test('a folder is no backup', async () => {
  expect(await run('--workspace', join(root, 'new'), 'restore', root)).toEqual([3, ['not-a-backup']]);
});

test('a model that was saved in another encoding is refused: its characters would be lost in silence', async () => {
  const file = join(line, 'models', 'hotline.json');
  const model = await readFile(file, 'utf8');
  const gb18030 = [...model].flatMap((each) => (each === '线' ? [0xcf, 0xdf] : [...Buffer.from(each)]));
  for (const bytes of [
    Buffer.from(gb18030),
    Buffer.from(`\uFEFF${model}`, 'utf16le'),
    Buffer.from(model, 'utf16le'),
  ]) {
    await writeFile(file, bytes);
    expect(await run('--workspace', line, 'plans', 'list')).toEqual([3, ['not-utf-8']]);
  }
});

describe.skipIf(process.platform === 'win32')('where a pipe stands that nobody writes to', () => {
  const pipe = join(line, 'models', 'hotline.json');
  beforeEach(async () => {
    await rm(pipe);
    spawnSync('mkfifo', [pipe]);
  });

  test('a model is refused, not waited for', async () => {
    expect(await run('--workspace', line, 'plans', 'list')).toEqual([3, ['model-file-missing']]);
  });

  test('a second interrupt ends a command that the system holds', async () => {
    const main = new URL('../../src/cli/main.ts', import.meta.url).pathname;
    const held = spawn(process.execPath, [
      main,
      'ingest',
      'traffic',
      kept,
      '--map',
      pipe,
      '--workspace',
      made,
    ]);
    const ended = new Promise((resolve) => held.once('exit', () => resolve('ended')));
    const pause = (millis: number): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, millis));
    await pause(2_500);
    held.kill('SIGTERM');
    await pause(300);
    held.kill('SIGTERM');
    expect(await Promise.race([ended, pause(5_000)])).toBe('ended');
    held.kill('SIGKILL');
  });
});

test('a folder that cannot become a workspace is told before the work begins', async () => {
  await writeFile(join(line, 'plain'), 'mine');
  const at = (folder: string, command: string) => run('--workspace', join(line, folder), command);
  expect(await at('models', 'demo')).toEqual([3, ['folder-holds-others']]);
  for (const [folder, command] of [
    ['plain', 'init'],
    ['plain/sub', 'init'],
    ['plain', 'demo'],
  ] as const)
    expect([folder, command, await at(folder, command)]).toEqual([folder, command, [3, ['not-a-folder']]]);
});

test('a key that a model file has twice is refused with its line: the second would win in silence', async () => {
  const file = join(line, 'models', 'hotline.json');
  const model = await readFile(file, 'utf8');
  await writeFile(file, model.replace('{', '{\n  "zone": "Asia/Tokyo",'));
  const { code, out } = await runCommand(['--workspace', line, 'plans', 'list', '--json']);
  const { problems } = JSON.parse(out) as { problems: readonly Record<string, unknown>[] };
  const row = 1 + model.slice(0, model.indexOf('"zone"')).split('\n').length;
  expect([code, problems]).toEqual([
    3,
    [expect.objectContaining({ rule: 'key-given-twice', path: 'zone', row })],
  ]);
});

test('a damaged note of work under way is called what it is', async () => {
  await writeFile(join(line, '.under-way.json'), '{');
  expect(await run('--workspace', line, 'plans', 'list')).toEqual([3, ['note-not-readable']]);
});
