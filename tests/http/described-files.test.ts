import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { apiRoot } from '../../src/contract/http/api-root.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import { serveWorkspace } from '../../src/http/serve-workspace.ts';
import { apiClient } from '../support/api-client.ts';
import { answerFaults } from '../support/check-answer.ts';
import { runCommand } from '../support/run-command.ts';
import { copyWorkspace } from '../support/test-site.ts';

const root = await mkdtemp(join(tmpdir(), 'huawu-described-'));
afterAll(() => rm(root, { recursive: true, force: true }));

test(
  'a roster, its basis and each of its files are as the API describes them',
  { timeout: 600_000 },
  async () => {
    const folder = join(root, 'line');
    await copyWorkspace('plan', folder);
    const made = await runCommand(['roster', '--workspace', folder, '--seconds', '5', '--json']);
    expect(made.code).toBe(0);
    const served = await serveWorkspace({
      folder,
      settings: settingsSchema.parse({ port: 0, logLevel: 'silent', threads: 1 }),
    });
    try {
      const client = apiClient(served);
      const faults: string[] = [];
      const formats = ['xlsx', 'csv', 'ics', 'html', 'wecom', 'feishu'];
      for (const path of ['', '/basis', '/changes', ...formats.map((format) => `/file?format=${format}`)]) {
        const answered = await client(`${apiRoot}/rosters/latest${path}`);
        expect([path, answered.status]).toEqual([path, 200]);
        const described = {
          method: 'GET',
          path: `${apiRoot}/rosters/latest${path.split('?')[0] ?? ''}`,
          status: answered.status,
          contentType: answered.headers.get('content-type'),
          body: await answered.text(),
        };
        faults.push(...answerFaults(described));
      }
      expect(faults).toEqual([]);
    } finally {
      await served.close();
    }
  },
);
