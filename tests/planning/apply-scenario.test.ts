import { messageOf, remedyOf } from '../support/said.ts';
import { describe, expect, it } from 'vitest';
import { scenarioSchema, type ScenarioModel } from '../../src/contract/models/scenario-model.ts';
import { BadInputError, type Problem } from '../../src/kernel/errors.ts';
import { applyScenario, scenarioMisfits, withoutMisfits } from '../../src/diversion/apply-scenario.ts';
import { asRates } from '../../src/kernel/hotline.ts';
import { catalogueOf, entry, smallRequest } from '../support/small-world.ts';
import { settleScenario } from '../../src/planning/run-scenario.ts';
import { plannedOperationOf } from '../support/planned-operation-of.ts';

const { planned, week } = await plannedOperationOf(8);
/** The scenario as a question is answered with it: held against the plan, then applied. */
const changed = (scenario: ScenarioModel, operation = planned) =>
  applyScenario(operation, settleScenario(operation, scenario, week), {
    starts: week.starts,
    catalogue: operation.models.prompts,
  });
const never = planned.models.hotline.queues.find((queue) => queue.neverDivert)?.queue ?? '';
const queue = planned.models.hotline.queues.find((own) => !own.neverDivert)?.queue ?? '';

type Placement = NonNullable<ScenarioModel['placements']>[number];
const drawn = (from: string, to: string, change: Partial<Placement> = {}): Placement => ({
  prompt: 'mini-programme',
  queue,
  date: '2026-11-24',
  from,
  to,
  ...change,
});
const play = (...placements: Placement[]) => changed(scenarioSchema.parse({ scenario: 'drawn', placements }));
const problemsOf = (...placements: Placement[]): readonly Problem[] => {
  try {
    play(...placements);
  } catch (error) {
    if (error instanceof BadInputError) return error.problems;
    throw error;
  }
  return [];
};

describe('prompts drawn by hand', () => {
  it('play where they were drawn; stretches of one prompt are one placement', () => {
    const { prompts } = play(drawn('09:00', '10:00'), drawn('10:00', '10:30')).policy;
    expect(prompts).toHaveLength(1);
    const on = week.starts.filter((_, i) => prompts[0]?.on[i] === 1);
    expect(on).toEqual(['2026-11-24T09:00', '2026-11-24T09:30', '2026-11-24T10:00']);
  });

  it.each<[string, string, Placement[]]>([
    ['a queue that is never diverted', 'never-divert-queue', [drawn('09:00', '11:00', { queue: never })]],
    ['too short a stretch', 'minimum-on-time', [drawn('09:00', '09:30')]],
    ['too long a day', 'maximum-on-time-per-day', [drawn('09:00', '14:00')]],
    ['quiet hours', 'never-in-quiet-hours', [drawn('06:00', '07:00')]],
    [
      'two at once',
      'one-prompt-at-a-time',
      [drawn('09:00', '11:00'), drawn('10:00', '12:00', { prompt: 'call-later' })],
    ],
    ['a queue that does not exist', 'unknown-name', [drawn('09:00', '11:00', { queue: 'nobody' })]],
    ['a time between intervals', 'span-outside-week', [drawn('09:10', '11:00')]],
  ])('are refused for %s', (_, rule, placements) => {
    const problems = problemsOf(...placements);
    expect(problems.map((problem) => problem.rule)).toContain(rule);
    for (const problem of problems) {
      expect(messageOf(problem)['zh-CN']).toMatch(/[\u4e00-\u9fff]/);
      expect(remedyOf(problem).en).not.toBe('');
    }
  });

  it('are refused outside opening hours', () => {
    const openingHours = week.dates.map(() => ({ from: '09:00', to: '17:00' }));
    const closed = {
      ...planned,
      models: { ...planned.models, hotline: { ...planned.models.hotline, openingHours } },
      demand: {
        ...planned.demand,
        queues: planned.demand.queues.map((queue) => ({
          ...queue,
          freshMean: queue.freshMean.map((calls, i) => {
            const hour = Number(week.starts[i]?.slice(11, 13));
            return hour >= 9 && hour < 17 ? calls : 0;
          }),
        })),
      },
    };
    const scenario = scenarioSchema.parse({ scenario: 'late', placements: [drawn('17:00', '19:00')] });
    expect(() => changed(scenario, closed)).toThrow('outside-opening-hours');
  });
});

describe('a surge', () => {
  const surged = (from: string, to: string, change: object = {}) =>
    changed(scenarioSchema.parse({ scenario: 's', surges: [{ from, to, factor: 2, ...change }] }));
  const rules = (from: string, to: string, change: object = {}): string[] => {
    try {
      surged(from, to, change);
    } catch (error) {
      if (error instanceof BadInputError) return error.problems.map(({ rule }) => rule);
      throw error;
    }
    return [];
  };

  it('doubles the calls of its intervals only', () => {
    const { demand } = surged('2026-11-24T09:00', '2026-11-24T10:00');
    const factors = (demand.queues[0]?.freshMean ?? []).map(
      (calls, i) => calls / (planned.demand.queues[0]?.freshMean[i] ?? 1),
    );
    const doubled = week.starts.filter((_, i) => Math.abs((factors[i] ?? 0) - 2) < 1e-9);
    expect(doubled).toEqual(['2026-11-24T09:00', '2026-11-24T09:30']);
  });

  it.each([
    [[1.5, 1.5], 2],
    [[2, 0.5], 1.5],
    [[0.5, 0.25], 0],
  ])('adds to others on the same time: %j make %d', (factors, together) => {
    const surges = factors.map((factor) => ({ from: '2026-11-24T09:00', to: '2026-11-24T10:00', factor }));
    const scenario = scenarioSchema.parse({ scenario: 's', callsFactor: 1.1, surges });
    const at = week.starts.indexOf('2026-11-24T09:30');
    const calls = changed(scenario).demand.queues[0]?.freshMean[at] ?? NaN;
    expect(calls / (planned.demand.queues[0]?.freshMean[at] ?? NaN)).toBeCloseTo(1.1 * together, 9);
  });

  it('knows queues and tiers by their names, too', () => {
    const [own] = planned.models.hotline.queues;
    expect(rules('2026-11-24T09:00', '2026-11-24T10:00', { queue: own?.name['zh-CN'] })).toEqual([]);
    const [tier] = planned.models.tiers.tiers;
    const fewer = scenarioSchema.parse({
      scenario: 's',
      operatorsChange: { [tier?.name['zh-CN'] ?? '']: -1 },
    });
    const sum = (values: Float64Array | undefined): number => values?.reduce((a, b) => a + b, 0) ?? 0;
    const after = changed(fewer).capacity.tiers.find((t) => t.tier === tier?.tier);
    const before = planned.capacity.tiers.find((t) => t.tier === tier?.tier);
    expect(sum(after?.operators)).toBeLessThan(sum(before?.operators));
  });

  it('outside the plan’s week, or of no queue that the plan has, is refused', () => {
    expect(rules('2027-01-01T09:00', '2027-01-01T10:00')).toEqual(['span-outside-week']);
    expect(rules('2026-11-24T10:00', '2026-11-24T09:00')).toEqual(['span-ends-before-it-starts']);
    expect(rules('2026-11-24T09:00', '2026-11-24T10:00', { queue: '无此队列' })).toEqual(['unknown-name']);
    expect(rules('2026-11-29T23:00', '2026-11-29T24:00')).toEqual([]);
  });
});

describe('a scenario laid over six half-hours', () => {
  const catalogue = catalogueOf([entry()]);
  const { demand, capacity, policy } = smallRequest({
    calls: { a: [10, 20, 30, 40, 50, 60], b: [5, 5, 5, 5, 5, 5] },
    operators: 9,
    catalogue,
  });
  const paths = [0.5, 2];
  const operation = {
    capacity,
    policy,
    demand: {
      ...demand,
      queues: demand.queues.map((own) => ({
        ...own,
        ratePaths: asRates(
          Float64Array.from(paths.flatMap((level) => [...own.freshMean].map((n) => level * n))),
        ),
        pathCount: paths.length,
      })),
    },
  };
  const starts = ['09:00', '09:30', '10:00', '10:30', '11:00', '11:30'].map((time) => `2026-11-23T${time}`);
  const context = { starts, catalogue };

  it('a surge moves every sample path in its own half-hours as it moves the mean, and no other queue', () => {
    const scenario = scenarioSchema.parse({
      scenario: 'surge',
      callsFactor: 1.5,
      surges: [{ from: '2026-11-23T09:30', to: '2026-11-23T10:30', factor: 2, queue: 'a' }],
    });
    const [a, b] = applyScenario(operation, scenario, context).demand.queues;
    const factors = [1.5, 3, 3, 1.5, 1.5, 1.5];
    const calls = [10, 20, 30, 40, 50, 60].map((n, i) => n * (factors[i] ?? 0));
    expect([...(a?.freshMean ?? [])]).toEqual(calls);
    const levels = [...(a?.ratePaths ?? [])];
    expect(levels).toEqual(paths.flatMap((level) => calls.map((n) => expect.closeTo(level * n, 3))));
    expect([...(b?.freshMean ?? [])]).toEqual([7.5, 7.5, 7.5, 7.5, 7.5, 7.5]);
  });

  it('what has no place in it is named, with why, and left out', () => {
    const placement = (change: Partial<Placement>) => ({
      ...drawn('09:30', '10:30', { prompt: 'online', queue: 'a', date: '2026-11-23' }),
      ...change,
    });
    const placed = [
      placement({}),
      placement({ prompt: 'none' }),
      placement({ queue: 'none' }),
      placement({ prompt: 'none', queue: 'none' }),
      placement({ date: '2026-11-24' }),
      placement({ from: '09:40' }),
      placement({ to: '10:20' }),
      placement({ from: '10:30', to: '10:30' }),
      placement({ from: '08:00', to: '08:30' }),
      placement({ to: '24:00' }),
      placement({ from: '09:00', to: '12:30' }),
    ];
    const surge = (from: string, to: string, queue?: string) => ({
      from: `2026-11-${from}`,
      to: `2026-11-${to}`,
      factor: 2,
      ...(queue === undefined ? {} : { queue }),
    });
    const surges = [
      surge('23T09:00', '23T09:30'),
      surge('23T09:01', '23T09:29'),
      surge('23T09:30', '23T09:30'),
      surge('22T09:00', '22T10:00'),
      surge('22T09:00', '23T09:01'),
      surge('23T09:00', '23T10:00', 'none'),
    ];
    const scenario = scenarioSchema.parse({
      scenario: 'odd',
      placements: placed,
      surges,
      operatorsChange: { all: 1, none: 2 },
    });
    const misfits = scenarioMisfits(operation, scenario, context);
    const whys = placed.map((_, i) =>
      misfits.placements
        .filter(({ placement: own }) => own === scenario.placements?.[i])
        .map(({ why }) => why),
    );
    expect(whys).toEqual([
      [],
      ['unknown-prompt'],
      ['unknown-queue'],
      ['unknown-prompt', 'unknown-queue'],
      ['other-week'],
      ['off-grid'],
      ['off-grid'],
      ['off-grid'],
      ['off-grid'],
      [],
      ['off-grid'],
    ]);
    expect(misfits.surges.map(({ surge: own, why }) => [scenario.surges.indexOf(own), why])).toEqual([
      [1, 'between-starts'],
      [2, 'off-grid'],
      [3, 'other-week'],
      [5, 'unknown-queue'],
    ]);
    expect(misfits.tiers).toEqual(['none']);
    const kept = withoutMisfits(scenario, misfits);
    expect(kept.placements).toEqual([placed[0], placed[9]]);
    expect(kept.surges).toEqual([surges[0], surges[4]]);
    expect(kept.operatorsChange).toEqual({ all: 1 });
  });
});
