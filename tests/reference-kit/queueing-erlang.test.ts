import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { erlang, leastOperators, type ErlangInput, type ErlangMeasures } from '../../src/queueing/erlang.ts';

const folder = new URL('../../../shared/reference/queueing/', import.meta.url);
const present = existsSync(folder);
if (!present) console.warn('the reference kit ../shared is not here: its tests are skipped');

const rowsOf = (file: string): Record<string, string>[] => {
  const [head = '', ...lines] = readFileSync(new URL(file, folder), 'utf8').trim().split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
  });
};
const number = (cell: string | undefined): number => (cell === 'inf' ? Infinity : Number(cell));

const inputOf = (row: Record<string, string>): ErlangInput => ({
  loadErlangs: number(row['load_erl']),
  operators: number(row['n']),
  handleTimeSeconds: number(row['aht_s']),
  patienceSeconds: number(row['patience_s']),
  trunks: number(row['K'] ?? 'inf'),
  thresholdSeconds: number(row['t_s']),
});

const probabilities = {
  pBlock: 'p_block',
  pImmediate: 'p_imm',
  pWait: 'p_wait',
  pAbandon: 'p_abandon',
  pConnect: 'p_connect',
  occupancy: 'occupancy',
  pVirtualWaitOver: 'p_virtual_wait_gt_t',
  pWaitOver: 'p_wait_gt_t',
  pAnsweredWithin: 'p_answered_le_t',
  pAbandonWithin: 'p_abandon_le_t',
  slOffered: 'sl_offered',
  slExcludingShortAbandons: 'sl_excl_short_ab',
  slAdmitted: 'sl_admitted',
  slAdmittedExcludingShortAbandons: 'sl_admitted_excl_short_ab',
} as const satisfies Partial<Record<keyof ErlangMeasures, string>>;

describe.skipIf(!present)('Erlang against the reference tables', () => {
  it('meets every row of erlang.csv', () => {
    const rows = rowsOf('erlang.csv');
    expect(rows.length).toBe(8000);
    let worst = 0;
    let worstTime = 0;
    let worstQueue = 0;
    for (const row of rows) {
      const measures = erlang(inputOf(row));
      expect(measures.stable, JSON.stringify(row)).toBe(row['p_block'] !== 'unstable');
      if (!measures.stable) continue;
      for (const [name, column] of Object.entries(probabilities)) {
        const found: number = measures[name as keyof typeof probabilities];
        const error = Math.abs(found - number(row[column]));
        if (!(error <= 1e-10)) expect.fail(`${column}: ${found} in ${JSON.stringify(row)}`);
        worst = Math.max(worst, error);
      }
      const timeError = Math.max(
        Math.abs(measures.meanWaitAdmittedSeconds - number(row['mean_wait_admitted_s'])),
        Math.abs(measures.asaAnsweredSeconds - number(row['asa_answered_s'])),
      );
      if (!(timeError <= 1e-8)) expect.fail(`wait ${JSON.stringify(measures)} in ${JSON.stringify(row)}`);
      const length = number(row['mean_queue_len']);
      const queueError =
        length === 0 ? measures.meanQueueLength : Math.abs(measures.meanQueueLength / length - 1);
      // Below 1e-50 the table carries rounding of its own: 60-digit arithmetic sides with the code.
      if (!(queueError <= (length < 1e-50 ? 1e-8 : 1e-10)))
        expect.fail(`queue ${measures.meanQueueLength} in ${JSON.stringify(row)}`);
      worstTime = Math.max(worstTime, timeError);
      if (length >= 1e-50) worstQueue = Math.max(worstQueue, queueError);
    }
    console.log(`erlang.csv: worst ${worst} (probability), ${worstTime} s, ${worstQueue} (queue, relative)`);
  });

  it('meets every row of required-operators.csv', () => {
    const rows = rowsOf('required-operators.csv');
    expect(rows.length).toBe(155);
    for (const row of rows) {
      const { operators: _, ...input } = inputOf({ ...row, n: '1' });
      const found = leastOperators(input, number(row['target_sl_offered']));
      expect(found?.operators, JSON.stringify(row)).toBe(number(row['n_min']));
      expect(found?.serviceLevel).toBeCloseTo(number(row['sl_at_n']), 10);
      expect(found?.serviceLevelWithOneLess).toBeCloseTo(number(row['sl_at_n_minus_1']), 10);
    }
  });
});
