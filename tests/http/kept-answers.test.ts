import { expect, test } from 'vitest';
import { createKeptAnswers } from '../../src/http/kept-answers.ts';

test('an answer is worked out once for a name, even when two ask at the same moment', async () => {
  const kept = createKeptAnswers(2);
  let worked = 0;
  const work = async (): Promise<number> => (worked += 1);
  expect(await Promise.all([kept('a', work), kept('a', work)])).toEqual([1, 1]);
  expect([await kept('a', work), await kept('b', work)]).toEqual([1, 2]);
});

test('a failure is not kept, and the oldest goes first', async () => {
  const kept = createKeptAnswers(2);
  await expect(kept('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await kept('a', async () => 'back')).toBe('back');
  await kept('b', async () => 'b');
  await kept('a', async () => 'unused');
  await kept('c', async () => 'c');
  expect(await kept('a', async () => 'again')).toBe('back');
  expect(await kept('b', async () => 'again')).toBe('again');
});
