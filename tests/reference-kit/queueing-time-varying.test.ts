import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { targetsSchema } from '../../src/contract/models/targets-model.ts';
import { tiersSchema } from '../../src/contract/models/tiers-model.ts';
import { requireOperators } from '../../src/staffing/require-operators.ts';
import { aDemand, aPolicy, to, type AQueue } from '../support/a-line.ts';
import { transientServiceLevel } from '../support/transient.ts';

const file = new URL('../../../shared/reference/simulation/time-varying.json', import.meta.url);
const present = existsSync(file);
if (!present) console.warn('the reference kit ../shared is not here: its tests are skipped');

interface Kit {
  readonly rates_per_h: readonly number[];
  readonly results: readonly {
    readonly method: string;
    readonly aht: number;
    readonly agent_hours: number;
  }[];
}

/** The day's requirement at 0.80 within 15 s, and each half-hour's exact transient level under it. */
const staffTheDay = (kit: Kit, handle: number): { hours: number; levels: number[]; day: number } => {
  const callsPerHour = Array.from(
    { length: 48 },
    (_, i) => ((kit.rates_per_h[2 * i] ?? 0) + (kit.rates_per_h[2 * i + 1] ?? 0)) / 2,
  );
  const queue: AQueue = { queue: 'q', callsPerHour, handle, patience: 180, routes: [to('t')] };
  const { tiers } = tiersSchema.parse({
    tiers: [
      {
        tier: 't',
        name: { 'zh-CN': 't', en: 't' },
        queues: [{ queue: 'q', preference: 1 }],
        connectionTarget: null,
        costPerHour: 1,
        shrinkage: 0,
      },
    ],
  });
  const targets = targetsSchema.parse({
    connectionRate: 0,
    serviceLevel: 0.8,
    rollingConnectionRate: null,
    occupancyMax: 1,
    confidence: 0.5,
    minimumOperators: 0,
  });
  const { tiers: found } = requireOperators({
    demand: aDemand([queue], 48, 30),
    policy: aPolicy([queue]),
    tiers,
    targets,
    trunks: Infinity,
    open: new Uint8Array(48).fill(1),
  });
  const staff = [...(found[0]?.operators ?? [])];
  const { within } = transientServiceLevel({
    ratesPerSecond: kit.rates_per_h.map((rate) => rate / 3600),
    operators: staff.flatMap((n) => [n, n]),
    stepSeconds: 900,
    handleTimeSeconds: handle,
    patienceSeconds: 180,
    thresholdSeconds: 15,
  });
  const weigh = (from: number, to_: number): number => {
    let calls = 0;
    let good = 0;
    for (let i = from; i < to_; i += 1) {
      calls += kit.rates_per_h[i] ?? 0;
      good += (kit.rates_per_h[i] ?? 0) * (within[i] ?? 0);
    }
    return good / calls;
  };
  return {
    hours: staff.reduce((sum, n) => sum + n, 0) / 2,
    levels: staff.map((_, i) => weigh(2 * i, 2 * i + 2)),
    day: weigh(0, 96),
  };
};

describe.skipIf(!present)('staffing through a day, judged by exact transient equations', () => {
  const kit = present ? (JSON.parse(readFileSync(file, 'utf8')) as Kit) : { rates_per_h: [], results: [] };
  const hoursOf = (method: string, aht: number): number =>
    kit.results.find((r) => r.method === method && r.aht === aht)?.agent_hours ?? Number.NaN;

  it('holds 0.80 on the day and 0.72 in each half-hour at 600 s, at the price of the modified offered load', () => {
    const { hours, levels, day } = staffTheDay(kit, 600);
    expect(day).toBeGreaterThanOrEqual(0.8);
    expect(Math.min(...levels)).toBeGreaterThanOrEqual(0.72);
    expect(Math.abs(hours / hoursOf('MOL_avg', 600) - 1)).toBeLessThanOrEqual(0.01);
  });

  it('holds 0.75 in each half-hour at 1500 s with no more hours than the maximum would take', () => {
    const { hours, levels, day } = staffTheDay(kit, 1500);
    expect(day).toBeGreaterThanOrEqual(0.8);
    expect(Math.min(...levels)).toBeGreaterThanOrEqual(0.75);
    expect(hours).toBeLessThanOrEqual(hoursOf('MOL_max', 1500));
  });
});
