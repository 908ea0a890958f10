import * as danfo from 'danfojs-node';
import { describe, expect, test } from 'vitest';
import { loadTables } from '../../src/monitoring/tables.ts';

const tables = await loadTables();

describe('tables guard the traps of danfojs-node', () => {
  test('a mean over a group leaves nulls out (danfo counts them as 0)', () => {
    const rows = [
      { region: 'east', rate: 10 },
      { region: 'east', rate: null },
    ];
    const raw = new danfo.DataFrame(rows).groupby(['region']).agg({ rate: 'mean' });
    expect((raw.values as unknown[][])[0]?.[1]).toBe(5);
    expect(tables.group(rows, ['region'], 'rate')[0]).toMatchObject({ rows: 2, count: 1, mean: 10, sum: 10 });
  });

  test('keys that join to the same text stay apart (danfo merges them)', () => {
    const rows = [
      { a: 'a-b', b: 'c', rate: 1 },
      { a: 'a', b: 'b-c', rate: 3 },
    ];
    const raw = new danfo.DataFrame(rows).groupby(['a', 'b']).agg({ rate: 'mean' });
    expect(raw.shape[0]).toBe(1);
    expect(tables.group(rows, ['a', 'b'], 'rate').map((g) => g.mean)).toEqual([1, 3]);
  });

  test('a description leaves nulls out (danfo makes it NaN)', () => {
    const raw = new danfo.DataFrame([{ rate: 1 }, { rate: null }]).describe();
    expect((raw.values as number[][])[1]?.[0]).toBeNaN();
    expect(tables.describe([1, null, 3])).toEqual({
      count: 2,
      mean: 2,
      std: Math.SQRT2,
      min: 1,
      median: 2,
      max: 3,
    });
    expect(tables.describe([null])).toMatchObject({ count: 0, mean: null });
    expect(tables.describe([5])).toMatchObject({ count: 1, std: 0 });
  });

  test('a column may be named shape or like a date, and a number above float32 stays whole', () => {
    const rows = [{ shape: '2026-11-23', columns: 16_777_217 }];
    expect(tables.group(rows, ['shape'], 'columns')).toMatchObject([
      { key: ['2026-11-23'], sum: 16_777_217 },
    ]);
  });

  test('a ragged row is a throw that names the column', () => {
    const rows = [{ region: 'east', rate: 1 }, { region: 'west' }];
    expect(() => tables.group(rows as never, ['region'], 'rate')).toThrow('rate');
    expect(() => tables.group([{ region: 'east', rate: 'high' }], ['region'], 'rate')).toThrow(TypeError);
  });

  test('tables too large to sort in danfo are refused', () => {
    expect(() => tables.rank(Array.from({ length: 50_001 }, () => 1))).toThrow(RangeError);
  });

  test('the CSV of danfo, which does not quote, is not offered', () => {
    expect(danfo.toCSV(new danfo.DataFrame([{ name: 'a,b', rate: 1 }]))).toContain('a,b,1');
    expect(Object.keys(tables)).toEqual(['group', 'rank', 'describe']);
  });

  test('parts left out say so instead of answering wrongly', () => {
    const frame = new danfo.DataFrame([{ a: 1 }]);
    expect(() => frame.add(1)).toThrow('docs/developers/dependencies.md');
  });
});

describe('tables', () => {
  test('ranks share the better place; null has none', () => {
    expect(tables.rank([0.5, null, 0.9, 0.9, 0, 0.5])).toEqual([3, null, 1, 1, 5, 3]);
    expect(tables.rank([])).toEqual([]);
  });

  test('groups come in order of appearance, and one without numbers has null figures', () => {
    const rows = [
      { tier: 'second', seconds: null },
      { tier: 'first', seconds: 4 },
      { tier: 'first', seconds: 8 },
    ];
    expect(tables.group(rows, ['tier'], 'seconds')).toEqual([
      { key: ['second'], rows: 1, count: 0, mean: null, sum: null, min: null, max: null },
      { key: ['first'], rows: 2, count: 2, mean: 6, sum: 12, min: 4, max: 8 },
    ]);
  });
});
