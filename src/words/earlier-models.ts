import type { Label } from './sentences.ts';

/** Headings of the list of earlier versions. */
export const earlierModelHeads = {
  'zh-CN': ['编号', '设置', '用到何时', '由谁改掉', '恢复后的变化（现在 → 那时）'],
  en: ['id', 'settings', 'stood until', 'changed by', 'what bringing it back changes (now → then)'],
} as const;

export const earlierModelWords = {
  same: { 'zh-CN': '与现在相同', en: 'the same as now' },
  change: { 'zh-CN': '{where}：{now} → {was}', en: '{where}: {now} → {was}' },
  between: { 'zh-CN': '；', en: '; ' },
  more: { 'zh-CN': '另有 {n} 处', en: '{n} more' },
  absent: { 'zh-CN': '（无）', en: '(none)' },
} as const satisfies Readonly<Record<string, Label>>;
