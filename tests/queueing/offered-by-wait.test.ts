import { describe, expect, it } from 'vitest';
import {
  type Demand,
  noRatePaths,
  noRepeats,
  type Outcome,
  type Policy,
  type PromptPlacement,
} from '../../src/kernel/hotline.ts';
import { connectionRate, serviceLevels, totalOutcome } from '../../src/kernel/measures.ts';
import { project, projectPaths } from '../../src/queueing/project.ts';
import { simulatePlan } from '../../src/queueing/simulator/simulate-plan.ts';
import { chanceAhead } from '../../src/queueing/wait-offers.ts';

const count = 16;
const fill = (value: number): Float64Array => new Float64Array(count).fill(value);

interface Line {
  readonly calls: readonly number[];
  readonly operators: number;
  readonly trunks?: number;
  readonly patienceSeconds?: number;
  readonly repeats?: Partial<Demand['queues'][number]['repeats']>;
  readonly priorities?: readonly number[];
}

interface Prompted {
  readonly queue?: number;
  readonly offeredTo?: PromptPlacement['offeredTo'];
  readonly onlineShare?: number;
  readonly announcementSeconds?: number;
  readonly patienceFactor?: number;
  readonly capacity?: number;
}

const worldOf = (line: Line, prompted: readonly Prompted[]) => {
  const queues = line.calls.map((_, k) => `q${k}`);
  const demand: Demand = {
    horizon: { zone: 'Asia/Shanghai', startMillis: 0, intervalMinutes: 30, count },
    queues: line.calls.map((calls, k) => ({
      queue: `q${k}`,
      freshMean: fill(calls),
      ratePaths: noRatePaths,
      pathCount: 0,
      handleTimeSeconds: fill(240),
      patienceSeconds: line.patienceSeconds ?? 120,
      repeats: { ...noRepeats, ...line.repeats },
    })),
  };
  const policy: Policy = {
    queues: queues.map((queue, k) => ({
      queue,
      routes: [{ tier: 'one', preference: 1, overflowDelaySeconds: 0 }],
      priority: line.priorities?.[k] ?? 1,
      answerTimeThresholdSeconds: 15,
      shortAbandonSeconds: 5,
      smartVoiceShare: 0,
    })),
    prompts: prompted.map((own) => ({
      prompt: 'p',
      kind: 'online-channel',
      queue: `q${own.queue ?? 0}`,
      on: new Uint8Array(count).fill(1, 2),
      offPeakTarget: new Int32Array(count).fill(-1),
      ...(own.offeredTo === undefined ? {} : { offeredTo: own.offeredTo }),
      channel: 'app',
      response: {
        reach: 0.95,
        onlineShare: own.onlineShare ?? 0.2,
        offPeakShare: 0,
        offPeakReturnShare: 0,
        onlineFailureShare: 0.2,
        announcementSeconds: own.announcementSeconds ?? 0,
        onlineHandleSeconds: 0,
        ...(own.patienceFactor === undefined ? {} : { patienceFactor: own.patienceFactor }),
        assumed: true,
      },
    })),
    channels: [
      {
        channel: 'app',
        capacityPerInterval: prompted[0]?.capacity ?? 1000,
        operatorSeconds: 30,
        failureShare: 0.2,
      },
    ],
  };
  const capacity = {
    tiers: [{ tier: 'one', operators: fill(line.operators) }],
    trunks: line.trunks ?? Infinity,
  };
  return { demand, capacity, policy };
};

const projected = (line: Line, prompted: readonly Prompted[]): Outcome => {
  const { demand, capacity, policy } = worldOf(line, prompted);
  return project({ demand, capacity, policy });
};

const simulated = (line: Line, prompted: readonly Prompted[], replications = 40) => {
  const { demand, capacity, policy } = worldOf(line, prompted);
  return simulatePlan({ demand, capacity, policy }, { replications, seed: 5 });
};

const above = (waitAboveSeconds: number): Prompted['offeredTo'] => ({ waitAboveSeconds });
const busy: Line = { calls: [160], operators: 20 };

describe('a prompt offered by the wait', () => {
  it('above 0 seconds is one for everyone; above an endless wait it is none, exactly', () => {
    for (const of of [
      (prompted: readonly Prompted[]) => projected(busy, prompted),
      (prompted: readonly Prompted[]) => simulated(busy, prompted, 3).outcome,
    ]) {
      const told = { announcementSeconds: 7, patienceFactor: 1.3 };
      expect(of([{ ...told, offeredTo: above(0) }])).toEqual(of([{ ...told, offeredTo: 'all' }]));
      expect(of([told])).toEqual(of([{ ...told, offeredTo: 'all' }]));
      expect(of([{ ...told, offeredTo: above(Infinity) }])).toEqual(of([]));
    }
  });

  it('changes nothing, bit for bit, by a patience factor of 1', () => {
    for (const offeredTo of ['all', above(45)] as const) {
      expect(projected(busy, [{ offeredTo, patienceFactor: 1 }])).toEqual(projected(busy, [{ offeredTo }]));
      expect(simulated(busy, [{ offeredTo, patienceFactor: 1 }], 3)).toEqual(
        simulated(busy, [{ offeredTo }], 3),
      );
    }
  });

  it('does nothing to a queue that nobody calls, nor to the others', () => {
    for (const offeredTo of ['all', above(20)] as const) {
      const told = { offeredTo, patienceFactor: 1.3, announcementSeconds: 7 };
      const silent = { ...busy, calls: [0, ...busy.calls] };
      const [nobody, others] = projected(silent, [told]).queues;
      const numbers = Object.values(nobody ?? {}).flatMap((row) =>
        row instanceof Float64Array ? [...row] : [],
      );
      expect(new Set(numbers)).toEqual(new Set([0]));
      const [alone] = projected(busy, []).queues;
      expect([...(others?.abandoned ?? [])]).toEqual(
        [...(alone?.abandoned ?? [])].map((n) => expect.closeTo(n, 9) as number),
      );
    }
  });

  it('loses fewer callers the longer those wait who stay, by formula as in the simulation', () => {
    for (const offeredTo of ['all', above(20)] as const) {
      const lost = (patienceFactor: number): number =>
        totalOutcome(projected(busy, [{ offeredTo, patienceFactor }])).abandoned;
      const seen = (patienceFactor: number): number =>
        totalOutcome(simulated(busy, [{ offeredTo, patienceFactor }], 20).outcome).abandoned;
      expect(lost(4) / lost(1)).toBeLessThan(0.97);
      expect(lost(4) / lost(1)).toBeCloseTo(seen(4) / seen(1), 1);
      expect(lost(0.4)).toBeGreaterThan(1.02 * lost(1));
    }
  });

  it('moves fewer callers the longer the wait must be, and leaves those alone who find an operator free', () => {
    const moved = [1, 20, 60, 120, 300].map((x) => totalOutcome(projected(busy, [{ offeredTo: above(x) }])));
    const counts = moved.map(({ divertedOnline }) => divertedOnline);
    expect([...counts].sort((a, b) => b - a)).toEqual(counts);
    const all = totalOutcome(projected(busy, [{ offeredTo: 'all' }]));
    expect(counts[0]).toBeLessThan(0.8 * all.divertedOnline);
    // Words longer than the threshold: whoever finds an operator free must not be held up by them.
    const long = { announcementSeconds: 16, onlineShare: 0.05 };
    const toAll = serviceLevels(totalOutcome(projected(busy, [{ ...long, offeredTo: 'all' }]))).ofOffered;
    const toSome = serviceLevels(totalOutcome(projected(busy, [{ ...long, offeredTo: above(1) }]))).ofOffered;
    expect(toSome).toBeGreaterThan(toAll + 0.3);
  });

  it('loses nobody by formula either: offered = first calls − online + failed who call, without repeats', () => {
    const { demand, capacity, policy } = worldOf({ calls: [160, 60], operators: 25 }, [
      { offeredTo: above(30), capacity: 5 },
      { queue: 1, offeredTo: above(20) },
    ]);
    const t = totalOutcome(project({ demand, capacity, policy }));
    expect(t.answered + t.abandoned + t.blocked).toBeCloseTo(t.offered, 8);
    expect(t.offered).toBeLessThan(t.fresh);
    expect(t.fresh - t.offered).toBeLessThan(0.8 * t.divertedOnline);
    const before = projectPaths({ demand, capacity, policy }).outcome;
    expect(before).toEqual(project({ demand, capacity, policy }));
  });

  const within: readonly [string, Line, readonly Prompted[], number][] = [
    ['one queue', busy, [{ offeredTo: above(30) }], 0.012],
    ['many take it', busy, [{ offeredTo: above(60), onlineShare: 0.6 }], 0.012],
    ['an announcement before the queue', busy, [{ offeredTo: above(30), announcementSeconds: 8 }], 0.03],
    [
      'redials',
      { ...busy, repeats: { afterAbandon: 0.6, afterAbandonDelaySeconds: 300 } },
      [{ offeredTo: above(30) }],
      0.02,
    ],
    [
      'few lines',
      { ...busy, trunks: 26, repeats: { afterBlock: 0.5 } },
      [{ offeredTo: above(30), onlineShare: 0.3 }],
      0.012,
    ],
    ['a channel that is overfull', busy, [{ offeredTo: above(20), onlineShare: 0.4, capacity: 6 }], 0.015],
    [
      'two queues of one pool, by their own queues',
      { calls: [110, 50], operators: 20 },
      [{ offeredTo: above(24) }, { queue: 1, offeredTo: above(12) }],
      0.012,
    ],
    [
      'a queue that comes second',
      { calls: [60, 95], operators: 20, priorities: [1, 2] },
      [{ queue: 1, offeredTo: above(60), onlineShare: 0.4 }],
      0.04,
    ],
    ['those who stay wait longer', busy, [{ offeredTo: above(40), patienceFactor: 2 }], 0.015],
    ['those who stay wait less, everyone hears', busy, [{ offeredTo: 'all', patienceFactor: 0.6 }], 0.015],
    [
      'endless patience',
      { calls: [22], operators: 3, patienceSeconds: Infinity },
      [{ offeredTo: above(200), onlineShare: 0.6 }],
      0.02,
    ],
  ];
  it.each(within)('by formula beside the simulation: %s', (_, line, prompted, tolerance) => {
    const formula = totalOutcome(projected(line, prompted), 4);
    const { outcome, halfWidths } = simulated(line, prompted);
    const events = totalOutcome(outcome, 4);
    const sampling = 2 * halfWidths.serviceLevel;
    expect(Math.abs(serviceLevels(formula).ofOffered - serviceLevels(events).ofOffered)).toBeLessThan(
      tolerance + sampling,
    );
    expect(Math.abs(connectionRate(formula) - connectionRate(events))).toBeLessThan(
      tolerance + 2 * halfWidths.connectionRate,
    );
    const moved = [formula, events].map(({ divertedOnline, fresh }) => divertedOnline / fresh);
    expect(Math.abs((moved[0] ?? 0) - (moved[1] ?? 0))).toBeLessThan(0.01);
    expect(moved[1]).toBeGreaterThan(0);
  });
});

describe('the own queue among all who wait', () => {
  it('is binomial', () => {
    const tail = chanceAhead(3, 0.4);
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k);
    for (const j of [2, 3, 4, 7, 12]) {
      const fewer = [0, 1, 2].reduce(
        (sum, k) => sum + choose(j, k) * 0.4 ** k * 0.6 ** Math.max(0, j - k) * (k <= j ? 1 : 0),
        0,
      );
      expect(tail[j]).toBeCloseTo(1 - fewer, 12);
    }
    expect(tail.at(-1)).toBeGreaterThan(1 - 1e-8);
    expect([...chanceAhead(2, 1)]).toEqual([0, 0, 1]);
    // One of a hundred thousand is not looked for.
    expect([...chanceAhead(3, 1e-5)]).toEqual([0]);
    expect(chanceAhead(3, 1e-3).length).toBeGreaterThan(3000);
    expect(chanceAhead(400, 0.5).at(-1)).toBeGreaterThan(1 - 1e-8);
  });
});
