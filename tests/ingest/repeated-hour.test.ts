import { describe, expect, it } from 'vitest';
import { ingestTraffic } from '../../src/ingest/kinds/ingest-traffic.ts';
import { csv, shanghai } from '../support/ingest-options.ts';
import { heading, rules } from './half-hours.ts';

describe('a repeated hour', () => {
  const berlin = { ...shanghai, zone: 'Europe/Berlin' };
  const walls = ['01:30', '02:00', '02:30', '02:00', '02:30', '03:00'];
  const rows = walls.map((wall, i) => `a,2026-10-25 ${wall},${i + 1}`);
  const expected = [1, 2, 3, 4, 5, 6].map((offered, i) =>
    expect.objectContaining({ offered, startMillis: Date.UTC(2026, 9, 24, 23, 30) + i * 1_800_000 }),
  );

  it('is told apart by order, in files that run either way, and reported', async () => {
    const forwards = await ingestTraffic([csv(heading, ...rows)], berlin);
    expect(forwards.records).toEqual(expected);
    expect(rules(forwards.report.problems)).toContain('repeated-hour');
    expect((await ingestTraffic([csv(heading, ...rows.toReversed())], berlin)).records).toEqual(expected);
  });

  it('keeps both passes when their figures are the same', async () => {
    const same = rows.map((row) => row.replace(/\d+$/, '7'));
    const { records, report } = await ingestTraffic([csv(heading, ...same)], berlin);
    expect(records).toHaveLength(6);
    expect(report.files[0]?.duplicates).toBe(0);
  });

  it('changes nothing when the same file comes twice', async () => {
    const { records, report } = await ingestTraffic([csv(heading, ...rows), csv(heading, ...rows)], berlin);
    expect(records).toEqual(expected);
    expect(report.files[1]?.duplicates).toBe(6);
  });
});
