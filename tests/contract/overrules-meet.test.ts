import { expect, test } from 'vitest';
import { overrulesMeet } from '../../src/contract/documents/overrule-schema.ts';

const all = { queue: null, date: '2026-03-02', from: null, to: null };
const morning = { ...all, queue: 'general', from: '08:00', to: '12:00' };

test('changes of the same queue at the same time meet; others stand beside one another', () => {
  const meets = (change: Partial<typeof morning>): boolean => {
    const other = { ...morning, ...change };
    const answer = overrulesMeet(morning, other);
    expect(overrulesMeet(other, morning)).toBe(answer);
    return answer;
  };
  expect(overrulesMeet(morning, all)).toBe(true);
  expect(meets({})).toBe(true);
  expect(meets({ from: '11:30', to: '14:00' })).toBe(true);
  expect(meets({ from: '12:00', to: '24:00' })).toBe(false);
  expect(meets({ date: '2026-03-03' })).toBe(false);
  expect(meets({ queue: 'tax' })).toBe(false);
});
