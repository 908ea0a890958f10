import { expect, test } from 'vitest';
import { whole } from '../../src/render/format.ts';

test('what rounds to zero has no sign', () => {
  expect([-0.4, -0, 0.4, -1234.4].map(whole)).toEqual(['0', '0', '0', '-1,234']);
});
