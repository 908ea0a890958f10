import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { serve } from '../../src/http/serve.ts';
import { UsageError } from '../../src/kernel/errors.ts';
import { standInServices, token } from './stand-ins.ts';

test.each(['0.0.0.0', '192.168.1.5', '::'])('will not listen on %s', async (host) => {
  await expect(serve({ services: standInServices(), host, port: 0 })).rejects.toThrow(UsageError);
});

test('a taken port is said, with what to do', async () => {
  const first = await serve({ services: standInServices(), port: 0 });
  await expect(serve({ services: standInServices(), port: first.port })).rejects.toThrow(
    `Port ${first.port} is taken`,
  );
  await first.close();
});

test('the page carries the token and the nonce of its policy', async () => {
  const publicFolder = await mkdtemp(join(tmpdir(), 'huawu-page-'));
  await mkdir(join(publicFolder, 'app'));
  await writeFile(
    join(publicFolder, 'app', 'index.html'),
    '<meta name="huawu-token" content="__TOKEN__"><script nonce="__NONCE__"></script>',
  );
  const server = await serve({ services: standInServices({}, { publicFolder }), port: 0 });
  const response = await fetch(server.url);
  const page = await response.text();
  const nonce = /nonce="([\w-]+)"/.exec(page)?.[1] ?? 'none';
  expect(page).toContain(token);
  expect(response.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
  await server.close();
  await rm(publicFolder, { recursive: true });
});
