import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { overruleSchema, wantedOverruleSchema } from '../../src/contract/documents/overrule-schema.ts';
import { judgeQueues, withoutDoubted } from '../../src/kernel/traffic-doubts.ts';
import { BadInputError } from '../../src/kernel/errors.ts';
import type { TrafficRecord } from '../../src/kernel/records.ts';
import { readHistory } from '../../src/planning/history/read-history.ts';
import { limitDemand, warnImplausible } from '../../src/planning/week/make-plan.ts';
import { openStore } from '../../src/store/open-store.ts';
import { asRates } from '../../src/kernel/hotline.ts';
import { english } from '../support/said.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();

const halfHour = 1_800_000;
const start = Date.UTC(2026, 8, 7);
const rows = (change: (i: number) => Partial<TrafficRecord>): TrafficRecord[] =>
  Array.from({ length: 14 * 48 }, (_, i) => ({
    queue: 'general',
    startMillis: start + i * halfHour,
    intervalMinutes: 30,
    offered: 20 + (i % 9),
    answered: 19 + (i % 9),
    abandoned: 1,
    waitSecondsTotal: 240,
    handleSecondsTotal: (19 + (i % 9)) * 200,
    ...change(i),
  }));

const historyOf = async (name: string, records: readonly TrafficRecord[]) => {
  const store = await openStore({ folder: join(folder, name) }, { create: true });
  await store.write('traffic', records);
  const history = await readHistory(store, 'UTC', 30, { fromMillis: -8.64e15, toMillis: 8.64e15 });
  await store.close();
  return history;
};

describe('wild figures in the store', () => {
  test.each([1e6, 1e9, 1e300])(
    'one count of %d among tens is a gap to whatever is worked out, and told',
    async (wild) => {
      const { mkdir } = await import('node:fs/promises');
      await mkdir(join(folder, `count-${wild}`));
      const { queues, doubts } = await historyOf(
        `count-${wild}`,
        rows((i) => (i === 500 ? { offered: wild, answered: wild } : {})),
      );
      expect(doubts).toMatchObject([{ code: 'interval-calls', queue: 'general', value: wild, rows: [500] }]);
      expect(queues[0]?.offered[500]).toBeNaN();
      expect(Math.max(...(queues[0]?.offered.filter((value) => !Number.isNaN(value)) ?? []))).toBe(28);
    },
  );

  test('a handle time of 1e308 is left out, its calls stay', async () => {
    const { mkdir } = await import('node:fs/promises');
    await mkdir(join(folder, 'handle'));
    const { queues, doubts } = await historyOf(
      'handle',
      rows((i) => (i === 500 ? { handleSecondsTotal: 1e308 } : {})),
    );
    expect(doubts.map(({ code }) => code)).toContain('interval-handle-time');
    expect(queues[0]?.handleSecondsTotal[500]).toBeNaN();
    expect(queues[0]?.offered[500]).toBe(20 + (500 % 9));
  });

  test('what most intervals have is no slip: it stays, is told, and a week of it is refused with its reason', async () => {
    const { mkdir } = await import('node:fs/promises');
    await mkdir(join(folder, 'all'));
    const many = (i: number) => ({ offered: 200_000 + i, answered: 199_000 + i, handleSecondsTotal: 4e7 });
    const { queues, doubts } = await historyOf('all', rows(many));
    expect(doubts).toMatchObject([{ code: 'interval-calls', slips: false }]);
    expect(queues[0]?.offered[0]).toBe(200_000);
  });

  test('sound traffic is handed on as it is', () => {
    const traffic = {
      queue: 'a',
      intervalMinutes: 30,
      startMillis: Float64Array.from({ length: 100 }, (_, i) => i * halfHour),
      offered: new Float64Array(100).fill(12),
      answered: new Float64Array(100).fill(11),
      abandoned: new Float64Array(100).fill(1),
      waitSecondsTotal: new Float64Array(100).fill(90),
      handleSecondsTotal: new Float64Array(100).fill(2200),
      operators: new Float64Array(100).fill(Number.NaN),
    };
    expect(judgeQueues([() => traffic])).toEqual([[]]);
    expect(withoutDoubted(traffic, [])).toEqual(traffic);
  });
});

const demandOf = (calls: number, handle: number) => ({
  horizon: { startMillis: start, intervalMinutes: 30, count: 336 },
  queues: [
    {
      queue: 'general',
      freshMean: new Float64Array(336).fill(calls),
      ratePaths: asRates(new Float64Array(336).fill(calls)),
      pathCount: 1,
      handleTimeSeconds: new Float64Array(336).fill(handle),
      patienceSeconds: 90,
      repeats: { afterAbandon: 0, afterBlocked: 0, afterAnswered: 0, delayMinutes: 30 },
    },
  ],
});

describe('what a week is planned for', () => {
  const refusalOf = (calls: number, handle: number): readonly string[] => {
    try {
      limitDemand(demandOf(calls, handle) as never, []);
      return [];
    } catch (error) {
      return error instanceof BadInputError ? error.problems.map(({ rule }) => rule) : ['?'];
    }
  };

  test('is bounded: four times the largest hotlines are planned, a million calls in an interval are not', () => {
    expect(refusalOf(5000, 400)).toEqual([]);
    for (const [calls, handle] of [
      [1e6, 200],
      [40, 1e308],
      [1e300, 200],
      [20, 1e7],
    ] as const)
      expect(refusalOf(calls, handle)).toEqual(['demand-beyond-planning']);
  });

  test('is questioned where it is ten times what was ever seen', () => {
    const history = {
      queues: [
        {
          queue: 'general',
          intervalMinutes: 30,
          startMillis: Float64Array.of(start),
          offered: Float64Array.of(27),
          handleSecondsTotal: Float64Array.of(5400),
        },
      ],
    };
    const say = (operators: number) =>
      warnImplausible([Float64Array.of(operators)], history as never, () => 200);
    expect(say(25)).toEqual([]);
    expect(english(say(31)[0])).toContain(
      'more than 10 times the busiest interval so far (3.0 operators on calls)',
    );
  });

  test('an overrule is bounded by its schema', () => {
    const overrule = {
      queue: null,
      date: '2026-11-23',
      from: null,
      to: null,
      factor: null,
      reason: 'x',
      author: 'y',
    };
    expect(overruleSchema.safeParse({ ...overrule, calls: 80_000 }).success).toBe(true);
    expect(overruleSchema.safeParse({ ...overrule, calls: 1_000_000 }).success).toBe(false);
    const isWanted = (change: object): boolean =>
      wantedOverruleSchema.safeParse({ ...overrule, calls: 80_000, ...change }).success;
    expect(isWanted({})).toBe(true);
    expect(isWanted({ from: '09:00', to: '24:00' })).toBe(true);
    for (const wrong of [
      { date: 'a' },
      { date: '' },
      { date: '2026-02-30' },
      { date: '0000-01-01' },
      { from: '09:00' },
      { from: '9', to: '10' },
      { factor: 1.1 },
      { calls: null },
    ])
      expect(isWanted(wrong)).toBe(false);
  });
});
