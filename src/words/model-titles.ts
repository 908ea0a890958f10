import type { ModelName } from '../contract/http/model-name.ts';
import type { Label } from './sentences.ts';

/** What people call each of the settings. */
export const modelTitles = {
  hotline: { 'zh-CN': '热线', en: 'Hotline' },
  targets: { 'zh-CN': '目标', en: 'Targets' },
  tiers: { 'zh-CN': '座席等级', en: 'Tiers' },
  shifts: { 'zh-CN': '班次', en: 'Shifts' },
  prompts: { 'zh-CN': '提示目录', en: 'Prompt catalogue' },
  levers: { 'zh-CN': '各项措施与单价', en: 'Levers and their costs' },
  scorecard: { 'zh-CN': '评分表', en: 'Scorecard' },
  labourRules: { 'zh-CN': '用工规则', en: 'Labour rules' },
  calendar: { 'zh-CN': '日历中的例外日', en: 'Days of the calendar' },
  monitor: { 'zh-CN': '监测方', en: 'Monitor' },
} as const satisfies Readonly<Record<ModelName, Label>>;
