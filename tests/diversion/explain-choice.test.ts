import { readFileSync } from 'node:fs';
import { chinese, english } from '../support/said.ts';
import { describe, expect, it } from 'vitest';
import type { TargetsModel } from '../../src/contract/models/targets-model.ts';
import { promptsSchema } from '../../src/contract/models/prompts-model.ts';
import {
  explainChoice,
  levelAt,
  responseAssumptions,
  worstInterval,
} from '../../src/diversion/explain-choice.ts';
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
    policy: { channels: [], queues: [] },
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

describe('what prompts assume', () => {
  const model = promptsSchema.parse(
    JSON.parse(readFileSync(new URL('../../models/prompts.json', import.meta.url), 'utf8')),
  );
  const [pattern] = model.prompts;
  if (pattern === undefined) throw new Error('the model has a prompt');
  const response = { ...pattern.response, assumed: false, offPeakShare: 0, patienceFactor: 1 };
  type Prompt = typeof pattern;
  const codesOf = (...prompts: readonly Partial<Prompt>[]) =>
    responseAssumptions(
      {
        ...model,
        prompts: prompts.map((own, i) => ({
          ...{
            prompt: `p${i}`,
            kind: 'online-channel',
            name: pattern.name,
            announcement: pattern.announcement,
          },
          response,
          ...own,
        })),
      },
      prompts.map((_, i) => `p${i}`),
      1,
    ).map(({ code, values }) => [code, (values as { seconds?: number } | undefined)?.seconds ?? null]);

  it('is told for those that assume it, and by the wait above which each is played', () => {
    expect(codesOf({})).toEqual([]);
    expect(codesOf({ offeredTo: 'all' }, { offeredTo: { waitAboveSeconds: 0 } })).toEqual([]);
    expect(
      codesOf({ offeredTo: { waitAboveSeconds: 30 } }, { offeredTo: { waitAboveSeconds: 60 } }, {}),
    ).toEqual([
      ['played-by-estimated-wait', 30],
      ['played-by-estimated-wait', 60],
    ]);
    expect(codesOf({ response: { ...response, assumed: true } })[0]).toEqual(['take-up-assumed', null]);
    expect(codesOf({ response: { ...response, patienceFactor: 1.5 } })).toEqual([
      ['patience-after-prompt-assumed', null],
    ]);
  });
});

describe('the worst interval', () => {
  const line = madeOutcome(
    (i) => [{ offered: [100, 4, 50, 0][i] ?? 0, answered: [90, 0, 20, 0][i] ?? 0 }],
    { first: 1 },
    4,
  );
  it('is the one with the lowest level among those with five calls, and none where none has', () => {
    expect(worstInterval(line)).toBe(2);
    expect(worstInterval(line, (i) => i !== 2)).toBe(0);
    expect(worstInterval(line, (i) => i === 1 || i === 3)).toBe(-1);
    expect(levelAt(line, 3)).toBeNaN();
    expect(levelAt(line, 1)).toBe(0);
  });
});
