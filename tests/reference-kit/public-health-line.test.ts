import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentSchemas } from '../../src/contract/documents/command-documents.ts';
import type { RateHistory } from '../../src/monitoring/forecast-rate.ts';
import { dayCountsOf } from '../../src/planning/history/read-history.ts';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { runCommand } from '../support/run-command.ts';

const root = join(import.meta.dirname, '../..');
const file = join(root, '../shared/data/nhs111_daily_to_2026-02-15.csv');
if (!existsSync(file))
  console.warn('public health line skipped: there is no ../shared/data beside the repository');

const origin = '2026-01-26';
const horizonDays = 21;

describe.skipIf(!existsSync(file))('a public health line of 28 contracts', () => {
  let folder: string;
  let workspace: string;
  const huawu = async (...words: string[]): Promise<unknown> => {
    const { code, out, err } = await runCommand([...words, '--json', '--workspace', workspace]);
    expect([code, err]).toEqual([0, code === 0 ? err : '']);
    return out === '' ? undefined : JSON.parse(out);
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'huawu-health-'));
    workspace = join(folder, 'line');
    await runCommand(['init', '--workspace', workspace, '--timezone', 'Europe/London', '--country', 'GB']);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('comes in with its map: every row but the seven blank days', async () => {
    const map = join(root, 'models/presets/nhs111-contract-day.json');
    const report = documentSchemas.ingest.parse(await huawu('ingest', 'traffic', file, '--map', map));
    expect(report.files).toMatchObject([{ rows: 2352, accepted: 2345, rejected: 0 }]);
    expect(report.queues).toHaveLength(28);
    expect(report.gaps.length).toBe(1);
  });

  it('ranks the contracts, with intervals that days leave', async () => {
    const table = documentSchemas.rank.parse(await huawu('rank', '--traffic', '--period', '2026-01'));
    expect(table.basis).toBe('traffic');
    expect(table.hotlines).toHaveLength(28);
    for (const line of table.hotlines) {
      expect(line.connectionRate).toBeCloseTo(line.connected / line.testCalls, 9);
      expect(line.high - line.low).toBeGreaterThan(0.03);
      expect(line.rankLow).toBeLessThanOrEqual(line.rank);
      expect(line.rankHigh).toBeGreaterThanOrEqual(line.rank);
    }
  });

  it("forecasts the last three weeks' calls of every contract from the weeks before", async () => {
    const out = join(folder, 'calls.csv');
    const columns = ['--queue-column', 'contract_code', '--count-column', 'calls_received'];
    const span = ['--interval', '1440', '--origins', origin, '--horizon-days', String(horizonDays)];
    const { code } = await runCommand(['backtest', '--input', file, ...columns, ...span, '--out', out]);
    expect(code).toBe(0);
    const [heading, ...rows] = (await readFile(out, 'utf8')).trim().split('\n');
    expect(heading).toBe('queue,origin,start,mean,q025,q10,q50,q90,q975');
    expect(rows).toHaveLength(28 * horizonDays);
    const actual = await historiesOf(workspace);
    let error = 0;
    let calls = 0;
    for (const row of rows) {
      const [queue = '', , start = '', mean] = row.split(',');
      const day = actual
        .find(({ line }) => line === queue)
        ?.days.find(({ date }) => date === start.slice(0, 10));
      if (day === undefined) continue;
      error += Math.abs(day.calls - Number(mean));
      calls += day.calls;
    }
    console.log(`calls: WAPE ${((100 * error) / calls).toFixed(2)} % over ${rows.length} days`);
    expect(error / calls).toBeLessThan(0.09);
  });

  it('forecasts the share answered within 60 s from the weeks before, and scores it: from the file as from the workspace', async () => {
    const span = ['--from', origin, '--days', String(horizonDays)];
    const columns = ['--queue-column', 'contract_code', '--calls-column', 'calls_received'];
    const met = ['--met-column', 'calls_answered_60s'];
    const answer = documentSchemas.rate.parse(
      await huawu('rate', '--input', file, ...columns, ...met, ...span),
    );
    expect(answer.lines).toHaveLength(28);
    const { score } = answer;
    console.log(JSON.stringify({ halfLifeDays: answer.halfLifeDays, ...score }));
    expect(score?.days).toBe(28 * horizonDays);
    expect(score?.meanAbsoluteError).toBeLessThan(score?.sameWeekdayBeforeError ?? 0);
    expect(score?.coverage80).toBeGreaterThan(0.7);
    expect(score?.coverage95).toBeGreaterThan(0.88);
    const own = documentSchemas.rate.parse(await huawu('rate', ...span));
    expect(own.score?.meanAbsoluteError).toBeCloseTo(score?.meanAbsoluteError ?? 0, 6);
  });
});

const historiesOf = async (workspace: string): Promise<RateHistory[]> => {
  const { store, close } = await openWorkspace(workspace);
  const summary = await store.trafficSummary();
  const histories: RateHistory[] = [];
  for (const { queue } of summary)
    histories.push({ line: queue, days: await dayCountsOf(store, queue, 'Europe/London') });
  await close();
  return histories;
};
