import { describe, expect, it } from 'vitest';
import { leversText } from '../../src/render/documents/effect-text.ts';
import type { LeversDocument } from '../../src/contract/documents/effect-documents.ts';
import { text } from '../support/text.ts';
import { explainLevers } from '../../src/planning/compare-levers.ts';

const effect: LeversDocument['before'] = {
  connectionRate: 0.96,
  serviceLevel: 0.86,
  averageSpeedOfAnswerSeconds: 5,
  occupancy: 0.7,
  abandoned: 10,
  blocked: 0,
  callersDiverted: 0,
  answered: 90,
  offered: 100,
  worstIntervalServiceLevel: 0.5,
  worstInterval: null,
  worstIntervalQueue: null,
};
const lever = (level: number): LeversDocument['levers'][number] => ({
  lever: 'overtime',
  name: text('加班', 'Overtime'),
  level,
  amount: text('些', 'some'),
  reachesTarget: true,
  callsShort: 0,
  cost: 100 * level,
  recoveredCallers: 10 * level,
  costPerRecovered: level > 0 ? 10 : null,
  effect,
  assumed: false,
});
const answer = (
  level: number,
  short: number,
  targetFrom: LeversDocument['targetFrom'] = 'prompts',
): LeversDocument => ({
  document: 'levers',
  plan: 'p-1',
  roster: 'planned',
  basis: {
    demand: 'mean-forecast',
    futures: 1,
    roster: 'planned',
    answerTimeThresholdSeconds: 20,
    told: text('依据', 'base'),
  },
  before: effect,
  callsShortBefore: short,
  callsShortTarget: 0,
  targetFrom,
  levers: [lever(level)],
  mix: null,
  reasons: explainLevers([lever(level)], null, short, targetFrom),
  assumptions: [],
});

describe('levers in the terminal', () => {
  it('are a table where there is something to mend', () => {
    const told = leversText(answer(0.5, 20), 'en');
    expect(told).toMatch(/Overtime +yes +50/);
    expect(told).toContain('Calls short of the targets: 20 now');
  });

  it.each([
    [answer(0, 0), 'On the mean forecast every queue meets its targets', '没有缺口要补'],
    [answer(0, 20), 'Prompts recover none of the 20 calls short', '提示补不了缺口'],
    [answer(0, 20, 'share'), 'No recovery requested', '要补回的为零'],
  ])('are a sentence, and no table of zeros, where there is not: %#', (idle, english, chinese) => {
    const told = leversText(idle, 'en');
    expect(told).toContain(english);
    expect(told).not.toMatch(/Overtime|─/);
    expect(leversText(idle, 'zh-CN')).toContain(chinese);
  });
});
