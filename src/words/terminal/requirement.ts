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
      'N 秒接通率',
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
  serviceLevel: { 'zh-CN': 'N 秒接通率', en: 'service level' },
  curveTitle: {
    'zh-CN': '各档{measure}的代价（本计划自己的目标需 {required} 工时）',
    en: "What a {measure} costs (this plan's own targets require {required} operator-hours)",
  },
  yes: { 'zh-CN': '可', en: 'yes' },
  no: { 'zh-CN': '不可达', en: 'no' },
});

/** The least mix of a bare model. */
export const mixWords = phrases({
  title: {
    'zh-CN': '各座席组最少人数（由仿真逐一减到最少）',
    en: 'Least operators by pool, taken down one by one in simulation',
  },
  pools: { 'zh-CN': ['座席组', '人数', '工时'], en: ['pool', 'operators', 'operator-hours'] },
  bounds: { 'zh-CN': ['方案', '工时'], en: ['design', 'operator-hours'] },
  found: { 'zh-CN': '仿真结果', en: 'settled by simulation' },
  formula: { 'zh-CN': '公式结果', en: 'by formula' },
  pooled: { 'zh-CN': '全部合并（公式）', en: 'everybody answers everything (formula)' },
  dedicated: { 'zh-CN': '各类自备（公式）', en: 'each class alone (formula)' },
  classes: {
    'zh-CN': ['类别', '指标', '目标', '仿真', '±', '达标'],
    en: ['class', 'measure', 'target', 'simulated', '±', 'holds'],
  },
  fewer: {
    'zh-CN': '最忙时段各少一人后，最差的是',
    en: 'With one operator fewer in the busiest interval, the worst is',
  },
  fewerHeads: {
    'zh-CN': ['少一人的座席组', '时段', '类别', '指标', '目标', '仿真', '±', '达标'],
    en: ['one fewer of pool', 'interval', 'class', 'measure', 'target', 'simulated', '±', 'holds'],
  },
  connectionRate: { 'zh-CN': '接通率', en: 'connection rate' },
  serviceLevel: { 'zh-CN': 'N 秒接通率', en: 'service level' },
  holds: { 'zh-CN': '是', en: 'yes' },
  fails: { 'zh-CN': '否', en: 'no' },
  undecided: { 'zh-CN': '不定', en: 'open' },
});

/** Operators and the tiers that their figures speak for. */
export const gradeWords = phrases({
  tier: { 'zh-CN': '等级', en: 'tier' },
  fromGrade: { 'zh-CN': '起评档', en: 'from grade' },
  connectionTarget: { 'zh-CN': '接通率目标', en: 'connection target' },
  now: { 'zh-CN': '现有', en: 'now' },
  quality: { 'zh-CN': '质检分', en: 'quality' },
  resolved: { 'zh-CN': '首次解决率', en: 'resolved' },
  seconds: { 'zh-CN': '处理秒数', en: 'seconds' },
  proposed: { 'zh-CN': '建议', en: 'proposed' },
  operator: { 'zh-CN': '座席', en: 'operator' },
  score: { 'zh-CN': '总评', en: 'score' },
  grade: { 'zh-CN': '档', en: 'grade' },
  now2: { 'zh-CN': '现等级', en: 'now' },
  why: { 'zh-CN': '理由', en: 'why' },
  betweenReasons: { 'zh-CN': '', en: ' ' },
  heading: phrase<{ operators: number; moving: number; isMadeUp: boolean }>({
    'zh-CN': ({ operators, moving, isMadeUp }) =>
      `共 ${operators} 名座席，建议调整 ${moving} 名${isMadeUp ? '（虚构数据）' : ''}`,
    en: ({ operators, moving, isMadeUp }, { counted }) =>
      `${counted(operators, 'operator')} graded, ${moving} would move${isMadeUp ? ' (made up)' : ''}`,
  }),
});

/** Prompts and scenarios, and what they do. */
export const effectWords = phrases({
  placeOf: { 'zh-CN': '{place}（{columns}）', en: '{place} ({columns})' },
  betweenPlaces: { 'zh-CN': '；', en: '; ' },
  worstInterval: { 'zh-CN': '最差时段：', en: 'Worst interval: ' },
  offered: { 'zh-CN': '人工请求量', en: 'Offered' },
  connectionRate: { 'zh-CN': '接通率', en: 'Connection rate' },
  serviceLevel: { 'zh-CN': 'N 秒接通率', en: 'Service level' },
  worstServiceLevel: { 'zh-CN': '最差时段的 N 秒接通率', en: 'The same in the worst interval' },
  averageSpeedOfAnswer: { 'zh-CN': '平均应答时长（秒）', en: 'Average speed of answer, s' },
  occupancy: { 'zh-CN': '占用率', en: 'Occupancy' },
  abandoned: { 'zh-CN': '放弃', en: 'Abandoned' },
  blocked: { 'zh-CN': '遇忙', en: 'Blocked' },
  callersDiverted: { 'zh-CN': '分流来电', en: 'Callers diverted' },
  with: { 'zh-CN': '播放', en: 'with' },
  halfTakeUp: { 'zh-CN': '采纳减半', en: 'half take-up' },
  doubleTakeUp: { 'zh-CN': '采纳加倍', en: 'double take-up' },
  date: { 'zh-CN': '日期', en: 'date' },
  hours: { 'zh-CN': '时段', en: 'hours' },
  queue: { 'zh-CN': '队列', en: 'queue' },
  prompt: { 'zh-CN': '提示', en: 'prompt' },
  plan: { 'zh-CN': '计划', en: 'Plan' },
  noPromptIsNeeded: { 'zh-CN': '不需要分流提示。', en: 'No prompt is required.' },
  playedTo: { 'zh-CN': '播放对象', en: 'played to' },
  diverted: { 'zh-CN': '分流', en: 'diverted' },
  without: { 'zh-CN': '不播放', en: 'without' },
  operatorHoursSavedNet: {
    'zh-CN': '净节省座席工时（已扣除线上处理）：{hours}',
    en: 'Operator-hours saved, net of online work: {hours}',
  },
  if: { 'zh-CN': '如果', en: 'if' },
  serviceLevelColumn: { 'zh-CN': 'N 秒接通率', en: 'service level' },
  connectionRateColumn: { 'zh-CN': '接通率', en: 'connection rate' },
  callersDivertedColumn: { 'zh-CN': '分流来电', en: 'diverted' },
  fragile: {
    'zh-CN': '不稳固：采纳率若只有一半，这些提示带来的改善大部分消失。',
    en: 'Fragile: at half the take-up most of what these prompts bring is gone.',
  },
  whereFirstCallersEnded: { 'zh-CN': '首次来电的去向（每周）', en: 'Where first callers ended, per week' },
  answered: { 'zh-CN': '座席接通', en: 'Answered' },
  gaveUpAfterAbandoning: { 'zh-CN': '放弃后不再来电', en: 'Gave up after hanging up' },
  gaveUpAfterBlocking: { 'zh-CN': '遇忙后不再来电', en: 'Gave up after a busy line' },
  servedOnline: { 'zh-CN': '线上办成', en: 'Served online' },
  divertedForGood: { 'zh-CN': '错峰后未再来电', en: 'Sent off-peak, never back' },
  stillOpen: { 'zh-CN': '期末未了', en: 'Still open at the end' },
  scenario: { 'zh-CN': '情景', en: 'scenario' },
  asPlanned: { 'zh-CN': '原计划', en: 'the plan' },
  simulated: {
    'zh-CN': '模拟 {replications} 次：接通率 {connectionRate}，N 秒接通率 {serviceLevel}',
    en: 'Simulated {replications} times: connection rate {connectionRate}, within the threshold {serviceLevel}',
  },
});

/** Levers beside one another. */
export const leversWords = phrases({
  heads: {
    'zh-CN': ['措施', '达标', '花费', '挽回人数', '每人花费', '剩余缺口', '接通率', 'N 秒接通率', '用量'],
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
