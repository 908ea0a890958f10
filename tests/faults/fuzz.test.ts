import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { inRoot } from '../support/build-page.ts';
import { fuzzDoors } from '../support/fuzz/fuzz-doors.ts';
import { runFuzz } from '../support/fuzz/run-fuzz.ts';

const wanted = 200;

/** The same as `node bench/fuzz.ts`, cut short: ten minutes of it are run by hand. */
test('damaged files, requests and models leave readers and a running server standing', async () => {
  const { tries, byKind, faults, mostMegabytes } = await runFuzz({ seed: 1, tries: wanted, millis: 0 });
  expect(faults).toEqual([]);
  expect(tries).toBe(wanted);
  expect(Object.keys(byKind).sort()).toEqual(['api', 'model', 'reader', 'upload']);
  // told by Linux only
  if (process.platform === 'linux') expect(mostMegabytes).toBeGreaterThan(50);
}, 180_000);

/** The same as `node bench/fuzz-doors.ts`, cut short: 20,000 requests are run by hand. */
test('requests that are large, deep, wide, slow and many are refused shortly, and cost little', async () => {
  const tries = 600;
  const { asked, faults, dearest } = await fuzzDoors({
    seed: 1,
    triesEach: tries,
    modelsFrom: inRoot('models'),
  });
  expect(faults).toEqual([]);
  expect(asked).toBe(2 * tries);
  // told by Linux only
  if (process.platform === 'linux') expect(dearest.value).toBeGreaterThan(0);
}, 180_000);

/** The first child of a process whose command says so much; waits for it. */
const childOf = async (pid: number, word: string): Promise<number> => {
  for (;;) {
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
    for (const child of children.split(' ').filter(Boolean))
      if ((await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '')).includes(word))
        return Number(child);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

// Who is whose child, /proc tells, and that is on Linux only.
test.skipIf(process.platform !== 'linux')(
  'one that is stopped takes its server and its folder with it',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'huawu-fuzz-stopped-'));
    const bench = fileURLToPath(new URL('../../bench/fuzz.ts', import.meta.url));
    const fuzz = spawn(process.execPath, [bench, '--tries', '1000000', '--seconds', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TMPDIR: folder },
    });
    try {
      let said = '';
      fuzz.stdout.on('data', (piece: Buffer) => (said += piece.toString()));
      const server = await childOf(fuzz.pid ?? 0, 'serve');
      await expect.poll(() => said).toContain('the server answers');
      const exit = once(fuzz, 'close');
      fuzz.kill('SIGTERM');
      expect(await exit).toEqual([1, null]);
      expect(said).toMatch(/seed 1: \d+ tries.*; slowest \d+ ms; at most \d+ MB\nstopped by SIGTERM\n$/);
      expect(() => process.kill(server, 0)).toThrow('ESRCH');
      expect(await readdir(folder)).toEqual([]);
    } finally {
      fuzz.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    }
  },
);
