import { expect, test } from 'vitest';
import type { LineAnswer } from '../../bench/forecast/many-lines-task.ts';
import { createParallelMap } from '../../src/engine/parallel-map.ts';

test('the same bytes on one thread and on two', async () => {
  const module = new URL('../../bench/forecast/many-lines-task.ts', import.meta.url).href;
  const tasks = [1, 2, 3, 4].map((seed) => ({ seed, queues: 2, days: 140, horizonDays: 7 }));
  const digests = async (threads: number): Promise<string[]> => {
    const parallel = createParallelMap(threads);
    try {
      const answers = await parallel<LineAnswer>({ module, name: 'forecastLine' }, tasks);
      return answers.map((a) => a.digest);
    } finally {
      await parallel.close();
    }
  };
  const alone = await digests(1);
  expect(await digests(2)).toEqual(alone);
  // Other data and another seed give other bytes.
  expect(new Set(alone).size).toBe(4);
});
