import { describe, expect, it } from 'vitest';
import { targetsSchema } from '../../src/contract/models/targets-model.ts';
import { parseSimulationModel } from '../../src/queueing/simulator/simulation-model.ts';
import { intervalsOf, perInterval, requestOfModel } from '../../src/staffing/mix-of-model.ts';
import { targetsOfQueue, weakIntervals } from '../../src/staffing/top-up-requirement.ts';

const model = (more: Record<string, unknown> = {}) =>
  parseSimulationModel({
    intervals: 4,
    interval_s: 1800,
    trunks: 30,
    classes: [
      {
        rate_per_h: [60, 80, 100, 40],
        service: ['exp', 240],
        patience: ['exp', 90],
        route: { '0': [1, 0], '1': [2, 30] },
        redial_abandon: [0.5, 120],
        redial_block: [0.8, 60],
        reconnect: [0.1, 3600],
      },
      { rate_per_h: 20, service: ['det', 300], patience: ['inf', 0], route: { '1': [1, 0] } },
    ],
    pools: [
      { staff: 4, class_priority: [3, 1] },
      { staff: 5, class_priority: [2, 4], cost_per_hour: 50 },
    ],
    ...more,
  });
const requestOf = (more: Record<string, unknown> = {}) =>
  requestOfModel({ model: model(more), connectionRate: 0.9, serviceLevel: 0.8, thresholdSeconds: 20 });

describe('a simulation model as staffing takes it', () => {
  it('calls by interval, means of the laws, what callers do', () => {
    const { demand, trunks, open, targets } = requestOf();
    expect(demand.horizon).toEqual({ zone: 'UTC', startMillis: 0, intervalMinutes: 30, count: 4 });
    const [first, second] = demand.queues;
    expect([...(first?.freshMean ?? [])]).toEqual([30, 40, 50, 20]);
    expect([...(second?.freshMean ?? [])]).toEqual([10, 10, 10, 10]);
    expect([first?.handleTimeSeconds[3], second?.handleTimeSeconds[0]]).toEqual([240, 300]);
    expect([first?.patienceSeconds, second?.patienceSeconds]).toEqual([90, Infinity]);
    expect(first?.repeats).toEqual({
      ...{ afterAbandon: 0.5, afterAbandonDelaySeconds: 120, afterBlock: 0.8, afterBlockDelaySeconds: 60 },
      ...{ reconnect: 0.1, reconnectDelaySeconds: 3600 },
    });
    expect(second?.repeats).toMatchObject({ afterAbandon: 0, afterBlock: 0, reconnect: 0 });
    expect([trunks, [...open]]).toEqual([30, [1, 1, 1, 1]]);
    expect(targets).toMatchObject({ connectionRate: 0.9, serviceLevel: 0.8, rollingConnectionRate: null });
    expect(requestOf({ trunks: null }).trunks).toBe(Infinity);
  });

  it('calls that are handed on, with the seconds before where they are told', () => {
    const { classes } = model();
    const handing = [
      {
        ...classes[0],
        transfer: [
          [0.2, 2, 1],
          [0.1, 1, 0, 60],
        ],
      },
      ...[classes[1], classes[1]],
    ];
    const pools = [4, 5].map((staff) => ({ staff, class_priority: [1, 1, 1] }));
    const { policy } = requestOf({ classes: handing, pools });
    expect(policy.queues.map(({ transfers }) => transfers)).toEqual([
      [
        { toQueue: '2', share: 0.2, holding: true },
        { toQueue: '1', share: 0.1, holding: false, beforeSeconds: 60 },
      ],
      undefined,
      undefined,
    ]);
  });

  it('routes both ways round, prices, and the greatest priority where classes meet', () => {
    const { policy, tiers } = requestOf();
    expect(policy.queues.map(({ routes }) => routes.map((own) => Object.values(own)))).toEqual([
      [
        ['0', 1, 0],
        ['1', 2, 30],
      ],
      [['1', 1, 0]],
    ]);
    expect(policy.queues.map(({ priority }) => priority)).toEqual([2, 4]);
    expect(policy.queues[0]?.answerTimeThresholdSeconds).toBe(20);
    expect(tiers.map(({ queues }) => queues.map(({ queue, preference }) => [queue, preference]))).toEqual([
      [['0', 1]],
      [
        ['0', 2],
        ['1', 1],
      ],
    ]);
    expect(tiers.map(({ costPerHour }) => costPerHour)).toEqual([1, 50]);
  });

  it('one that is stationary is one long interval of the mean calls', () => {
    const { demand } = requestOf({ stationary: true });
    expect(demand.horizon).toMatchObject({ intervalMinutes: 120, count: 1 });
    // 70 an hour on average, for two hours.
    expect(demand.queues.map(({ freshMean }) => [...freshMean])).toEqual([[140], [40]]);
    expect(intervalsOf(model())).toBe(4);
    expect([...perInterval([1, 2], 3)]).toEqual([1, 2, 0]);
    expect([...perInterval(7, 2)]).toEqual([7, 7]);
  });
});

describe('intervals that simulation finds weak', () => {
  const targets = targetsSchema.parse({
    connectionRate: 0.9,
    serviceLevel: null,
    rollingConnectionRate: null,
    occupancyMax: 1,
    confidence: 0.8,
    minimumOperators: 0,
  });
  const weak = (
    whole: readonly [number, number],
    intervals: readonly (readonly [number, number])[],
    own = targets,
    open = [1, 1, 1],
    calls = intervals.map(() => 1e5),
  ): number[] =>
    weakIntervals(own, Uint8Array.from(open), {
      queues: [
        {
          queue: 'a',
          connectionRate: whole,
          serviceLevel: [1, 0],
          intervals: { connectionRate: intervals, serviceLevel: intervals.map(() => [1, 0]), calls },
        } as never,
      ],
    }).map(({ interval }) => interval);

  it('are those whose whole range lies below the target', () => {
    const rows = [
      [0.85, 0.04],
      [0.85, 0.06],
      [0.95, 0.01],
    ] as const;
    expect(weak([0.95, 0.01], rows)).toEqual([0]);
    expect(weak([0.95, 0.01], rows, targets, [0, 1, 1])).toEqual([]);
    // A range that ends at the target is not below it.
    const half = { ...targets, connectionRate: 0.75 };
    expect(weak([0.95, 0], [[0.5, 0.25], [0.5, 0.249]], half)).toEqual([1]); // prettier-ignore
  });

  it('and the furthest below, where the rate of the whole horizon is not proved by two half widths', () => {
    const rows = [
      [0.89, 0.06],
      [0.86, 0.06],
      [0.95, 0.01],
    ] as const;
    expect(weak([0.92, 0.01], rows)).toEqual([]);
    expect(weak([0.92, 0.0101], rows)).toEqual([1]);
    expect(
      weak(
        [0.5, 0],
        [
          [0.9, 0],
          [0.95, 0],
        ],
      ),
    ).toEqual([]);
  });

  it('are none for a handful of calls that all had bad luck: more people for them raise nothing', () => {
    const luck = [
      [0, 0],
      [0.86, 0.06],
      [0.95, 0.01],
    ] as const;
    for (const few of [1, 2]) {
      expect(
        weak([0.95, 0.01], luck, { ...targets, connectionRate: 0.8 }, [1, 1, 1], [few, 900, 900]),
      ).toEqual([]);
      // Nor are they the ones to begin with where the whole is not proved.
      expect(weak([0.9, 0.01], luck, targets, [1, 1, 1], [few, 900, 900])).toEqual([1]);
    }
    expect(weak([0.95, 0.01], luck, targets, [1, 1, 1], [40, 900, 900])).toEqual([0]);
  });

  it('a queue’s own targets count before the line’s; none asked is none missed', () => {
    const own = { ...targets, queues: { a: { connectionRate: 0.8, serviceLevel: 0.7 } } };
    expect(targetsOfQueue(own, 'a')).toEqual({ connectionRate: 0.8, serviceLevel: 0.7 });
    expect(targetsOfQueue(own, 'b')).toEqual({ connectionRate: 0.9, serviceLevel: null });
    expect(
      targetsOfQueue({ ...targets, serviceLevel: 0.8, queues: { a: { serviceLevel: null } } }, 'a'),
    ).toEqual({
      connectionRate: 0.9,
      serviceLevel: null,
    });
    expect(weak([0.95, 0], [[0.85, 0.01]], own)).toEqual([]);
  });
});
