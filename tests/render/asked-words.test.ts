import { expect, test } from 'vitest';
import { askedWords } from '../../src/render/documents/accuracy-answer.ts';

test('what was asked is said as the options by which it is asked: lists by commas, an option by its own name', () => {
  const offeredTo = { argument: '<n>', flag: 'offer-above', 'zh-CN': '', en: '' };
  expect(askedWords({ testCalls: [11, 20], since: '2026-11-01', offeredTo: 3 }, { offeredTo })).toBe(
    '--test-calls 11,20 --since 2026-11-01 --offer-above 3',
  );
});
