import { english } from '../support/said.ts';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeMonitored } from '../../src/planning/comparison/monitored-in-span.ts';
import { readModels } from '../../src/store/workspace-models.ts';
import { isLongRun } from '../support/sweep.ts';
import { createParallelMap } from '../../src/engine/parallel-map.ts';
import { explainActualGap, projectReplays } from '../../src/planning/comparison/explain-actual-gap.ts';
import { explainPlanted, namedFirst, plantedCauses, plantedWorld } from '../support/planted-worlds.ts';

const shipped = await readModels(join(import.meta.dirname, '../../models'));
const models = { ...shipped, hotline: { ...shipped.hotline, intervalMinutes: 60 as const } };
const worlds = isLongRun ? 30 : 12;

describe('made-up weeks whose cause is known', () => {
  const found = Array.from({ length: worlds }, (_, i) => {
    const planted = plantedCauses[i % plantedCauses.length] ?? 'volume';
    return { planted, explained: explainPlanted(models, planted, i) };
  });

  it('names the planted cause first in at least nine of ten (two hundred in bench/planted-causes.ts)', () => {
    const right = found.filter(({ planted, explained }) => namedFirst(explained) === planted);
    expect(right.length).toBeGreaterThanOrEqual(0.9 * worlds);
  });

  it('splits the whole gap, whatever was planted', () => {
    for (const { explained } of found) {
      const sum = explained.causes.reduce((total, { effect }) => total + effect, 0);
      expect(Math.abs(sum - (explained.gap ?? Number.NaN))).toBeLessThan(1e-9);
    }
  });

  it('judges what was monitored against every future of the plan, and names the cause in the verdict', () => {
    const bad = found.find(
      ({ planted, explained }) => planted === 'operators' && namedFirst(explained) === planted,
    );
    if (bad === undefined) throw new Error('no such world');
    expect(bad.explained.rateFutures.length).toBe(10);
    const figures = {
      testCalls: 11,
      connected: 2,
      connectionRate: { value: 2 / 11, low: 0.02, high: 0.52 },
      meanSeconds: null,
      band: 'cold' as const,
      score: null,
    };
    const verdict = judgeMonitored({ figures, calls: [] }, bad.explained);
    expect(verdict).toMatchObject({ withinSamplingNoise: false, likeliestCause: 'operators' });
    expect(verdict.pValue).toBeLessThan(0.05);
    expect(english(verdict.verdict)).toContain('The likeliest cause is operators present');
    // Two of two calls are luck: what the switch recorded comes first where that is a point or more away.
    const few = { ...figures, testCalls: 2, connected: 2 };
    const lucky = english(judgeMonitored({ figures: few, calls: [] }, bad.explained).verdict);
    expect(Math.abs(bad.explained.gap ?? 0)).toBeGreaterThan(0.01);
    expect(lucky.indexOf('recorded by the switch')).toBeLessThan(lucky.indexOf('test calls got through'));
    const none = judgeMonitored(undefined, bad.explained);
    expect(none.withinSamplingNoise).toBeNull();
    expect(english(none.verdict)).toContain('There were no test calls');
  });

  it('takes the replays from threads, to the last bit what it works out by itself', async () => {
    const { planned, happened, week } = plantedWorld(models, 'operators', 2);
    const alone = found[2]?.explained;
    const parallel = createParallelMap(2);
    const replays = await projectReplays({ parallel, progress: () => undefined }, planned, happened);
    await parallel.close();
    expect(replays.size).toBe(15);
    expect(explainActualGap(planned, happened, week, [], replays)).toEqual(alone);
    const swapped = new Map([...replays, ['volume', replays.get('operators') ?? []]]) as typeof replays;
    expect(explainActualGap(planned, happened, week, [], swapped).causes).not.toEqual(alone?.causes);
  });
});
