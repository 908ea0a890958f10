import { chinese, english } from '../support/said.ts';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { hotlineSchema } from '../../src/contract/models/hotline-model.ts';
import { promptsSchema } from '../../src/contract/models/prompts-model.ts';
import { tiersSchema } from '../../src/contract/models/tiers-model.ts';
import { effectiveModels } from '../../src/planning/history/effective-models.ts';
import type { Models } from '../../src/planning/ports.ts';

const read = async (name: string): Promise<object> =>
  JSON.parse(await readFile(new URL(`../../models/${name}.json`, import.meta.url), 'utf8')) as object;
const hotline = hotlineSchema.parse(await read('hotline'));
const tiers = tiersSchema.parse(await read('tiers'));
const prompts = promptsSchema.parse(await read('prompts'));
const noticesFor = (queues: readonly string[], own = prompts) =>
  effectiveModels({ hotline, tiers, prompts: own } as Models, queues).notices;
const listed = hotline.queues.map(({ queue }) => queue);

describe('what a plan says of queues', () => {
  it('that models/hotline.json does not name: with what they are planned, and where to say better', () => {
    const [told, ...others] = noticesFor([...listed, 'night-desk']);
    expect(others).toEqual([]);
    expect(english(told)).toMatch(/^Queue night-desk is not in models\/hotline\.json: it is planned with/);
    expect(english(told)).toContain(`first queue (${hotline.queues[0]?.name.en ?? '?'})`);
    expect(english(told)).toContain(`first tier (${tiers.tiers[0]?.name.en ?? '?'})`);
    expect(english(told)).toMatch(/add it under queues in models\/hotline\.json, .* models\/tiers\.json\.$/);
    expect(chinese(told)).toContain('在 models/hotline.json 的 queues 中登记');
  });

  it('in the plural for several, with no more names than can be read', () => {
    const names = Array.from({ length: 11 }, (_, i) => `desk-${i}`);
    const [told] = noticesFor([...listed, ...names]);
    expect(english(told)).toMatch(/^Queues desk-0, .*desk-7 and 3 more are not in .*: they are planned/);
    expect(english(told)).toContain('add them under queues');
    expect(chinese(told)).toContain('desk-7 等 11 个');
  });

  it('that have no traffic: one is told of in the singular', () => {
    const [last = '', ...others] = listed.toReversed();
    expect(english(noticesFor(others)[0])).toBe(`Queue ${last} has no traffic and is left out of the plan`);
    expect(english(noticesFor(others.slice(1))[0])).toMatch(/^Queues .* have no traffic and are left out/);
  });

  it('of desks whose own queues the line has not: none, unless people belong to them', () => {
    const tiersOf = (queues: readonly string[], people: readonly string[] = []) =>
      effectiveModels({ hotline, tiers, prompts } as Models, queues, people).models.tiers.tiers.map(
        ({ tier }) => tier,
      );
    expect(tiersOf(['general'])).toEqual(['general']);
    expect(tiersOf(['general'], ['senior'])).toEqual(['general', 'senior']);
    expect(tiersOf(['general', 'enterprise'])).toEqual(['general', 'enterprise', 'senior']);
    expect(tiersOf(listed)).toEqual(tiers.tiers.map(({ tier }) => tier));
  });

  it('that only a prompt names: told with those that there are, traffic of an unlisted queue included', () => {
    const [first, ...rest] = prompts.prompts;
    if (first === undefined) throw new Error('no prompt');
    const playing = (queues: string[]) => ({ ...prompts, prompts: [{ ...first, queues }, ...rest] });
    const told = noticesFor(listed, playing(['general', 'enterprize'])).map(english);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(
      'for the queue enterprize, for which the hotline has neither settings nor traffic',
    );
    expect(told[0]).toContain('enterprise');
    const taken = noticesFor([...listed, 'new-queue'], playing(['new-queue'])).map(english);
    expect(taken.filter((said) => said.includes('prompts.json'))).toEqual([]);
  });
});
