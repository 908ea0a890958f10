import { describe, expect, it } from 'vitest';
import { BadInputError, type Problem } from '../../src/kernel/errors.ts';
import { erlangDocument, runErlangTable } from '../../src/queueing/erlang-table.ts';
import { erlangDocumentSchema } from '../../src/contract/documents/requirement-document.ts';

const table = (csv: string): Record<string, string>[] => {
  const [head = '', ...lines] = runErlangTable(csv).trim().split('\n');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(head.split(',').map((name, i) => [name, cells[i] ?? '']));
  });
};

const problemsOf = (csv: string): readonly Problem[] => {
  try {
    runErlangTable(csv);
  } catch (error) {
    if (error instanceof BadInputError) return error.problems;
    throw error;
  }
  return [];
};

describe('runErlangTable', () => {
  it('answers rows in order, ignoring other columns, quotes, order of columns and line ends', () => {
    const rows = table(
      'note,n,load_erl,aht_s,patience_s,K,t_s\r\n"a, b",50,48,60,120,inf,15\r\n\r\nx,25,23,180,inf,inf,20\r\n',
    );
    expect(rows).toHaveLength(2);
    expect(rows[0]?.['stable']).toBe('true');
    expect(Number(rows[0]?.['p_abandon'])).toBeCloseTo(0.030912, 5);
    expect(rows[0]?.['p_abandon']).toMatch(/^0\.0\d{17,}$/);
    expect(rows[1]?.['load_erl']).toBe('23');
  });

  it('says unstable, and leaves threshold measures empty where there is no threshold', () => {
    const rows = table('load_erl,n,aht_s,patience_s,K,t_s\n10,10,240,inf,inf,\n10,11,240,inf,inf,\n');
    expect(rows[0]).toMatchObject({ stable: 'false', p_block: '', sl_offered: '' });
    expect(rows[1]).toMatchObject({ stable: 'true', sl_offered: '', p_wait_gt_t: '' });
    expect(Number(rows[1]?.['p_wait'])).toBeGreaterThan(0.5);
  });

  it('searches for operators where a target is given instead of n', () => {
    const rows = table(
      'load_erl,aht_s,patience_s,t_s,target_sl_offered,K\n0.1,240,180,10,0.9,\n100,60,120,10,0.8,40\n',
    );
    expect(rows[0]?.['n_min']).toBe('1');
    expect(Number(rows[0]?.['sl_at_n'])).toBeCloseTo(0.9090673748957503, 12);
    expect(rows[1]).toMatchObject({ n_min: '', sl_at_n: '' });
  });

  it('names every bad cell by row and column and answers nothing', () => {
    const found = problemsOf('load_erl,n,aht_s,patience_s,K,t_s\n-1,2.5,0,x,1.5,\n1,2,60,60,inf,15\n,,,,,\n');
    expect(found.map(({ row, column }) => [row, column])).toEqual([
      [2, 'load_erl'],
      [2, 'n'],
      [2, 'aht_s'],
      [2, 'patience_s'],
      [2, 'K'],
      [4, 'load_erl'],
      [4, 'n'],
      [4, 'aht_s'],
    ]);
    expect(problemsOf('load_erl,aht_s\n1,60').map((p) => [p.rule, p.column])).toEqual([
      ['erlang-column-missing', 'n'],
    ]);
    expect(problemsOf('').map((p) => p.rule)).toContain('erlang-column-missing');
    expect(problemsOf('load_erl,aht_s,t_s,target_sl_offered\n1,60,,1.2').map((p) => p.column)).toEqual([
      't_s',
      'target_sl_offered',
    ]);
  });
});

describe('the cells of a table', () => {
  const sound = { load_erl: '1', n: '2', aht_s: '60', patience_s: 'inf', K: '9', t_s: '15' };
  const takes = (column: string, value: string): boolean => {
    const row = { ...sound, [column]: value };
    const found = problemsOf(`${Object.keys(row).join(',')}\n${Object.values(row).join(',')}\n`);
    expect(found.every((one) => one.row === 2 && one.column === column)).toBe(true);
    expect(found.map(({ rule }) => rule)).toEqual(
      found.length === 0 ? [] : [value === '' ? 'empty-cell' : 'unusable-cell'],
    );
    return found.length === 0;
  };

  it.each([
    // column, taken, refused
    ['load_erl', ['0', '1.5', '1e6', '+2', '.5', '1.'], ['', 'inf', '-1', '1.1e6', '1e', '1x', '0x2']],
    ['n', ['0', '3', '1e3'], ['', 'inf', '1.5', '-1', '2e9']],
    ['aht_s', ['0.5', '1e6'], ['', '0', 'inf', '1e7']],
    ['patience_s', ['', '0', '1.5', 'inf', 'Infinity', '+INF'], ['-1', 'infinite', '-inf']],
    ['K', ['', '0', 'inf', '20'], ['2.5', '-1', '2e9']],
    ['t_s', ['', '0', '2.5', 'inf'], ['-1', '2e9']],
  ])('%s', (column, taken, refused) => {
    expect(taken.filter((value) => !takes(column, value))).toEqual([]);
    expect(refused.filter((value) => takes(column, value))).toEqual([]);
  });

  it('of a target are shares; a search needs a threshold', () => {
    const search = (target: string, threshold = '15'): string[] =>
      problemsOf(`load_erl,aht_s,t_s,target_sl_offered\n1,60,${threshold},${target}\n`).map(
        ({ column }) => column ?? '',
      );
    expect(['0', '0.5', '1'].flatMap((target) => search(target))).toEqual([]);
    expect(['', '1.01', '-0.1', 'inf'].map((target) => search(target).length)).toEqual([1, 1, 1, 1]);
    expect(search('0.8', '')).toEqual(['t_s']);
    // With operators given, a target is but another column.
    expect(problemsOf('load_erl,n,aht_s,target_sl_offered\n1,2,60,x\n')).toEqual([]);
  });

  it('may be left out where they have a usual value, and quoted with commas and quotes', () => {
    const [row] = table('load_erl,n,aht_s,"a ""b"", c"\n"1","2",60,"x"\n');
    const [same] = table('load_erl,n,aht_s,patience_s,K,t_s\n1,2,60,inf,inf,\n');
    expect(row?.['p_wait']).toBe(same?.['p_wait']);
    expect(Number(row?.['p_wait'])).toBeCloseTo(1 / 3, 12);
    expect(row?.['p_connect'] ?? same?.['p_connect']).toBe(same?.['p_connect']);
    expect(Object.keys(row ?? {})).not.toContain('K');
    // The first of two columns of one name counts; a mark at the head of the file is none.
    expect(Number(table('\uFEFFload_erl,n,aht_s,n\n1,2,60,7\n')[0]?.['p_wait'])).toBeCloseTo(1 / 3, 12);
  });

  it('a patience of a million handle times is the most, beside inf', () => {
    const rules = (patience: string): string[] =>
      problemsOf(`load_erl,n,aht_s,patience_s\n1,2,60,${patience}\n`).map(({ rule }) => rule);
    expect(rules('60000000')).toEqual([]);
    expect(rules('60000001')).toEqual(['patience-too-long']);
    expect(rules('inf')).toEqual([]);
  });

  it('whole numbers stay short, others have 17 digits, endless ones are inf', () => {
    const [row] = table('load_erl,n,aht_s,patience_s,K,t_s\n0,0,60,inf,inf,15\n');
    expect(row?.['p_wait']).toBe('1');
    expect(Object.values(row ?? {}).filter((value) => value === 'inf')).toHaveLength(3);
    expect(table('load_erl,n,aht_s\n1,2,60\n')[0]?.['p_wait']).toMatch(/^0\.3{15,}\d*$/);
  });
});

describe('erlangDocument', () => {
  const input = {
    loadErlangs: 10,
    handleTimeSeconds: 240,
    patienceSeconds: Infinity,
    trunks: Infinity,
    thresholdSeconds: 15,
  };
  it('carries every measure, or nulls where there is no stationary answer', () => {
    const stable = erlangDocumentSchema.parse(erlangDocument({ ...input, operators: 12 }));
    expect(Object.values(stable).every((value) => value !== null)).toBe(true);
    const unstable = erlangDocumentSchema.parse(erlangDocument({ ...input, operators: 10 }));
    expect(unstable).toMatchObject({ stable: false, sl_offered: null });
  });

  it('names the cell of a figure that no line has, instead of computing for minutes', () => {
    const found = problemsOf(
      'load_erl,n,aht_s,patience_s,K,t_s\n1e308,1e15,1e300,1e8,1e18,1e300\n10,12,60,1e8,inf,15\n',
    );
    expect(found.map(({ rule, row, column }) => [row, column, rule])).toEqual([
      [2, 'load_erl', 'unusable-cell'],
      [2, 'n', 'unusable-cell'],
      [2, 'aht_s', 'unusable-cell'],
      [2, 'K', 'unusable-cell'],
      [2, 't_s', 'unusable-cell'],
      [3, 'patience_s', 'patience-too-long'],
    ]);
  });
});
