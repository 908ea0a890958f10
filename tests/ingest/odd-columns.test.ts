import { expect, test } from 'vitest';
import { BadInputError } from '../../src/kernel/errors.ts';
import { ingestCalls, ingestTraffic } from '../support/ingested.ts';
import { csv, shanghai } from '../support/ingest-options.ts';

/** Columns of which nobody can know what they hold, and names that are no queues. */
const refusals = async (read: Promise<unknown>): Promise<readonly string[]> =>
  read.then(
    () => [],
    (error: unknown) => {
      if (!(error instanceof BadInputError)) throw error;
      return error.problems.map(({ rule, column }) => `${rule} ${column ?? ''}`);
    },
  );

const heading = 'queue,start,interval_minutes,offered';

test('two columns of one heading are refused by name where their cells differ', async () => {
  const rows = Array.from({ length: 48 }, (_, i) => {
    const at = `${String(Math.floor(i / 2)).padStart(2, '0')}:${i % 2 === 0 ? '00' : '30'}`;
    return `general,2026-11-02 ${at},30,${10 + (i % 5)}`;
  });
  const twice = (other: (cell: string) => string) =>
    refusals(
      ingestTraffic(
        [
          csv(
            `${heading},Offered `,
            ...rows.map((row) => `${row},${other(row.slice(row.lastIndexOf(',') + 1))}`),
          ),
        ],
        shanghai,
      ),
    );
  expect(await twice((cell) => `${Number(cell) + 1}`)).toEqual(['heading-repeated offered']);
  expect(await twice((cell) => cell)).toEqual([]);
  // what no field is read from may stand there twice
  const notes = rows.map((row, i) => `${row},note ${i},remark ${i}`);
  expect(await refusals(ingestTraffic([csv(`${heading},note,note`, ...notes)], shanghai))).toEqual([]);
  const ids = rows.map((row, i) => `${row.replace(',30,', ',')},${i}`);
  expect(await refusals(ingestTraffic([csv('queue,start,offered,queue', ...ids)], shanghai))).toEqual([
    'heading-repeated queue',
  ]);
});

test('names by the thousands are asked about before they become queues', async () => {
  const calls = (queues: number) =>
    csv(
      'queue,arrived_at,wait_seconds,outcome',
      ...Array.from(
        { length: 20_000 },
        (_, i) => `call-${i % queues},2026-11-02 08:${10 + (i % 50)}:00,5,answered`,
      ),
    );
  const options = { ...shanghai, knownQueues: undefined };
  expect(await refusals(ingestCalls([calls(20_000)], options))).toEqual(['unusual-queues queue']);
  expect(await refusals(ingestCalls([calls(20_000)], { ...options, acceptUnusual: true }))).toEqual([]);
  expect(await refusals(ingestCalls([calls(300)], options))).toEqual([]);
});
