import { describe, expect, it } from 'vitest';
import { asRates } from '../../src/kernel/hotline.ts';
import type { OperatorRecord } from '../../src/kernel/records.ts';
import { gradeOperators } from '../../src/staffing/grade-operators.ts';
import { oneMoreOperator, priceCurvePoint } from '../../src/staffing/price-curve.ts';
import { priceBounds } from '../../src/staffing/price-variants.ts';
import { requireOperators, type StaffingRequest } from '../../src/staffing/require-operators.ts';
import { digest, type Figures } from '../support/digest.ts';
import { tierDesigns } from '../support/tier-designs.ts';
import { priceRequirement } from './price-requirement.ts';

/*
 * Requirements of small made-up lines, their prices and grades. The figures stand as they were worked out; the tests
 * beside this one say that they are right. Whoever changes one on purpose writes the new ones by `npx vitest run
 * tests/staffing/standing-figures.test.ts -u` and names both in the changelog.
 */
const [two, late, ring, rising] = tierDesigns.map(({ request }) => request) as [
  StaffingRequest,
  StaffingRequest,
  StaffingRequest,
  StaffingRequest,
];
/** Demand that differs by five paths, and operators of whom some stay away. */
const unsure = (request: StaffingRequest): StaffingRequest => ({
  ...request,
  demand: {
    ...request.demand,
    queues: request.demand.queues.map((own, q) => ({
      ...own,
      ratePaths: asRates(
        Float64Array.from(
          [0.85, 0.95, 1, 1.1, 1.25].flatMap((level, p) =>
            [...own.freshMean].map((n, i) => n * (level + 0.03 * ((i + p + q) % 3))),
          ),
        ),
      ),
      pathCount: 5,
      repeats: { ...own.repeats, afterAbandon: 0.4, afterAbandonDelaySeconds: 300 },
    })),
  },
  tiers: request.tiers.map((tier, k) => ({
    ...tier,
    leastOwnShare: 0.5,
    shrinkage: [
      { kind: 'sick', name: tier.name, share: 0.05 + 0.02 * k, onTheDay: true },
      { kind: 'leave', name: tier.name, share: 0.1, onTheDay: false },
    ],
  })),
  absences: { seed: 4, daySpread: { general: 0.3, 'own-a': 0.2 } },
  targets: { ...request.targets, occupancyMax: 0.88, minimumOperators: 2 },
});
const figures = (request: StaffingRequest): Figures => digest([requireOperators(request)]);

const weights = {
  qualityScore: 0.4,
  firstContactResolution: 0.3,
  handleTimeSeconds: 0.2,
  monthsOfService: 0.1,
};
const operators: OperatorRecord[] = Array.from({ length: 17 }, (_, i) => ({
  operator: `o${i}`,
  ...(i % 3 === 2 ? {} : { tier: i < 11 ? 'general' : 'desk' }),
  skills: i % 4 === 0 ? ['general'] : ['general', 'expert'],
  contractHours: 30 + (i % 3),
  handleTimeSeconds: 180 + ((i * 37) % 90),
  qualityScore: 70 + ((i * 7) % 23),
  firstContactResolution: 0.5 + 0.02 * ((i * 5) % 17),
  ...(i % 5 === 3 ? {} : { monthsOfService: (i * 11) % 40 }),
}));

const cases: Readonly<Record<string, () => Figures>> = {
  twoOwnTiers: () => figures(two),
  ring: () => figures(ring),
  late: () => figures(late),
  unsure: () => figures(unsure(rising)),
  unsureOfTwo: () => figures(unsure(two)),
  ofThePeak: () => figures({ ...unsure(rising), load: 'high' }),
  estimated: () => figures({ ...unsure(rising), estimate: true, pathLimit: 3 }),
  overADay: () =>
    figures({ ...rising, targets: { ...rising.targets, connectionRate: 0.8, rollingConnectionRate: 0.93 } }),
  fewLinesOverADay: () =>
    figures({ ...rising, trunks: 20, targets: { ...rising.targets, rollingConnectionRate: 0.97 } }),
  boundsOfAbsent: () => {
    const request = unsure(two);
    const tiers = request.tiers.map((tier) => ({
      ...tier,
      shrinkage: [{ kind: 'sick', name: tier.name, share: 0.1, onTheDay: true, weekdays: [0, 2] }],
    }));
    return digest([{ bounds: priceBounds({ ...request, tiers }) }]);
  },
  fewLines: () => figures({ ...rising, trunks: 22, open: rising.open.map((_, i) => (i === 2 ? 0 : 1)) }),
  curve: () =>
    digest(
      (['connection-rate', 'service-level'] as const).map((measure) =>
        priceCurvePoint({ request: rising, measure, rate: 0.95 }),
      ),
    ),
  oneMore: () => {
    const { demand, policy } = rising;
    const { capacity } = requireOperators(rising);
    return digest(oneMoreOperator({ demand, policy, capacity }, 'desk', 2));
  },
  prices: () => {
    const request = unsure(rising);
    const targets = { ...request.targets, queues: { general: { serviceLevel: 0.7 } } };
    return digest([priceRequirement({ ...request, targets }, 100)]);
  },
  bounds: () => digest([{ bounds: priceBounds(two) }, { bounds: priceBounds(ring) }]),
  grades: () =>
    digest([
      gradeOperators(operators, rising.tiers, weights),
      gradeOperators(operators, rising.tiers, weights, new Map([['desk', 4]])),
    ]),
};

describe('figures that stand', () => {
  it.each(Object.keys(cases))('%s', (name) => {
    expect(cases[name]?.()).toMatchSnapshot();
  });
});
