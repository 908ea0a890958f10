import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const prepare = pathToFileURL(join(import.meta.dirname, '../../scripts/prepare.mjs')).href;
const packages = {
  '': { name: 'clone' },
  'node_modules/one': { version: '1.2.0' },
  'node_modules/tool': { version: '3.0.0', dev: true },
  'node_modules/of-another-machine': { version: '1.0.0', optional: true },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'huawu-prepare-'));
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin', 'npm'), `#!/bin/sh\necho "$@" >> '${join(folder, 'asked')}'\n`, {
    mode: 0o755,
  });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A clone whose packages were put there, by npm or by linking another clone's. */
const clone = (there: object): void => {
  mkdirSync(join(folder, 'node_modules', 'one'), { recursive: true });
  writeFileSync(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: there }));
  utimesSync(join(folder, 'node_modules', '.package-lock.json'), 1, 1);
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages }));
};

/** What npm was asked to do. */
const asked = (development = false): string => {
  const { npm_execpath: _, ...env } = process.env;
  const program = `import(${JSON.stringify(prepare)}).then((m) => m.prepare(${JSON.stringify(folder)}, { app: false, development: ${String(development)} }))`;
  const PATH = `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`;
  expect(spawnSync(process.execPath, ['-e', program], { env: { ...env, PATH } }).status).toBe(0);
  const file = join(folder, 'asked');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

test.skipIf(process.platform === 'win32')(
  'a clone that has every package is left as it is, however they came',
  () => {
    clone({ 'node_modules/one': { version: '1.2.0' } });
    writeFileSync(join(folder, 'node_modules', '.huawu-lock'), 'of another lockfile');
    expect(asked()).toBe('');
    expect(readFileSync(join(folder, 'node_modules', '.huawu-lock'), 'utf8')).toMatch(
      /^[0-9a-f]{64} to run$/,
    );
  },
);

test.skipIf(process.platform === 'win32').each([
  ['another version', { 'node_modules/one': { version: '1.1.0' } }],
  ['a missing package', {}],
])('%s is installed', (_, there) => {
  clone(there);
  expect(asked()).toContain('ci --no-audit');
});

test.skipIf(process.platform === 'win32')(
  'to run the product nothing is installed that only tests and checks need; for tests it comes, once',
  () => {
    clone({ 'node_modules/one': { version: '1.1.0' } });
    expect(asked()).toContain('--omit=dev');
    clone({ 'node_modules/one': { version: '1.2.0' } });
    expect(asked(true).match(/--include=dev/g)).toHaveLength(1);
    clone({ 'node_modules/one': { version: '1.2.0' }, 'node_modules/tool': { version: '3.0.0', dev: true } });
    expect(asked(true).match(/--include=dev/g)).toHaveLength(1);
    expect(asked().match(/--omit=dev/g)).toHaveLength(1);
    // an update that is met by `npm start` takes nothing from who develops here
    clone({ 'node_modules/one': { version: '1.1.0' }, 'node_modules/tool': { version: '3.0.0', dev: true } });
    writeFileSync(join(folder, 'node_modules', '.huawu-lock'), 'of another lockfile');
    expect(asked().match(/--include=dev/g)).toHaveLength(2);
    expect(asked().match(/--omit=dev/g)).toHaveLength(1);
  },
);
