import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiRoot, tokenHeader } from '../../src/contract/http/api-root.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import { pageToken } from '../../src/http/guard.ts';
import { serveWorkspace } from '../../src/http/serve-workspace.ts';
import type { ServedWorkspace } from '../../src/http/serve.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { password } from './door.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const modelsFrom = fileURLToPath(new URL('../../models', import.meta.url));
const lines: string[] = [];
const folder = join(await temporaryFolder(), 'line');
let server: ServedWorkspace;

beforeAll(async () => {
  await (await createWorkspace(folder, { modelsFrom })).close();
  server = await serveWorkspace({
    folder,
    settings: settingsSchema.parse({ port: 0, threads: 1, signIn: 'on' }),
    log: pino({ level: 'debug' }, { write: (line: string) => lines.push(line) }),
  });
});
afterAll(() => server.close());

let secret = '';
const send = async (method: string, path: string, body?: object): Promise<Response> => {
  const answer = await fetch(`${server.url}${apiRoot}${path}`, {
    method,
    headers: {
      cookie: `huawu-session-${server.port}=${secret}`,
      ...(secret === '' ? {} : { [tokenHeader]: pageToken(secret) }),
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const [, given] = /session-\d+=([\w-]+)/.exec(answer.headers.get('set-cookie') ?? '') ?? [];
  if (given !== undefined) secret = given;
  return answer;
};

test('the log of a server, at its most talkative, names nobody and repeats nothing that was typed', async () => {
  const typed = ['qianduoduo', '钱多多', 'A77qian', 'stormfront', 'wrong-password-77', password];
  const [user, name, operator, note, wrong] = typed as [string, string, string, string, string, string];
  const boss = { code: server.setUpCode ?? '', user, name, password };
  const statuses: number[] = [];
  const tell = async (...asked: Parameters<typeof send>): Promise<void> => {
    statuses.push((await send(...asked)).status);
  };
  await tell('POST', '/sign-in', { user, password: wrong });
  await tell('POST', '/set-up', boss);
  await tell('POST', '/sign-in', { user, password });
  await tell('POST', '/members', { user: operator, name, role: 'operator', operator });
  await tell('PUT', `/members/${operator.toLowerCase()}`, { name: `${name}二`, role: 'operator', operator });
  await tell('PUT', `/members/${encodeURIComponent(name)}`, { name });
  await tell('POST', '/diary', { date: '2026-03-02', kind: 'weather', text: note });
  await tell('POST', '/diary', { date: name, kind: note, text: note });
  await tell('GET', `/plans/${encodeURIComponent(name)}`);
  await tell('GET', `/rosters/${operator}`);
  await tell('GET', `/ranking/hotline?hotline=${encodeURIComponent(name)}`);
  await tell('GET', `/nowhere/${operator}`);
  await tell('POST', '/sign-out', {});
  expect(statuses.slice(0, 5)).toEqual([401, 204, 204, 201, 200]);
  expect(statuses.slice(5).every((status) => status < 500)).toBe(true);
  const log = lines.join('');
  expect(lines.length).toBeGreaterThan(typed.length);
  for (const each of typed) expect(log.toLowerCase()).not.toContain(each.toLowerCase());
});

test('a server that is stopped amid an answer gives it up without a word of failure', async () => {
  const at = join(folder, '..', 'stopped');
  await (await createWorkspace(at, { modelsFrom })).close();
  const said: string[] = [];
  const stopped = await serveWorkspace({
    folder: at,
    settings: settingsSchema.parse({ port: 0, threads: 1 }),
    log: pino({ level: 'debug' }, { write: (line: string) => said.push(line) }),
  });
  // Worked out on another thread, which has to start first.
  const asked = fetch(`${stopped.url}${apiRoot}/data-report`, {
    headers: { [tokenHeader]: stopped.token },
  }).then(
    ({ status }) => status,
    () => 'cut off',
  );
  await pause(100);
  await stopped.close();
  expect(await asked).toBe('cut off');
  await pause(100);
  expect(said.filter((line) => (JSON.parse(line) as { level: number }).level > 30)).toEqual([]);
});
