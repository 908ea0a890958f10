import type { Label } from '../sentences.ts';

/** Words of the page of settings. */
export const settingsWords = {
  'settings.views': { 'zh-CN': '设置的各部分', en: 'Parts of the settings' },
  'settings.calendar': { 'zh-CN': '日历与事件', en: 'Calendar and events' },
  'settings.shifts': { 'zh-CN': '班次', en: 'Shifts' },
  'settings.targets': { 'zh-CN': '目标', en: 'Targets' },
  'settings.hours': { 'zh-CN': '开放时间', en: 'Opening hours' },
  'settings.queues': { 'zh-CN': '队列', en: 'Queues' },
  'settings.expert': { 'zh-CN': '全部字段与 JSON', en: 'All fields and JSON' },
  'settings.clock': { 'zh-CN': '请写时刻，如 07:30。', en: 'Give a time such as 07:30.' },
  'settings.all': { 'zh-CN': '全部设置（专家）', en: 'All settings (experts)' },
} as const satisfies Readonly<Record<string, Label>>;
