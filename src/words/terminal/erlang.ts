import { phrases } from '../phrases.ts';

/** The measures of one interval. */
export const erlangWords = phrases({
  unstable: {
    'zh-CN':
      '话务量不小于座席数，且无人放弃、中继不限：排队会无限增长，没有稳定的答案。请增加座席，或给出 --patience、--trunks。',
    en: 'The load is not below the operators, nobody hangs up and lines are endless: the queue grows without end and there is no stationary answer. Give more operators, or --patience or --trunks.',
  },
  p_connect: { 'zh-CN': '接通率', en: 'Connection rate (answered / offered)' },
  sl_offered: {
    'zh-CN': '{seconds} 秒接通率（占人工请求量）',
    en: 'Answered within {seconds} s, of offered',
  },
  sl_excl_short_ab: { 'zh-CN': '同上，不计短放弃', en: 'The same without short abandons' },
  sl_admitted: { 'zh-CN': '同上，不计遇忙', en: 'The same, of calls that found a line' },
  asa_answered_s: { 'zh-CN': '平均应答时长', en: 'Average speed of answer' },
  mean_wait_admitted_s: { 'zh-CN': '平均排队时长（含放弃）', en: 'Mean wait, abandoners included' },
  p_imm: { 'zh-CN': '立即应答', en: 'Finds a free operator' },
  p_wait: { 'zh-CN': '需要排队', en: 'Has to wait' },
  p_abandon: { 'zh-CN': '放弃', en: 'Abandons' },
  p_block: { 'zh-CN': '遇忙', en: 'Finds no line' },
  occupancy: { 'zh-CN': '占用率', en: 'Occupancy' },
  mean_queue_len: { 'zh-CN': '平均排队人数', en: 'Mean queue length' },
  line: { 'zh-CN': '{measure}：{value}', en: '{measure}: {value}' },
  seconds: { 'zh-CN': '{value} 秒', en: '{value} s' },
});
