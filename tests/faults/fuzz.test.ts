import { expect, test } from 'vitest';
import { runFuzz } from '../support/fuzz/run-fuzz.ts';

/** The same as `node bench/fuzz.ts`, cut short: ten minutes of it are run by hand. */
test('damaged files, requests and models leave readers and a running server standing', async () => {
  const { tries, byKind, faults, mostMegabytes } = await runFuzz({ seed: 1, tries: 120, millis: 0 });
  expect(faults).toEqual([]);
  expect(tries).toBe(120);
  expect(Object.keys(byKind).sort()).toEqual(['api', 'model', 'reader', 'upload']);
  // told by Linux only
  if (process.platform === 'linux') expect(mostMegabytes).toBeGreaterThan(50);
}, 180_000);
