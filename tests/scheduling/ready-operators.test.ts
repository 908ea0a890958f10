import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Duty } from '../../src/contract/documents/roster-document.ts';
import type { Horizon } from '../../src/kernel/hotline.ts';
import { clockText } from '../../src/kernel/time-window.ts';
import { readyOperators, shiftedBy } from '../../src/scheduling/ready-operators.ts';

const dates = ['2026-11-23', '2026-11-24'];
const horizon: Horizon = {
  zone: 'Asia/Shanghai',
  startMillis: Date.parse('2026-11-23T00:00:00+08:00'),
  intervalMinutes: 60,
  count: 48,
};
const tierNames = ['general', 'expert'];

/** Duties of whole hours within a day, each of somebody else. */
const duties = fc.array(
  fc.record({
    date: fc.constantFrom(...dates),
    tier: fc.constantFrom(...tierNames),
    from: fc.integer({ min: 0, max: 20 }),
    hours: fc.integer({ min: 1, max: 3 }),
  }),
  { maxLength: 12 },
);

describe('operators ready as a roster has them', () => {
  it('stand in another week for the days that it has, and for no other', () => {
    const dateOf = shiftedBy(7, '2026-11-30', '2026-12-06');
    expect(['2026-11-22', '2026-11-23', '2026-11-29', '2026-11-30'].map(dateOf)).toEqual([
      undefined,
      '2026-11-30',
      '2026-12-06',
      undefined,
    ]);
  });

  it('are those of the tier who are on duty, less what is not ready, on the dates that stand for the week', () => {
    fc.assert(
      fc.property(
        duties,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 48, maxLength: 48 }),
        (drawn, share) => {
          const roster = drawn.map(({ date, tier, from, hours }, i): Duty => ({
            operator: String(i),
            shift: 'day',
            pinned: false,
            date,
            tier,
            start: clockText(60 * from),
            end: clockText(60 * (from + hours)),
          }));
          const tiers = tierNames.map((tier, t) => ({
            tier,
            ready: share.map((one) => (t === 0 ? one : 1)),
          }));
          const ready = readyOperators(roster, { dates, shifts: [], tiers }, horizon, (date) => date);
          expect(ready.map(({ tier }) => tier)).toEqual(tierNames);
          for (const [t, { tier, operators }] of ready.entries())
            for (let i = 0; i < 48; i += 1) {
              const own = drawn.filter(
                (one) =>
                  one.tier === tier &&
                  one.date === dates[Math.floor(i / 24)] &&
                  one.from <= i % 24 &&
                  i % 24 < one.from + one.hours,
              );
              expect(operators[i]).toBeCloseTo(own.length * (t === 0 ? (share[i] ?? 0) : 1), 9);
            }
        },
      ),
      { numRuns: 40 },
    );
  });

  it("are the plan's own shifts where no date of the roster stands for a day, those of a duty with its breaks", () => {
    const shift = {
      date: dates[0] ?? '',
      template: 'day',
      tier: 'general',
      start: '08:00',
      end: '12:00',
      operators: 4,
      breaks: [{ start: '10:00', minutes: 60, operators: 2 }],
    };
    const week = {
      dates,
      shifts: [shift],
      tiers: [{ tier: 'general', ready: new Float64Array(48).fill(1) }],
    };
    const hoursOf = (roster: readonly Duty[], isRostered: boolean): number[] => {
      const [own] = readyOperators(roster, week, horizon, (date) => (isRostered ? date : undefined));
      return [...(own?.operators.slice(8, 13) ?? [])];
    };
    expect(hoursOf([], false)).toEqual([4, 4, 2, 4, 0]);
    expect(hoursOf([], true)).toEqual([0, 0, 0, 0, 0]);
    const later: Duty = {
      ...{ operator: 'a', date: dates[0] ?? '', shift: 'day', tier: 'general', pinned: false },
      ...{ start: '09:00', end: '13:00' },
    };
    // One of four, an hour later: a quarter of the break moves along.
    expect(hoursOf([later], true)).toEqual([0, 1, 1, 0.5, 1]);
    // The break moves out of what is left of a duty; a duty has the breaks of the shift that is most like it.
    const short = { ...later, start: '10:00', end: '12:00' };
    expect(hoursOf([short], true)).toEqual([0, 0, 1, 1, 0]);
    week.shifts.push(
      { ...shift, start: '03:00', end: '07:00', breaks: [{ start: '04:00', minutes: 60, operators: 4 }] },
      { ...shift, tier: 'other', breaks: [{ start: '11:00', minutes: 60, operators: 4 }] },
    );
    expect(hoursOf([later], true)).toEqual([0, 1, 1, 0.5, 1]);
  });
});
