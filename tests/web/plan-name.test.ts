import { expect, test } from 'vitest';
import { plansText } from '../../src/render/plan-text.ts';
import { planName } from '../../src/web/plan/plan-name.tsx';
import type { PlanSummary } from '../../src/contract/http/workspace-document.ts';
import { speak } from '../../src/words/speak.ts';

const plan: PlanSummary = {
  id: '2026-W48-what-if-a',
  week: '2026-W48',
  createdAt: '2026-11-23T00:00:00.000Z',
  state: 'draft',
  version: 0,
  factors: { handleTime: 1.1, patience: 1, redials: 1, shrinkage: 1 },
};

test('a what-if that nobody named is called by what it was asked, in each reader’s language', () => {
  for (const [language, called] of [
    ['zh-CN', '处理时长 +10%'],
    ['en', 'handle time +10%'],
  ] as const) {
    const tell = (finding: Parameters<ReturnType<typeof speak>['say']>[0]) =>
      speak(language, 'page').say(finding);
    expect(planName(plan, { tell })).toBe(called);
    expect(planName({ ...plan, name: 'Rainy · 雨天' }, { tell })).toBe('Rainy · 雨天');
    expect(plansText([plan], language)).toContain(called);
    expect(plansText([{ ...plan, name: '雨天' }], language)).not.toContain(called);
  }
});
