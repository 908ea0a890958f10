import { phrases } from '../phrases.ts';

/** Forecasts and backtests. */
export const forecastWords = phrases({
  date: { 'zh-CN': '日期', en: 'date' },
  calls: { 'zh-CN': '来电', en: 'calls' },
  n80Range: { 'zh-CN': '80% 区间', en: '80% range' },
  n95Range: { 'zh-CN': '95% 区间', en: '95% range' },
  method: { 'zh-CN': '方法：', en: 'method: ' },
  queue: { 'zh-CN': '队列', en: 'queue' },
  method2: { 'zh-CN': '方法', en: 'method' },
  origins: { 'zh-CN': '起点数', en: 'origins' },
  bias: { 'zh-CN': '偏差', en: 'bias' },
  biasPerDay: { 'zh-CN': '偏差（通/日）', en: 'calls a day off' },
  dayMape: { 'zh-CN': '日 MAPE', en: 'day MAPE' },
  error: { 'zh-CN': '误差 WAPE', en: 'error (WAPE)' },
  in80: { 'zh-CN': '80% 覆盖', en: 'in 80%' },
  in95: { 'zh-CN': '95% 覆盖', en: 'in 95%' },
  intervals: { 'zh-CN': '时段数', en: 'intervals' },
  share: { 'zh-CN': '占比', en: 'share' },
  rival: { 'zh-CN': '对照方法', en: 'rival' },
});

/** Calls of weeks and months ahead. */
export const outlookWords = phrases({
  title: { 'zh-CN': '来电量展望', en: 'Calls in the months ahead' },
  week: { 'zh-CN': '周（首日）', en: 'week from' },
  month: { 'zh-CN': '月份', en: 'month' },
  calls: { 'zh-CN': '来电', en: 'calls' },
  n80Range: { 'zh-CN': '80% 区间', en: '80% range' },
  n95Range: { 'zh-CN': '95% 区间', en: '95% range' },
  aDay: { 'zh-CN': '日均', en: 'calls a day' },
  total: { 'zh-CN': '合计', en: 'total' },
  wholeLine: { 'zh-CN': '全部队列', en: 'all queues' },
  growthFound: {
    'zh-CN': '目前的年增长率 {middle}（80% 区间 {low} 至 {high}）',
    en: 'growth a year at present {middle} (80% range {low} to {high})',
  },
  growthStated: {
    'zh-CN': '按假设的年增长率 {growth} 计算',
    en: 'with growth of {growth} a year, as stated',
  },
  scored: {
    'zh-CN':
      '最近一年按此法预测：误差（WAPE）{wape}，用上年同期代替为 {yearBeforeWape}；偏差 {bias}；{coverage80} 落在 80% 区间内（{origins} 个起点，{periods} 期）',
    en: 'the last year forecast in this way: error (WAPE) {wape}, with the year before instead {yearBeforeWape}; bias {bias}; {coverage80} inside the 80% range ({origins} origins, {periods} periods)',
  },
});

/** Demands by topic. */
export const topicsWords = phrases({
  title: { 'zh-CN': '各类诉求预测', en: 'Demands by topic' },
  topic: { 'zh-CN': '诉求类型', en: 'topic' },
  lately: { 'zh-CN': '近四周日均', en: 'a day, last 4 weeks' },
  ahead: { 'zh-CN': '今后日均', en: 'a day ahead' },
  weeks: { 'zh-CN': '今后 {weeks} 周', en: 'next {weeks} weeks' },
  inWeek: { 'zh-CN': '{week} 周', en: 'week {week}' },
  weeksFrom: { 'zh-CN': '从该周起 {weeks} 周', en: '{weeks} weeks from it' },
  range: { 'zh-CN': '80% 区间', en: '80% range' },
  yearBefore: { 'zh-CN': '上年同期', en: 'year before' },
  season: { 'zh-CN': '高发期开始', en: 'season from about' },
  total: { 'zh-CN': '合计', en: 'total' },
  week: { 'zh-CN': '周（首日）', en: 'week from' },
  all: { 'zh-CN': '各类合计', en: 'all topics' },
  line: { 'zh-CN': '全线首次来电预测', en: "line's forecast, first-time calls" },
  byWeek: { 'zh-CN': '各周', en: 'week by week' },
});

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

/** A simulated bare model. */
export const modelSimulationWords = phrases({
  measure: { 'zh-CN': '指标', en: 'measure' },
  estimate: { 'zh-CN': '估计值', en: 'estimate' },
  allCalls: { 'zh-CN': '全部来电', en: 'All calls' },
  class: { 'zh-CN': '类别', en: 'Class' },
  pool: { 'zh-CN': '座席组', en: 'Pool' },
});
