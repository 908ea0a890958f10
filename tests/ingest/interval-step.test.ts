import { describe, expect, it } from 'vitest';
import { inferStep } from '../../src/ingest/cells/interval-step.ts';
import { nominalLocal, zoneInstants } from '../../src/ingest/cells/zone-instants.ts';

const from = Date.UTC(2026, 0, 1);
const to = Date.UTC(2026, 11, 31);
const utc = zoneInstants('UTC', from, to);
/** Starts of a series from minutes after the new year. */
const at = (...minutes: readonly number[]): Float64Array =>
  Float64Array.from(minutes, (minute) => from + minute * 60_000);
/** So many starts, a step apart. */
const run = (first: number, step: number, starts: number): number[] =>
  Array.from({ length: starts }, (_, i) => first + i * step);

describe('the step of starts', () => {
  it('is the greatest that all of them are multiples of, at most a day', () => {
    expect(inferStep([at(0, 30, 60, 120)], utc)).toEqual({ minutes: 30 });
    expect(inferStep([at(0, 60, 180), at(30, 90, 210)], utc)).toEqual({ minutes: 60 });
    expect(inferStep([at(0, 20), at(0, 30)], utc)).toEqual({ minutes: 10 });
    expect(inferStep([at(0, 2880)], utc)).toEqual({ minutes: 1440 });
    expect(inferStep([at(0, 0, 15)], utc)).toEqual({ minutes: 15 });
  });

  it('is not to be told from single rows', () => {
    expect(inferStep([at(0), at(30)], utc)).toEqual({ fault: 'single' });
    expect(inferStep([at(5, 5)], utc)).toEqual({ fault: 'single' });
    expect(inferStep([], utc)).toEqual({ fault: 'single' });
  });

  it('is mixed where 24 rows keep one and 24 others another', () => {
    const half = run(0, 30, 25);
    const quarter = (starts: number): number[] => run(720, 15, starts);
    expect(inferStep([at(...half, ...quarter(25).slice(1))], utc)).toEqual({
      fault: 'mixed',
      steps: [15, 30],
      at: from + 30 * 60_000,
    });
    // A run one shorter is no habit.
    expect(inferStep([at(...half, ...quarter(24).slice(1))], utc)).toEqual({ minutes: 15 });
  });

  it('is mixed where nearly all are of a usual length and some are no multiple of it', () => {
    // Eight steps of 60, two of 30: four fifths.
    const odd = [...run(0, 60, 9), 510, 540];
    expect(inferStep([at(...odd)], utc)).toEqual({
      fault: 'mixed',
      steps: [60, 30],
      at: from + 510 * 60_000,
    });
    // Seven of 60 and two of 30 are fewer.
    expect(inferStep([at(...run(0, 60, 8), 450, 480)], utc)).toEqual({ minutes: 30 });
  });

  it('is mixed where it would be of no usual length', () => {
    expect(inferStep([at(0, 7)], utc)).toEqual({ fault: 'mixed', steps: [7, 7], at: from + 7 * 60_000 });
    expect(inferStep([at(0, 28, 63)], utc)).toMatchObject({ fault: 'mixed', steps: [28, 35] });
    expect(inferStep([at(0, 0.5)], utc)).toMatchObject({ fault: 'mixed' });
  });

  it('counts on the local clock, across its changes', () => {
    const berlin = zoneInstants('Europe/Berlin', from, to);
    // Midnights around 29 March, when the day has 23 hours.
    const midnights = ['2026-03-28T00:00+01:00', '2026-03-29T00:00+01:00', '2026-03-30T00:00+02:00'];
    expect(inferStep([Float64Array.from(midnights, (said) => Date.parse(said))], berlin)).toEqual({
      minutes: 1440,
    });
  });
});

describe('local times of a zone', () => {
  const berlin = zoneInstants('Europe/Berlin', from, to);
  const local = (said: string): number => Date.parse(`${said}Z`);
  const instant = (said: string): number => Date.parse(said);

  it('are one instant, none where clocks jump, two where they are put back', () => {
    for (const [said, earlier, later] of [
      ['2026-01-10T12:00', '2026-01-10T12:00+01:00', '2026-01-10T12:00+01:00'],
      ['2026-03-29T01:59', '2026-03-29T01:59+01:00', '2026-03-29T01:59+01:00'],
      ['2026-03-29T03:00', '2026-03-29T03:00+02:00', '2026-03-29T03:00+02:00'],
      ['2026-10-25T01:59', '2026-10-25T01:59+02:00', '2026-10-25T01:59+02:00'],
      ['2026-10-25T02:00', '2026-10-25T02:00+02:00', '2026-10-25T02:00+01:00'],
      ['2026-10-25T02:59', '2026-10-25T02:59+02:00', '2026-10-25T02:59+01:00'],
      ['2026-10-25T03:00', '2026-10-25T03:00+01:00', '2026-10-25T03:00+01:00'],
    ] as const) {
      // Whatever was asked for before.
      for (const before of ['2026-02-01T00:00', '2026-07-01T00:00', '2026-12-01T00:00']) {
        berlin.earlier(local(before));
        expect(berlin.earlier(local(said)), said).toBe(instant(earlier));
        berlin.earlier(local(before));
        expect(berlin.later(local(said)), said).toBe(instant(later));
        expect(berlin.local(instant(earlier)), said).toBe(local(said));
      }
    }
    for (const said of ['2026-03-29T02:00', '2026-03-29T02:59']) {
      expect(berlin.earlier(local(said))).toBeNaN();
      expect(berlin.later(local(said))).toBeNaN();
    }
  });

  it('a day that starts an hour late is told by its midnight, and no other hour', () => {
    // Clocks in Beirut go forward at midnight of 29 March.
    const beirut = zoneInstants('Asia/Beirut', from, to);
    const one = instant('2026-03-29T01:00+03:00');
    expect(beirut.local(one)).toBe(local('2026-03-29T01:00'));
    expect(nominalLocal(one, beirut)).toBe(local('2026-03-29T00:00'));
    expect(nominalLocal(one + 3_600_000, beirut)).toBe(local('2026-03-29T02:00'));
    expect(nominalLocal(instant('2026-03-30T01:00+03:00'), beirut)).toBe(local('2026-03-30T01:00'));
  });
});
