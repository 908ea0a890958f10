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

test('no more bytes are kept than there is room for, and the last answer always is', async () => {
  const kept = createKeptAnswers(64, 1000);
  let worked = 0;
  const answer = (bytes: number) => async () => {
    worked += 1;
    return { plain: Buffer.alloc(bytes), packed: undefined };
  };
  for (const key of ['a', 'b', 'c']) await kept(key, answer(400));
  await kept('c', answer(400));
  await kept('b', answer(400));
  expect(worked).toBe(3);
  await kept('a', answer(400));
  expect(worked).toBe(4);
  for (let turn = 0; turn < 2; turn += 1) await kept('large', answer(5000));
  expect(worked).toBe(5);
});
