import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BadInputError } from '../../src/kernel/errors.ts';
import type { Store } from '../../src/planning/ports.ts';
import { openReusedAnswers } from '../../src/planning/week/staff-week.ts';
import { createWorkspace } from '../../src/store/create-workspace.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();
let store: Store;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ store, close } = await createWorkspace(join(folder, 'line'), {
    modelsFrom: join(import.meta.dirname, '../../models'),
  }));
});
afterAll(() => close());

/** Asks for squares; returns them, and which were worked out. */
const squares = async (program: string | undefined, numbers: readonly number[], kept: Store = store) => {
  const answers = await openReusedAnswers({ store: kept, ...(program === undefined ? {} : { program }) });
  const worked: number[] = [];
  const { answered } = await answers.ask<number>(
    numbers.map((n) => ({ of: Float64Array.of(n) })),
    (places) => {
      const asked = places.map((place) => numbers[place] ?? Number.NaN);
      worked.push(...asked);
      return Promise.resolve(asked.map((n) => n * n));
    },
  );
  const found = await answered;
  await answers.keep();
  return { found, worked };
};

test('a question is answered once, in its plan and for the plans after it, by the same program', async () => {
  expect(await squares('one', [3, 4, 3])).toEqual({ found: [9, 16, 9], worked: [3, 4] });
  expect(await squares('one', [4, 5, 3])).toEqual({ found: [16, 25, 9], worked: [5] });
  expect(await squares('two', [3])).toEqual({ found: [9], worked: [3] });
  expect(await squares(undefined, [3, 3])).toEqual({ found: [9, 9], worked: [3] });
});

test('only the latest asked are kept, those that are asked again among them', async () => {
  const many = (from: number) => Array.from({ length: 150 }, (_, i) => from + i);
  await squares('bounded', [7]);
  await squares('bounded', many(1000));
  await squares('bounded', [7, 8]);
  await squares('bounded', many(2000));
  expect((await squares('bounded', [7, 8])).worked).toEqual([]);
  expect((await squares('bounded', many(1000))).worked.length).toBeGreaterThan(100);
});

test('a store that takes no writes answers all the same, any other failure is told', async () => {
  const failing = (error: Error): Store => ({ ...store, cache: () => Promise.reject(error) });
  expect((await squares('moved', [6], failing(new BadInputError([])))).found).toEqual([36]);
  await expect(squares('moved', [6], failing(new Error('disk full')))).rejects.toThrow('disk full');
});
