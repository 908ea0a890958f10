import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bandLadder, indexOfRate, searchLadder } from '../../src/monitoring/band-ladder.ts';

/** Chances that grow along the ladder, some of them all but 0 or 1. */
const growing = fc
  .array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1, 1e-4, 1 - 1e-4)), {
    minLength: bandLadder.length,
    maxLength: bandLadder.length,
  })
  .map((chances) => chances.toSorted((a, b) => a - b));

test('the least step of the ladder is found, whatever is guessed and asked before, with few steps made', () => {
  const guessed = fc.option(fc.integer({ min: 0, max: bandLadder.length - 1 }), { nil: undefined });
  fc.assert(
    fc.property(
      growing,
      fc.array(fc.tuple(fc.double({ min: 0.01, max: 0.99, noNaN: true }), guessed), {
        minLength: 1,
        maxLength: 3,
      }),
      (chances, questions) => {
        const made: number[] = [];
        const ladder = searchLadder((index) => {
          made.push(index);
          return index;
        });
        for (const [wanted, guess] of questions) {
          const before = made.length;
          const known = chances.findIndex((chance) => chance >= wanted);
          const least = known < 0 ? bandLadder.length - 1 : known;
          expect(ladder.least((step) => chances[step] ?? 0, wanted, guess)).toBe(least);
          // Halving takes five; the odds may be wrong five times.
          expect(made.length - before).toBeLessThanOrEqual(11);
        }
        expect(new Set(made).size).toBe(made.length);
        expect(made.every((index) => index >= 0 && index < bandLadder.length)).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});

test('where chances grow with the odds of the rate, a few steps find the least', () => {
  const logit = (share: number): number => Math.log(share / (1 - share));
  for (const shift of [-2, -1, 0, 1, 2]) {
    const chances = bandLadder.map((rate) => 1 / (1 + Math.exp(-(logit(rate) + shift))));
    for (const wanted of [0.5, 0.8, 0.9]) {
      let made = 0;
      const ladder = searchLadder((index) => ((made += 1), index));
      const found = ladder.least((step) => chances[step] ?? 0, wanted, indexOfRate(wanted));
      const least = chances.findIndex((chance) => chance >= wanted);
      expect(found).toBe(least < 0 ? bandLadder.length - 1 : least);
      // halving would take five
      expect(made).toBeLessThanOrEqual(3);
    }
  }
});

test('where every step is all but sure, the first is asked next', () => {
  const asked: number[] = [];
  const ladder = searchLadder((index) => {
    asked.push(index);
    return index;
  });
  expect(ladder.least(() => 1, 0.8, 12)).toBe(0);
  expect(asked).toEqual([12, 0]);
});

test('where steps are all but sure or all but hopeless, what is left is halved', () => {
  let made = 0;
  const ladder = searchLadder((index) => ((made += 1), index));
  expect(ladder.least((step) => (step < 9 ? 0 : 1), 0.8, 12)).toBe(9);
  expect(made).toBeLessThanOrEqual(2 + Math.ceil(Math.log2(12)));
});

test('the step of a rate is the first that is no lower', () => {
  for (const [at, rate] of bandLadder.entries()) {
    expect(indexOfRate(rate)).toBe(at);
    expect(indexOfRate(rate - 1e-6)).toBe(at);
  }
  expect(indexOfRate(1)).toBe(bandLadder.length - 1);
});
