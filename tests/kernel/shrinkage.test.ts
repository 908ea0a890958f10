import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fullestShrinkage,
  meanShrinkage,
  shrinkageByInterval,
  weeklyShare,
  type ShrinkageKind,
} from '../../src/kernel/shrinkage.ts';
import { startOfDay } from '../../src/kernel/time.ts';

const zone = 'Asia/Shanghai';
/** From Monday 2026-11-23, 00:00. */
const week = (intervalMinutes: number) => ({
  zone,
  startMillis: startOfDay('2026-11-23', zone),
  intervalMinutes,
  count: (7 * 1440) / intervalMinutes,
});
const leave: ShrinkageKind = { share: 0.12 };
const training: ShrinkageKind = { share: 0.3, weekdays: [3], from: '14:15', to: '16:00' };
const night: ShrinkageKind = { share: 0.1, weekdays: [7], from: '23:00', to: '01:30' };

describe('shrinkage by interval', () => {
  it('a plain number is itself everywhere', () => {
    expect([...new Set(shrinkageByInterval(0.26, week(30)))]).toEqual([0.26]);
    expect(meanShrinkage(0.26)).toBe(0.26);
  });

  it('kinds that hold at all times come to the same as windows from midnight to midnight', () => {
    const always = [leave, { share: 0.07, onTheDay: true }, { share: 0.013 }];
    const windows = always.map((kind) => ({ ...kind, from: '00:00', to: '24:00' }));
    for (const minutes of [15, 30, 60])
      expect(shrinkageByInterval(always, week(minutes))).toEqual(shrinkageByInterval(windows, week(minutes)));
    expect(shrinkageByInterval([], week(60))).toEqual(new Float64Array(168));
  });

  it('kinds add up in their windows, for the minutes that they cover', () => {
    const row = shrinkageByInterval([leave, training], week(30));
    const wednesday = 2 * 48;
    expect(row[wednesday + 27]).toBeCloseTo(0.12, 12);
    expect(row[wednesday + 28]).toBeCloseTo(0.12 + 0.15, 12);
    expect(row[wednesday + 29]).toBeCloseTo(0.42, 12);
    expect(row[wednesday + 31]).toBeCloseTo(0.42, 12);
    expect(row[wednesday + 32]).toBeCloseTo(0.12, 12);
    expect(row[28]).toBeCloseTo(0.12, 12);
  });

  it('a window past midnight belongs to the day on which it starts', () => {
    const row = shrinkageByInterval([night], week(30));
    const on = [...row].flatMap((part, i) => (part > 0 ? [i] : []));
    expect(on).toEqual([0, 1, 2, 6 * 48 + 46, 6 * 48 + 47]);
  });

  it('the local clock rules across a change of the clocks', () => {
    const berlin = 'Europe/Berlin';
    const horizon = {
      zone: berlin,
      startMillis: startOfDay('2026-10-25', berlin),
      intervalMinutes: 60,
      count: 25,
    };
    const row = shrinkageByInterval([{ share: 0.5, from: '02:00', to: '03:00' }], horizon);
    expect([...row].flatMap((part, i) => (part > 0 ? [i] : []))).toEqual([2, 3]);
  });

  it('the mean over a week is the mean of its intervals, whatever their length', () => {
    const clock = fc
      .integer({ min: 0, max: 95 })
      .map((q) => `${String(Math.floor(q / 4)).padStart(2, '0')}:${String(15 * (q % 4)).padStart(2, '0')}`);
    const kind = fc.record({
      share: fc.integer({ min: 0, max: 20 }).map((n) => n / 100),
      weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      from: clock,
      to: clock,
    });
    fc.assert(
      fc.property(fc.array(kind, { minLength: 1, maxLength: 4 }), (kinds) => {
        for (const minutes of [5, 30, 60]) {
          const row = shrinkageByInterval(kinds, week(minutes));
          const mean = row.reduce((sum, part) => sum + part, 0) / row.length;
          expect(mean).toBeCloseTo(meanShrinkage(kinds), 9);
          expect(Math.max(...row)).toBeLessThanOrEqual(fullestShrinkage(kinds).share + 1e-9);
        }
      }),
      { seed: 4, numRuns: 60 },
    );
  });

  it('says where most comes together', () => {
    expect(fullestShrinkage([leave, training])).toEqual({ share: 0.42, weekday: 2, minute: 855 });
    expect(weeklyShare(training)).toBeCloseTo((0.3 * 105) / 10_080, 12);
  });
});
