import { english } from '../support/said.ts';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { createParallelMap } from '../../src/engine/parallel-map.ts';
import { BadInputError, CancelledError, NoAnswerError } from '../../src/kernel/errors.ts';

const parallel = createParallelMap(2);
afterAll(() => parallel.close());
const task = (name: string) => ({ module: new URL('./tasks.ts', import.meta.url).href, name });

describe('the parallel map', () => {
  it('keeps the order of its inputs, whoever finishes first, and uses several threads', async () => {
    const outputs = await parallel<{ value: number; thread: number }>(task('slowFirst'), [0, 1, 2, 3]);
    expect(outputs.map(({ value }) => value)).toEqual([0, 1, 2, 3]);
    expect(new Set(outputs.map(({ thread }) => thread)).size).toBe(2);
  });

  it('reports progress up to 1, and does nothing for no inputs', async () => {
    const seen: number[] = [];
    await parallel(task('square'), [1, 2, 3, 4], (done) => seen.push(done));
    expect(seen).toEqual([0.25, 0.5, 0.75, 1]);
    expect(await parallel(task('square'), [])).toEqual([]);
  });

  it('takes several calls at once', async () => {
    const calls = Array.from({ length: 5 }, (_, k) => parallel<number>(task('square'), [k, k + 1]));
    expect(await Promise.all(calls)).toEqual(Array.from({ length: 5 }, (_, k) => [k * k, (k + 1) ** 2]));
  });

  it('goes on while this thread computes and hands out nothing', async () => {
    await parallel(task('square'), [1, 2, 3, 4]);
    const pending = parallel<number>(task('finishedAt'), Array.from({ length: 16 }));
    const freeAt = Date.now() + 500;
    while (Date.now() < freeAt);
    expect((await pending).filter((at) => at < freeAt).length).toBeGreaterThanOrEqual(5);
  });

  it('goes on with what may wait as well', async () => {
    await parallel(task('square'), [1, 2, 3, 4]);
    const pending = parallel<number>({ ...task('finishedAt'), whenIdle: true }, Array.from({ length: 7 }));
    const freeAt = Date.now() + 500;
    while (Date.now() < freeAt);
    expect((await pending).filter((at) => at < freeAt).length).toBe(7);
  });

  it('hands out what may wait after what may not, whichever was asked first', async () => {
    const later = parallel<number>(
      { ...task('pauseFor'), whenIdle: true },
      Array.from({ length: 16 }, () => 10),
    );
    const sooner = parallel<number>(
      task('pauseFor'),
      Array.from({ length: 4 }, () => 1),
    );
    const [waited, served] = [await later, await sooner];
    const last = Math.max(...served);
    // One that is begun is finished; those that a thread holds beside it are left for later.
    expect(waited.filter((at) => at > last).length).toBeGreaterThanOrEqual(12);
  });

  it('passes typed arrays', async () => {
    expect(await parallel(task('sumOf'), [Float64Array.of(1, 2), Float64Array.of(3)])).toEqual([3, 3]);
  });

  it('keeps the class and the data of errors', async () => {
    const bad = await parallel(task('failAs'), ['bad-input']).catch((error: unknown) => error);
    expect(bad).toBeInstanceOf(BadInputError);
    expect((bad as BadInputError).problems[0]).toMatchObject({ path: 'a.b', rule: 'some-rule' });
    const none = await parallel(task('failAs'), ['no-answer']).catch((error: unknown) => error);
    expect(none).toBeInstanceOf(NoAnswerError);
    expect(english((none as NoAnswerError).clashingRules[0])).toBe('a rule');
    await expect(parallel(task('failAs'), ['cancelled'])).rejects.toBeInstanceOf(CancelledError);
    await expect(parallel(task('failAs'), ['range'])).rejects.toThrow('out of range');
  });

  it('says when a task is not there, and when an output cannot travel', async () => {
    await expect(parallel(task('missing'), [1])).rejects.toThrow('missing');
    await expect(parallel(task('returnFunction'), [1])).rejects.toThrow(/clone/);
    await expect(parallel(task('square'), [() => 1])).rejects.toThrow(/clone/);
    expect(await parallel(task('square'), [3])).toEqual([9]);
  });

  it('goes on after a thread has died', async () => {
    await expect(parallel(task('die'), [1])).rejects.toThrow();
    expect(await parallel(task('square'), [3, 4, 5])).toEqual([9, 16, 25]);
  });

  it('ends threads that have had nothing to do for long, and starts others for what comes then', async () => {
    const own = createParallelMap(1, 100);
    const threadOf = async () => (await own<{ thread: number }>(task('slowFirst'), [1]))[0]?.thread;
    const first = await threadOf();
    await expect.poll(async () => (await pause(200), threadOf()), { timeout: 20_000 }).not.toBe(first);
    const turns = Array.from({ length: 8 }, (_, turn) => turn);
    for (const turn of turns) {
      await pause(95 + turn);
      expect(await own(task('square'), [turn])).toEqual([turn ** 2]);
    }
    await own.close();
  });

  it('refuses work once closed, and gives up what is under way', async () => {
    const own = createParallelMap(1);
    const pending = expect(own(task('slowFirst'), [0, 0, 0])).rejects.toThrow(CancelledError);
    await own.close();
    await pending;
    await expect(own(task('square'), [1])).rejects.toThrow(CancelledError);
  });
});
