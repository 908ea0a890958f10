import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Capacity, type Demand, noRatePaths, type Policy } from '../../src/kernel/hotline.ts';
import {
  averageSpeedOfAnswer,
  connectionRate,
  serviceLevels,
  totalOutcome,
} from '../../src/kernel/measures.ts';
import { project } from '../../src/queueing/project.ts';

const file = new URL('../../../shared/reference/simulation/scenarios.json', import.meta.url);
const present = existsSync(file);
if (!present) console.warn('the reference kit ../shared is not here: its tests are skipped');

type Law = readonly [string, number, number?];
interface Scenario {
  readonly name: string;
  readonly params: {
    readonly intervals: number;
    readonly interval_s: number;
    readonly warmup_s?: number;
    readonly trunks?: number;
    readonly classes: readonly {
      readonly rate_per_h: number | readonly number[];
      readonly service: Law;
      readonly patience: Law;
      readonly redial_abandon?: readonly [number, number];
      readonly redial_block?: readonly [number, number];
      readonly reconnect?: readonly [number, number];
      readonly route: Readonly<Record<string, readonly [number, number]>>;
    }[];
    readonly pools: readonly {
      readonly staff: number | readonly number[];
      readonly class_priority: readonly number[];
    }[];
  };
  readonly results: { readonly per_class: readonly Readonly<Record<string, readonly [number, number]>>[] };
}

const spread = (value: number | readonly number[], count: number, factor = 1): Float64Array =>
  Float64Array.from(
    { length: count },
    (_, i) => factor * (typeof value === 'number' ? value : (value[i] ?? 0)),
  );

const demandOf = ({ params: p }: Scenario): Demand => ({
  horizon: { zone: 'UTC', startMillis: 0, intervalMinutes: p.interval_s / 60, count: p.intervals },
  queues: p.classes.map((c, i) => ({
    queue: `class ${i}`,
    freshMean: spread(c.rate_per_h, p.intervals, p.interval_s / 3600),
    ratePaths: noRatePaths,
    pathCount: 0,
    handleTimeSeconds: spread(c.service[1], p.intervals),
    patienceSeconds: c.patience[0] === 'inf' ? Infinity : c.patience[1],
    repeats: {
      afterAbandon: c.redial_abandon?.[0] ?? 0,
      afterAbandonDelaySeconds: c.redial_abandon?.[1] ?? 300,
      afterBlock: c.redial_block?.[0] ?? 0,
      afterBlockDelaySeconds: c.redial_block?.[1] ?? 90,
      reconnect: c.reconnect?.[0] ?? 0,
      reconnectDelaySeconds: c.reconnect?.[1] ?? 3600,
    },
  })),
});
const capacityOf = ({ params: p }: Scenario): Capacity => ({
  trunks: p.trunks ?? Infinity,
  tiers: p.pools.map((pool, k) => ({ tier: `pool ${k}`, operators: spread(pool.staff, p.intervals) })),
});
/** A queue has one priority here: the one it has in the pools that several classes share. */
const policyOf = ({ params: p }: Scenario): Policy => ({
  prompts: [],
  channels: [],
  queues: p.classes.map((c, i) => ({
    queue: `class ${i}`,
    routes: Object.entries(c.route).map(([pool, [preference, overflowDelaySeconds]]) => ({
      tier: `pool ${pool}`,
      preference,
      overflowDelaySeconds,
    })),
    priority: Math.max(...Object.keys(c.route).map((pool) => p.pools[Number(pool)]?.class_priority[i] ?? 1)),
    answerTimeThresholdSeconds: 15,
    shortAbandonSeconds: 5,
    smartVoiceShare: 0,
  })),
});

interface Tolerance {
  readonly level: number;
  readonly abandon: number;
  /** Relative. */
  readonly speed: number;
}
/** Exact up to the simulation's own noise (four half widths are about 8 standard errors on level). */
const exact: Tolerance = { level: 0.004, abandon: 0.001, speed: 0.02 };

describe.skipIf(!present)('project against the simulated scenarios', () => {
  const all = present
    ? (JSON.parse(readFileSync(file, 'utf8')) as { scenarios: readonly Scenario[] }).scenarios
    : [];
  const cases: readonly (readonly [string, Tolerance])[] = [
    ['S01_erlangA_GMR', exact],
    ['S02_MMnK_M', exact],
    ['S03_erlangC', exact],
    // A day whose load swings by 40 %: the modified offered load against the transient truth.
    ['S05_Mt_M_s_M_sin', exact],
    ['S08_redial_reconnect', { level: 0.006, abandon: 0.006, speed: 0.03 }],
    ['S10_I_design', exact],
    ['S11_N_design_overflow30', { level: 0.03, abandon: 0.02, speed: 0.2 }],
    ['S13_M_design', { level: 0.01, abandon: 0.006, speed: 0.06 }],
    // Other laws than exponential, through their means only: near enough to plan with, not more.
    ['S04_M_LN_n_HE', { level: 0.08, abandon: 0.01, speed: 0.6 }],
    ['S07_day_trunks_redial', { level: 0.08, abandon: 0.025, speed: 0.4 }],
    ['S14_surge_3x', { level: 0.025, abandon: 0.01, speed: 0.25 }],
  ];
  it.each(cases)('%s', (name, tolerance) => {
    const scenario = all.find((s) => s.name === name);
    if (scenario === undefined) throw new Error(`the kit has no scenario ${name}`);
    const outcome = project({
      demand: demandOf(scenario),
      capacity: capacityOf(scenario),
      policy: policyOf(scenario),
    });
    const from = (scenario.params.warmup_s ?? 0) / scenario.params.interval_s;
    scenario.results.per_class.forEach((truth, i) => {
      const totals = totalOutcome(outcome, from, scenario.params.intervals, (q) => q === `class ${i}`);
      const of = (measure: string): number => truth[measure]?.[0] ?? Number.NaN;
      const level = serviceLevels(totals).ofOffered - of('sl15_of_attempts');
      const abandon = totals.abandoned / totals.offered - of('p_abandon_of_attempts');
      const connect = connectionRate(totals) - of('p_connect_of_attempts');
      const speed = averageSpeedOfAnswer(totals) / of('asa_answered_s') - 1;
      const found = `class ${i}: level ${level}, abandon ${abandon}, connect ${connect}, speed ${speed}`;
      expect(Math.abs(level), found).toBeLessThanOrEqual(tolerance.level);
      expect(Math.abs(abandon), found).toBeLessThanOrEqual(tolerance.abandon);
      expect(Math.abs(connect), found).toBeLessThanOrEqual(tolerance.abandon + 0.002);
      expect(Math.abs(speed), found).toBeLessThanOrEqual(tolerance.speed);
      expect(Math.abs(totals.offered / of('attempts') - 1), found).toBeLessThanOrEqual(0.01);
    });
  });
});
