import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openInBrowser } from '../../src/cli/commands/serve-commands.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import { readAccess, writeAccess } from '../../src/http/access.ts';
import type { RunningServer } from '../../src/http/serve.ts';
import { serveWorkspace } from '../../src/http/serve-workspace.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { startBrowser } from '../support/browser.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();
const line = join(folder, 'line');
let server: RunningServer;

beforeAll(async () => {
  await (await createWorkspace(line, { modelsFrom: join(import.meta.dirname, '../../models') })).close();
  server = await serveWorkspace({ folder: line, settings: settingsSchema.parse({ port: 0 }) });
});
afterAll(() => server.close());

const open = (...more: string[]) => runCommand(['open', '--workspace', line, '--lang', 'en', ...more]);

test('a second start tells a fresh address of the server that runs, and ends', async () => {
  const { code, out } = await runCommand(['start', '--workspace', line, '--json']);
  const { url, address } = JSON.parse(out) as { url: string; address: string };
  expect([code, url]).toEqual([0, server.url]);
  expect(address.startsWith(`${server.url}/open/`)).toBe(true);
});

test('asked to open a browser, it does by a file that nobody else may read, which lets the browser in', async () => {
  const noted = join(folder, 'noted');
  await writeFile(join(folder, 'xdg-open'), `#!/bin/sh\nprintf %s "$1" > '${noted}'\n`, { mode: 0o755 });
  vi.stubEnv('PATH', `${folder}:${process.env['PATH'] ?? ''}`);
  const { code } = await runCommand(['start', '--browser', '--workspace', line]);
  vi.unstubAllEnvs();
  expect(code).toBe(0);
  await vi.waitFor(async () => expect(await readFile(noted, 'utf8')).toBe(join(line, 'open.html')));
  expect((await stat(join(line, 'open.html'))).mode & 0o777).toBe(0o600);

  // Commands of the tests live on another day, on which a code is too old.
  await openInBrowser(line, server.openingAddress());
  const { browser, close } = await startBrowser();
  try {
    const page = await browser.newPage();
    const cameIn = page.waitForRequest(`${server.url}/`);
    await page.goto(pathToFileURL(join(line, 'open.html')).href);
    // A cookie that is strict goes along only where a page of the server itself sends the browser on.
    expect((await (await cameIn).allHeaders())['cookie']).toContain('huawu-');
  } finally {
    await close();
  }
});

test('its token reads over HTTP', async () => {
  const { code, out } = await open('--token');
  expect(code).toBe(0);
  const headers = { authorization: `Bearer ${out.trim()}` };
  expect((await fetch(`${server.url}/api/v1/workspace`, { headers })).status).toBe(200);
  expect((await fetch(`${server.url}/api/v1/workspace`)).status).toBe(401);
});

test('another program on the port is neither believed nor told the token', async () => {
  const heard: string[] = [];
  const squatter = createServer((request, response) => {
    heard.push(`${request.url} ${JSON.stringify(request.headers)}`);
    response.end('yes');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => squatter.once('listening', resolve));
  const known = await readAccess(line);
  if (known === undefined) throw new Error('no access file');
  const { port } = squatter.address() as AddressInfo;
  await writeAccess(line, { ...known, url: `http://127.0.0.1:${port}` });
  const { code, err } = await open();
  expect([code, err]).toEqual([2, expect.stringContaining('is not running')]);
  expect(heard).toHaveLength(1);
  expect(heard[0]).not.toContain(known.token);
  await writeAccess(line, known);
  squatter.close();
});

test('where no server was ever started, that is said', async () => {
  const { code, err } = await runCommand(['open', '--workspace', folder, '--lang', 'en']);
  expect([code, err]).toEqual([2, expect.stringContaining('huawu serve')]);
});
