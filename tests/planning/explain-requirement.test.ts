import { requirementRequestSchema, type RequirementRequest } from '../../src/contract/http/job-requests.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { requirementDocumentSchema } from '../../src/contract/documents/requirement-document.ts';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import { answerText } from '../../src/render/answer.ts';
import { requirementAnswer } from '../../src/render/documents/requirement-answers.ts';
import { createParallelMap } from '../../src/engine/parallel-map.ts';
import { BadInputError } from '../../src/kernel/errors.ts';
import { changesFrom, explainRequirement } from '../../src/planning/explain-requirement.ts';
import { curvePointTask } from '../../src/staffing/price-curve.ts';
import { packOperation } from '../../src/planning/operation/planned-operation.ts';
import type { Ports } from '../../src/planning/ports.ts';
import { plannedOperationOf } from '../support/planned-operation-of.ts';

const parallel = createParallelMap(1);
afterAll(() => parallel.close());
const { planned, week } = await plannedOperationOf(2);
const plan = {
  id: '2026-W48-test',
  week: week.week,
  hotline: { zone: planned.models.hotline.zone },
  intervalMinutes: planned.models.hotline.intervalMinutes,
  targets: { ...planned.models.targets },
  total: { requiredOperatorHours: 1234 },
} as unknown as PlanDocument;
const bytes = packOperation(planned);
const steps: number[] = [];
const ports = {
  store: { plan: () => Promise.resolve(plan), plannedOperation: () => Promise.resolve(bytes) },
  parallel,
  progress: (done: number) => steps.push(done),
} as unknown as Ports;
const ask = (request: Partial<RequirementRequest>) =>
  explainRequirement(ports, requirementRequestSchema.parse(request));

describe('what it would take', () => {
  it('takes nobody away where there is nobody: no two rows of a tier are the same', () => {
    expect(changesFrom(3)).toEqual([-2, -1, 0, 1, 2]);
    expect(changesFrom(0.7)).toEqual([-1, 0, 1, 2]);
    expect(changesFrom(0.04)).toEqual([0, 1, 2]);
    expect(changesFrom(0)).toEqual([0, 1, 2]);
  });
  it('shows the weakest interval tier by tier: more operators never answer less', async () => {
    const found = await ask({ curve: 'none' });
    expect(requirementDocumentSchema.parse(found)).toEqual(found);
    // The busiest hours of a day with the same operators all day.
    expect(['09', '10']).toContain(found.at.slice(11, 13));
    expect(found).toMatchObject({ atFrom: 'weakest', curve: null });
    expect(found.tiers).toHaveLength(planned.models.tiers.tiers.length);
    for (const { effects } of found.tiers) {
      expect(effects.map(({ change }) => change)).toEqual([-2, -1, 0, 1, 2]);
      const rates = effects.map(({ connectionRate }) => connectionRate ?? Number.NaN);
      expect(rates).toEqual(rates.toSorted((a, b) => a - b));
      expect(effects[2]?.answeredMore).toBe(0);
      expect(effects[3]?.answeredMore).toBeGreaterThan(0);
    }
  });

  it('takes an interval and a tier by name', async () => {
    const found = await ask({ curve: 'none', at: '2026-11-25 10:45', tier: 'senior' });
    expect(found).toMatchObject({ at: '2026-11-25T10:30', atFrom: 'asked' });
    expect(found.tiers.map(({ tier }) => tier)).toEqual(['senior']);
    const name = found.tiers[0]?.name;
    for (const said of [name?.['zh-CN'] ?? '', name?.en ?? '']) {
      expect(said).not.toBe('senior');
      expect((await ask({ curve: 'none', tier: said })).tiers.map(({ tier }) => tier)).toEqual(['senior']);
    }
    await expect(ask({ curve: 'none', at: '2026-12-25T10:45' })).rejects.toThrow(BadInputError);
    await expect(ask({ curve: 'none', tier: 'nobody' })).rejects.toThrow(BadInputError);
  });

  it('says where what assumptions cost was not kept, and goes on without turning back where it is asked with a curve', async () => {
    const old = { ...plan, variants: [], tenths: [] } as unknown as PlanDocument;
    const pricing = { absences: { seed: 1, daySpread: {} }, connectionFloor: 0 };
    const askOf = async (kept: Parameters<typeof packOperation>[0], curve: RequirementRequest['curve']) => {
      steps.length = 0;
      const store = {
        plan: () => Promise.resolve(old),
        plannedOperation: () => Promise.resolve(packOperation(kept)),
      };
      const quick = async (task: unknown, inputs: readonly unknown[], progress?: (done: number) => void) => {
        for (const done of [0, 0.5, 1]) progress?.(done);
        const point = { rate: 0.8, operatorHours: 1, reached: true };
        return inputs.map(() => (task === curvePointTask ? point : [1]));
      };
      const request = requirementRequestSchema.parse({ curve, prices: true });
      const asked = { ...ports, store, parallel: quick } as unknown as Ports;
      return explainRequirement(asked, request);
    };
    const notKept = { code: 'prices-not-kept', values: {} };
    const without = await askOf(planned, 'none');
    expect(without.prices?.variants).toEqual([]);
    expect(without.notices).toContainEqual(notKept);
    const found = await askOf({ ...planned, pricing }, 'connection-rate');
    expect(found.prices?.variants.length).toBeGreaterThan(3);
    expect(found.notices).not.toContainEqual(notKept);
    expect([steps.length > 4, steps.at(-1)]).toEqual([true, 1]);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  });

  it.each(['connection-rate', 'service-level'] as const)(
    'prices the %s from 80 to 99 %%, dearer all the way',
    async (curve) => {
      const found = await ask({ curve, tier: 'senior' });
      const points = found.curve?.points ?? [];
      expect(points[0]?.rate).toBe(0.8);
      expect(points.at(-1)?.rate).toBe(0.99);
      const hours = points.map(({ operatorHours }) => operatorHours);
      expect(hours).toEqual(hours.toSorted((a, b) => a - b));
      expect(hours.at(-1)).toBeGreaterThan(1.1 * (hours[0] ?? Infinity));
      expect(steps.at(-1)).toBe(1);
      const said = answerText(requirementAnswer(found, 'zh-CN'), 'zh-CN');
      expect(said).toMatch(/99%\s+/);
      expect(answerText(requirementAnswer(found, 'en'), 'en')).toContain(
        "this plan's own targets require 1,234 operator-hours",
      );
    },
    300_000,
  );
});
