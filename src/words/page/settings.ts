import type { Label } from '../sentences.ts';

/** Words of the page of settings. */
export const settingsWords = {
  'settings.views': { 'zh-CN': '设置的各部分', en: 'Parts of the settings' },
  'settings.calendar': { 'zh-CN': '日历与事件', en: 'Calendar and events' },
  'settings.all': { 'zh-CN': '全部设置（专家）', en: 'All settings (experts)' },
} as const satisfies Readonly<Record<string, Label>>;
