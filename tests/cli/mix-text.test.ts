import { expect, test } from 'vitest';
import { mixText } from '../../src/render/documents/requirement-answers.ts';

test('a pool goes by its number and name, and half an operator-hour is told: designs of short models differ by no more', () => {
  const text = mixText(
    {
      document: 'require-model',
      targets: { connectionRate: 0.9, serviceLevel: null, thresholdSeconds: 15 },
      pools: [{ pool: 0, costPerHour: 1, staff: [4, 5], operatorHours: 4.5 }],
      operatorHours: 4.5,
      cost: 4.5,
      byFormula: { mix: 5, pooled: 4.5, dedicated: 5.5 },
      classes: [],
      oneFewer: [],
      replications: 400,
      notices: [],
    },
    { classes: [], pools: ['desk'] },
    'en',
  );
  expect(text).toMatch(/^0 desk +4 5 +4\.5$/m);
  expect(text).toMatch(/^found by simulation +4\.5$/m);
  expect(text).toMatch(/^by formula +5\.0$/m);
});
