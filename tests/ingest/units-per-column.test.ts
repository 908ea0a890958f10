import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../../src/ingest/tables/byte-source.ts';
import { messageOf, remedyOf } from '../support/said.ts';
import { csv, guess, refusal, shanghai } from '../support/ingest-options.ts';
import { parseMapFile } from '../../src/ingest/columns/map-file.ts';
import { ingestTraffic } from '../support/ingested.ts';

const seconds = { seconds: 1, minutes: 60, milliseconds: 0.001 } as const;
type Unit = keyof typeof seconds;

/** Two days of half-hours of a line whose callers hang up after `patience` seconds on average. */
const line = (
  { handle, wait, patience }: { handle: number; wait: number; patience: number },
  units: { handle: Unit; wait: Unit },
): ByteSource => {
  const written = (value: number, unit: Unit): string =>
    (value / seconds[unit]).toFixed(unit === 'minutes' ? 2 : 0);
  return csv(
    'queue,Interval,Calls Offered,Calls Answered,Calls Abandoned,Avg Handle Time,Avg Speed of Answer',
    ...Array.from({ length: 96 }, (_, i) => {
      const start = new Date(Date.UTC(2026, 10, 2) + i * 1_800_000).toISOString().slice(0, 16);
      const [offered, swing] = [400 + (i % 9), 0.8 + (i % 5) / 10];
      const lost = Math.round((offered * wait) / patience);
      return `a,${start},${offered},${offered - lost},${lost},${written(handle * swing, units.handle)},${written(wait * swing, units.wait)}`;
    }),
  );
};

const unit = fc.constantFrom<Unit>('seconds', 'minutes', 'milliseconds');

describe('units of a file whose headings say none', () => {
  it('each column has its own, whatever the other is in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ handle: unit, wait: unit }),
        fc.record({
          handle: fc.integer({ min: 60, max: 900 }),
          wait: fc.integer({ min: 4, max: 200 }),
          patience: fc.integer({ min: 60, max: 540 }),
        }),
        async (units, figures) => {
          fc.pre(
            figures.wait < 0.4 * figures.patience && !(units.handle === 'minutes' && figures.handle > 590),
          );
          const { columns } = await guess(line(figures, units), 'traffic');
          const found = Object.fromEntries(columns.map((column) => [column.guess, column.unit]));
          expect(found).toMatchObject({
            handle_seconds_mean: units.handle,
            wait_seconds_mean_answered: units.wait,
          });
        },
      ),
      { numRuns: 150 },
    );
  });

  it('a wait that few hang up in is questioned before it is believed', async () => {
    const file = () => line({ handle: 252, wait: 9, patience: 150 }, { handle: 'minutes', wait: 'seconds' });
    const map = parseMapFile({
      ...(await guess(file(), 'traffic')).map,
      units: { handle_seconds_mean: 'minutes', wait_seconds_mean_answered: 'minutes' },
    });
    const [problem] = (await refusal(ingestTraffic([file()], { ...shanghai, map }))).filter(
      ({ severity }) => severity === 'error',
    );
    expect(problem).toMatchObject({ rule: 'unusual-wait' });
    expect(messageOf(problem).en).toContain('longer than calls last');
    expect(remedyOf(problem).en).toContain('--unit wait_seconds_mean_answered=seconds');
  });
});
