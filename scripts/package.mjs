// Makes huawu-<version>.tgz: the program compiled, the page built, danfojs-node in one file. Installs anywhere.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode, prepare } from './prepare.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'build', 'package');
const lib = join(out, 'lib');
const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const run = (command, args, options = {}) => {
  const { status, error, stdout } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    ...options,
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stdout}`);
  return stdout;
};

/** Files under a folder with one of the endings, in order. */
const filesOf = (folder, ending) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .sort()
    .map((name) => join(folder, name));

/** Modules that are named by address, for threads and processes of their own, have another ending once compiled. */
const renameAddresses = () => {
  for (const file of filesOf(lib, /\.js$/)) {
    const code = readFileSync(file, 'utf8');
    const renamed = code.replaceAll(/(new URL\('[^']+)\.ts(', import\.meta\.url\))/g, '$1.js$2');
    if (/\.ts'/.test(renamed)) throw new Error(`${relative(root, file)} still names a .ts file`);
    if (renamed !== code) writeFileSync(file, renamed);
  }
};

/**
 * danfojs-node asks for packages that nobody should install (docs/dependencies.md); the root's overrides do not hold
 * where the product is installed. So it goes along in one file, with what it runs on here.
 */
const bundleDanfo = async () => {
  const { build } = await import('vite');
  await build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: 'error',
    resolve: { alias: { xlsx: '@e965/xlsx' } },
    ssr: { noExternal: true, external: ['@e965/xlsx'] },
    build: {
      ssr: createRequire(join(root, 'package.json')).resolve('danfojs-node'),
      outDir: lib,
      emptyOutDir: false,
      minify: true,
      rolldownOptions: {
        external: ['plotly.js-dist-min'],
        output: { entryFileNames: 'danfojs-node.js', codeSplitting: false },
      },
    },
  });
  const tables = join(lib, 'monitoring', 'tables.js');
  const code = readFileSync(tables, 'utf8');
  const pointed = code.replace("import('danfojs-node')", "import('../danfojs-node.js')");
  if (pointed === code) throw new Error('lib/monitoring/tables.js no longer imports danfojs-node');
  writeFileSync(tables, pointed);
};

/** Packages that the compiled program imports: the others are the page's, or tools. */
const importedPackages = () => {
  const names = new Set();
  for (const file of filesOf(lib, /\.js$/))
    for (const [, name] of readFileSync(file, 'utf8').matchAll(
      /(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*["']([^."'#][^"']*)["']/g,
    )) {
      const [scope, rest] = name.split('/');
      const found = name.startsWith('@') ? `${scope}/${rest}` : scope;
      if (own.dependencies[found] !== undefined) names.add(found);
    }
  return Object.keys(own.dependencies).filter((name) => names.has(name));
};

const manifest = () => {
  const { name, version, description, license, type, engines, bin, optionalDependencies } = own;
  const dependencies = Object.fromEntries(
    importedPackages().map((imported) => [imported, own.dependencies[imported]]),
  );
  const files = ['bin', 'lib', 'models', 'data', 'public', 'scripts', 'CHANGELOG.md'];
  const exports = Object.fromEntries(
    filesOf(join(lib, 'library'), /\.js$/).map((file) => {
      const path = `./${relative(out, file)}`;
      const part = relative(join(lib, 'library'), file).replace(/\.js$/, '');
      return [`./${part}`, { types: path.replace(/\.js$/, '.d.ts'), default: path }];
    }),
  );
  return {
    name,
    version,
    description,
    license,
    type,
    engines,
    bin,
    files,
    exports: { ...exports, './package.json': './package.json' },
    dependencies,
    optionalDependencies,
  };
};

await prepare(root, { app: true });
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
run(findNode(root), [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'scripts/tsconfig.package.json']);
renameAddresses();
await bundleDanfo();
for (const name of ['bin', 'models', 'data', 'public', 'LICENSE', 'README.md', 'CHANGELOG.md'])
  cpSync(join(root, name), join(out, name), { recursive: true });
rmSync(join(out, 'models', 'fitted'), { recursive: true, force: true });
mkdirSync(join(out, 'scripts'));
cpSync(join(root, 'scripts/prepare.mjs'), join(out, 'scripts/prepare.mjs'));
writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
const [packed] = JSON.parse(
  run('npm', ['pack', '--json', '--pack-destination', join(root, 'build')], { cwd: out }),
);
process.stdout.write(
  `build/${packed.filename}: ${(packed.size / 1e6).toFixed(1)} MB, ${packed.entryCount} files\n`,
);
