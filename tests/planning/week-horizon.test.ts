import { describe, expect, it } from 'vitest';
import { ofMeasures } from '../../src/kernel/records.ts';
import { alignRecords, freshOf } from '../../src/planning/comparison/read-actuals.ts';
import { fieldGrid } from '../../src/planning/history/read-history.ts';
import { weekHorizon } from '../../src/planning/operation/week-horizon.ts';

it('what was recorded of an hour that clocks repeat stands by itself: 98 calls and then 11 are not 54.5 twice', () => {
  const week = weekHorizon('2026-W43', 'Europe/Berlin', 60);
  const { startMillis, count } = week.horizon;
  const starts = Float64Array.from({ length: count }, (_, i) => startMillis + i * 3_600_000);
  const [first, second] = week.starts.flatMap((start, i) => (start === '2026-10-25T02:00' ? [i] : []));
  const offered = starts.map((_, i) => (i === first ? 98 : i === second ? 11 : 40));
  const columns = {
    queue: 'a',
    intervalMinutes: 60,
    startMillis: starts,
    ...ofMeasures(() => offered),
  };
  expect([first, second]).toEqual([146, 147]);
  expect(alignRecords(columns, 'offered', week)).toEqual(offered);
  // A tenth of the hour's calls came again: of either half a tenth.
  const grid = fieldGrid(columns, 'offered', 'Europe/Berlin');
  const fresh = freshOf(columns, { ...grid, values: grid.values.map((calls) => 0.9 * calls) }, week);
  expect([fresh[first ?? 0], fresh[second ?? 0], fresh[0]]).toEqual(
    [88.2, 9.9, 36].map((n) => expect.closeTo(n, 9)),
  );
});

describe('the intervals of a week', () => {
  it('are 336 half-hours where clocks stand still', () => {
    const week = weekHorizon('2026-W48', 'Asia/Shanghai', 30);
    expect(week.horizon.count).toBe(336);
    expect(week.starts[0]).toBe('2026-11-23T00:00');
    expect(week.starts.at(-1)).toBe('2026-11-29T23:30');
    expect(week.slot[47]).toBe(47);
    expect(week.day[48]).toBe(1);
  });

  it('are an hour fewer when clocks go forward and one more when they go back', () => {
    expect(weekHorizon('2026-W13', 'Europe/Berlin', 60).horizon.count).toBe(167);
    expect(weekHorizon('2026-W43', 'Europe/Berlin', 60).horizon.count).toBe(169);
  });

  it('keep the repeated hour in its slot', () => {
    const week = weekHorizon('2026-W43', 'Europe/Berlin', 60);
    const sunday = week.starts.filter((start) => start.startsWith('2026-10-25T02'));
    expect(sunday).toHaveLength(2);
  });
});
