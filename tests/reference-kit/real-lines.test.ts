import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareDocumentSchema } from '../../src/contract/documents/compare-document.ts';
import { ingestDocumentSchema } from '../../src/contract/documents/ingest-document.ts';
import { planDocumentSchema } from '../../src/contract/documents/plan-document.ts';

const root = join(import.meta.dirname, '../..');
const data = join(root, '../shared/data');
const run = promisify(execFile);

/** Runs the command line as a user would, and reads its one JSON document. */
const huawu = async (workspace: string, ...words: string[]): Promise<unknown> => {
  const main = join(root, 'src/cli/main.ts');
  const { stdout } = await run(process.execPath, [main, '--workspace', workspace, '--json', ...words], {
    maxBuffer: 2 ** 28,
  });
  return stdout === '' ? undefined : JSON.parse(stdout);
};

describe.skipIf(!existsSync(data))('real call centres, from their files to a plan', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'huawu-real-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('plans the week after call records of an Israeli bank, and holds April against what happened', async () => {
    const line = join(folder, 'technion');
    await huawu(line, 'init', '--timezone', 'Asia/Jerusalem', '--country', 'IL');
    const map = join(root, 'models/presets/technion-call-records.json');
    const ingested = ingestDocumentSchema.parse(
      await huawu(line, 'ingest', 'calls', join(data, 'technion_calls_1999-01_04.csv.gz'), '--map', map),
    );
    expect(ingested.files[0]?.rows).toBe(135_780);
    const plan = planDocumentSchema.parse(await huawu(line, 'plan'));
    expect(plan.week).toBe('1999-W18');
    expect(plan.total.connectionRate.mean).toBeGreaterThan(0.95);
    const lines: string[] = [];
    for (const week of ['1999-W14', '1999-W15', '1999-W16', '1999-W17']) {
      const { calibration } = compareDocumentSchema.parse(await huawu(line, 'compare', '--week', week));
      expect(calibration?.actualAbandonShare).toBeGreaterThan(0.1);
      expect(calibration?.projectedAbandonShare).toBeGreaterThan(0);
      lines.push(
        `${week} abandoned: projected ${calibration?.projectedAbandonShare?.toFixed(3)}, actual ${calibration?.actualAbandonShare?.toFixed(3)}`,
      );
    }
    console.log(lines.join('\n'));
  }, 400_000);

  it('plans the week after five-minute counts of a North American bank', async () => {
    const line = join(folder, 'bank');
    await huawu(line, 'init', '--timezone', 'America/New_York', '--country', 'US');
    const map = join(root, 'models/presets/bank-counts.json');
    const ingested = ingestDocumentSchema.parse(
      await huawu(line, 'ingest', 'traffic', join(data, 'bank_calls.csv'), '--map', map),
    );
    expect(ingested.files[0]?.rows).toBe(27_716);
    const plan = planDocumentSchema.parse(await huawu(line, 'plan'));
    expect(plan.week).toBe('2003-W44');
    expect(plan.total.calls.mean).toBeGreaterThan(100_000);
  }, 400_000);
});
