import type { RecordKind } from '../kernel/records.ts';
import type { Label } from './sentences.ts';

/** What people call each kind of template. */
export const templateTitles: Readonly<Record<RecordKind, Label>> = {
  traffic: { 'zh-CN': '分时段话务', en: 'traffic by interval' },
  calls: { 'zh-CN': '通话明细', en: 'call records' },
  'test-calls': { 'zh-CN': '拨测明细', en: 'test calls' },
  results: { 'zh-CN': '监测结果', en: 'monitoring results' },
  hotlines: { 'zh-CN': '热线名录', en: 'hotlines' },
  operators: { 'zh-CN': '座席名册', en: 'operators' },
  presence: { 'zh-CN': '到岗人数', en: 'operators present' },
  channels: { 'zh-CN': '线上渠道', en: 'online channels' },
  'channel-volumes': { 'zh-CN': '渠道业务量', en: 'volumes of channels' },
  prompts: { 'zh-CN': '播放过的提示', en: 'prompts played' },
  events: { 'zh-CN': '事件', en: 'events' },
  causes: { 'zh-CN': '影响因素', en: 'causes of calls' },
  topics: { 'zh-CN': '诉求分类', en: 'demands by topic' },
  forecasts: { 'zh-CN': '外部预测', en: 'forecasts from outside' },
  leave: { 'zh-CN': '请假', en: 'leave' },
  requests: { 'zh-CN': '排班意愿', en: 'requests' },
  roster: { 'zh-CN': '排班表', en: 'roster' },
};
