import { expect, test } from 'vitest';
import { ingestMonitoring } from '../../src/ingest/kinds/ingest-monitoring.ts';
import { ingestTraffic } from '../support/ingested.ts';
import type { MonitoringRules } from '../../src/ingest/columns/ingest-options.ts';
import type { ByteSource } from '../../src/ingest/tables/byte-source.ts';
import { csv, refusal, shanghai } from '../support/ingest-options.ts';

const breaking = (error: Error): ByteSource => ({
  name: 'traffic.csv',
  chunks: {
    // oxlint-disable-next-line require-yield
    async *[Symbol.asyncIterator]() {
      throw error;
    },
  },
});

test('a file that the system cannot read is refused by name; an error of the program is none of the file’s', async () => {
  const broken = Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' });
  expect(await refusal(ingestTraffic([breaking(broken)], shanghai))).toMatchObject([
    { rule: 'unreadable-file', file: 'traffic.csv' },
  ]);
  await expect(ingestTraffic([breaking(new TypeError('x is no function'))], shanghai)).rejects.toThrow(
    'x is no function',
  );
});

const rules: MonitoringRules = {
  indicatorNames: new Map([
    ['etiquette', 'etiquette'],
    ['接待礼仪', 'etiquette'],
  ]),
  listed: [],
  judgeResult: () => [],
  judgeTestCall: () => [],
};
const results = (...headings: string[]): ByteSource =>
  csv(
    `hotline,period,test_calls,connected,${headings.join(',')}`,
    `x,2019,11,10,${headings.map((_, i) => 80 + i).join(',')}`,
  );

test('an indicator goes by any of its names; one unknown or given twice refuses the file, or is left out', async () => {
  const skipping = { ...shanghai, skipBadRows: true, monitoring: rules };
  const read = async (...headings: string[]) =>
    (await ingestMonitoring([results(...headings)], skipping)).results[0]?.indicators;
  expect(await read('接待礼仪')).toEqual({ etiquette: 80 });
  expect(await read('接待礼仪', 'smile')).toEqual({ etiquette: 80 });
  expect(await read('接待礼仪', 'etiquette')).toEqual({ etiquette: 80 });
  for (const [second, rule] of [
    ['smile', 'unknown-indicator'],
    ['etiquette', 'two-columns-for-indicator'],
  ] as const)
    expect(
      await refusal(ingestMonitoring([results('接待礼仪', second)], { ...shanghai, monitoring: rules })),
    ).toMatchObject([{ rule, row: 1, column: second }]);
});
