// Makes build/huawu-<version>.tgz: the program compiled, the page built. Installs anywhere.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { licenceOf } from './licences.mjs';
import { findNode, prepare } from './prepare.mjs';
import { run } from './run.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'build', 'package');
const lib = join(out, 'lib');
const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

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
 * Packages that go along in files of their own. danfojs-node asks for packages that nobody should install
 * (docs/developers/dependencies.md), and the root's overrides do not hold where the product is installed; of the others most of
 * what they bring is never asked for.
 */
const broughtAlong = [
  '@e965/xlsx',
  'danfojs-node',
  'date-holidays',
  'kysely',
  'kysely/migration',
  'pg-boss',
  'prom-client',
];

/** Whose code a bundled module is: its package's folder, the nearest with a name. */
const packageOf = (module) => {
  for (let folder = dirname(module); folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name !== undefined) return folder;
  }
  return undefined;
};

/** Name, version, licence and its text of every package whose code goes along. */
const licencesOf = (modules) => {
  const folders = [
    ...new Set(
      modules
        .filter((id) => isAbsolute(id))
        .toSorted()
        .map(packageOf),
    ),
  ].filter(Boolean);
  return folders
    .filter((folder) => !folder.startsWith(join(root, 'vendor')))
    .map(licenceOf)
    .join(`\n${'-'.repeat(80)}\n`);
};

const bringAlong = async () => {
  const { build } = await import('vite');
  const folder = join(lib, 'packages');
  const fileOf = (name) => name.replace('@', '').replace('/', '-');
  const modules = [];
  await build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: 'error',
    resolve: { alias: { xlsx: '@e965/xlsx' } },
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      minify: true,
      rolldownOptions: {
        input: Object.fromEntries(broughtAlong.map((name) => [fileOf(name), `entry:${name}`])),
        external: ['plotly.js-dist-min', 'pg'],
        output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
    plugins: [
      {
        name: 'entry-with-names',
        enforce: 'pre',
        resolveId: (id) => (id.startsWith('entry:') ? `\0${id}` : undefined),
        load: (id) => {
          if (!id.startsWith('\0entry:')) return undefined;
          const name = id.slice('\0entry:'.length);
          // What Node finds in a package of either kind by name, a bundle of one that is CommonJS has as default alone.
          const names = Object.keys(createRequire(join(root, 'package.json'))(name)).filter(
            (each) => each !== 'default' && /^[A-Za-z_$][\w$]*$/.test(each),
          );
          return `import * as all from '${name}'; const whole = all.default ?? all; export default whole; export const { ${names.join(', ')} } = whole;`;
        },
      },
      {
        name: 'note-modules',
        generateBundle: (_, bundle) => {
          for (const chunk of Object.values(bundle)) modules.push(...(chunk.moduleIds ?? []));
        },
      },
    ],
  });
  writeFileSync(join(folder, 'LICENCES.txt'), licencesOf(modules));
  for (const file of filesOf(lib, /\.js$/).filter((each) => !each.startsWith(folder))) {
    let code = readFileSync(file, 'utf8');
    for (const name of broughtAlong) {
      const path = relative(dirname(file), join(folder, `${fileOf(name)}.js`)).replaceAll('\\', '/');
      const there = `'${path.startsWith('.') ? path : `./${path}`}'`;
      for (const asked of ['from ', 'import(', 'require('])
        code = code.replaceAll(`${asked}'${name}'`, `${asked}${there}`);
    }
    writeFileSync(file, code);
  }
};

/**
 * Types and maps are for those who write programs of their own: they stay for what the library's types name, and go for
 * the rest, which is three files in four of what an installed package would lay on a disk.
 */
const keepTypesOfLibrary = () => {
  const kept = new Set();
  const keep = (file) => {
    if (kept.has(file)) return;
    kept.add(file);
    const names = readFileSync(file, 'utf8').matchAll(/(?:\bfrom |\bimport\()['"](\.[^'"]+)\.(?:ts|js)['"]/g);
    for (const [, name] of names) keep(join(dirname(file), `${name}.d.ts`));
  };
  for (const file of filesOf(join(lib, 'library'), /\.d\.ts$/)) keep(file);
  for (const file of filesOf(lib, /\.d\.ts$/)) if (!kept.has(file)) rmSync(file);
  for (const file of filesOf(lib, /\.js\.map$/)) {
    const code = file.replace(/\.map$/, '');
    if (existsSync(code.replace(/\.js$/, '.d.ts'))) continue;
    rmSync(file);
    writeFileSync(code, readFileSync(code, 'utf8').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'));
  }
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
    filesOf(join(lib, 'library'), /^[\w-]+\.js$/).map((file) => {
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

await prepare(root, { app: true, development: true });
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
run(root, findNode(root), [
  join(root, 'node_modules/typescript/bin/tsc'),
  '-p',
  'scripts/tsconfig.package.json',
]);
renameAddresses();
keepTypesOfLibrary();
await bringAlong();
for (const name of ['bin', 'models', 'data', 'public', 'LICENSE', 'README.md', 'CHANGELOG.md'])
  cpSync(join(root, name), join(out, name), { recursive: true });
rmSync(join(out, 'models', 'fitted'), { recursive: true, force: true });
// Tells the times of source files, which are others on every machine.
rmSync(join(out, 'public', 'app', '.huawu-sources'));
mkdirSync(join(out, 'scripts'));
cpSync(join(root, 'scripts/prepare.mjs'), join(out, 'scripts/prepare.mjs'));
writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
const [packed] = JSON.parse(run(out, 'npm', ['pack', '--json', '--pack-destination', join(root, 'build')]));
process.stdout.write(
  `build/${packed.filename}: ${(packed.size / 1e6).toFixed(1)} MB, ${packed.entryCount} files\n`,
);
