import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { apiRoot, tokenHeader } from '../../src/contract/http/api-root.ts';
import { tokenOf } from '../../src/http/access.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { trafficBook } from '../support/hostile-files.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

test('a server that is stopped while it reads a workbook is gone in a moment', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'huawu-stop-'));
  const workspace = await createWorkspace(join(folder, 'line'), { modelsFrom: join(root, 'models') });
  await workspace.close();
  const book = trafficBook(80_000, 'xlsx');
  const server = spawn(
    process.execPath,
    [join(root, 'src/cli/main.ts'), 'serve', '--port', '0', '--json', '--workspace', join(folder, 'line')],
    { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, HUAWU_THREADS: '1' } },
  );
  try {
    const [said] = (await once(server.stdout, 'data')) as [Buffer];
    const { url } = JSON.parse(String(said)) as { url: string };
    const read = fetch(`${url}${apiRoot}/files/ingest?name=a.xlsx&kind=traffic&absent=gap`, {
      method: 'POST',
      headers: {
        'content-type': 'application/octet-stream',
        [tokenHeader]: await tokenOf(join(folder, 'line')),
      },
      body: new Uint8Array(book),
    }).then(
      ({ status }) => status,
      () => 'cut off',
    );
    await pause(1500);
    const from = performance.now();
    const closed = once(server, 'close');
    server.kill('SIGTERM');
    expect(await closed).toEqual([0, null]);
    // some five seconds of reading were left
    expect(performance.now() - from).toBeLessThan(2500);
    expect(await read).toBe('cut off');
  } finally {
    server.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
});
