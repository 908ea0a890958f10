import { describe, expect, test } from 'vitest';
import { BadInputError } from '../../src/kernel/errors.ts';
import { asRates } from '../../src/kernel/hotline.ts';
import {
  packOperation,
  unpackOperation,
  type PlannedOperation,
} from '../../src/planning/operation/planned-operation.ts';
import { promptsOfScenario } from '../../src/diversion/apply-scenario.ts';
import { scenarioSchema } from '../../src/contract/models/scenario-model.ts';
import { messageOf, remedyOf } from '../support/said.ts';
import { plannedOperationOf } from '../support/planned-operation-of.ts';

const { planned: bare, week } = await plannedOperationOf(5);
const [queue = ''] = bare.models.hotline.queues.flatMap((own) => (own.neverDivert ? [] : [own.queue]));
const drawn = { prompt: 'call-later', queue, date: '2026-11-24', from: '09:00', to: '11:00' };
const { count } = week.horizon;
const planned: PlannedOperation = {
  ...bare,
  demand: {
    ...bare.demand,
    queues: bare.demand.queues.map((own) => ({
      ...own,
      patienceSeconds: Infinity,
      pathCount: 2,
      ratePaths: asRates(Float64Array.from({ length: 2 * count }, (_, i) => i / 7)),
      behaviour: {
        handleTime: Float64Array.of(1, 1.1),
        patience: Float64Array.of(0.9, 1),
        repeats: Float64Array.of(1, 1),
      },
    })),
  },
  capacity: {
    ...bare.capacity,
    tiers: bare.capacity.tiers.map((tier, k) =>
      k === 0 ? { ...tier, attendance: new Float64Array(2 * count).fill(0.5) } : tier,
    ),
  },
  policy: {
    ...bare.policy,
    prompts: promptsOfScenario(bare, scenarioSchema.parse({ scenario: 'drawn', placements: [drawn] }), {
      starts: week.starts,
      catalogue: bare.models.prompts,
    }),
  },
};

/** The bytes with something changed in what they hold. */
const rewritten = (change: (stored: Record<string, unknown>) => unknown): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify(
      change(JSON.parse(new TextDecoder().decode(packOperation(planned))) as Record<string, unknown>),
    ),
  );

describe('the operation stored beside a plan', () => {
  test('is read as it was, to twelve digits', () => {
    const read = unpackOperation(packOperation(planned), 'p');
    const rounded = (values: Float64Array | undefined) =>
      Array.from(values ?? [], (value) => Number(value.toPrecision(12)));
    expect(read.policy).toEqual(planned.policy);
    expect(read.capacity).toEqual(planned.capacity);
    // Labour rules are a roster's, not the operation's.
    expect({ ...read.models, labourRules: planned.models.labourRules }).toEqual(planned.models);
    for (const [q, own] of read.demand.queues.entries()) {
      const { ratePaths, ...rest } = planned.demand.queues[q] ?? own;
      expect([...own.ratePaths]).toEqual(rounded(ratePaths));
      expect({ ...own, ratePaths: undefined, freshMean: [...own.freshMean] }).toEqual({
        ...rest,
        ratePaths: undefined,
        freshMean: rounded(rest.freshMean),
      });
    }
  });

  test('has the attendance under the name that released versions read', () => {
    const { capacity } = JSON.parse(new TextDecoder().decode(packOperation(planned))) as {
      capacity: { tiers: object[] };
    };
    expect(capacity.tiers.map((tier) => Object.keys(tier))[0]).toEqual(['tier', 'operators', 'turnout']);
  });

  test('is read as earlier versions stored it: one kind of paths, no version, no levers and no calendar', () => {
    const earlier = rewritten(({ version, demand, models, ...stored }) => {
      const { queues, horizon } = demand as { queues: Record<string, unknown>[]; horizon: unknown };
      const { levers, calendar, ...known } = models as Record<string, unknown>;
      void [version, levers, calendar];
      return {
        ...stored,
        models: known,
        demand: { horizon, queues: queues.map(({ ratePaths, ...own }) => ({ ...own, paths: ratePaths })) },
      };
    });
    const [now, then] = [packOperation(planned), earlier].map((bytes) => unpackOperation(bytes, 'p'));
    expect(then).toEqual(now);
  });

  test.each<[string, string, (stored: Record<string, unknown>) => unknown]>([
    ['is no JSON object', '', () => 'no operation'],
    ['has no demand', 'demand', ({ demand: _demand, ...rest }) => rest],
    [
      'has operators that are no numbers',
      'capacity.tiers.0.operators',
      (stored) => ({ ...stored, capacity: { trunks: 9, tiers: [{ tier: 'one', operators: 'many' }] } }),
    ],
    [
      'has fewer calls than intervals',
      'demand.queues',
      (stored) => {
        const demand = structuredClone(stored['demand']) as { queues: { freshMean: unknown }[] };
        for (const own of demand.queues) own.freshMean = { kind: 'Float64Array', values: [1, 2] };
        return { ...stored, demand };
      },
    ],
    ['is of a version to come', 'version', (stored) => ({ ...stored, version: 99 })],
  ])('is refused, with its plan and field, where it %s', (_, field, change) => {
    try {
      unpackOperation(rewritten(change), '2026-W48-abc');
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof BadInputError)) throw error;
      const [problem] = error.problems;
      expect(problem).toMatchObject({
        rule: 'stored-plan-unreadable',
        value: '2026-W48-abc',
        values: { field },
      });
      if (problem === undefined) return;
      expect(messageOf(problem).en).toContain(field);
      expect(remedyOf(problem)['zh-CN']).not.toBe('');
    }
  });
});
