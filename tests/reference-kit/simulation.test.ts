import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { layOutModel } from '../../src/queueing/simulator/line-spec.ts';
import { simulateReplication } from '../../src/queueing/simulator/line-simulation.ts';
import { simulateModel, simulateModelShare } from '../../src/queueing/simulator/simulate-model.ts';
import { parseSimulationModel } from '../../src/queueing/simulator/simulation-model.ts';
import { countField } from '../../src/queueing/simulator/line-counts.ts';

const folder = new URL('../../../shared/reference/simulation/', import.meta.url);
const isThere = existsSync(folder);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

type Measures = Record<string, [number, number] | null>;
interface Results {
  readonly all: Measures;
  readonly per_class: Measures[];
  readonly pools: Measures[];
}
interface Scenario {
  readonly name: string;
  readonly params: unknown;
  readonly results: Results;
}
const scenarios = isThere ? (read('scenarios.json') as { scenarios: Scenario[] }).scenarios : [];

/** Enough replications for about this many events: a few seconds a scenario. */
const events = 8e6;
const replicationsFor = (params: unknown): number => {
  const counts = simulateReplication(layOutModel(parseSimulationModel(params)), 1, 0);
  return Math.max(100, Math.round(events / Math.max(1, counts.events)));
};

/** Distance in combined standard errors; half widths are 1.96 of them. */
const distance = (ours: [number, number], theirs: [number, number]): number => {
  const error = Math.hypot(ours[1], theirs[1]) / 1.96;
  const gap = Math.abs(ours[0] - theirs[0]);
  return gap <= 1e-9 * Math.abs(theirs[0]) ? 0 : gap / error;
};

const compare = (place: string, ours: Measures | undefined, theirs: Measures): void => {
  for (const [name, expected] of Object.entries(theirs)) {
    const found = ours?.[name];
    if (expected === null) expect(found, `${place}.${name}`).toBeNull();
    else {
      expect(found, `${place}.${name} is there`).toBeTruthy();
      expect(distance(found ?? [Number.NaN, 0], expected), `${place}.${name}`).toBeLessThanOrEqual(4);
    }
  }
};

describe.skipIf(!isThere)('the reference scenarios (skipped without ../shared)', () => {
  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    '%s: every measure within four combined standard errors',
    (_, { params, results }) => {
      const ours = simulateModel(parseSimulationModel(params), {
        replications: replicationsFor(params),
        seed: 11,
      });
      compare('all', ours.all, results.all);
      for (const [c, expected] of results.per_class.entries()) {
        compare(`per_class.${c}`, ours.per_class[c], expected);
      }
      for (const [p, expected] of results.pools.entries()) compare(`pools.${p}`, ours.pools[p], expected);
    },
    60_000,
  );

  it('S05: every interval and total within the error of the exact transient values', () => {
    const exact = read('s05-exact.json') as { intervals: Record<string, number[]> };
    const params = scenarios.find((scenario) => scenario.name.startsWith('S05'))?.params;
    const model = parseSimulationModel(params);
    const replications = 160;
    const single = Array.from({ length: replications }, (_, r) =>
      simulateModelShare({ model, seed: 3, from: r, to: r + 1 }),
    );
    const fields: readonly [string, number][] = [
      ['connected', countField.connected],
      ['abandoned', countField.abandoned],
      ['ans10', single[0]?.counts.answerLimitAt ?? 0],
      ['ans15', (single[0]?.counts.answerLimitAt ?? 0) + 1],
      ['ans20', (single[0]?.counts.answerLimitAt ?? 0) + 2],
      ['ans60', (single[0]?.counts.answerLimitAt ?? 0) + 3],
      ['wait_answered_sum', countField.waitAnswered],
    ];
    let beyondThree = 0;
    let compared = 0;
    for (const [name, field] of fields) {
      for (const [i, expected] of (exact.intervals[name] ?? []).entries()) {
        // Too rare to be near normal; the intervals of the busy half of the day are not.
        if (expected * replications < (name === 'wait_answered_sum' ? 10_000 : 100)) continue;
        const values = single.map(({ counts }) => counts.calls[i * counts.width + field] ?? 0);
        const mean = values.reduce((a, b) => a + b, 0) / replications;
        const squares = values.reduce((a, b) => a + (b - mean) ** 2, 0);
        const error = Math.sqrt(squares / (replications * (replications - 1)));
        // Over 500 comparisons: none beyond 4.5 standard errors is expected, and few beyond three.
        expect(Math.abs(mean - expected), `${name} ${i}`).toBeLessThanOrEqual(4.5 * error + 1e-9);
        if (Math.abs(mean - expected) > 3 * error) beyondThree += 1;
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(500);
    expect(beyondThree).toBeLessThan(14);
  });
});
