// Installs and builds what is missing, and nothing else. Plain JavaScript: any Node from 20.19 runs it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const say = (chinese, english) => process.stderr.write(`huawu: ${chinese} / ${english}\n`);

/**
 * Brings a clone to where it can run: packages as the lockfile says, and (with `app`) the built web app. What only tests,
 * checks and documents need is installed with `development`. Takes a few milliseconds when nothing is missing.
 */
export const prepare = async (root, { app, development = false }) => {
  install(root, development);
  if (app) await buildApp(root);
};

/** The Node that runs TypeScript and has what the product needs: the project's own, else this one if new enough. */
export const findNode = (root) => {
  const own = ownNode(root);
  if (own !== undefined) return own;
  if (Number(process.versions.node.split('.')[0]) >= 26) return process.execPath;
  say(
    `没有适用于 ${process.platform}-${process.arch} 的 Node 26；请安装 Node 26 或更新版本`,
    `no Node 26 comes for ${process.platform}-${process.arch}; install Node 26 or newer`,
  );
  return process.exit(1);
};

/** Where each system keeps what a program may make again at any time, for this account alone. */
const cacheFolder = ({ XDG_CACHE_HOME, HOME, LOCALAPPDATA }) => {
  if (process.platform === 'win32') return LOCALAPPDATA;
  if (XDG_CACHE_HOME) return XDG_CACHE_HOME;
  if (!HOME) return undefined;
  return join(HOME, ...(process.platform === 'darwin' ? ['Library', 'Caches'] : ['.cache']));
};

/**
 * An environment in which a program keeps its code as compiled. It is set before the program begins: what its first file
 * needs to be read as TypeScript takes half of a start. Kept with the account's own caches and not, as Node would by
 * itself, in the temporary folder, where other accounts could lay code of theirs. Nothing is kept where that folder cannot
 * be written to, or where the user has said (`NODE_COMPILE_CACHE`, `NODE_DISABLE_COMPILE_CACHE`) otherwise.
 */
export const keepingCompiled = (env) => {
  const folder = cacheFolder(env);
  return folder === undefined ? env : { NODE_COMPILE_CACHE: join(folder, 'huawu'), ...env };
};

/** The file itself, not the link in node_modules/.bin: on Windows that is a script that cannot be spawned. */
const ownNode = (root) => {
  const { platform, arch } = process;
  const exe = platform === 'win32' ? 'node.exe' : 'node';
  // Installed as a package, what it depends on lies beside it.
  return ['node_modules', '..']
    .flatMap((beside) =>
      [`node-${platform === 'win32' ? 'win' : platform}-${arch}`, `node-bin-${platform}-${arch}`].flatMap(
        (name) => [join(root, beside, name, 'bin', exe), join(root, beside, name, exe)],
      ),
    )
    .find((file) => existsSync(file));
};

const install = (root, asked) => {
  const modules = join(root, 'node_modules');
  const lock = join(root, 'package-lock.json');
  // Installed as a package of something else, its dependencies lie above and there is no lockfile.
  if (!existsSync(lock)) return;
  const stamp = join(modules, '.huawu-lock');
  const whole = hashOf([readFileSync(lock)]);
  const toRun = `${whole} to run`;
  const wanted = asked ? [whole] : [whole, toRun];
  if (existsSync(stamp) && wanted.includes(readFileSync(stamp, 'utf8'))) return;
  // Who develops here keeps what that takes: an update before `npm start` would take it away until the next test.
  const development = asked || hasDevelopment(modules, lock);
  const keepStamp = () => {
    // A file of its own: folders of packages may be shared by links among several clones.
    rmSync(stamp, { force: true });
    writeFileSync(stamp, development ? whole : toRun);
  };
  if (isInstalled(modules, lock, development)) {
    keepStamp();
    return;
  }
  say(
    '正在安装依赖包（仅首次或更新后需要）……',
    'installing packages (only at first and after an update) ...',
  );
  const started = Date.now();
  const npm = process.env.npm_execpath;
  const [command, ...first] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
  const options = { cwd: root, shell: command === 'npm' && process.platform === 'win32' };
  const { stdout } = spawnSync(command, [...first, '--version'], { ...options, encoding: 'utf8' });
  // Debian's npm 9.2 cannot read an override that points to a folder, and takes the lockfile for none.
  const [major = 0, minor = 0] = (stdout ?? '').split('.').map(Number);
  const other = major < 9 || (major === 9 && minor < 4) ? ['exec', '--yes', '--', 'npm@10'] : [];
  const { status, error } = spawnSync(
    command,
    [
      ...first,
      ...other,
      'ci',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      // Said either way: NODE_ENV=production would leave out what tests need.
      development ? '--include=dev' : '--omit=dev',
    ],
    { ...options, stdio: ['ignore', 2, 2] },
  );
  if (status !== 0) {
    say(
      `安装失败：${error?.message ?? `npm ci 退出码 ${status}`}；请检查网络后重试`,
      `installing failed: ${error?.message ?? `npm ci exited with ${status}`}; check the network and try again`,
    );
    process.exit(1);
  }
  keepStamp();
  say(`依赖包已装好，用时 ${seconds(started)} 秒`, `packages are there after ${seconds(started)} s`);
};

/** True where npm notes a package that only development asks for. */
const hasDevelopment = (modules, lock) => {
  const note = join(modules, '.package-lock.json');
  if (!existsSync(note)) return false;
  const { packages: wanted } = JSON.parse(readFileSync(lock, 'utf8'));
  return Object.keys(JSON.parse(readFileSync(note, 'utf8')).packages).some(
    (place) => wanted[place]?.dev === true && wanted[place].optional !== true,
  );
};

/**
 * True where every package that the lockfile asks for on any machine is there in its version, by npm's own note of what
 * it installed; without `development`, packages for development may be missing.
 */
const isInstalled = (modules, lock, development) => {
  const note = join(modules, '.package-lock.json');
  if (!existsSync(note)) return false;
  const { packages: wanted } = JSON.parse(readFileSync(lock, 'utf8'));
  const { packages: there } = JSON.parse(readFileSync(note, 'utf8'));
  return Object.entries(wanted).every(([place, { version, resolved, optional, dev, link }]) => {
    if (!place.startsWith('node_modules/')) return true;
    const found = there[place];
    if (found === undefined) return optional === true || (dev === true && !development);
    const same = link === true ? found.resolved === resolved : found.version === version;
    return same && (optional === true || existsSync(join(modules, '..', place)));
  });
};

const buildApp = async (root) => {
  const config = join(root, 'src/web/vite.config.ts');
  if (!existsSync(config)) return;
  const built = join(root, 'public/app');
  const stamp = join(built, '.huawu-sources');
  const wanted = sourceStamp(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('正在构建网页（仅首次或更新后需要）……', 'building the web app (only at first and after an update) ...');
  const started = Date.now();
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const { status } = spawnSync(findNode(root), [vite, 'build', '--config', config, '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) {
    say('网页构建失败，见上面的信息', 'building the web app failed, see above');
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
  say(`网页已构建，用时 ${seconds(started)} 秒`, `the web app is built after ${seconds(started)} s`);
};

/** Folders whose files the web app is made of: itself, what it may import, and the packages. */
const appSources = [
  ...[
    'web',
    'kernel',
    'contract',
    'queueing',
    'staffing',
    'diversion',
    'monitoring',
    'render',
    'forecast',
    'words',
  ].map((folder) => `src/${folder}`),
  'package-lock.json',
];

/** Changes when any source file was written, added or taken away; looks at no content, so it costs nothing. */
const sourceStamp = (root) => {
  const lines = [];
  const walk = (path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return;
    if (stat.isDirectory()) for (const name of readdirSync(path).sort()) walk(join(path, name));
    else lines.push(`${relative(root, path)} ${stat.size} ${Math.round(stat.mtimeMs)}\n`);
  };
  for (const source of appSources) walk(join(root, source));
  return hashOf(lines);
};

const hashOf = (parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

const seconds = (since) => ((Date.now() - since) / 1000).toFixed(1);

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  await prepare(fileURLToPath(new URL('..', import.meta.url)), {
    app: true,
    development: process.argv[2] === 'test',
  });
