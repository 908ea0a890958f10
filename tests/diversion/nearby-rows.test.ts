import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PromptSchedule } from '../../src/diversion/playing-rules.ts';
import { handedOver, movedRows, nearbyRows } from '../../src/diversion/divert-day.ts';

const row = (...prompts: number[]): PromptSchedule => Int8Array.of(...prompts);
const plain = (rows: readonly PromptSchedule[]): number[][] => rows.map((each) => [...each]);

describe('a stretch moved by an interval', () => {
  it('goes both ways in the middle of the day', () => {
    expect(plain(movedRows(row(-1, 0, 0, -1)))).toEqual([
      [0, 0, -1, -1],
      [-1, -1, 0, 0],
    ]);
  });
  it('stays inside the day', () => {
    expect(plain(movedRows(row(0, 0, -1)))).toEqual([[-1, 0, 0]]);
    expect(plain(movedRows(row(-1, 1, 1)))).toEqual([[1, 1, -1]]);
    expect(movedRows(row(0, 0))).toEqual([]);
  });
});

describe('a stretch handed to another queue', () => {
  it('plays there instead or there too, with each of its prompts, and never to its own queue anew', () => {
    const rows = [row(0, 0, -1), row(-1, -1, -1)];
    expect(handedOver(rows, [1, 2]).map(plain)).toEqual([
      [
        [-1, -1, -1],
        [0, 0, -1],
      ],
      [
        [0, 0, -1],
        [0, 0, -1],
      ],
      [
        [-1, -1, -1],
        [1, 1, -1],
      ],
      [
        [0, 0, -1],
        [1, 1, -1],
      ],
    ]);
  });
});

describe('rows one step away', () => {
  const silent = -1;
  it('are a stretch gone, with another prompt, one or two longer or shorter at either end, or moved', () => {
    const day = fc.record({
      from: fc.integer({ min: 0, max: 9 }),
      length: fc.integer({ min: 1, max: 6 }),
      prompt: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(
      fc.property(day, ({ from, length, prompt }) => {
        const slots = Array.from({ length: 16 }, (_, i) => i);
        const to = from + length;
        const playing = (first: number, last: number, which = prompt): string =>
          slots.map((i) => (i >= first && i < last ? which : silent)).join();
        const expected = new Set([
          playing(0, 0),
          ...[0, 1, 2].filter((p) => p !== prompt).map((p) => playing(from, to, p)),
          ...[1, 2].flatMap((step) => [
            playing(Math.max(0, from - step), to),
            playing(from, to + step),
            playing(from + step, to),
            playing(from, to - step),
          ]),
          playing(from + 1, to + 1),
          playing(Math.max(0, from - 1), to - 1),
        ]);
        const start = Int8Array.from(slots, (i) => (i >= from && i < to ? prompt : silent));
        const near = nearbyRows(start, 3, 2, []);
        // A stretch of one interval that is moved back from the first is gone.
        const found = new Set(near.map((each) => [...each].join()));
        expect([...found].filter((each) => !expected.has(each) && length > 1)).toEqual([]);
        expect([...expected].filter((each) => !found.has(each) && length > 2 && from > 0)).toEqual([]);
      }),
    );
  });

  it('are shortest stretches that hold a hot interval, with each prompt, and none that begins before the day', () => {
    const near = nearbyRows(row(-1, -1, -1, -1), 2, 2, [0, 2]);
    expect(plain(near)).toEqual([
      [0, 0, -1, -1],
      [1, 1, -1, -1],
      [-1, -1, 0, 0],
      [-1, -1, 1, 1],
      [-1, 0, 0, -1],
      [-1, 1, 1, -1],
    ]);
    // Without a shortest length they are one interval.
    expect(plain(nearbyRows(row(-1, -1), 1, 0, [1]))).toEqual([[-1, 0]]);
  });
});
