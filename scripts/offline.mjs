// Makes build/huawu-<version>-<platform>.zip: Node, the program and its page in one folder that starts by a double click
// without network or administrator rights, and writes the sums of all that build/ holds.
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fetchCarrier } from './offline/carrier.mjs';
import { packagesNeeded } from './offline/packages-needed.mjs';
import { platforms, thisPlatform } from './offline/platforms.mjs';
import { writeZip } from './offline/write-zip.mjs';
import { licenceText } from './licences.mjs';
import { run } from './run.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const build = join(root, 'build');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const { values } = parseArgs({
  options: { platform: { type: 'string', default: 'all' }, folder: { type: 'string' } },
});
const named = { all: Object.keys(platforms), here: [thisPlatform] };
const wanted = values.platform.split(',').flatMap((name) => named[name] ?? [name]);
for (const name of wanted)
  if (platforms[name] === undefined) {
    process.stderr.write(`--platform ${name}: ${Object.keys(platforms).join(', ')}, here, all\n`);
    process.exit(2);
  }

/** What only those ask for who develop with a package, and what is about it. Licences stay. */
const isLeftOut = (path) =>
  /\.(?:d\.[cm]?ts|map|md|markdown|tsbuildinfo)$|[/\\](?:tests?|__tests__|\.github|benchmarks?)$/i.test(
    path,
  ) && !/licen[cs]e/i.test(basename(path));

const fill = (text, values) => text.replaceAll(/\{(\w+)\}/g, (_, name) => values[name]);

const makeFolder = (name, folder) => {
  const { starters, node } = platforms[name];
  const program = join(folder, 'program');
  const modules = join(program, 'node_modules');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(modules, { recursive: true });
  const carrier = fetchCarrier(root, platforms[name].carrier);
  cpSync(join(carrier, node), join(program, basename(node)));
  cpSync(join(root, 'scripts/offline/launch.mjs'), join(program, 'launch.mjs'));
  const copy = (from, to) => cpSync(from, to, { recursive: true, filter: (path) => !isLeftOut(path) });
  copy(join(build, 'package'), join(modules, 'huawu'));
  for (const each of packagesNeeded(root)) copy(join(root, each), join(program, each));
  for (const [starter, source] of Object.entries(starters)) {
    const text = readFileSync(join(root, 'scripts/offline', source), 'utf8');
    writeFileSync(join(folder, starter), starter.endsWith('.cmd') ? text.replaceAll('\n', '\r\n') : text, {
      mode: 0o755,
    });
  }
  const readMe = fill(readFileSync(join(root, 'scripts/offline/read-me.txt'), 'utf8'), {
    ...platforms[name],
    version,
    platform: name,
  });
  // With a mark of its encoding and both line ends, so that old editors show the Chinese and the lines.
  writeFileSync(join(folder, '先读我 README.txt'), `\uFEFF${readMe.replaceAll('\n', '\r\n')}`);
  cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  writeFileSync(join(folder, 'LICENCES.txt'), licenceText(root, packagesNeeded(root)));
  const native = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.node'));
  if (native.length > 0) throw new Error(`made for one platform only: ${native.join(', ')}`);
};

/** The sums of everything in build/ that is given away, as sha256sum writes them and -c reads them. */
const writeSums = () => {
  const files = readdirSync(build)
    .filter((file) => file.startsWith(`huawu-${version}`) && /\.(?:zip|tgz)$/.test(file))
    .sort();
  const sumOf = (file) =>
    createHash('sha256')
      .update(readFileSync(join(build, file)))
      .digest('hex');
  writeFileSync(join(build, 'SHA256SUMS'), files.map((file) => `${sumOf(file)}  ${file}\n`).join(''));
};

run(root, process.execPath, [join(root, 'scripts/package.mjs')]);
// The folder itself, for a container's image; else a zip of each.
if (values.folder !== undefined) makeFolder(wanted[0], resolve(values.folder));
for (const name of values.folder === undefined ? wanted : []) {
  const title = `huawu-${version}-${name}`;
  const folder = join(build, 'offline', title);
  makeFolder(name, folder);
  const { megabytes, files } = await writeZip(folder, join(build, `${title}.zip`));
  process.stdout.write(`build/${title}.zip: ${megabytes.toFixed(1)} MB, ${files} files\n`);
}
writeSums();
