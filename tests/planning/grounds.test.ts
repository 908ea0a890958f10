import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { promptsSchema } from '../../src/contract/models/prompts-model.ts';
import { takeUpOf, type LearntPrompt } from '../../src/diversion/learn-catalogue.ts';
import { asRates, type QueueDemand } from '../../src/kernel/hotline.ts';
import type { TrafficColumns } from '../../src/planning/ports.ts';
import {
  promptParameterSources,
  queueParameterSources,
  refuseShortCalls,
  withFactors,
  withShrinkage,
} from '../../src/planning/forecasts/build-demand.ts';
import { ofMeasures } from '../../src/kernel/records.ts';
import { countMeasured } from '../../src/planning/history/line-history.ts';

const queue: QueueDemand = {
  queue: 'a',
  freshMean: Float64Array.of(30, 10),
  ratePaths: asRates(Float64Array.of(30, 10)),
  pathCount: 1,
  handleTimeSeconds: Float64Array.of(200, 240),
  patienceSeconds: 120,
  repeats: {
    afterAbandon: 0.8,
    afterAbandonDelaySeconds: 600,
    afterBlock: 0.5,
    afterBlockDelaySeconds: 60,
    reconnect: 0,
    reconnectDelaySeconds: 0,
  },
};
const name = { 'zh-CN': '甲', en: 'A' };

describe('grounds of a plan', () => {
  test('handle time is weighted by calls, and says from how many it was measured', () => {
    const grounds = queueParameterSources(queue, name, {
      handleTime: 5000,
      patience: undefined,
      redials: undefined,
    });
    expect(grounds.map(({ ground, value, source, records }) => [ground, value, source, records])).toEqual([
      ['handle-time', 210, 'measured', 5000],
      ['patience', 120, 'assumed', null],
      ['redials', 0.8, 'assumed', null],
    ]);
    const endless = queueParameterSources({ ...queue, patienceSeconds: Infinity }, name, {
      handleTime: 1,
      patience: 2,
      redials: 3,
    });
    expect(endless[1]?.value).toBeNull();
  });

  test('how many follow a prompt is learnt from when it played, else assumed or set', () => {
    const prompts = promptsSchema.parse(
      JSON.parse(readFileSync(new URL('../../models/prompts.json', import.meta.url), 'utf8')),
    );
    const [first, second] = prompts.prompts;
    const own = {
      ...second,
      response: { ...second?.response, assumed: false },
    } as (typeof prompts.prompts)[number];
    const learnt = [{ prompt: first?.prompt, intervals: 40, assumed: false }] as unknown as LearntPrompt[];
    const of = (known: readonly LearntPrompt[]) =>
      promptParameterSources({ prompts: [first as typeof own, own] }, known).map(
        ({ ground, source, records }) => [ground, source, records],
      );
    expect(of(learnt)).toEqual([
      ['take-up', 'measured', 40],
      ['take-up', 'set', null],
    ]);
    expect(of([])[0]).toEqual(['take-up', 'assumed', null]);
    expect(promptParameterSources(prompts, [])[0]?.value).toBe(takeUpOf(first as typeof own));
  });

  test('only calls with the figure count as measured', () => {
    const missing = Float64Array.of(Number.NaN, Number.NaN, Number.NaN);
    const traffic: TrafficColumns = {
      queue: 'a',
      intervalMinutes: 30,
      startMillis: Float64Array.of(0, 1, 2),
      ...ofMeasures(() => missing),
      offered: Float64Array.of(10, 20, 40),
      answered: Float64Array.of(9, 19, 39),
      abandoned: Float64Array.of(1, Number.NaN, 1),
      waitSecondsTotal: Float64Array.of(5, 5, Number.NaN),
      handleSecondsTotal: Float64Array.of(100, Number.NaN, 300),
    };
    const all = { handleTime: true, patience: true, redials: true };
    expect(countMeasured(traffic, all)).toEqual({ handleTime: 48, patience: 10, redials: 0 });
    expect(countMeasured(traffic, { ...all, handleTime: false }).handleTime).toBeUndefined();
  });

  const unchanged = { handleTime: 1, patience: 1, redials: 1, shrinkage: 1 };
  test('factors change what they name, within what there can be', () => {
    const changed = withFactors(queue, { ...unchanged, handleTime: 1.1, redials: 2 });
    expect([...changed.handleTimeSeconds]).toEqual([200 * 1.1, 240 * 1.1]);
    expect([changed.patienceSeconds, changed.repeats.afterAbandon, changed.repeats.afterBlock]).toEqual([
      120, 1, 1,
    ]);
    const short = { ...queue, queue: 'short', handleTimeSeconds: Float64Array.of(117.5, 130) };
    const less = [queue, short].map((each) => withFactors(each, { ...unchanged, handleTimeSeconds: -300 }));
    expect(() => refuseShortCalls(less, -300)).toThrow(
      expect.objectContaining({
        problems: [expect.objectContaining({ values: { queue: 'short', seconds: 117.5 } })],
      }),
    );
    const tier = { tier: 'a', name, queues: [], connectionTarget: null, costPerHour: 1 };
    const model = {
      tiers: [
        { ...tier, shrinkage: 0.5 },
        { ...tier, shrinkage: [{ kind: 'x', name, share: 0.1 }] },
      ],
    };
    expect(withShrinkage(model, 2).tiers.map(({ shrinkage }) => shrinkage)).toEqual([
      0.9,
      [{ kind: 'x', name, share: 0.2 }],
    ]);
    expect(withShrinkage(model, 1)).toBe(model);
  });
});
