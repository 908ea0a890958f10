import { phrases } from '../phrases.ts';

/** Many lines at a glance. */
export const lineWords = phrases({
  heads: {
    'zh-CN': [
      '代号',
      '热线',
      '数据截至',
      '下周',
      '计划',
      '风险天数',
      '缺口工时',
      '预计接通率',
      '最可能的档次',
      '预测误差',
      '预测偏差',
    ],
    en: [
      'key',
      'line',
      'data until',
      'week',
      'plan',
      'days at risk',
      'hours short',
      'connection rate',
      'likeliest band',
      'forecast error',
      'forecast bias',
    ],
  },
  decide: { 'zh-CN': '待决定', en: 'To be decided' },
  notYet: {
    'zh-CN': '尚未计算，请用 huawu lines --refresh',
    en: 'not worked out yet: huawu lines --refresh',
  },
});
