import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ingestTopics } from '../../src/ingest/kinds/ingest-topics.ts';
import { byteSourceOf } from '../../src/ingest/tables/byte-source.ts';
import { topicOfSpaces } from '../support/hostile-files.ts';
import { ingestTraffic } from '../support/ingested.ts';
import { refusal, shanghai } from '../support/ingest-options.ts';

const heading = 'queue,start,offered\n';

/** 25 MB of rows in 0.2 MB: below the ratio, and below the size, from which a packed file is refused. */
const gzipBomb = (): Uint8Array => {
  const rows = Array.from({ length: 400 }, (_, i) => `q${i % 7},2026-11-0${i % 9} 25:00,nonsense`).join('\n');
  return gzipSync(`${heading}${`${rows}\n`.repeat(2000)}`);
};

/** Lines whose quote never closes, each of which is looked for as far as a record may reach. */
const openQuotes = (lines: number): string => `${heading}${`x"y,"${'z'.repeat(300)}\n`.repeat(lines)}`;

describe.each([
  ['a gzip bomb', 'traffic.csv.gz', gzipBomb()],
  ['a quote that never closes, on every line', 'traffic.csv', openQuotes(12_000)],
  ['the same in the first piece', 'traffic.csv', openQuotes(850)],
])('%s', (_, name, content) => {
  test.each([true, false])(
    'is given up when its processor time is over (skipping bad rows: %s)',
    async (skipBadRows) => {
      const limits = {
        maxFileSeconds: 0.2,
        maxFileSecondsPerMegabyte: 0.05,
        maxFileSecondsPerPackedMegabyte: 0.05,
      };
      const { user, system } = process.cpuUsage();
      const problems = await refusal(
        ingestTraffic([byteSourceOf(name, content)], { ...shanghai, skipBadRows, limits }),
      );
      const used = process.cpuUsage({ user, system });
      expect(problems.map(({ rule }) => rule)).toContain('file-exceeds-time');
      expect((used.user + used.system) / 1e6).toBeLessThan(5);
    },
  );
});

test('the rows of a workbook are given up when their processor time is over, as those of any file', async () => {
  const limits = { maxFileSeconds: 0.005, maxFileSecondsPerPackedMegabyte: 0.005 };
  const book = byteSourceOf('topics.xlsx', topicOfSpaces(2000));
  const problems = await refusal(ingestTopics([book], { ...shanghai, limits }));
  expect(problems.map(({ rule }) => rule)).toEqual(['file-exceeds-time']);
});
