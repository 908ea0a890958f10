import type { Language } from '../kernel/text.ts';
import { phrases } from './phrases.ts';
import type { Label } from './sentences.ts';

/** What the steps of the use cases are called. */
export const stepNames: Readonly<Record<string, Label>> = phrases({
  forecast: { 'zh-CN': '预测来电', en: 'forecasting' },
  requirement: { 'zh-CN': '计算所需座席', en: 'working out operators' },
  operators: { 'zh-CN': '增减一人', en: 'one operator more or less' },
  curve: { 'zh-CN': '计算各比例的代价', en: 'pricing rates' },
  assumptions: { 'zh-CN': '比较各项假设', en: 'comparing assumptions' },
  shifts: { 'zh-CN': '排班', en: 'making shifts' },
  prompts: { 'zh-CN': '选择分流提示', en: 'choosing prompts' },
  projection: { 'zh-CN': '推算结果', en: 'projecting' },
  proof: { 'zh-CN': '仿真验证', en: 'proving it by simulation' },
  baseline: { 'zh-CN': '推算现状', en: 'projecting the plan as it is' },
  scenario: { 'zh-CN': '推算情景', en: 'projecting the scenario' },
  'take-up': { 'zh-CN': '学习采纳率', en: 'learning take-up' },
  effect: { 'zh-CN': '计算效果', en: 'working out the effect' },
  sensitivities: { 'zh-CN': '检验敏感程度', en: 'trying what may turn out otherwise' },
  reasons: { 'zh-CN': '写明理由', en: 'telling the reasons' },
  levers: { 'zh-CN': '比较各项措施', en: 'comparing levers' },
  mix: { 'zh-CN': '寻找最佳组合', en: 'finding the best mix' },
  simulation: { 'zh-CN': '模拟验证', en: 'proving it by simulation' },
  actual: { 'zh-CN': '读取实际数据', en: 'reading what happened' },
  causes: { 'zh-CN': '分解原因', en: 'finding causes' },
  learnt: { 'zh-CN': '总结本周的经验', en: 'learning from the week' },
  demo: { 'zh-CN': '生成演示数据', en: 'making up the demo hotline' },
  people: { 'zh-CN': '读取人员', en: 'reading people' },
  roster: { 'zh-CN': '排班到人', en: 'rostering people' },
  done: { 'zh-CN': '完成', en: 'done' },
});

const left = phrases({
  seconds: { 'zh-CN': '大约还要 {n} 秒', en: 'about {n} s left' },
  minutes: { 'zh-CN': '大约还要 {n} 分钟', en: 'about {n} min left' },
});

/** How long the rest of the work takes. */
export const timeLeft = (seconds: number, language: Language): string =>
  seconds < 90
    ? left.seconds[language].replace('{n}', String(Math.ceil(seconds)))
    : left.minutes[language].replace('{n}', String(Math.ceil(seconds / 60)));
