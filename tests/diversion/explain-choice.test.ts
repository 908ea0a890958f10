import { chinese, english } from '../support/said.ts';
import { describe, expect, it } from 'vitest';
import type { TargetsModel } from '../../src/contract/models/targets-model.ts';
import { explainChoice } from '../../src/diversion/explain-choice.ts';
import { madeOutcome } from '../support/made-outcome.ts';

const targets: TargetsModel = {
  connectionRate: 0.9,
  serviceLevel: 0.8,
  rollingConnectionRate: null,
  occupancyMax: 0.9,
  confidence: 0.8,
  minimumOperators: 1,
  queues: {},
};

/** A line of four intervals of 1,000 calls, of which so many are answered in time. */
const lineAt = (answered: number) => madeOutcome(() => [{ offered: 1000, answered }], { first: 1 }, 4);

const saidOf = (before: number, after: number) =>
  explainChoice({
    before: lineAt(before),
    after: lineAt(after),
    targets,
    hours: { mayPlay: Uint8Array.of(1, 1, 1, 1), barredBy: [] },
    spans: 1,
    limitedByShare: false,
    placements: [],
    channels: [],
  });

describe('what a choice of prompts brings', () => {
  it('is told from one figure to the other where they differ', () => {
    const [short, worst] = saidOf(725, 760);
    expect(english(short)).toMatch(/^Calls short of the targets fall from \d+ to \d+\.$/);
    expect(english(worst)).toContain('the service level goes from 72.5% to 76.0%');
    expect(chinese(worst)).toContain('从 72.5% 变为 76.0%');
  });

  it('stays where no printed digit differs', () => {
    const [short, worst] = saidOf(725, 725.04);
    expect(english(short)).toMatch(/^Calls short of the targets stay at \d+\.$/);
    expect(chinese(short)).toMatch(/^未达目标的来电仍有 \d+ 通。$/);
    expect(english(worst)).toContain('the service level stays at 72.5%, still below');
    expect(chinese(worst)).toContain('仍为 72.5%');
    expect(`${english(worst)} ${chinese(worst)}`).not.toMatch(/goes from|变为/);
  });
});
