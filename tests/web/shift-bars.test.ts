import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { shiftsSchema } from '../../src/contract/models/shifts-model.ts';
import { clockText, closingTime } from '../../src/kernel/time-window.ts';
import { clockTyped } from '../../src/web/settings/labelled.tsx';
import {
  freeKey,
  grips,
  hoursText,
  moveShift,
  newShift,
  nightHours,
  paidHours,
  type ShiftTemplate,
  startsOf,
  stretchesOf,
  withStarts,
} from '../../src/web/settings/shifts/shift-row.tsx';
import { formatOf } from '../../src/web/words/words.tsx';

const clock = fc.integer({ min: 0, max: 1440 }).map(clockText);
const template: fc.Arbitrary<ShiftTemplate> = fc.record({
  template: fc.constant('late'),
  name: fc.constant({ 'zh-CN': '晚班', en: 'Late' }),
  hours: fc.integer({ min: 2, max: 64 }).map((quarters) => quarters / 4),
  earliestStart: clock,
  latestStart: clock,
  startEveryMinutes: fc.constantFrom(15, 30, 60),
  breaks: fc.array(
    fc.record({
      minutes: fc.integer({ min: 5, max: 60 }),
      earliestHours: fc.integer({ min: 0, max: 8 }),
      latestHours: fc.integer({ min: 0, max: 16 }),
      paid: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
});
const late = (starts: readonly [string, string], hours = 8): ShiftTemplate => ({
  template: 'late',
  name: { 'zh-CN': '晚班', en: 'Late' },
  hours,
  earliestStart: starts[0],
  latestStart: starts[1],
  startEveryMinutes: 30,
  breaks: [],
});
const starts = ({ earliestStart, latestStart }: ShiftTemplate): string[] => [earliestStart, latestStart];

describe('a shift on its bar', () => {
  test('goes in and comes out equal, and what is moved there and back is as it was', () => {
    fc.assert(
      fc.property(template, fc.constantFrom(...grips), (stored, grip) => {
        expect(withStarts(stored, startsOf(stored))).toEqual(stored);
        expect(moveShift(stored, grip, 7)).toBe(stored);
        const back = moveShift(moveShift(stored, 'whole', 45), 'whole', -45);
        expect(startsOf(back)).toEqual({ ...startsOf(stored), earliest: startsOf(stored).earliest % 1440 });
      }),
    );
  });

  test('whatever is dragged however far, the schema takes it', () => {
    const shifts: unknown = JSON.parse(
      readFileSync(new URL('../../models/shifts.json', import.meta.url), 'utf8'),
    );
    fc.assert(
      fc.property(
        template,
        fc.array(fc.tuple(fc.constantFrom(...grips), fc.integer({ min: -3000, max: 3000 })), {
          maxLength: 8,
        }),
        (stored, drags) => {
          const dragged = drags.reduce((now, [grip, by]) => moveShift(now, grip, by), stored);
          const parsed = shiftsSchema.safeParse({ ...(shifts as object), templates: [dragged] });
          expect(parsed.error?.issues ?? []).toEqual([]);
          expect(dragged.breaks).toEqual(stored.breaks);
        },
      ),
    );
  });

  test('ends keep to quarters of an hour; the latest start stays behind the earliest', () => {
    const shift = late(['14:00', '16:00']);
    expect(starts(moveShift(shift, 'latest', 50))).toEqual(['14:00', '16:45']);
    expect(starts(moveShift(shift, 'latest', -500))).toEqual(['14:00', '14:00']);
    expect(starts(moveShift(shift, 'earliest', 180))).toEqual(['17:00', '17:00']);
    expect(starts(moveShift(shift, 'earliest', -60))).toEqual(['13:00', '16:00']);
    expect(starts(moveShift(shift, 'whole', 9 * 60))).toEqual(['23:00', '01:00']);
    expect([30, -9999, 9999].map((by) => moveShift(shift, 'end', by).hours)).toEqual([8.5, 0.5, 16]);
    expect([7, 8, 22, 23].map((by) => starts(moveShift(shift, 'whole', by))[0])).toEqual([
      '14:00',
      '14:15',
      '14:15',
      '14:30',
    ]);
  });

  test('what runs past midnight begins again at the left; night and paid hours are counted', () => {
    expect(stretchesOf(1320, 480)).toEqual([
      { from: 1320, to: 1440 },
      { from: 0, to: 360 },
    ]);
    expect([stretchesOf(1440, 60), stretchesOf(600, 0)]).toEqual([[{ from: 0, to: 60 }], []]);
    expect([nightHours(late(['22:00', '23:00'], 9)), nightHours(late(['08:00', '09:00']))]).toEqual([7, 0]);
    const breaks = [
      { minutes: 60, earliestHours: 3, latestHours: 4, paid: false },
      { minutes: 15, earliestHours: 1, latestHours: 2, paid: true },
    ];
    expect(paidHours({ hours: 9, breaks })).toBe(8);
    expect([8, 7.5, 7.25].map((hours) => hoursText(formatOf('en'), hours))).toEqual(['8', '7.5', '7.25']);
  });

  test('a new one fits the schema and has a key of its own; half-typed times are told from times', () => {
    const first = newShift([], { 'zh-CN': '新班次', en: 'New shift' });
    const shifts = JSON.parse(
      readFileSync(new URL('../../models/shifts.json', import.meta.url), 'utf8'),
    ) as object;
    expect(shiftsSchema.safeParse({ ...shifts, templates: [first] }).success).toBe(true);
    expect(freeKey([first, { ...first, template: 'shift-2' }], 'shift')).toBe('shift-3');
    expect(['7:30', '7：30', '07:30', '0730', '7:3', ''].map(clockTyped)).toEqual([
      '07:30',
      '07:30',
      '07:30',
      '07:30',
      '7:3',
      '',
    ]);
    expect(['24:00', '23:59', '24:30', '7:3'].map((clock) => closingTime.test(clock))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(startsOf({ earliestStart: '7:3', latestStart: '08:00' })).toEqual({ earliest: 0, spread: 480 });
  });
});
