import { describe, expect, it } from 'vitest';
import { byteSourceOf } from '../../src/ingest/tables/byte-source.ts';
import type { IngestOptions } from '../../src/ingest/columns/map-file.ts';
import { ingestTraffic } from '../support/ingested.ts';
import { csv, shanghai } from '../support/ingest-options.ts';
import { halfHours, heading, rules } from './half-hours.ts';

describe('absent intervals', () => {
  /** Four weeks of half-hours, `count` calls each, with some left out. */
  const weeks = (count: (slot: number, day: number) => number | undefined): string[] =>
    halfHours(
      'a',
      '2026-10-05T00:00',
      Array.from({ length: 28 * 48 }, (_, i) => count(i % 48, Math.floor(i / 48))),
    );
  const read = async (rows: readonly string[], options: Partial<IngestOptions> = {}) =>
    ingestTraffic([csv(heading, ...rows)], { ...shanghai, ...options });

  it('are zero where the rate is low and the file never writes a 0', async () => {
    const rows = weeks((slot, day) => ((slot * 7 + day * 13) % 3 === 0 ? undefined : 1));
    const { records, report } = await read(rows);
    expect(records.filter(({ offered }) => offered === 0).length).toBeGreaterThan(400);
    expect(report.gaps.every(({ taken }) => taken === 'zero')).toBe(true);
    expect(rules(report.problems)).toContain('absent-taken-as-zero');
    const kept = await read(rows, { absent: 'gap' });
    expect(kept.records).toHaveLength(rows.length);
    expect(kept.report.gaps.every(({ taken }) => taken === 'gap')).toBe(true);
  });

  it('are told before and after the intervals of a queue that has none in between', async () => {
    const long = weeks(() => 12);
    const short = halfHours(
      'b',
      '2026-10-08T00:00',
      Array.from({ length: 48 }, () => 12),
    );
    const { records, report } = await read([...long, ...short], { absent: 'gap' });
    // its other Thursdays: of days that it never has it is closed
    expect(report.gaps).toEqual([
      { queue: 'b', from: '2026-10-15T00:00:00', to: '2026-10-29T23:30:00', intervals: 144, taken: 'gap' },
    ]);
    expect(records).toHaveLength(29 * 48);
  });

  it('are gaps where the file writes zeros itself', async () => {
    const { records } = await read(
      weeks((slot, day) => ((slot * 7 + day * 13) % 3 === 0 ? undefined : (slot + day) % 2)),
    );
    expect(records.length).toBeLessThan(28 * 48 - 400);
  });

  it('are a gap where a run is not likely at the usual rate', async () => {
    const { records, report } = await read(
      weeks((slot, day) => (day === 15 && slot >= 20 && slot < 24 ? undefined : 12)),
    );
    expect(report.gaps).toEqual([
      { queue: 'a', from: '2026-10-20T10:00:00', to: '2026-10-20T11:30:00', intervals: 4, taken: 'gap' },
    ]);
    expect(records).toHaveLength(28 * 48 - 4);
    expect(
      (
        await read(
          weeks((slot, day) => (day === 15 && slot === 20 ? undefined : 12)),
          { absent: 'zero' },
        )
      ).records,
    ).toHaveLength(28 * 48);
  });

  it('are nothing outside opening hours and at times that the file never has', async () => {
    const office = weeks((slot, day) => (slot >= 16 && slot < 36 && day % 7 < 5 ? 12 : undefined));
    expect((await read(office)).report.gaps).toEqual([]);
    const openingHours = Array.from({ length: 7 }, (_, day) =>
      day < 5 ? { from: '08:00', to: '18:00' } : null,
    );
    expect((await read(office, { openingHours, absent: 'zero' })).report.gaps).toEqual([]);
  });

  it('of a queue that the file stops having count up to the end of the file', async () => {
    const rows = weeks(() => 12);
    const other = halfHours(
      'b',
      '2026-10-05T00:00',
      Array.from({ length: 14 * 48 }, () => 12),
    );
    const { report } = await ingestTraffic(
      [byteSourceOf('x', [heading, ...rows, ...other].join('\n'))],
      shanghai,
    );
    expect(report.gaps).toMatchObject([
      { queue: 'b', from: '2026-10-19T00:00:00', to: '2026-11-01T23:30:00', taken: 'gap' },
    ]);
  });
});
