import { phrases } from '../phrases.ts';

/** Levers beside one another. */
export const leversWords = phrases({
  heads: {
    'zh-CN': ['措施', '达标', '花费', '挽回人数', '每人花费', '剩余缺口', '接通率', '时限内接通率', '用量'],
    en: [
      'lever',
      'on target',
      'cost',
      'recovered',
      'cost of one',
      'still short',
      'connection rate',
      'answered in time',
      'how much',
    ],
  },
  plan: { 'zh-CN': '计划', en: 'Plan' },
  callsShortOfThe: {
    'zh-CN':
      '未达目标的来电：现在 {callsShortBefore} 通，目标 {callsShortTarget} 通（接通率 {connectionRate}，时限内 {serviceLevel}）',
    en: 'Calls short of the targets: {callsShortBefore} now, {callsShortTarget} as the target (connection rate {connectionRate}, within the threshold {serviceLevel})',
  },
  yes: { 'zh-CN': '是', en: 'yes' },
  no: { 'zh-CN': '否', en: 'no' },
  bestMixFound: { 'zh-CN': '所找到的最佳组合', en: 'best mix found' },
  mostCallersRecoveredWithin: {
    'zh-CN': '预算 {budget} 内挽回人数最多',
    en: 'most callers recovered within {budget}',
  },
});
