import { describe, expect, it } from 'vitest';
import { durationSeconds } from '../../src/ingest/durations.ts';
import { createFastTimeReader, readTime, type DateOrder } from '../../src/ingest/wall-clock.ts';

const read = (said: string, order?: DateOrder): string => {
  const time = readTime(said, order);
  if (typeof time === 'string') return time;
  const wall = new Date(time.millis).toISOString().slice(0, 19).replace('T', ' ');
  const range = time.rangeMinutes === undefined ? '' : ` +${time.rangeMinutes}`;
  return `${time.dateOnly ? wall.slice(0, 10) : wall}${time.fixed ? 'Z' : ''}${range}`;
};

describe('readTime', () => {
  it.each([
    ['2026/11/23 8:00', '2026-11-23 08:00:00'],
    ['2026-11-23 08:00:00', '2026-11-23 08:00:00'],
    ['2026-11-23T08:00:05.250', '2026-11-23 08:00:05'],
    ['20261123 0800', '2026-11-23 08:00:00'],
    ['202611230800', '2026-11-23 08:00:00'],
    ['20261123080015', '2026-11-23 08:00:15'],
    ['2026.11.23 08:00', '2026-11-23 08:00:00'],
    ['2026年11月23日 8时30分', '2026-11-23 08:30:00'],
    ['2026年11月23日8点', '2026-11-23 08:00:00'],
    ['2026-11-23 星期一 08:00', '2026-11-23 08:00:00'],
    ['2026-11-23(周一) 8:30', '2026-11-23 08:30:00'],
    ['2026-11-23 下午3:15', '2026-11-23 15:15:00'],
    ['2026-11-23 12:05 AM', '2026-11-23 00:05:00'],
    ['11/23/2026 8:00 PM', '2026-11-23 20:00:00'],
    ['23.11.2026 08:00', '2026-11-23 08:00:00'],
    ['23-Nov-2026 08:00', '2026-11-23 08:00:00'],
    ['Nov 23, 2026 8:00 AM', '2026-11-23 08:00:00'],
    ['2026-11-23 24:00', '2026-11-24 00:00:00'],
    ['2026-11-23 8', '2026-11-23 08:00:00'],
    ['2026-11-23', '2026-11-23'],
    ['20261123', '2026-11-23'],
    ['46349', '2026-11-23'],
    ['46349.33333333333', '2026-11-23 08:00:00'],
    ['2026-11-23T08:00:00+08:00', '2026-11-23 00:00:00Z'],
    ['2026-11-23T08:00:00Z', '2026-11-23 08:00:00Z'],
    ['2026-11-23 08:00:00 -0500', '2026-11-23 13:00:00Z'],
    ['1795420800', '2026-11-23 08:00:00Z'],
    ['1795420800000', '2026-11-23 08:00:00Z'],
    ['2026-11-23 8:00-8:30', '2026-11-23 08:00:00 +30'],
    ['2026-11-23 08:00~08:15', '2026-11-23 08:00:00 +15'],
    ['2026-11-23 8:00—9:00', '2026-11-23 08:00:00 +60'],
    ['2026-11-23 08:00至08:29', '2026-11-23 08:00:00 +30'],
    ['2026-11-23 08:00:00-08:29:59', '2026-11-23 08:00:00 +30'],
    ['2026-11-23 0800-0830', '2026-11-23 08:00:00 +30'],
    ['2026-11-23 08:00-08:30', '2026-11-23 08:00:00 +30'],
    ['2026-11-23 08:00-05:00', '2026-11-23 13:00:00Z'],
    ['2026-11-23T02:00-04:00', '2026-11-23 06:00:00Z'],
    ['2026-11-23 23:30-00:00', '2026-11-23 23:30:00 +30'],
    ['2026-11-23 08:00 - 2026-11-23 08:30', '2026-11-23 08:00:00 +30'],
    ['２０２６－１１－２３ ０８：００', '2026-11-23 08:00:00'],
  ])('%s', (said, wanted) => {
    expect(read(said)).toBe(wanted);
  });

  it('needs the order of day and month where both could be either', () => {
    expect(read('04/05/2026 08:00')).toBe('ambiguous-date');
    expect(read('04/05/2026 08:00', 'dmy')).toBe('2026-05-04 08:00:00');
    expect(read('04/05/2026 08:00', 'mdy')).toBe('2026-04-05 08:00:00');
    expect(read('05/05/2026 08:00')).toBe('2026-05-05 08:00:00');
    expect(read('23/11/2026 08:00', 'mdy')).toBe('impossible-date');
  });

  it.each([
    ['2026-13-01', 'impossible-date'],
    ['2026-02-29 08:00', 'impossible-date'],
    ['2026-11-23 08:60', 'impossible-date'],
    ['08:00', 'not-a-time'],
    ['', 'not-a-time'],
    ['队列', 'not-a-time'],
    ['12', 'not-a-time'],
  ])('refuses %s as %s', (said, fault) => {
    expect(read(said)).toBe(fault);
  });
});

describe('the fast reader', () => {
  it('agrees with the careful one, and leaves all other forms to it', () => {
    const fast = createFastTimeReader();
    const run = (said: string): number => {
      const bytes = new TextEncoder().encode(said);
      return fast(bytes, 0, bytes.length);
    };
    for (const said of [
      '2026-11-23 08:00:00',
      '2026/11/23 08:59',
      '2026-11-23T23:59:59',
      '2024-02-29 00:00',
    ]) {
      const careful = readTime(said);
      expect(run(said)).toBe(typeof careful === 'string' ? Number.NaN : careful.millis);
    }
    for (const said of [
      '2026-02-29 08:00',
      '2026-11-23 24:00',
      '2026-11-23 8:00:00',
      '2026-1x-23 08:00',
      '2026-11/23 08:00',
    ])
      expect(run(said)).toBeNaN();
  });
});

describe('durationSeconds', () => {
  it.each([
    ['90', 'seconds', 90],
    ['1.5', 'minutes', 90],
    ['2500', 'milliseconds', 2.5],
    ['2', 'hours', 7200],
    ['1:30', 'seconds', 90],
    ['0:01:30', 'seconds', 90],
    ['100:00:00', 'clock', 360_000],
    ['8:30', 'clock-hours', 30_600],
    ['1分30秒', 'seconds', 90],
    ['1小时2分', 'seconds', 3720],
    ['1,234', 'seconds', 1234],
  ] as const)('%s in %s is %d', (said, unit, seconds) => {
    expect(durationSeconds(said, unit)).toBeCloseTo(seconds, 9);
  });
  it.each(['', 'x', '1:75', '1:2:3:4'])('refuses "%s"', (said) => {
    expect(durationSeconds(said, 'seconds')).toBeNaN();
  });
});
