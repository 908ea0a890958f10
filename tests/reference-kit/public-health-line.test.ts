import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentSchemas } from '../../src/contract/documents.ts';
import { forecastRate, type RateHistory } from '../../src/monitoring/forecast-rate.ts';
import { dayCountsOf } from '../../src/planning/day-counts.ts';
import { openWorkspace } from '../../src/store/open-workspace.ts';
import { runCommand } from '../cli/run-command.ts';

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
  }, 120_000);

  it('forecasts the share answered within 60 s, and holds it against what happened', async () => {
    const histories = await historiesOf(workspace);
    const { lines, halfLifeDays } = forecastRate(histories, origin, horizonDays);
    expect(lines.size).toBe(28);
    const rows = histories.map((history) => compareLine(history, lines.get(history.line) ?? []));
    const days = rows.flatMap((row) => row.days);
    const weighed = (of: (day: ScoredDay) => number): number =>
      days.reduce((sum, day) => sum + day.calls * of(day), 0) / days.reduce((sum, day) => sum + day.calls, 0);
    const points = (value: number): string => (100 * value).toFixed(1);
    console.log(
      [
        `half-life ${halfLifeDays} days; mean absolute error of a day ${points(weighed((d) => Math.abs(d.error)))} points, bias ${points(weighed((d) => d.error))}; same weekday of the week before ${points(weighed((d) => Math.abs(d.naive)))}; in 80 %: ${points(days.filter((d) => d.in80).length / days.length)}, in 95 %: ${points(days.filter((d) => d.in95).length / days.length)}`,
        ...rows.map(
          (row) =>
            `| ${row.line} | ${points(row.forecast)} | ${points(row.actual)} | ${points(row.actual - row.forecast)} |`,
        ),
      ].join('\n'),
    );
    expect(weighed((d) => Math.abs(d.error))).toBeLessThan(weighed((d) => Math.abs(d.naive)));
    expect(days.filter((d) => d.in80).length / days.length).toBeGreaterThan(0.7);
    expect(days.filter((d) => d.in95).length / days.length).toBeGreaterThan(0.88);
  });
});

interface ScoredDay {
  readonly calls: number;
  readonly error: number;
  readonly naive: number;
  readonly in80: boolean;
  readonly in95: boolean;
}

const historiesOf = async (workspace: string): Promise<RateHistory[]> => {
  const { store, close } = await openWorkspace(workspace);
  const summary = await store.trafficSummary();
  const histories: RateHistory[] = [];
  for (const { queue } of summary)
    histories.push({ line: queue, days: await dayCountsOf(store, queue, 'Europe/London') });
  await close();
  return histories;
};

/** A line's three weeks: forecast and actual rate over all its calls, and each day's errors. */
const compareLine = (
  { line, days }: RateHistory,
  forecasts: ReturnType<typeof forecastRate>['lines'] extends ReadonlyMap<string, infer Rows> ? Rows : never,
) => {
  const lastWeek = days.filter(({ date }) => date < origin).slice(-7);
  let calls = 0;
  let met = 0;
  let expected = 0;
  const scored = forecasts.flatMap(({ date, mean, q025, q10, q90, q975 }, i): ScoredDay[] => {
    const day = days.find((one) => one.date === date);
    const before = lastWeek[i % 7];
    if (day === undefined || before === undefined) return [];
    const rate = day.met / day.calls;
    calls += day.calls;
    met += day.met;
    expected += day.calls * mean;
    return [
      {
        calls: day.calls,
        error: rate - mean,
        naive: rate - before.met / before.calls,
        in80: rate >= q10 && rate <= q90,
        in95: rate >= q025 && rate <= q975,
      },
    ];
  });
  return { line, forecast: expected / calls, actual: met / calls, days: scored };
};
