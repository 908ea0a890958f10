import { phrase, phrases } from '../phrases.ts';

/** League tables. */
export const rankWords = phrases({
  heads: {
    'zh-CN': ['名次', '热线', '拨测', '接通率', '95% 区间', '冷热等级', '得分'],
    en: ['rank', 'hotline', 'test calls', 'connection rate', '95% interval', 'band', 'score'],
  },
  trafficHeads: {
    'zh-CN': [
      '名次',
      '线路（队列）',
      '时限内接听/人工请求',
      'N 秒接通率',
      '95% 区间',
      '按此率的冷热等级',
      '得分',
    ],
    en: [
      'rank',
      'line (queue)',
      'within threshold/offered',
      'rate',
      '95% interval',
      'band at this rate',
      'score',
    ],
  },
  province: { 'zh-CN': '省份', en: 'province' },
  region: { 'zh-CN': '地区', en: 'region' },
  cityTier: { 'zh-CN': '城市级别', en: 'city tier' },
  hotlines: { 'zh-CN': '热线数', en: 'hotlines' },
  colderNextWeek: { 'zh-CN': '下周降档', en: 'colder next week' },
  colderNextTime: { 'zh-CN': '下次降档', en: 'colder next time' },
  standard: phrase<{ hotlines: number; share: number; standardSeconds: number; mean: string }>({
    'zh-CN': ({ hotlines, share, standardSeconds, mean }, { percent }) =>
      `${hotlines} 条热线（${percent(share, 2)}）${standardSeconds} 秒达标，达标者平均 ${mean} 秒`,
    en: ({ hotlines, share, standardSeconds, mean }, { counted, percent, plural }) =>
      `${counted(hotlines, 'hotline')} (${percent(share, 2)}) ${plural(hotlines, 'meets', 'meet')} the ${standardSeconds}-second standard; ${plural(hotlines, 'its', 'their')} mean is ${mean} s`,
  }),
  onTheYear: { 'zh-CN': '较上年', en: 'on the year' },
  period: { 'zh-CN': '周期', en: 'Period' },
  madeUp: { 'zh-CN': '（虚构数据）', en: ' (made up)' },
  connectionRate: { 'zh-CN': '接通率', en: 'connection rate' },
  meanSeconds: { 'zh-CN': '平均秒数', en: 'mean seconds' },
  withinS: { 'zh-CN': '{standardSeconds} 秒达标', en: 'within {standardSeconds} s' },
  hotline: { 'zh-CN': '热线', en: 'hotline' },
  rate: { 'zh-CN': '接通率', en: 'rate' },
  band: { 'zh-CN': '冷热等级', en: 'band' },
  colderInTruth: { 'zh-CN': '实际已降档', en: 'colder in truth' },
  trafficRisk: {
    'zh-CN':
      '前一列是下周接听率落入更冷一档的可能（由逐日预测得出）；后一列是本期真实接听率已在更冷一档的可能。',
    en: "The first chance is that next week's rate lies in a colder band, by the forecast of its days; the second that this period's true rate does already.",
  },
  testCallRisk: {
    'zh-CN':
      '前一列是公布的冷热等级变冷的可能，其中不少是抽样运气；后一列是真实接通率已落在更冷一档的可能。一年前的结果按 {weight} 计：以往各期这样最能预示本期。',
    en: 'The first chance is of the band that will be published: much of it is the luck of a sample. The second is that the true rate lies in a colder band already. A result a year old weighs {weight} of one of now: which predicted this period best from earlier ones.',
  },
  lines: { 'zh-CN': '线路数', en: 'lines' },
  share: { 'zh-CN': '占比', en: 'share' },
  change: { 'zh-CN': '同比增减', en: 'change' },
});

/** Rates to come, and how well they were foreseen. */
export const rateWords = phrases({
  title: { 'zh-CN': '未来的 N 秒接通率', en: 'Service level to come' },
  shareOfCallsAnswered: {
    'zh-CN': 'N 秒接通率，{from} 至 {last}，只用之前的数据（半衰期 {halfLifeDays} 天）',
    en: 'Share of calls answered in time, {from} to {last}, from the days before (half-life {halfLifeDays} days)',
  },
  line: { 'zh-CN': '线路', en: 'line' },
  date: { 'zh-CN': '日期', en: 'date' },
  rate: { 'zh-CN': '接听率', en: 'rate' },
  n80Range: { 'zh-CN': '80% 区间', en: '80% range' },
  forecast: { 'zh-CN': '预测', en: 'forecast' },
  actual: { 'zh-CN': '实际', en: 'actual' },
  differencePoints: { 'zh-CN': '相差（百分点）', en: 'difference, points' },
  daysScoredWeighedBy: {
    'zh-CN':
      '共 {days} 天计分，按来电量加权：平均绝对误差 {meanAbsoluteError} 个百分点（照上周同一天：{sameWeekdayBeforeError}），预测减实际 {bias}；落在 80% 区间内 {coverage80}，95% 区间内 {coverage95}',
    en: '{days} days scored, weighed by calls: mean absolute error {meanAbsoluteError} points (same weekday of the week before: {sameWeekdayBeforeError}), forecast minus actual {bias}; in the 80% range {coverage80}, in the 95% range {coverage95}',
  },
});

/** A scorecard fitted to published scores. */
export const scorecardWords = phrases({
  written: { 'zh-CN': '已写入：{file}', en: 'Written: {file}' },
  weightsFromPublishedResults: {
    'zh-CN':
      '{scorecard}：由 {period} 的 {results} 条公布结果拟合权重；与总分相差（均方根）{residualPoints} 分',
    en: '{scorecard}: weights from {results} published results of {period}; totals are met within {residualPoints} points (root mean square)',
  },
  indicator: { 'zh-CN': '指标', en: 'indicator' },
  configured: { 'zh-CN': '现用', en: 'configured' },
  fitted: { 'zh-CN': '拟合', en: 'fitted' },
  n90Interval: { 'zh-CN': '90% 区间', en: '90% interval' },
  aPartlySolvedCall: {
    'zh-CN':
      '部分解决按 {fitted} 计（现用 {configured}）：解决 {solved}、部分解决 {partly}，合为 {effect} 分',
    en: 'A partly solved call counts {fitted} (configured: {configured}): {solved} solved and {partly} partly solved make {effect} points',
  },
});

/** One hotline through its periods. */
export const hotlineWords = phrases({
  heads: {
    'zh-CN': ['周期', '拨测', '接通率', '95% 区间', '冷热等级', '较上年', '名次', '秒', '得分'],
    en: [
      'period',
      'test calls',
      'connection rate',
      '95% interval',
      'band',
      'on the year',
      'rank',
      'seconds',
      'score',
    ],
  },
  placeThen: { 'zh-CN': '当时所在', en: 'place then' },
});

/** What a band takes by the number of test calls, and what a sample says. */
export const bandsWords = phrases({
  title: { 'zh-CN': '达到“热线”档需要什么', en: 'What the hot band takes' },
  operatorHoursOfBefore: {
    'zh-CN': '；工时为 {week} 排班前的需求',
    en: '; operator-hours of {week}, before shifts',
  },
  rule: phrase<{ monitor: string; attempts: number; seconds: number; hotFrom: number }>({
    'zh-CN': ({ monitor, attempts, seconds, hotFrom }, { percent }) =>
      `${monitor}：${attempts === 1 ? '只拨一次' : `每次最多拨 ${attempts} 次`}、每次最多等 ${seconds} 秒；接通率 ${percent(hotFrom, 0)} 起为“热线”档`,
    en: ({ monitor, attempts, seconds, hotFrom }, { percent }) =>
      `${monitor}: ${attempts === 1 ? 'one attempt' : `up to ${attempts} attempts`} of at most ${seconds} s${attempts === 1 ? '' : ' each'}; hot from ${percent(hotFrom, 0)}`,
  }),
  sample: phrase<{
    connected: number;
    testCalls: number;
    seen: string;
    band: string;
    range: string;
    hotlines: number;
    drawn: string;
  }>({
    'zh-CN': ({ connected, testCalls, seen, band, range, hotlines, drawn }) =>
      `${testCalls} 次拨测接通 ${connected} 次：${seen}，${band}；95% 区间 ${range}。与${hotlines === 0 ? ' 2019 年公布的 344 条热线' : `本工作区的 ${hotlines} 条热线`}合并估计，真实接通率为 ${drawn}。`,
    en: ({ connected, testCalls, seen, band, range, hotlines, drawn }, { counted }) =>
      `${connected} of ${counted(testCalls, 'test call')}: ${seen}, ${band}; 95% interval ${range}. Beside ${hotlines === 0 ? 'the 344 hotlines of the published 2019 monitoring' : `the ${counted(hotlines, 'hotline')} of this workspace`} the true rate is put at ${drawn}.`,
  }),
  testCalls: { 'zh-CN': '拨测次数', en: 'test calls' },
  mustConnect: { 'zh-CN': '须接通', en: 'must connect' },
  mayFail: { 'zh-CN': '可失败', en: 'may fail' },
  chanceOfHot: { 'zh-CN': '评为“热线”档的概率', en: 'chance of hot' },
  trueRateNeeded: { 'zh-CN': '所需真实接通率', en: 'true rate required' },
  perAttempt: { 'zh-CN': '单次拨打', en: 'per attempt' },
  operatorHours: { 'zh-CN': '工时', en: 'operator-hours' },
  chanceOfTheBand: { 'zh-CN': '各档的可能', en: 'chance of the band' },
  nextMonitoringIfThe: {
    'zh-CN': '下次监测（若所见即真实）',
    en: 'next monitoring, if the observed rate is the true one',
  },
  nextMonitoringBesideThe: {
    'zh-CN': '下次监测（合并估计）',
    en: 'next monitoring, beside the other hotlines',
  },
  trueRateBesideThe: { 'zh-CN': '真实接通率（合并估计）', en: 'true rate, beside the other hotlines' },
});

/** A week held against its plan. */
export const compareWords = phrases({
  title: { 'zh-CN': '计划与实际', en: 'Plan against actual' },
  periodAndWeek: {
    'zh-CN': '{period}，其最后一个整周 {week}',
    en: '{period}, and its last whole week {week}',
  },
  date: { 'zh-CN': '日期', en: 'date' },
  forecast: { 'zh-CN': '预测', en: 'forecast' },
  n80Range: { 'zh-CN': '80% 区间', en: '80% range' },
  actual: { 'zh-CN': '实际', en: 'actual' },
  perIntervalErrorWape: {
    'zh-CN': '按时段：误差（WAPE）{wape}，偏差 {bias}，落在 80% 区间内 {coverage80}',
    en: 'Per interval: error (WAPE) {wape}, bias {bias}, inside the 80% range {coverage80}',
  },
  overruledDaysErrorAs: {
    'zh-CN': '人工调整的日子（{days}）：调整后误差 {wape}，不调整为 {originalWape}',
    en: 'Adjusted days ({days}): error {wape} as adjusted, {originalWape} without',
  },
  connectionRateSwitchboard: { 'zh-CN': '接通率（交换机记录）', en: 'Connection rate, switchboard' },
  withinTheThresholdSwitchboard: {
    'zh-CN': 'N 秒接通率（交换机记录）',
    en: 'Within the threshold, switchboard',
  },
  connectedTestCalls: { 'zh-CN': '拨测接通率', en: 'Connected test calls' },
  ofPeriod: { 'zh-CN': '{period}：有计划的各周', en: '{period}: weeks with a plan' },
  ofWeek: { 'zh-CN': '{week} 一周', en: 'week {week}' },
  planned: { 'zh-CN': '计划时预计', en: 'projected' },
  happened: { 'zh-CN': '实际', en: 'actual' },
  score: { 'zh-CN': '得分', en: 'score' },
  blank: { 'zh-CN': '：', en: ': ' },
  causeOfTheGap: { 'zh-CN': '接通率差距的原因', en: 'cause of the gap in the connection rate' },
  percentagePoints: { 'zh-CN': '百分点', en: 'percentage points' },
  gapInAll: { 'zh-CN': '差距合计', en: 'gap in all' },
  promptPlayed: { 'zh-CN': '播放的提示', en: 'prompt played' },
  intervals: { 'zh-CN': '时段数', en: 'intervals' },
  takeUpPredicted: { 'zh-CN': '预计采纳率', en: 'take-up predicted' },
  seen80Interval: { 'zh-CN': '实际（80% 区间）', en: 'actual (80% range)' },
  callersPredicted: { 'zh-CN': '预计分流人数', en: 'callers predicted' },
  seen: { 'zh-CN': '实际', en: 'actual' },
  connectionRate: { 'zh-CN': '接通率', en: 'connection rate' },
  projected: { 'zh-CN': '推算', en: 'projected' },
  happened95Interval: { 'zh-CN': '实际（95% 区间）', en: 'actual (95% range)' },
  testCalls: { 'zh-CN': '拨测', en: 'test calls' },
  learntFromTheWeek: { 'zh-CN': '本周之后的估计', en: 'learnt from the week' },
  before: { 'zh-CN': '此前', en: 'before' },
  now: { 'zh-CN': '现在', en: 'now' },
  interval: { 'zh-CN': '区间', en: 'interval' },
  evidence: { 'zh-CN': '依据', en: 'evidence' },
  use: { 'zh-CN': '用途', en: 'use' },
});

/** How good forecasts have been. */
export const accuracyWords = phrases({
  title: { 'zh-CN': '预测准确度', en: 'Forecast accuracy' },
  heading: {
    'zh-CN': '最近 {weeks} 个整周（{from} 至 {to}），只用当时已知的数据重新预测',
    en: 'The last {weeks} whole weeks, {from} to {to}, forecast again with what was known then',
  },
  asked: { 'zh-CN': '只看：{asked}', en: 'Only: {asked}' },
  weeksAhead: { 'zh-CN': '提前（周）', en: 'weeks ahead' },
  queue: { 'zh-CN': '队列', en: 'queue' },
  all: { 'zh-CN': '全部队列', en: 'all queues' },
  error: { 'zh-CN': '误差 WAPE', en: 'error (WAPE)' },
  bias: { 'zh-CN': '总量偏差', en: 'bias' },
  biasPerDay: { 'zh-CN': '偏差（通/日）', en: 'calls a day off' },
  in80: { 'zh-CN': '80% 覆盖', en: 'in 80%' },
  worstHeading: {
    'zh-CN': '一周里误差最大的小时（提前一周，各队列合计，每小时平均通数）',
    en: 'Hours of the week with the largest errors (a week ahead, all queues together, calls an hour on average)',
  },
  hour: { 'zh-CN': '小时起', en: 'hour from' },
  forecast: { 'zh-CN': '预测', en: 'forecast' },
  came: { 'zh-CN': '实际', en: 'came' },
  off: { 'zh-CN': '误差', en: 'off by' },
  ofItChance: { 'zh-CN': '其中偶然', en: 'of it luck' },
  callsOver: { 'zh-CN': '偏多 / 偏少', en: 'too many / too few' },
  plansHeading: {
    'zh-CN': '当时存下的计划（含人工调整）与实际对照',
    en: "Plans as they were kept, planners' changes in them, against what came",
  },
  noPlansAsked: {
    'zh-CN': '已存的计划中，没有哪一份所在的周已经结束、且有被问到的日子。',
    en: 'No stored plan of a week that is over has days that were asked for.',
  },
  noPlans: {
    'zh-CN': '还没有一份已存计划的那一周过完。',
    en: 'No week of a stored plan is over yet.',
  },
  frozenHeading: {
    'zh-CN': '随计划存下的预测（{forecasts} 份）与 {from} 至 {to} 的实际来电对照',
    en: 'Forecasts kept with plans ({forecasts}) against what came, {from} to {to}',
  },
  daysAhead: { 'zh-CN': '提前（天）', en: 'days ahead' },
  weekday: { 'zh-CN': '星期', en: 'weekday' },
  interval: { 'zh-CN': '时段', en: 'interval' },
  month: { 'zh-CN': '月份', en: 'month' },
  withinWeek: {
    'zh-CN': '以下均指提前一周以内的预测。',
    en: 'What follows is about forecasts of up to a week ahead.',
  },
  overruledHeading: { 'zh-CN': '人工调整：谁调得更准', en: 'Changes by hand: who gained by them' },
  author: { 'zh-CN': '调整人', en: 'who' },
  gained: { 'zh-CN': '误差减少（百分点）', en: 'error less by (points)' },
  week: { 'zh-CN': '周', en: 'week' },
  plan: { 'zh-CN': '计划', en: 'plan' },
  changedDays: { 'zh-CN': '人工调整的天数', en: 'days changed by hand' },
  withChange: { 'zh-CN': '调整后日误差', en: 'their day error' },
  withoutChange: { 'zh-CN': '不调整的日误差', en: 'without the change' },
});

/** Temperature bands (热线 also means hotline, so in Chinese the band stands in quotes). */
export const bandNames = phrases({
  hot: { 'zh-CN': '“热线”档', en: 'hot' },
  warm: { 'zh-CN': '“暖线”档', en: 'warm' },
  cold: { 'zh-CN': '“冷线”档', en: 'cold' },
  dead: { 'zh-CN': '“死线”档', en: 'dead' },
});

/** How a hotline moved between bands. */
export const bandMoveWords = phrases({
  from: { 'zh-CN': '原{band}', en: 'from {band}' },
  sameBand: { 'zh-CN': '同档', en: 'same band' },
  beyondChance: { 'zh-CN': '，超出偶然', en: ', beyond chance' },
});

/** Parts of the week by which rates are set apart. */
export const partNames = phrases({
  day: { 'zh-CN': '白天 8–20 点', en: 'day, 8–20' },
  night: { 'zh-CN': '夜间', en: 'night' },
  'working-day': { 'zh-CN': '工作日', en: 'working days' },
  'day-off': { 'zh-CN': '休息日', en: 'days off' },
});
