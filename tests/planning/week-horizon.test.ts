import { describe, expect, it } from 'vitest';
import { weekHorizon } from '../../src/planning/operation/week-horizon.ts';

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
