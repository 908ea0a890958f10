import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { documentSchemas } from '../../src/contract/documents/command-documents.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();
const workspace = join(folder, 'workspace');
beforeAll(async () => {
  await runCommand(['init', '--workspace', workspace, '--timezone', 'Asia/Shanghai']);
});

const grade = (...more: string[]): ReturnType<typeof runCommand> =>
  runCommand(['grade', '--workspace', workspace, '--lang', 'en', ...more]);

describe('grading operators', () => {
  test('without operators it says how to bring them in', async () => {
    const { code, err } = await grade();
    expect([code, err.includes('huawu ingest operators') || err]).toEqual([3, true]);
  });

  test('proposes a tier with reasons, as a document of its schema', async () => {
    const rows = ['operator,tier,skills,contract_hours,aht_seconds,quality_score,first_contact_resolution'];
    for (let i = 0; i < 12; i += 1) {
      const able = i % 4 === 0;
      rows.push(`op-${i},general,general,40,${able ? 150 : 220 + i},${able ? 95 : 80},${able ? 0.9 : 0.6}`);
    }
    const file = join(folder, 'operators.csv');
    await writeFile(file, `${rows.join('\n')}\n`);
    const ingested = await runCommand(['ingest', 'operators', file, '--workspace', workspace]);
    expect([ingested.code, ingested.err]).toEqual([0, ingested.err]);
    const { code, out } = await grade('--json');
    expect(code).toBe(0);
    const document = documentSchemas.grade.parse(JSON.parse(out));
    expect(document.operators.length).toBe(12);
    const scoreOf = (name: string): number => document.operators.find((o) => o.operator === name)?.score ?? 0;
    expect(scoreOf('op-0')).toBeGreaterThan(scoreOf('op-1'));
    expect(document.operators.every(({ reasons }) => reasons.length > 0)).toBe(true);
    const all = (await grade('--all')).out;
    expect(all).toContain('op-11');
    const table = all.split('\n').filter((line) => /^(op-\d+ | {20,})/.test(line));
    expect(table.length).toBeGreaterThan(12);
    expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(110);
  });
});
