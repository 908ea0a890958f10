// Tries the offline folders that lie in build/: this machine's as another user without network, the others by looking.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { platforms, thisPlatform } from './platforms.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const build = join(root, 'build');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const zipOf = (platform) => join(build, `huawu-${version}-${platform}.zip`);
const there = Object.keys(platforms).filter((platform) => existsSync(zipOf(platform)));

const tell = (holds, said) => {
  process.stdout.write(`${holds ? 'ok' : 'FAILED'}  ${said}\n`);
  if (!holds) process.exitCode = 1;
};

/** Longest path inside; Windows takes 260 characters, of which the place where it is unpacked needs its part. */
const longestPath = 160;

/** How the first bytes of a program say which machine it is for. */
const isFor = {
  'linux-x64': (bytes) => bytes.readUInt32BE(0) === 0x7f454c46 && bytes.readUInt16LE(18) === 62,
  'linux-arm64': (bytes) => bytes.readUInt32BE(0) === 0x7f454c46 && bytes.readUInt16LE(18) === 183,
  'macos-arm64': (bytes) => bytes.readUInt32LE(0) === 0xfeedfacf && bytes.readUInt32LE(4) === 0x0100000c,
  'win-x64': (bytes) =>
    bytes.toString('latin1', 0, 2) === 'MZ' && bytes.readUInt16LE(bytes.readUInt32LE(60) + 4) === 0x8664,
};

const look = (platform) => {
  const files = unzipSync(readFileSync(zipOf(platform)));
  const names = Object.keys(files).map((name) => name.slice(name.indexOf('/') + 1));
  const at = (name) => Buffer.from(files[`huawu-${version}-${platform}/${name}`] ?? []);
  const node = platform === 'win-x64' ? 'program/node.exe' : 'program/node';
  const { starters } = platforms[platform];
  const longest = Math.max(...names.map((name) => name.length));
  tell(isFor[platform](at(node)), `${platform}: ${node} is a program for it`);
  tell(
    longest <= longestPath,
    `${platform}: ${names.length} files, the longest path has ${longest} characters`,
  );
  tell(!names.some((name) => /[<>:"|?*\\]|[. ]$/.test(name)), `${platform}: names that every system takes`);
  tell(!names.some((name) => name.endsWith('.node')), `${platform}: no part but Node is native`);
  for (const starter of Object.keys(starters)) {
    const text = at(starter).toString('utf8');
    const ends = starter.endsWith('.cmd') ? !/(^|[^\r])\n/.test(text) : !text.includes('\r');
    tell(
      text !== '' && ends && !/\P{ASCII}/u.test(text),
      `${platform}: ${starter} has its line ends, and plain letters`,
    );
  }
  tell(
    /^v?\d/.test(version) && at('LICENCES.txt').includes('Node.js is licensed'),
    `${platform}: licences go along`,
  );
};

const sums = () => {
  for (const line of readFileSync(join(build, 'SHA256SUMS'), 'utf8').trim().split('\n')) {
    const [wanted, file = ''] = line.split('  ');
    const found = createHash('sha256')
      .update(readFileSync(join(build, file)))
      .digest('hex');
    tell(found === wanted, `the sum of ${file}`);
  }
};

const own = thisPlatform;

/** As user 65534 in a network without routes, on Linux as root; else as oneself, and it says so. */
const use = () => {
  const scratch = mkdtempSync(join(tmpdir(), 'huawu 话务 '));
  try {
    const asRoot = process.platform === 'linux' && process.getuid() === 0;
    if (asRoot) chmodSync(scratch, 0o777);
    cpSync(join(root, 'scripts/offline/inside.mjs'), join(scratch, 'inside.mjs'));
    chmodSync(join(scratch, 'inside.mjs'), 0o644);
    const user = asRoot ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : [];
    const call = (...args) =>
      spawnSync(args[0], args.slice(1), { cwd: scratch, stdio: ['ignore', 'inherit', 'inherit'] }).status ===
      0;
    // the checkout may lie where that user may not look
    const zip = join(scratch, 'folder.zip');
    cpSync(zipOf(own), zip);
    chmodSync(zip, 0o644);
    tell(call(...user, 'unzip', '-q', zip), `${own}: unpacked`);
    const home = join(scratch, `huawu-${version}-${own}`);
    const inside = [join(home, 'program/node'), join(scratch, 'inside.mjs'), home, scratch];
    const apart = ['unshare', '--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', ...user];
    if (!asRoot) tell(true, 'tried as this user, with the network: only root on Linux can take it away');
    tell(call(...(asRoot ? apart : []), ...inside), `${own}: used`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
};

sums();
for (const platform of there) look(platform);
if (there.includes(own)) use();
else tell(false, `no folder for ${own} in build/: npm run offline -- --platform ${own}`);
const others = readdirSync(build).filter((file) => file.endsWith('.zip')).length - there.length;
if (others > 0) process.stdout.write(`${others} zips of other versions lie in build/\n`);
