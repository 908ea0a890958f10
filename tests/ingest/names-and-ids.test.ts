import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CallIds } from '../../src/ingest/cells/personal-numbers.ts';
import { NameTable } from '../../src/ingest/cells/name-table.ts';
import { OperatorsWithCall } from '../../src/ingest/kinds/ingest-calls.ts';
import { TrafficTable } from '../../src/ingest/kinds/traffic-checks.ts';
import { byteSourceOf, inLargePieces, joinBytes, peekBytes } from '../../src/ingest/tables/byte-source.ts';
import { packRows, passRows } from '../../src/ingest/tables/sheet-row.ts';

const bytes = (said: string): Uint8Array => new TextEncoder().encode(said);
const said = (piece: Uint8Array): string => new TextDecoder().decode(piece);
const all = async (chunks: AsyncIterable<Uint8Array>): Promise<string[]> => {
  const pieces: string[] = [];
  for await (const chunk of chunks) pieces.push(said(chunk));
  return pieces;
};

describe('NameTable', () => {
  it('numbers names from 0, each once', () => {
    const table = new NameTable();
    expect(['a', 'b', 'a', 'c'].map((name) => table.idOf(name))).toEqual([0, 1, 0, 2]);
    expect(table.names).toEqual(['a', 'b', 'c']);
  });

  it('finds every spelling it was told of, among thousands, by the bytes between start and end', () => {
    const table = new NameTable();
    const spellings = Array.from({ length: 3000 }, (_, i) => `name-${i}`);
    spellings.forEach((name, i) => {
      expect(table.find(bytes(name), 0, name.length)).toBe(-1);
      table.remember(bytes(name), 0, name.length, i % 100);
    });
    spellings.forEach((name, i) => {
      expect(table.find(bytes(`x${name}y`), 1, 1 + name.length)).toBe(i % 100);
    });
    expect(table.find(bytes('name-3000'), 0, 9)).toBe(-1);
    expect(table.find(bytes('name-1'), 0, 5)).toBe(-1);
    table.remember(bytes(''), 0, 0, 7);
    expect(table.find(bytes('abc'), 1, 1)).toBe(7);
  });

  it('passes names in any order as they were remembered, and says where each ends', () => {
    const stops = new Uint8Array(256);
    stops[44] = 1;
    const name = fc.string({ unit: fc.constantFrom('q', 'u', '-', '1', '话'), maxLength: 5 });
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 60 }), fc.nat(3), (names, unknown) => {
        const table = new NameTable();
        const known = [...new Set(names)].slice(unknown);
        known.forEach((each, id) => table.remember(bytes(each), 0, bytes(each).length, id));
        for (const each of names) {
          const line = bytes(`,${each},x`);
          expect(table.pass(line, 1, stops)).toBe(line.length - 2);
          expect(table.passed).toBe(known.indexOf(each));
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('TrafficTable', () => {
  it('hands its memory on where it grows, instead of holding two copies', () => {
    const table = new TrafficTable();
    const calls = table.column('offered');
    const [starts, figures] = [table.startMillis, calls.values];
    for (let row = 0; row < 3000; row += 1) {
      const at = table.add(0, row, 15, row, 0);
      calls.values[at] = row;
    }
    expect([starts.length, figures.length]).toEqual([0, 0]);
    expect(calls.values.subarray(0, 3000)).toEqual(Float64Array.from({ length: 3000 }, (_, row) => row));
    expect(table.value('offered', 3001)).toBeNaN();
  });
});

describe('CallIds', () => {
  it('tells new, same and other, among ids that fall into one place, and when it has grown', () => {
    const ids = new CallIds();
    // Ids that are equal modulo the number of places.
    const many = Array.from({ length: 9000 }, (_, i) => i * 4096);
    expect(many.slice(0, 100).map((id) => ids.meet(id, id + 1))).toEqual(Array(100).fill('new'));
    for (const id of many.slice(100)) ids.meet(id, id + 1);
    expect(new Set(many.map((id) => ids.meet(id, id + 1)))).toEqual(new Set(['same']));
    expect(new Set(many.map((id) => ids.meet(id, id + 2)))).toEqual(new Set(['other']));
    expect(ids.meet(1, 1)).toBe('new');
  });
});

describe('OperatorsWithCall', () => {
  it('counts different operators by interval, in time order', () => {
    const seen = new OperatorsWithCall();
    for (const [operator, start] of [
      [1, 200],
      [2, 200],
      [1, 200],
      [1, 100],
      [1, 200],
    ] as const)
      seen.add(operator, start);
    expect(seen.records(30)).toEqual([
      { tier: 'with-call', startMillis: 100, intervalMinutes: 30, operators: 1 },
      { tier: 'with-call', startMillis: 200, intervalMinutes: 30, operators: 2 },
    ]);
  });
});

describe('pieces of a file', () => {
  it('a source in memory comes in pieces of the given size, each time it is read', async () => {
    const source = byteSourceOf('in', 'abcdefg', 3);
    expect(await all(source.chunks)).toEqual(['abc', 'def', 'g']);
    expect(await all(source.chunks)).toEqual(['abc', 'def', 'g']);
    expect(await all(byteSourceOf('in', bytes('abc'), 3).chunks)).toEqual(['abc']);
    expect(await all(byteSourceOf('in', '').chunks)).toEqual([]);
  });

  it('crumbs are joined to pieces of at least so many bytes; the last may be shorter', async () => {
    expect(await all(inLargePieces(byteSourceOf('in', 'abcdefg', 2).chunks, 4))).toEqual(['abcd', 'efg']);
    expect(await all(inLargePieces(byteSourceOf('in', 'abcd', 2).chunks, 4))).toEqual(['abcd']);
    expect(await all(inLargePieces(byteSourceOf('in', '').chunks, 4))).toEqual([]);
    expect(said(joinBytes([]))).toBe('');
    const only = bytes('a');
    expect(joinBytes([only])).toBe(only);
  });

  it('a first look loses nothing, and says whether it was the whole', async () => {
    for (const [length, head, whole] of [
      [3, 'abcd', false],
      [4, 'abcd', false],
      [5, 'abcdef', false],
      [6, 'abcdef', false],
      [7, 'abcdef', true],
      [0, '', false],
    ] as const) {
      const peeked = await peekBytes(byteSourceOf('in', 'abcdef', 2).chunks, length);
      expect([said(peeked.head), peeked.whole]).toEqual([head.slice(0, length === 3 ? 4 : undefined), whole]);
      expect((await all(peeked.chunks)).join('')).toBe('abcdef');
    }
  });

  it('a stream that is not read to its end is closed', async () => {
    let closed = 0;
    const chunks = {
      async *[Symbol.asyncIterator]() {
        try {
          for (;;) yield bytes('ab');
        } finally {
          closed += 1;
        }
      },
    };
    const peeked = await peekBytes(chunks, 3);
    for await (const piece of peeked.chunks) if (piece.length > 0) break;
    expect(closed).toBe(1);
  });
});

describe('rows of a sheet as bytes', () => {
  const rows = [
    { line: 1, cells: ['a', '', '话务'] },
    { line: 5, cells: ['only'] },
    { line: 6, cells: [] },
    { line: 70_000, cells: ['x'.repeat(300), 'y'] },
  ];
  const passed = async (pieceBytes: number, width: number, most = Infinity): Promise<unknown[]> => {
    const pieces = [...packRows(rows, pieceBytes)];
    const got: unknown[] = [];
    const chunks = {
      async *[Symbol.asyncIterator]() {
        yield* pieces;
      },
    };
    await passRows(chunks, width, {
      row: (row) => {
        const cells = Array.from({ length: row.count }, (_, i) =>
          said(row.bytes.subarray(row.starts[i], row.ends[i])),
        );
        got.push([row.line, cells, said(row.bytes.subarray(row.recordStart, row.recordEnd))]);
        return got.length < most;
      },
    });
    return got;
  };

  it('come out as they went in, as wide as asked, whatever the size of the pieces', async () => {
    const long = 'x'.repeat(300);
    for (const pieceBytes of [1, 40, 65_536])
      expect(await passed(pieceBytes, 3)).toEqual([
        [1, ['a', '', '话务'], 'a\t\t话务'],
        [5, ['only', '', ''], 'only'],
        [6, ['', '', ''], ''],
        [70_000, [long, 'y', ''], `${long}\ty`],
      ]);
  });

  it('stop where nobody wants more', async () => {
    expect(await passed(65_536, 3, 2)).toHaveLength(2);
  });

  it('pieces hold whole rows and about so many bytes', () => {
    const many = Array.from({ length: 100 }, (_, i) => ({ line: i, cells: ['0123456789'] }));
    const pieces = [...packRows(many, 100)];
    expect(pieces.every(({ length }) => length <= 200)).toBe(true);
    expect(pieces.length).toBeLessThan(25);
    expect(pieces.reduce((sum, { length }) => sum + length, 0)).toBe(100 * (8 + 4 + 10));
  });
});
