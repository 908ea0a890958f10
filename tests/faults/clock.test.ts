import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { apiRoot, tokenHeader } from '../../src/contract/http/api-root.ts';
import { copyWorkspace } from '../support/test-site.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = await temporaryFolder();

const main = new URL('../../src/cli/main.ts', import.meta.url).pathname;
const setBack = new URL('../support/clock-set-back.ts', import.meta.url).pathname;

/** A server of its own process, whose clock is set back three days while it is asked by many, and a job is under way. */
test(
  'a clock set back three days under load stops no request, no job and no end',
  { timeout: 900_000 },
  async () => {
    const folder = join(root, 'line');
    await copyWorkspace('demo', folder);
    const when = join(root, 'set-back');
    const server = spawn(
      process.execPath,
      ['--import', setBack, main, '--workspace', folder, 'serve', '--port', '0', '--json'],
      {
        env: { ...process.env, SET_BACK_WHEN: when, SET_BACK_BY: String(3 * 86_400_000) },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    try {
      let said = '';
      server.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
      while (!said.includes('"url"')) await pause(50);
      const { url } = JSON.parse(said) as { url: string };
      const { token } = JSON.parse(await readFile(join(folder, 'access.json'), 'utf8')) as { token: string };
      const ask = async (
        path: string,
        body?: object,
      ): Promise<{ status: number; millis: number; said: unknown }> => {
        const from = performance.now();
        const answered = await fetch(`${url}${apiRoot}${path}`, {
          method: body === undefined ? 'GET' : 'POST',
          headers: { [tokenHeader]: token, 'content-type': 'application/json' },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          signal: AbortSignal.timeout(30_000),
        });
        const text = await answered.text();
        return {
          status: answered.status,
          millis: performance.now() - from,
          said: text === '' ? null : JSON.parse(text),
        };
      };
      expect((await ask('/workspace')).status).toBe(200);
      const ordered = await ask('/plans', { seed: 1 });
      const until = Date.now() + 6_000;
      const asked: { status: number; millis: number }[] = [];
      const visitor = async (path: string): Promise<void> => {
        while (Date.now() < until) {
          asked.push(await ask(path));
          await pause(60);
        }
      };
      const paths = ['/workspace', '/plans', '/jobs', '/overrules', '/rosters', '/models/hotline'];
      await Promise.all([...paths.map(visitor), pause(2_000).then(() => writeFile(when, ''))]);
      expect(asked.length).toBeGreaterThan(20);
      expect(asked.filter(({ status }) => status !== 200)).toEqual([]);
      expect(Math.max(...asked.map(({ millis }) => millis))).toBeLessThan(20_000);

      const { id } = ordered.said as { id: string };
      for (let state = ''; state !== 'done'; await pause(500)) {
        state = ((await ask(`/jobs/${id}`)).said as { state: string }).state;
        expect(['queued', 'running', 'done']).toContain(state);
      }
      // The server's dates are those of the clock that was set back.
      const change = { queue: null, date: '2026-03-02', from: null, to: null, factor: 1.2, calls: null };
      expect((await ask('/overrules', { ...change, reason: 'fair', author: 'li' })).status).toBe(201);
      const { entries } = (await ask('/audit')).said as { entries: readonly { at: string }[] };
      expect(Date.now() - Date.parse(entries[0]?.at ?? '')).toBeGreaterThan(2 * 86_400_000);
      const from = performance.now();
      server.kill('SIGTERM');
      await once(server, 'exit');
      expect(performance.now() - from).toBeLessThan(20_000);
    } finally {
      server.kill('SIGKILL');
    }
  },
);
