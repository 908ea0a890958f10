import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { testCallerWait } from '../../src/monitoring/test-times.ts';

const reference = new URL('../../../shared/reference/', import.meta.url);
const absent = !existsSync(reference);
if (absent) console.warn('reference kit skipped: there is no ../shared/reference beside the repository');

const median = (values: readonly number[], p: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(p * (values.length - 1))] ?? Number.NaN;

describe.skipIf(absent)('monitoring against the reference', () => {
  test('the published 2019 figures ship unchanged', () => {
    const parse = (url: URL): Record<string, unknown> =>
      JSON.parse(readFileSync(url, 'utf8')) as Record<string, unknown>;
    const { source, ...shipped } = parse(new URL('../../data/monitoring-2019.json', import.meta.url));
    expect(source).toBeTypeOf('string');
    expect(shipped).toEqual(parse(new URL('monitoring-2019.json', reference)));
  });

  test("a monitor's chance, rebuilt from counts and mean waits, against exact virtual waits of Erlang A", () => {
    const [heading = '', ...lines] = readFileSync(new URL('queueing/erlang.csv', reference), 'utf8')
      .trim()
      .split('\n');
    const columns = heading.split(',');
    const errors: number[] = [];
    const plain: number[] = [];
    for (const line of lines) {
      const cells = line.split(',');
      const at = (name: string): number => Number(cells[columns.indexOf(name)]);
      if (cells[0] !== 'ErlangA' || !(at('t_s') >= 60) || !(at('p_connect') > 0.5)) continue;
      const answered = at('p_connect');
      const { connects } = testCallerWait(
        {
          offered: 1,
          answered,
          abandoned: at('p_abandon'),
          blocked: at('p_block'),
          answeredWaitSeconds: answered * at('asa_answered_s'),
          waitSeconds: at('mean_wait_admitted_s'),
        },
        at('t_s'),
      );
      const exact = 1 - at('p_virtual_wait_gt_t');
      errors.push(Math.abs(connects - exact));
      plain.push(Math.abs(answered - exact));
    }
    expect(errors.length).toBeGreaterThan(200);
    expect(median(errors, 0.5)).toBeLessThan(0.001);
    expect(median(errors, 0.9)).toBeLessThan(0.02);
    expect(Math.max(...errors)).toBeLessThan(0.065);
    expect(median(plain, 0.5)).toBeGreaterThan(0.04);
  });
});
