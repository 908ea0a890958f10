import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import type { RosterDocument } from '../../src/contract/documents/roster-document.ts';
import { apiRoot } from '../../src/contract/http/api-root.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import { serveWorkspace } from '../../src/http/serve-workspace.ts';
import { reportFile } from '../../src/render/report-file.ts';
import { rosterFile } from '../../src/render/roster-file.ts';
import { apiClient } from '../support/api-client.ts';
import { answerFaults } from '../support/check-answer.ts';
import { runCommand } from '../support/run-command.ts';
import { copyWorkspace } from '../support/test-site.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = await temporaryFolder();

/** Processor time of this thread that something takes, milliseconds. */
const threadMillis = async (does: () => Promise<unknown>): Promise<number> => {
  const before = process.threadCpuUsage();
  await does();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
};

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

      // Files are made beside the server's own thread, which this one is: made here, they take it for longer.
      const plan = (await (await client(`${apiRoot}/plans/latest`)).json()) as PlanDocument;
      const roster = (await (await client(`${apiRoot}/rosters/latest`)).json()) as RosterDocument;
      const made = [
        ['plans/latest/report', () => reportFile(plan, 'en', { format: 'xlsx' })],
        ['rosters/latest/file', () => rosterFile(roster, 'xlsx', 'en', [])],
      ] as const;
      for (const [path, make] of made) {
        const ask = async (): Promise<void> => {
          const answered = await client(`${apiRoot}/${path}?format=xlsx&language=en`);
          expect([path, answered.status]).toEqual([path, 200]);
          expect((await answered.arrayBuffer()).byteLength).toBeGreaterThan(4000);
        };
        const served = Math.min(await threadMillis(ask), await threadMillis(ask));
        const here = await threadMillis(make);
        expect(served, path).toBeLessThan(0.8 * here);
      }
    } finally {
      await served.close();
    }
  },
);
