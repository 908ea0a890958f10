import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tiersSchema } from '../../src/contract/models/tiers-model.ts';
import { placeDeferrable, type DeferrableRequest } from '../../src/scheduling/place-deferrable.ts';

const days = 3;
const perDay = 4;
const count = days * perDay;

const model = (works: readonly object[]) =>
  tiersSchema.parse({
    tiers: ['front', 'desk'].map((tier, k) => ({
      tier,
      name: { 'zh-CN': tier, en: tier },
      queues: [{ queue: tier, preference: 1 }],
      connectionTarget: null,
      costPerHour: 40 + 20 * k,
      shrinkage: 0.2,
    })),
    deferrable: works,
  });

const requestOf = (works: readonly object[], spare: readonly (readonly number[])[]): DeferrableRequest => {
  const { tiers, deferrable = [] } = model(works);
  return {
    horizon: { zone: 'UTC', startMillis: 0, intervalMinutes: 60, count },
    works: deferrable,
    tiers,
    ready: tiers.map(({ tier }, k) => ({ tier, operators: Float64Array.from(spare[k] ?? [], (n) => n + 5) })),
    needed: tiers.map(({ tier }) => ({ tier, operators: new Int32Array(count).fill(5) })),
    days: Array.from({ length: days }, (_, d) => [d * perDay, (d + 1) * perDay] as const),
  };
};

const name = { 'zh-CN': 'x', en: 'x' };
const flat = (n: number): number[] => Array.from({ length: count }, () => n);

describe('work that can wait', () => {
  it('goes where most operators are to spare', () => {
    const spare = [Array.from({ length: count }, (_, i) => (i % perDay === 2 ? 4 : 1)), flat(0)];
    const [orders] = placeDeferrable(requestOf([{ work: 'orders', name, hoursPerDay: 3 }], spare));
    expect(orders?.placedHours).toBeCloseTo(9, 9);
    expect(orders?.unplacedCost).toBe(0);
    for (let d = 0; d < days; d += 1)
      expect([...(orders?.placed[0]?.operators.slice(d * perDay, (d + 1) * perDay) ?? [])]).toEqual([
        0, 0, 3, 0,
      ]);
  });

  it('waits for a later day within its time, and what finds no room is priced at the cheapest tier', () => {
    const spare = [[0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0], flat(0)];
    const works = (withinDays: number) => [
      { work: 'orders', name, hoursPerDay: 1, withinDays, tiers: ['front'] },
    ];
    const soon = placeDeferrable(requestOf(works(1), spare))[0];
    const later = placeDeferrable(requestOf(works(2), spare))[0];
    expect([soon?.placedHours, later?.placedHours]).toEqual([1, 2]);
    expect(soon?.unplacedCost).toBeCloseTo((2 * 40) / 0.8, 9);
  });

  it('serves what is due first', () => {
    const works = [
      { work: 'slow', name, hoursPerDay: 2, withinDays: 5 },
      { work: 'urgent', name, hoursPerDay: 2 },
    ];
    const [slow, urgent] = placeDeferrable(requestOf(works, [flat(0.5), flat(0)]));
    expect(urgent?.placedHours).toBeCloseTo(6, 9);
    expect(slow?.placedHours).toBe(0);
  });

  it('never takes an operator that calls need, nor leaves room unused while work is open', () => {
    const row = fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: count, maxLength: count });
    fc.assert(
      fc.property(row, row, fc.double({ min: 0, max: 8, noNaN: true }), (a, b, hoursPerDay) => {
        const request = requestOf([{ work: 'orders', name, hoursPerDay }], [a, b]);
        const [orders] = placeDeferrable(request);
        const placed = (k: number, i: number): number => orders?.placed[k]?.operators[i] ?? 0;
        for (let d = 0; d < days; d += 1) {
          let room = 0;
          let done = 0;
          for (let i = d * perDay; i < (d + 1) * perDay; i += 1) {
            for (const [k, spare] of [a, b].entries()) {
              expect(placed(k, i)).toBeLessThanOrEqual((spare[i] ?? 0) + 1e-6);
              room += spare[i] ?? 0;
              done += placed(k, i);
            }
          }
          expect(done).toBeCloseTo(Math.min(room, hoursPerDay), 5);
        }
      }),
      { numRuns: 50 },
    );
  });
});
