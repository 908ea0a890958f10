import type { TrafficRecord } from '../../src/kernel/records.ts';

export const halfHour = 1_800_000;
/** Monday 5 January 2026, midnight UTC. */
export const start = Date.parse('2026-01-05T00:00:00Z');

/** Half-hours of one queue from `start` on: a few calls more or less than `offered`. */
export const trafficRows = (queue: string, count: number, offered = 100): TrafficRecord[] =>
  Array.from({ length: count }, (_, i) => ({
    queue,
    startMillis: start + i * halfHour,
    intervalMinutes: 30,
    offered: offered + (i % 7),
    answered: offered - 5,
    waitSecondsTotal: 812.25,
    ...(i % 2 === 0 ? { operators: 12 } : {}),
  }));
