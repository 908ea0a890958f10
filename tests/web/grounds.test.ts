import { describe, expect, test } from 'vitest';
import { hotlineSchema } from '../../src/contract/models/hotline-model.ts';
import {
  factorsOf,
  type Ground,
  isLatestTooEarly,
  sensitivityTo,
  withAssumed,
} from '../../src/web/plan/what-if-panel.tsx';
import { bandBasisOf } from '../../src/web/plan/headline.tsx';
import { variantWords } from '../../src/web/plan/assumptions-view.tsx';
import { levelOfAll } from '../../src/web/plan/day-table.tsx';
import { whyChain } from '../../src/web/plan/why-drawer.tsx';
import { smallPlan } from '../support/small-plan.ts';
import { readFileSync } from 'node:fs';

const hotline = hotlineSchema.parse(
  JSON.parse(readFileSync(new URL('../../models/hotline.json', import.meta.url), 'utf8')),
);
const ground = (kind: Ground['ground'], key: string, value: number): Ground => ({
  ground: kind,
  key,
  name: { 'zh-CN': key, en: key },
  value,
  source: 'assumed',
  records: null,
});

test('why so many: calls and handle time make the load, margins the requirement, shrinkage the people', () => {
  const plan = smallPlan();
  const [queue] = plan.queues;
  const [tier] = plan.tiers;
  if (queue === undefined || tier === undefined) throw new Error('no queue');
  const numbers = (value: number): number[] => plan.starts.map(() => value);
  const told = {
    ...plan,
    calls: { mean: numbers(60), q025: [], q10: numbers(50), q90: numbers(70), q975: [] },
    queues: [
      {
        ...queue,
        offered: numbers(63),
        fresh: numbers(61),
        diverted: numbers(5),
        handleTimeSeconds: numbers(200),
      },
    ],
    tiers: [{ ...tier, shrinkage: numbers(0.26) }],
    certain: numbers(9),
    grounds: [{ ...ground('handle-time', 'general', 200), source: 'measured' as const, records: 9 }],
  };
  const chain = whyChain(told, '2026-11-24T10:00');
  expect(chain).toMatchObject({
    calls: 60,
    offered: 63,
    first: 61,
    again: 7,
    diverted: 5,
    handleTimeSeconds: 200,
    load: 7,
    certain: 9,
    required: 10,
    scheduled: 5,
    measuredQueues: 1,
    queues: 1,
  });
  expect(chain?.tiers).toMatchObject([{ required: 10, people: 14, shrinkage: 0.26 }]);
  expect(whyChain(told, '2026-12-24T10:00')).toBeUndefined();
  expect(whyChain({ ...plan, ...told, certain: undefined }, '2026-11-24T10:00')?.certain).toBeNull();
});

test('calls and callers again less those diverted are not told of a plan that has not kept them', () => {
  const plan = smallPlan();
  const numbers = plan.starts.map(() => 1);
  const calls = { mean: numbers, q025: [], q10: numbers, q90: numbers, q975: [] };
  const queues = plan.queues.map((queue) => ({ ...queue, offered: numbers, handleTimeSeconds: numbers }));
  expect(whyChain({ ...plan, calls, queues }, '2026-11-24T10:00')).toMatchObject({
    again: null,
    diverted: null,
  });
});

test('an interval without calls has no rate, whoever dials again after closing', () => {
  const plan = smallPlan();
  const mean = plan.starts.map((start) => (start.endsWith('02:00') ? 0 : 40));
  const numbers = (value: number): number[] => plan.starts.map(() => value);
  const calls = { mean, q025: [], q10: [], q90: [], q975: [] };
  const queues = plan.queues.map((queue) => ({
    ...queue,
    offered: numbers(0.02),
    serviceLevel: numbers(0.25),
  }));
  expect(levelOfAll({ ...plan, calls, queues }).slice(0, 2)).toEqual([null, 0.25]);
});

test('what an assumption costs is told by the sign that is found', () => {
  expect(variantWords('certain-demand', -40)).toBe('variant.certain-demand');
  expect(variantWords('certain-demand', 4)).toBe('variant.rounding');
  expect(variantWords('erlang-c', 12)).toBe('variant.erlang-c');
  expect(variantWords('erlang-c', -3)).toBe('variant.erlang-c.fewer');
  expect(variantWords('no-redials', 0.2)).toBe('variant.rounding');
  expect(variantWords('pooled', 24)).toBe('variant.pooled');
});

describe('what a plan rests on', () => {
  test('is changed for good where nobody has measured it: that queue and nothing else', () => {
    const changed = withAssumed(hotline, ground('handle-time', 'general', 235), 260);
    expect(changed.queues.map((queue) => queue.assumedHandleTimeSeconds)).toEqual([260, 280, 260, 310, 120]);
    expect({ ...changed, queues: hotline.queues }).toEqual(hotline);
    const patient = withAssumed(hotline, ground('patience', 'move-car', 90), 60);
    expect(patient.queues.at(-1)?.assumedPatienceSeconds).toBe(60);
    expect(withAssumed(hotline, ground('redials', 'general', 0.5), 0.3).assumedRepeats.afterAbandon).toBe(
      0.3,
    );
  });

  test('+20 is asked for as 1.2, and what is left alone is not asked for', () => {
    expect(factorsOf({ handleTime: 20, patience: null, redials: 0, shrinkage: -10 })).toEqual({
      handleTimeFactor: 1.2,
      shrinkageFactor: 0.9,
    });
    expect(factorsOf({})).toEqual({});
  });

  test('a tenth more of shrinkage takes that many paid hours more for as many ready', () => {
    const plan = smallPlan();
    const told = {
      ...plan,
      grounds: [ground('shrinkage', 'general', 0.25)],
      tenths: [{ ground: 'handle-time' as const, operatorHours: 2390 }],
    };
    expect(sensitivityTo(told, 'handle-time')).toEqual({ of: 'required', hours: 190 });
    expect(sensitivityTo(told, 'shrinkage')?.hours).toBeCloseTo(3200 * (0.75 / 0.725 - 1), 6);
    expect(sensitivityTo(told, 'patience')).toBeUndefined();
  });
});

test('an interval says the fewest that its plan wants there at that time', () => {
  const targets = {
    minimumOperators: 2,
    minimumPresence: [{ from: '22:00', to: '07:00', operators: 5 }],
  };
  const at = (start: string, given: object = { madeWith: { settings: { targets }, events: [] } }) =>
    whyChain(
      {
        ...smallPlan(),
        calls: { mean: [], q10: [], q90: [] },
        starts: [start],
        tiers: [],
        queues: [],
        grounds: [],
        ...given,
      } as never,
      start,
    )?.minimum;
  expect(at('2026-11-24T10:00')).toBe(2);
  expect(at('2026-11-24T23:30')).toBe(5);
  expect(at('2026-11-24T06:30')).toBe(5);
  expect(at('2026-11-24T10:00', {})).toBeNull();
});

test('a latest start before the earliest is seen as it is typed; a window over midnight and half a time are none', () => {
  const night = { earliestStart: '21:00' };
  const seen = (latest: string | undefined): boolean => isLatestTooEarly(night, latest);
  expect(['20:00', '9:30', '21:00', '23:30', '00:30', '2', '', undefined].map(seen)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
    false,
    false,
  ]);
});

test('where every test call has to be connected for hot, the words say so', () => {
  const basis = (leastHot?: number) =>
    bandBasisOf({ testCalls: 11, ...(leastHot === undefined ? {} : { leastHot }) });
  expect([basis(), basis(10), basis(11)]).toEqual([
    'figure.bandBasis',
    'figure.bandBasisLeast',
    'figure.bandBasisAll',
  ]);
});
