import { describe, expect, it } from 'vitest';
import { durationSeconds, guessDecimalMark, plainNumber } from '../../src/ingest/cells/durations.ts';

describe('durationSeconds', () => {
  it.each([
    ['90', 'seconds', 90],
    ['1.5', 'minutes', 90],
    ['0.5', 'hours', 1800],
    ['1500', 'milliseconds', 1.5],
    ['7', 'clock', 7],
    ['2', 'clock-hours', 7200],
    ['1,234.5', 'seconds', 1234.5],
    ['-30', 'seconds', -30],
    ['１２', 'seconds', 12],
    ['1:02:03', 'seconds', 3723],
    ['1:02:03.5', 'clock-hours', 3723.5],
    ['2:05', 'clock', 125],
    ['2:05', 'clock-hours', 7500],
    [' 0:59 ', 'seconds', 59],
    [':41', 'seconds', 41],
    [':41', 'clock-hours', 2460],
    ['1时2分3秒', 'seconds', 3723],
    ['1小时', 'seconds', 3600],
    ['2分钟', 'seconds', 120],
    ['1h 2m 3.5s', 'minutes', 3723.5],
    ['45 秒钟', 'minutes', 45],
    ['100:00:00', 'clock', 360_000],
    ['1小时2分', 'seconds', 3720],
  ] as const)('%s in %s is %d s', (said, unit, seconds) => {
    expect(durationSeconds(said, unit)).toBeCloseTo(seconds, 9);
  });

  it.each(['', ' ', 'abc', '1:60', '1:00:60', '1:2:3:4', '5x', '1'.repeat(101)])('%s is none', (said) => {
    expect(durationSeconds(said, 'seconds')).toBeNaN();
  });

  it('takes up to a hundred characters', () => {
    expect(durationSeconds('5'.padEnd(100), 'seconds')).toBe(5);
    expect(durationSeconds('5'.padEnd(101), 'seconds')).toBeNaN();
    expect(durationSeconds('1,5', 'minutes', ',')).toBe(90);
  });
});

describe('plainNumber', () => {
  it.each([
    ['1,234.5', '.', '1234.5'],
    ['-1,234,567', '.', '-1234567'],
    ['12,34', '.', '12,34'],
    ['1234.5', '.', '1234.5'],
    ['1.234,5', ',', '1234.5'],
    ['1 234,5', ',', '1234.5'],
    ['-1234', ',', '-1234'],
    ['0,75', ',', '0.75'],
    ['1.23,5', ',', '1.23,5'],
    ['abc', ',', 'abc'],
  ] as const)('%s with %s', (said, decimal, plain) => {
    expect(plainNumber(said, decimal)).toBe(plain);
  });

  it('leaves alone what is too long to be a number', () => {
    const long = (length: number): string => `1,234.${'5'.repeat(length - 6)}`;
    expect(plainNumber(long(100), '.')).toBe(long(100).replace(',', ''));
    expect(plainNumber(long(101), '.')).toBe(long(101));
  });
});

describe('guessDecimalMark', () => {
  it.each([
    [['1,5', '2'], ','],
    [['1.234,5'], ','],
    [['0,125'], ','],
    [['1,2345'], ','],
    [['12,5 %'], ','],
    [[' 1,5 '], ','],
    [['1,234'], '.'],
    [['1.234'], '.'],
    [['1,5', '2.5'], '.'],
    [['1,5', '1,234.5'], '.'],
    [['1,5', '0.125'], '.'],
    [['1,5', '-0.125'], '.'],
    [['x', '-3,25'], ','],
    [[], '.'],
  ] as const)('%j is written with %s', (cells, mark) => {
    expect(guessDecimalMark(cells)).toBe(mark);
  });
});
