import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  bestSpans,
  type PromptSchedule,
  spanRulesOf,
  stretchesOf,
} from '../../src/diversion/playing-rules.ts';
import { keepsSpans } from '../support/every-choice.ts';
import { catalogueOf, entry } from '../support/small-world.ts';

const valueOf = (row: PromptSchedule, worth: readonly Float64Array[], startCost: number): number => {
  let sum = -startCost * stretchesOf(row).length;
  for (const [i, p] of row.entries()) if (p >= 0) sum += worth[p]?.[i] ?? 0;
  return sum;
};
const bruteForce = (
  worth: readonly Float64Array[],
  count: number,
  rules: ReturnType<typeof spanRulesOf>,
): number => {
  const row = new Int8Array(count).fill(-1);
  let best = 0;
  const fill = (i: number): void => {
    if (i === count) {
      if (keepsSpans(row, rules)) best = Math.max(best, valueOf(row, worth, rules.startCost ?? 0));
      return;
    }
    for (let p = -1; p < worth.length; p += 1) {
      if (p >= 0 && worth[p]?.[i] === -Infinity) continue;
      row[i] = p;
      fill(i + 1);
    }
  };
  fill(0);
  return best;
};

describe('bestSpans', () => {
  it('reaches the worth that trying every row reaches, and keeps the rules', () => {
    const worths = fc.array(
      fc.array(fc.oneof(fc.integer({ min: -6, max: 6 }), fc.constant(-Infinity)), {
        minLength: 7,
        maxLength: 7,
      }),
      { minLength: 1, maxLength: 2 },
    );
    fc.assert(
      fc.property(
        worths,
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 7 }),
        fc.integer({ min: 0, max: 2 }),
        (drawn, minimumOn, maximumOn, startCost) => {
          const worth = drawn.map((row) => Float64Array.from(row));
          const rules = { minimumOn, maximumOn, startCost };
          const row = bestSpans(worth, 7, rules);
          expect(keepsSpans(row, rules)).toBe(true);
          expect(valueOf(row, worth, startCost)).toBeCloseTo(bruteForce(worth, 7, rules), 9);
        },
      ),
      { numRuns: 120, seed: 11 },
    );
  });

  it('plays nothing where nothing is worth it, and nothing over no intervals', () => {
    expect([...bestSpans([Float64Array.of(-1, -2)], 2, { minimumOn: 1, maximumOn: 2 })]).toEqual([-1, -1]);
    expect(bestSpans([new Float64Array(0)], 0, { minimumOn: 2, maximumOn: 2 })).toHaveLength(0);
  });
});

test('a queue that has heard prompts that day has the less left', () => {
  const { rules } = catalogueOf([entry()], { minimumOnMinutes: 50, maximumOnMinutesPerDay: 170 });
  expect(spanRulesOf(rules, 30)).toEqual({ minimumOn: 2, maximumOn: 5 });
  expect(spanRulesOf(rules, 30, 4)).toEqual({ minimumOn: 2, maximumOn: 1 });
  expect(spanRulesOf(rules, 30, 6)).toEqual({ minimumOn: 2, maximumOn: 0 });
  expect(spanRulesOf({ ...rules, minimumOnMinutes: 0 }, 30).minimumOn).toBe(1);
});

describe('stretchesOf', () => {
  it('cuts where the prompt changes', () => {
    expect(stretchesOf(Int8Array.of(-1, 0, 0, 1, -1, 1))).toEqual([
      { prompt: 0, from: 1, to: 3 },
      { prompt: 1, from: 3, to: 4 },
      { prompt: 1, from: 5, to: 6 },
    ]);
  });
});
