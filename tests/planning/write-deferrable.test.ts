import { english } from '../support/said.ts';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { hotlineSchema } from '../../src/contract/models/hotline-model.ts';
import { promptsSchema } from '../../src/contract/models/prompts-model.ts';
import { tiersSchema } from '../../src/contract/models/tiers-model.ts';
import { effectiveModels } from '../../src/planning/history/effective-models.ts';
import type { Models } from '../../src/planning/ports.ts';
import { reportDeferrable, writeDeferrable } from '../../src/planning/week/write-plan.ts';
import { meanShrinkage } from '../../src/kernel/shrinkage.ts';

const read = async (name: string): Promise<object> =>
  JSON.parse(await readFile(new URL(`../../models/${name}.json`, import.meta.url), 'utf8')) as object;
const works = [{ work: 'orders', name: { 'zh-CN': '工单', en: 'Work orders' }, hoursPerDay: 3 }];

describe('work that can wait, in a plan', () => {
  it('stays with the models when traffic decides which queues there are', async () => {
    const hotline = hotlineSchema.parse(await read('hotline'));
    const tiers = tiersSchema.parse({ ...(await read('tiers')), deferrable: works });
    const prompts = promptsSchema.parse(await read('prompts'));
    const { models } = effectiveModels({ hotline, tiers, prompts } as Models, ['general', 'a-new-queue']);
    expect(models.tiers.deferrable?.[0]).toMatchObject({ work: 'orders', withinDays: 1 });
  });

  it('is written by day and tier, with a sentence on what found no trough', async () => {
    const { tiers, deferrable = [] } = tiersSchema.parse({ ...(await read('tiers')), deferrable: works });
    const [tier] = tiers;
    if (tier === undefined) throw new Error('no tier');
    const written = writeDeferrable({
      horizon: { zone: 'UTC', startMillis: 0, intervalMinutes: 60, count: 4 },
      works: deferrable,
      tiers: [tier],
      ready: [{ tier: tier.tier, operators: Float64Array.of(5, 7, 6, 6) }],
      needed: [{ tier: tier.tier, operators: [5, 4, 5, 5] }],
      days: [
        [0, 2],
        [2, 4],
      ],
    });
    expect(written?.[0]).toMatchObject({ hours: 6, placedHours: 5, dayHours: [3, 2] });
    expect(written?.[0]?.tiers[0]?.operators).toEqual([0, 3, 1, 1]);
    expect(written?.[0]?.unplacedCost).toBeCloseTo(tier.costPerHour / (1 - meanShrinkage(tier.shrinkage)), 9);
    expect(english(reportDeferrable(written)[0])).toContain('5 / 6');
    expect(
      writeDeferrable({
        horizon: { zone: 'UTC', startMillis: 0, intervalMinutes: 60, count: 0 },
        works: [],
        tiers: [tier],
        ready: [],
        needed: [],
        days: [],
      }),
    ).toBeUndefined();
  });
});
