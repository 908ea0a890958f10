import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shiftsSchema } from '../../src/contract/models/shifts-model.ts';
import { layOutShifts } from '../../src/scheduling/shift-grid.ts';

const horizon = {
  zone: 'Asia/Shanghai',
  startMillis: Date.parse('2026-11-22T16:00:00Z'),
  intervalMinutes: 30,
  count: 336,
};
const layOut = (template: Record<string, unknown>, open?: Uint8Array, over = horizon) =>
  layOutShifts(
    over,
    shiftsSchema.parse({
      templates: [
        {
          template: 'one',
          name: { 'zh-CN': '甲', en: 'One' },
          hours: 8,
          earliestStart: '08:00',
          latestStart: '09:00',
          startEveryMinutes: 30,
          breaks: [],
          ...template,
        },
      ],
      prices: { underPerHour: 1, severeUnderPerHour: 1, mildUnderShare: 0, overPerHour: 0 },
    }),
    open,
  );

describe('the grid of shifts', () => {
  it('is as fine as starts and breaks need, and no finer', () => {
    expect(layOut({}).slotMinutes).toBe(30);
    expect(
      layOut({ breaks: [{ minutes: 15, earliestHours: 2, latestHours: 3, paid: true }] }).slotMinutes,
    ).toBe(15);
    expect(layOut({ hours: 8.01 }).slotMinutes).toBe(5);
  });

  it('lets starts wrap past midnight', () => {
    const { templates, clock } = layOut({ earliestStart: '23:00', latestStart: '00:30' });
    const minutes = new Set([...(templates[0]?.starts ?? [])].map((slot) => clock[slot]?.minute));
    expect([...minutes].sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual([0, 30, 1380, 1410]);
  });

  it('cuts windows that overlap, so that any choice within them is possible', () => {
    const { templates } = layOut({
      breaks: [
        { minutes: 60, earliestHours: 2, latestHours: 5, paid: true },
        { minutes: 30, earliestHours: 4, latestHours: 7.5, paid: false },
      ],
    });
    const [first, second] = templates[0]?.breaks ?? [];
    expect(first).toEqual({ lengthSlots: 2, earliest: 4, latest: 6 });
    expect(second).toEqual({ lengthSlots: 1, earliest: 8, latest: 15 });
    expect(templates[0]?.pricedHours).toBe(7.5);
  });

  it('drops a break that no longer fits, and starts of shifts longer than the horizon', () => {
    const late = layOut({ breaks: [{ minutes: 60, earliestHours: 7.5, latestHours: 8, paid: true }] });
    expect(late.templates[0]?.breaks).toEqual([]);
    const short = layOutShifts(
      { ...horizon, count: 10 },
      shiftsSchema.parse({
        templates: [
          {
            template: 'one',
            name: { 'zh-CN': '甲', en: 'One' },
            hours: 8,
            earliestStart: '00:00',
            latestStart: '01:00',
            startEveryMinutes: 30,
            breaks: [],
          },
        ],
        prices: { underPerHour: 1, severeUnderPerHour: 1, mildUnderShare: 0, overPerHour: 0 },
      }),
    );
    expect(short.templates[0]?.starts).toHaveLength(0);
  });

  const openFrom = (from: number, to: number, lunch = [0, 0]) =>
    Uint8Array.from({ length: 336 }, (_, i) => {
      const hour = (i % 48) / 2;
      return hour >= from && hour < to && !(hour >= lunch[0]! && hour < lunch[1]!) ? 1 : 0;
    });
  const startsAt = (open: Uint8Array, template: Record<string, unknown>) => {
    const { templates, clock } = layOut({ earliestStart: '07:00', latestStart: '18:30', ...template }, open);
    return [...(templates[0]?.starts ?? [])].map((slot) => clock[slot]?.minute ?? 0);
  };

  it('keeps shifts within opening hours', () => {
    for (const hours of [4, 8]) {
      const starts = startsAt(openFrom(8, 20), { hours });
      expect([Math.min(...starts), Math.max(...starts)]).toEqual([8 * 60, (20 - hours) * 60]);
      expect(starts).toHaveLength(7 * (2 * (12 - hours) + 1));
    }
    expect(startsAt(openFrom(0, 24), {})).toHaveLength(7 * 24);
  });

  it('a closure of three hours is worked through, a longer one is not, wherever the day is cut', () => {
    const day = { ...horizon, count: 48 };
    const open = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 9 })), {
      minLength: 1,
      maxLength: 14,
    });
    fc.assert(
      fc.property(open, fc.integer({ min: 1, max: 20 }), (stretches, slots) => {
        const isOpen = stretches.flatMap(([own, length]) => Array.from({ length }, () => own)).slice(0, 48);
        while (isOpen.length < 48) isOpen.push(true);
        const around = (slot: number): boolean => isOpen[(slot + 480) % 48] === true;
        const nearest = (slot: number, step: number): number => {
          let far = 0;
          while (!around(slot + far) && Math.abs(far) < 48) far += step;
          return Math.abs(far);
        };
        const closed = isOpen.map((own, slot) => (own || nearest(slot, 1) + nearest(slot, -1) <= 7 ? 0 : 1));
        const covered = (start: number): number[] =>
          Array.from({ length: slots }, (_, k) => (start + k) % 48);
        const beyond = isOpen.map((_, start) => covered(start).reduce((sum, slot) => sum + closed[slot]!, 0));
        const least = isOpen.map((_, slot) =>
          Math.min(...beyond.filter((__, start) => covered(start).includes(slot))),
        );
        const wanted = isOpen.flatMap((_, start) =>
          beyond[start] === 0 || covered(start).some((slot) => around(slot) && least[slot] === beyond[start])
            ? [start]
            : [],
        );
        const every = { hours: slots / 2, earliestStart: '00:00', latestStart: '23:30' };
        const laid = layOut(every, Uint8Array.from(isOpen, Number), day).templates[0]?.starts ?? [];
        expect([...laid]).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });

  it('spans a lunch break of the line, and reaches beyond its hours by the least where nothing shorter does', () => {
    expect(startsAt(openFrom(8, 18, [12, 14]), {})).toHaveLength(7 * 5);
    // Four hours of calls and one shift of eight: those that cover all of it, whichever way.
    const evening = startsAt(openFrom(18, 22), { latestStart: '23:00' });
    expect([Math.min(...evening), Math.max(...evening)]).toEqual([14 * 60, 18 * 60]);
  });
});
