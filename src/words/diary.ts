import type { DiaryNote } from '../contract/documents/audit-document.ts';
import type { Label } from './sentences.ts';

/** What can have happened on a day. */
export const diaryKindWords: Readonly<Record<DiaryNote['kind'], Label>> = {
  weather: { 'zh-CN': '天气', en: 'Weather' },
  outage: { 'zh-CN': '系统故障', en: 'Outage' },
  campaign: { 'zh-CN': '宣传活动', en: 'Campaign' },
  policy: { 'zh-CN': '政策发布', en: 'New rules' },
  other: { 'zh-CN': '其他', en: 'Other' },
};

export const diaryUseWords = {
  used: { 'zh-CN': '用于预测', en: 'used by forecasts' },
} as const satisfies Readonly<Record<string, Label>>;

/** Headings of what the terminal lists. */
export const diaryHeads = {
  'zh-CN': ['编号', '日期', '类别', '内容', '预测', '谁'],
  en: ['id', 'date', 'kind', 'note', 'forecasts', 'who'],
} as const;
