import { describe, expect, it } from 'vitest';
import { type Estimate, meanEstimate, ratioEstimate } from '../../src/queueing/simulator/plan-rates.ts';
import { simulateModel } from '../../src/queueing/simulator/simulate-model.ts';
import { parseSimulationModel } from '../../src/queueing/simulator/simulation-model.ts';
import { isLongRun } from '../support/sweep.ts';
import { simulateNaively, type NaiveCounts } from './naive-model.ts';
import { oddScenarios } from './odd-scenarios.ts';

const replications = isLongRun ? 250 : 80;

const ratios: Readonly<Record<string, readonly [keyof NaiveCounts, (c: NaiveCounts) => number]>> = {
  p_connect_of_attempts: ['connected', (c) => c.attempts],
  p_abandon_of_attempts: ['abandoned', (c) => c.attempts],
  p_block_of_attempts: ['blocked', (c) => c.attempts],
  p_deflect_of_attempts: ['deflected', (c) => c.attempts],
  sl15_of_attempts: ['within15', (c) => c.attempts],
  sl60_of_attempts: ['within60', (c) => c.attempts],
  asa_answered_s: ['waitAnswered', (c) => c.connected],
  mean_wait_admitted_s: ['waitAll', (c) => c.attempts - c.blocked - c.deflected],
  p_wait_of_admitted: ['waited', (c) => c.attempts - c.blocked - c.deflected],
  sl15_excl_short_abandons5: ['within15', (c) => c.attempts - c.blocked - c.deflected - c.short5],
};
const counted = [
  'attempts',
  'first',
  'redial_after_abandon',
  'redial_after_block',
  'reconnects',
  'blocked',
  'deflected',
  'connected',
  'abandoned', // prettier-ignore
] as const;

/** How many combined standard errors two estimates lie apart; half widths are of 95 % intervals. */
const apart = (a: Estimate | [number, number] | null | undefined, b: Estimate | undefined): number => {
  if (a === null || a === undefined || b === undefined) return (a ?? undefined) === b ? 0 : Infinity;
  const error = Math.hypot(a[1], b[1]) / 1.96;
  return Math.abs(a[0] - b[0]) <= 1e-9 * Math.abs(a[0]) ? 0 : Math.abs(a[0] - b[0]) / error;
};

describe('scenarios of our own against a plain simulator, within four combined standard errors', () => {
  it.each(Object.entries(oddScenarios))('%s', (_, params) => {
    const model = parseSimulationModel(params);
    const { per_class, pools } = simulateModel(model, { replications, seed: 21 });
    const naive = Array.from({ length: replications }, (_, r) => simulateNaively(model, 1000 + r));
    const far: string[] = [];
    const judge = (name: string, z: number): void => {
      if (!(z <= 4)) far.push(`${name}: ${z.toFixed(2)}`);
    };
    model.classes.forEach((_, c) => {
      const rows = naive.flatMap(({ counts }) => counts[c] ?? []);
      const own = per_class[c] ?? {};
      for (const name of counted)
        judge(`${c} ${name}`, apart(own[name], meanEstimate(rows.map((row) => row[name]))));
      for (const [name, [top, bottom]] of Object.entries(ratios))
        judge(
          `${c} ${name}`,
          apart(
            own[name],
            ratioEstimate(
              rows.map((row) => row[top]),
              rows.map(bottom),
            ),
          ),
        );
    });
    model.pools.forEach((_, p) => {
      const rows = naive.flatMap((run) => run.pools[p] ?? []);
      const hours = (of: (row: (typeof rows)[number]) => number) =>
        meanEstimate(rows.map((row) => of(row) / 3600));
      judge(
        `pool ${p} busy`,
        apart(
          pools[p]?.['busy_h'],
          hours((row) => row.busySeconds),
        ),
      );
      judge(
        `pool ${p} staffed`,
        apart(
          pools[p]?.['scheduled_h'],
          hours((row) => row.staffSeconds),
        ),
      );
      judge(
        `pool ${p} overrun`,
        apart(
          pools[p]?.['overrun_h'],
          hours((row) => row.overrun),
        ),
      );
    });
    expect(far).toEqual([]);
  });
});
