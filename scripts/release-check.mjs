// Whether what stands here can be given away: two builds make the same bytes, what is in them is listed (SBOM) and may be
// passed on, the changelog tells of it, and a workspace of an earlier version is brought up to date without loss. Writes
// build/huawu-<version>.cdx.json and build/LICENCES.md. With --final the changelog must have the version's own entry.
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode } from './prepare.mjs';
import { checkLicences } from './release/check-licences.mjs';
import { makeSbom } from './release/make-sbom.mjs';
import { validateSbom } from './release/validate-sbom.mjs';
import { run } from './run.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const build = join(root, 'build');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const node = findNode(root);

const step = (what, body) => {
  const started = Date.now();
  const tell = (state, more) =>
    process.stdout.write(
      `${state}  ${((Date.now() - started) / 1000).toFixed(1)} s  ${what}${more === undefined ? '' : `: ${more}`}\n`,
    );
  try {
    tell('ok', body());
  } catch (error) {
    tell('FAILED', error.message);
    process.exitCode = 1;
  }
};

const sumOf = (file) =>
  createHash('sha256')
    .update(readFileSync(join(build, file)))
    .digest('hex');

/** From nothing but sources and packages: the page is built anew as well. */
const buildAll = () => {
  for (const made of ['build/package', 'build/offline', 'public/app'])
    rmSync(join(root, made), { recursive: true, force: true });
  run(root, node, ['scripts/offline.mjs', '--platform', 'linux-x64']);
  return Object.fromEntries(
    [`huawu-${version}.tgz`, `huawu-${version}-linux-x64.zip`].map((file) => [file, sumOf(file)]),
  );
};

step('two builds make the same bytes', () => {
  const [first, second] = [buildAll(), buildAll()];
  for (const [file, sum] of Object.entries(first))
    if (second[file] !== sum) throw new Error(`${file}: ${sum} and ${second[file]}`);
  return Object.entries(first)
    .map(([file, sum]) => `${file} ${sum.slice(0, 16)}…`)
    .join(', ');
});

step('what it is built from is listed', () => {
  const { sbom, components } = makeSbom(root);
  validateSbom(node, sbom);
  writeFileSync(join(build, `huawu-${version}.cdx.json`), sbom);
  return `${components} components in build/huawu-${version}.cdx.json, CycloneDX by its schema`;
});

step('all of it may be passed on', () => {
  const { table, packages, exceptions } = checkLicences(root);
  writeFileSync(join(build, 'LICENCES.md'), table);
  return `${packages} packages in build/LICENCES.md, ${exceptions} by exception`;
});

step('the changelog tells of it', () => {
  const entries = readFileSync(join(root, 'CHANGELOG.md'), 'utf8').split(/^## /m).slice(1);
  const isFinal = process.argv.includes('--final');
  const entry = entries.find(
    (each) =>
      each.startsWith(isFinal ? version : `${version} `) || (!isFinal && each.startsWith('Unreleased')),
  );
  if (entry === undefined)
    throw new Error(`no entry for ${version}${isFinal ? '' : ', nor one of what is unreleased'}`);
  const [title, ...lines] = entry.split('\n');
  if (!lines.some((line) => line.startsWith('- '))) throw new Error(`nothing under ${title}`);
  return title;
});

step('a workspace of an earlier version is brought up to date without loss', () => {
  run(root, node, [
    'node_modules/vitest/vitest.mjs',
    'run',
    'tests/store/upgrade.test.ts',
    'tests/store/released-steps.test.ts',
  ]);
});
