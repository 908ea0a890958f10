import { planStepNames, planSteps } from '../../src/contract/plan-states.ts';
import type { Language } from '../../src/kernel/text.ts';
import { messages } from '../../src/words/messages.ts';

const planStateWords = messages('plan-state');

const leading = ['team-leader', 'planner', 'administrator'] as const;
const heads = {
  'zh-CN': { first: ['步骤', '名称', '从', '到'], last: '理由', wanted: '要写' },
  en: { first: ['step', 'name', 'from', 'to'], last: 'reason', wanted: 'wanted' },
} as const;

/** The table of a plan's steps as a page shows it: a row a step, ● where a role may take it. */
export const planStepsTable = (language: Language): string => {
  const { first, last, wanted } = heads[language];
  const rows = planStepNames.map((step) => {
    const { from, to, roles, wantsReason } = planSteps[step];
    return [
      messages('plan-step')[step][language],
      `\`${step}\``,
      from.map((state) => planStateWords[state][language]).join(language === 'en' ? ', ' : '、'),
      planStateWords[to][language],
      ...leading.map((role) => (roles.includes(role) ? '●' : '')),
      wantsReason ? wanted : '',
    ];
  });
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const head = [...first, ...leading.map((role) => messages('terminal-role')[role][language]), last];
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n');
};
