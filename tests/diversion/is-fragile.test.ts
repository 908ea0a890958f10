import { describe, expect, it } from 'vitest';
import { choosePrompts } from '../../src/diversion/choose-prompts.ts';
import { isFragile } from '../../src/diversion/explain-choice.ts';
import { placePrompt, scaleTakeUp } from '../../src/diversion/prompt-spans.ts';
import type { PromptPlacement } from '../../src/kernel/hotline.ts';
import { project } from '../../src/queueing/project.ts';
import { catalogueOf, entry, peak, smallRequest, targets } from '../support/small-world.ts';

const judge = (
  prompts: readonly PromptPlacement[],
  operators: number,
  calls: readonly number[] = peak,
): boolean => {
  const { demand, capacity, policy } = smallRequest({
    calls: { main: calls },
    operators,
    catalogue: catalogueOf([entry()]),
  });
  const run = (played: readonly PromptPlacement[]) =>
    project({ demand, capacity, policy: { ...policy, prompts: played } });
  const outcomes = { before: run([]), after: run(prompts), half: run(scaleTakeUp(prompts, 0.5)) };
  return isFragile(prompts, outcomes, targets, 'fewest-diverted');
};

const played = (change: Parameters<typeof entry>[0], from: number, to: number): PromptPlacement[] => [
  placePrompt(entry(change), 'main', [{ from, to, offPeakTarget: -1 }], peak.length),
];

describe('a recommendation is fragile', () => {
  it('when the announcement costs more answer time than half the take-up gives back', () => {
    // At its full take-up it mends the peak; at half, eleven seconds of words are all that is left of it.
    const slow = { response: { onlineShare: 0.3, announcementSeconds: 11 } };
    expect(judge(played(slow, 2, 7), 12)).toBe(true);
  });

  it('when half the take-up keeps less than half of the intervals that were brought above target', () => {
    const calls = peak.map(() => 75);
    const little = { response: { onlineShare: 0.12, announcementSeconds: 0 } };
    expect(judge(played(little, 0, peak.length), 9, calls)).toBe(true);
  });

  it('not when half the take-up still serves: a short prompt at a peak far too high', () => {
    expect(judge(played({ response: { announcementSeconds: 0 } }, 2, 7), 7)).toBe(false);
  });

  it('not when half the take-up brings as many intervals above target', () => {
    const calls = peak.map(() => 72);
    const much = { response: { onlineShare: 0.3, announcementSeconds: 0 } };
    expect(judge(played(much, 0, peak.length), 9, calls)).toBe(false);
  });

  it('not when nothing plays', () => {
    expect(judge([], 7)).toBe(false);
  });

  it('or is not, as the chooser’s own prompts on the small world are not', () => {
    const request = smallRequest({ calls: { main: peak }, operators: 9, catalogue: catalogueOf([entry()]) });
    const { prompts } = choosePrompts(request);
    expect(prompts.length).toBeGreaterThan(0);
    expect(judge(prompts, 9)).toBe(false);
  });
});
