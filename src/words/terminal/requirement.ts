import { phrase, phrases } from '../phrases.ts';

/** One operator more or less, and what rates cost. */
export const requirementWords = phrases({
  title: { 'zh-CN': '需要多少人', en: 'What it would take' },
  effectsTitle: phrase<{ plan: string; at: string; isWeakest: boolean }>({
    'zh-CN': ({ plan, at, isWeakest }) =>
      `计划 ${plan}，${at}${isWeakest ? '（最薄弱的时段）' : ''}：增减座席的影响`,
    en: ({ plan, at, isWeakest }) =>
      `Plan ${plan}, ${at}${isWeakest ? ' (the weakest interval)' : ''}: operators more or fewer`,
  }),
  effectHeads: {
    'zh-CN': [
      '等级',
      '增减',
      '人数',
      '接通率',
      '时限内接通率',
      '平均应答（秒）',
      '占用率',
      '放弃',
      '遇忙',
      '之后多接通',
    ],
    en: [
      'tier',
      'change',
      'operators',
      'connection rate',
      'answered in time',
      'ASA, s',
      'occupancy',
      'abandoned',
      'blocked',
      'answered more',
    ],
  },
  curveHeads: {
    'zh-CN': ['每时段须达', '工时', '与本计划需求之差', '可达'],
    en: ['every interval', 'operator-hours', 'against the plan', 'in reach'],
  },
  connectionRate: { 'zh-CN': '接通率', en: 'connection rate' },
  serviceLevel: { 'zh-CN': '时限内接通率', en: 'rate answered in time' },
  curveTitle: {
    'zh-CN': '各档{measure}的代价（本计划自己的目标需 {required} 工时）',
    en: "What a {measure} costs (this plan's own targets require {required} operator-hours)",
  },
  yes: { 'zh-CN': '可', en: 'yes' },
  no: { 'zh-CN': '不可达', en: 'no' },
});
