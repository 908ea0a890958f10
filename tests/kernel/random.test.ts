import { expect, test } from 'vitest';
import { seededRandom } from '../../src/kernel/random.ts';

const moments = (draw: () => number, n: number): [number, number] => {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < n; i += 1) {
    const x = draw();
    sum += x;
    squares += x * x;
  }
  const mean = sum / n;
  return [mean, squares / n - mean * mean];
};

test('a seed and stream repeat; others differ', () => {
  const take = (seed: number, stream: number): number[] => {
    const random = seededRandom(seed, stream);
    return Array.from({ length: 5 }, () => random.uniform());
  };
  expect(take(7, 0)).toEqual(take(7, 0));
  expect(take(7, 0)).not.toEqual(take(7, 1));
  expect(take(7, 0)).not.toEqual(take(8, 0));
});

test.each([
  ['normal', 0, 1],
  ['exponential', 1, 1],
  ['uniform', 0.5, 1 / 12],
] as const)('%s has its mean and variance', (name, mean, variance) => {
  const random = seededRandom(3);
  const [m, v] = moments(() => random[name](), 200_000);
  expect(Math.abs(m - mean)).toBeLessThan(0.012);
  expect(Math.abs(v - variance)).toBeLessThan(0.03);
});

test.each([0.3, 1, 4.5, 80])('gamma of shape %d', (shape) => {
  const random = seededRandom(4);
  const [m, v] = moments(() => random.gamma(shape), 100_000);
  expect(Math.abs(m / shape - 1)).toBeLessThan(0.03);
  expect(Math.abs(v / shape - 1)).toBeLessThan(0.05);
});

test.each([0.2, 5, 11.9, 12.1, 60, 5000])(
  'Poisson of mean %d: mean, variance and chance of its mode',
  (mean) => {
    const random = seededRandom(5);
    const n = 100_000;
    const mode = Math.floor(mean);
    let hits = 0;
    let unsound = 0;
    const [m, v] = moments(() => {
      const k = random.poisson(mean);
      if (!Number.isInteger(k) || k < 0) unsound += 1;
      if (k === mode) hits += 1;
      return k;
    }, n);
    expect(unsound).toBe(0);
    let logFactorial = 0;
    for (let i = 2; i <= mode; i += 1) logFactorial += Math.log(i);
    const chance = Math.exp(mode * Math.log(mean) - mean - logFactorial);
    expect(Math.abs(m - mean)).toBeLessThan(5 * Math.sqrt(mean / n));
    expect(Math.abs(v / mean - 1)).toBeLessThan(0.03);
    expect(Math.abs(hits / n - chance)).toBeLessThan(5 * Math.sqrt(chance / n));
  },
);
