import { describe, expect, it } from 'vitest';
import type { PromptSchedule } from '../../src/diversion/best-spans.ts';
import { handedOver, movedRows } from '../../src/diversion/nearby-rows.ts';

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
