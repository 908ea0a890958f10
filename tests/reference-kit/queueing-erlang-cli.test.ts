import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../support/run-command.ts';

const file = new URL('../../../shared/reference/queueing/erlang.csv', import.meta.url);
const present = existsSync(file);
if (!present) console.warn('the reference kit ../shared is not here: its tests are skipped');

const sampleEvery = 80;
const inputs = ['model', 'load_erl', 'n', 'aht_s', 'patience_s', 'K', 't_s'];
const times = ['mean_wait_admitted_s', 'asa_answered_s'];

describe.skipIf(!present)('huawu erlang --json against the reference table', () => {
  it('prints the values of a row in every eighty', async () => {
    const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
    const names = head.split(',');
    let compared = 0;
    for (let i = 0; i < lines.length; i += sampleEvery) {
      const cells = (lines[i] ?? '').split(',');
      const row = Object.fromEntries(names.map((name, c) => [name, cells[c] ?? '']));
      const cell = (name: string): string => row[name] ?? '';
      const callsPerHour = (Number(cell('load_erl')) * 3600) / Number(cell('aht_s'));
      const said = await runCommand([
        ...['erlang', '--calls-per-hour', String(callsPerHour), '--aht', cell('aht_s')],
        ...['--patience', cell('patience_s'), '--operators', cell('n'), '--trunks', cell('K')],
        ...(cell('t_s') === '' ? [] : ['--within', cell('t_s')]),
        '--json',
      ]);
      expect(said.code, said.err).toBe(0);
      const found = JSON.parse(said.out) as Record<string, unknown>;
      const stable = cell('p_block') !== 'unstable';
      expect(found['stable'], lines[i]).toBe(stable);
      if (!stable) continue;
      for (const name of names.filter((own) => !inputs.includes(own) && cell(own) !== '')) {
        const [value, wanted] = [Number(found[name]), Number(cell(name))];
        const error = Math.abs(value - wanted);
        const allowed = times.includes(name)
          ? 1e-8
          : name === 'mean_queue_len'
            ? 1e-10 * Math.max(1, wanted)
            : 1e-10;
        if (!(error <= allowed)) expect.fail(`${name}: ${value}, not ${wanted}, in ${lines[i] ?? ''}`);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(1000);
  });
});
