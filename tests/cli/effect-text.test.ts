import { describe, expect, test } from 'vitest';
import type { DivertDocument, SimulateDocument } from '../../src/contract/documents/effect-documents.ts';
import { divertText, simulateText } from '../../src/render/documents/effect-text.ts';

const effect = (
  worstInterval: string | null,
  worstIntervalQueue: string | null,
): DivertDocument['before'] => ({
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
  worstInterval,
  worstIntervalQueue,
});
const names = new Map([['general', '综合']]);
const at = (clock: string, queue = 'general') => effect(`2026-11-24T${clock}`, queue);

const basis = {
  demand: 'futures',
  futures: 50,
  roster: 'planned',
  answerTimeThresholdSeconds: 20,
  told: { 'zh-CN': '依据甲', en: 'base A' },
};

const simulated = (baseline: DivertDocument['before'], outcome: DivertDocument['before']): string => {
  const document = { plan: 'p', scenario: 's', basis, baseline, outcome, proof: null, assumptions: [] };
  return simulateText(document as unknown as SimulateDocument, names, 'zh-CN');
};

describe('the worst interval', () => {
  test('is told with its day, time and queue by name, once where all columns share it', () => {
    expect(simulated(at('09:30'), at('09:30'))).toContain('最差时段：11-24 09:30 综合');
    expect(simulated(at('09:30'), at('10:00', 'car'))).toContain(
      '最差时段：11-24 09:30 综合（原计划）；11-24 10:00 car（情景）',
    );
    expect(simulated(at('09:30'), at('09:30'))).not.toContain('T09:30');
    expect(simulated(effect(null, null), effect(null, null))).not.toContain('最差时段：');
  });
});

describe('the base of all figures', () => {
  test('is told beside the plan', () => {
    expect(simulated(at('09:30'), at('09:30'))).toContain('依据甲');
  });
});

describe('prompts', () => {
  const one = at('09:30');
  const spans = ['09:30', '10:00'].map((from, i) => ({
    prompt: 'p',
    name: { 'zh-CN': '引导', en: 'point' },
    kind: 'online-channel',
    queue: 'general',
    date: '2026-11-24',
    from,
    to: ['10:00', '10:30'][i],
    announcement: { 'zh-CN': '', en: '' },
    callersDiverted: 2,
  }));
  const told = (prompts: readonly object[], sensitivities: readonly object[] = [], after = one): string =>
    divertText(
      {
        plan: 'p',
        basis,
        prompts,
        before: one,
        after,
        halfTakeUp: one,
        doubleTakeUp: one,
        sensitivities,
        fragile: false,
        operatorHoursSavedNet: 0,
        reasons: [],
        assumptions: [],
      } as unknown as DivertDocument,
      names,
      'zh-CN',
    );

  test('tell what else may happen by the difference of the rates as they are printed', () => {
    const [played, worse] = [
      { ...one, serviceLevel: 0.8604 },
      { ...one, serviceLevel: 0.7106, connectionRate: 0.95996 },
    ];
    const storm = { case: 'storm', name: { 'zh-CN': '暴雨', en: 'storm' }, effect: worse };
    // 86.0 % stands in the table above; the difference alone, −14.98, would read −15.0
    expect(told(spans, [storm], played)).toMatch(/暴雨 +71\.1% \(−14\.9\) +96\.0% \(0\.0\)/);
  });

  test('are whole stretches with the queue by name', () => {
    expect(told(spans)).toMatch(/2026-11-24 +09:30–10:30 +综合 +引导 +4/);
  });

  test('where none is needed, there is nothing to set beside the plan', () => {
    expect(told(spans)).toContain('采纳减半');
    expect(told([])).not.toContain('采纳减半');
  });
});
