import { describe, expect, test } from 'vitest';
import { daysBeyondData, openAt, shortageOf, shortAt, shortBesides } from '../../src/contract/shortages.ts';

const starts = ['2026-11-23T23:00', '2026-11-23T23:30', '2026-11-24T00:00'];

describe('who is missing where', () => {
  test('surplus in one tier or interval sets off nothing in another; days and the worst moment are named', () => {
    const tiers = [
      { tier: 'a', required: [10, 10, 4], scheduled: [8, 6.5, 5] },
      { tier: 'b', required: [2, 2, 2], scheduled: [9, 9, 1] },
    ];
    const worst = { start: '2026-11-23T23:30', tier: 'a', operators: 3.5 };
    expect(shortageOf({ starts, intervalMinutes: 30, tiers })).toEqual({
      hours: 3.25,
      standInHours: 0,
      openHours: 3.25,
      dayOpenHours: [2.75, 0.5],
      spare: 7.5,
      intervals: 3,
      open: 3,
      worst,
      unstaffed: [],
      tiers: [
        { tier: 'a', hours: 2.75, standInHours: 0, openHours: 2.75, dayOpenHours: [2.75, 0], worst },
        {
          tier: 'b',
          hours: 0.5,
          standInHours: 0,
          openHours: 0.5,
          dayOpenHours: [0, 0.5],
          worst: { start: '2026-11-24T00:00', tier: 'b', operators: 1 },
        },
      ],
    });
  });
  test('people of other tiers who step in are a step between what is short and what is left open', () => {
    const tiers = [
      { tier: 'a', required: [10, 10, 4], scheduled: [8, 8, 4], standIns: [1, 3, 0] },
      { tier: 'b', required: [2, 2, 2], scheduled: [2, 3, 2], standIns: [-1, -3, 0] },
    ];
    const found = shortageOf({ starts, intervalMinutes: 60, tiers });
    expect([found.hours, found.standInHours, found.openHours]).toEqual([4, 0, 4]);
    // What the sentence counts and what the table adds up are one: whom a tier lends from what it has over is not missed.
    expect(starts.map((_, i) => openAt({ tiers }, i))).toEqual([2, 2, 0]);
    expect(found.intervals).toBe(2);
    expect(found.tiers.map(({ hours, openHours }) => [hours, openHours])).toEqual([
      [4, 1],
      [0, 3],
    ]);
    expect(found.worst?.operators).toBe(2);
  });
  test('the dust of shrinkage counts in the hours but names no interval and no moment', () => {
    const tiers = [{ tier: 'a', required: [10, 10, 10], scheduled: [9.6, 10, 10] }];
    const found = shortageOf({ starts, intervalMinutes: 30, tiers });
    expect(found.hours).toBeCloseTo(0.2);
    expect([found.intervals, found.worst]).toEqual([0, undefined]);
  });
  test('stretches without anybody are parted by days; a tier counts where nobody answers its queues', () => {
    const day = ['T22:00', 'T22:30', 'T23:00', 'T23:30'].map((clock) => `2026-11-23${clock}`);
    const night = [...day, '2026-11-24T00:00', '2026-11-24T00:30'];
    const own = (tier: string, queues: readonly string[], scheduled: readonly number[]) => ({
      tier,
      queues,
      required: [2, 2, 2, 2, 2, 0],
      scheduled: [...scheduled],
    });
    const found = (tiers: readonly ReturnType<typeof own>[]) =>
      shortageOf({ starts: night, intervalMinutes: 30, tiers }).unstaffed;
    expect(found([own('a', ['q'], [2, 0, 0, 0, 0, 0])])).toEqual([
      { date: '2026-11-23', from: '22:30', to: '24:00', hours: 1.5, tier: null },
      { date: '2026-11-24', from: '00:00', to: '00:30', hours: 0.5, tier: null },
    ]);
    const [a, b] = [own('a', ['q'], [2, 2, 2, 2, 2, 2]), own('b', ['r'], [1, 0, 1, 1, 1, 0])];
    expect(found([a, b])).toEqual([
      { date: '2026-11-23', from: '22:30', to: '23:00', hours: 0.5, tier: 'b' },
    ]);
    expect(found([{ ...a, queues: ['q', 'r'] }, b])).toEqual([]);
  });
  test('a plan that starts the day after the data is not beyond them', () => {
    const history = { firstDate: '2026-01-01', lastDate: '2026-11-22', days: 1, dataHash: '' };
    expect(daysBeyondData({ firstDate: '2026-11-23', history })).toBe(0);
    expect(daysBeyondData({ firstDate: '2026-12-07', history })).toBe(14);
    expect(daysBeyondData({ firstDate: '2026-11-16', history })).toBe(0);
  });
});

test('the short ones of a day table add up with what is on duty and required, as they are written', () => {
  const tiers = [
    { required: [30], scheduled: [28.6] },
    { required: [4], scheduled: [5] },
  ];
  // 33.6 of 34, 1.4 short: 1.0 is over in the other tier.
  expect(shortBesides(tiers, 0)).toBe(1);
  expect(shortBesides([{ required: [30], scheduled: [28.6], standIns: [0.5] }], 0)).toBe(-0.5);
  expect(shortBesides(tiers.slice(0, 1), 0)).toBe(0);
  expect(shortBesides([{ required: [7.7], scheduled: [7.2], standIns: [0] }], 0)).toBe(0);
});

test('what is short is told by the figures as they are written: 8 required and 7.5 on duty are half a person', () => {
  const short = (required: number, scheduled: number, standIns = 0): number =>
    shortAt({ tiers: [{ required: [required], scheduled: [scheduled], standIns: [standIns] }] }, 0);
  for (const scheduled of [7.54, 7.5, 7.46]) expect(short(8, scheduled)).toBe(0.5);
  expect(short(8, 7.56)).toBe(0);
  expect(short(7.7, 7.3)).toBe(0);
  // written as 7.7 and 7.3; as 7.8 and 7.2
  expect(short(7.74, 7.26)).toBe(0);
  expect(short(7.76, 7.24)).toBe(0.6);
  expect(shortBesides([{ required: [7.76], scheduled: [7.24] }], 0)).toBe(0);
  expect(short(8, 7, 0.8)).toBe(0);
  expect(short(7.26, 7.26)).toBe(0);
  const starts = ['2026-11-30T08:00', '2026-11-30T08:30'];
  const tiers = [{ tier: 'a', required: [7.74, 7.74], scheduled: [7.26, 7.2] }];
  expect(shortageOf({ starts, intervalMinutes: 30, tiers })).toMatchObject({
    intervals: 1,
    worst: { start: '2026-11-30T08:30' },
  });
});
