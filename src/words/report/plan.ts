import { phrase, phrases } from '../phrases.ts';

/** Figures of a sentence, as they are written; null: not known, or nobody is missing. */
interface PeopleOfWeek {
  readonly required: string;
  readonly scheduled: string;
  readonly paid: string | null;
  readonly wages: string | null;
  readonly short: {
    readonly hours: string;
    readonly at: string;
    readonly tier: string;
    readonly operators: string;
  } | null;
}

interface OutcomeOfWeek {
  readonly connected: string;
  readonly inTime: string | null;
  readonly seconds: number;
  readonly testCalls: number;
  readonly band: string;
  readonly chance: string;
}

/** Words of a plan's report: on the terminal, as a page, in sheets. */
export const planReportWords = phrases({
  title: { 'zh-CN': '一周排班计划', en: 'Plan of the week' },
  week: { 'zh-CN': '周次', en: 'Week' },
  unusual: { 'zh-CN': '数值存疑', en: 'Doubtful figures' },
  madeUp: {
    'zh-CN': '演示数据：全部为虚构，不代表任何真实热线',
    en: 'Demonstration data: all of it is made up and stands for no real hotline',
  },
  date: { 'zh-CN': '日期', en: 'Date' },
  weekday: { 'zh-CN': '星期', en: 'Day' },
  dayKind: { 'zh-CN': '日期类型', en: 'Kind of day' },
  calls: { 'zh-CN': '首次来电', en: 'First-time calls' },
  range80: { 'zh-CN': '80% 区间', en: '80% range' },
  peak: { 'zh-CN': '最忙时段', en: 'Busiest' },
  requiredShort: { 'zh-CN': '需求', en: 'Required' },
  scheduledShort: { 'zh-CN': '排班', en: 'Scheduled' },
  peakByTier: {
    'zh-CN': '最忙时段各等级座席：需求/排班（已扣缩减）',
    en: 'Operators by tier in the busiest interval: required/scheduled, shrinkage taken off',
  },
  nobodyNeeded: {
    'zh-CN': '– 表示这一等级此时无需到岗，其队列由其他等级接听',
    en: '– nobody of this tier is required then: other tiers answer its queues',
  },
  seen: { 'zh-CN': '近四周实到', en: 'Actual, 4 weeks' },
  farAhead: {
    'zh-CN': '这一周在最后数据（{date}）之后 {days} 天：预测只能当作参考',
    en: 'This week starts {days} days after the last data ({date}): take the forecast as a rough guide only',
  },
  shortGross: {
    'zh-CN': '各等级各时段合计：缺 {short} 工时、余 {spare} 工时（余的补不了别处的缺），净 {net}',
    en: 'Over tiers and intervals: {short} operator-hours short, {spare} to spare (which fill no gap elsewhere), net {net}',
  },
  shortTitle: {
    'zh-CN':
      '缺人：{intervals} 个时段低于需求，合计 {hours} 工时，等级之间顶替 {standIns}，仍缺 {open}；最缺的是 {at} {tier}，缺 {operators} 人（顶替前）',
    en: 'People missing: {intervals} intervals below the requirement by {hours} operator-hours in all; stand-ins from other tiers fill {standIns}, {open} are left open. The worst before stand-ins: {at}, {tier}, {operators} short',
  },
  standIns: { 'zh-CN': '顶替', en: 'Stand-ins' },
  leftOpen: { 'zh-CN': '仍缺', en: 'Left open' },
  worstAt: { 'zh-CN': '最缺', en: 'Worst at' },
  shortSheet: { 'zh-CN': '缺人', en: 'Missing' },
  operatorsShort: { 'zh-CN': '缺（人）', en: 'Operators short' },
  low80: { 'zh-CN': '80% 下限', en: '80% low' },
  high80: { 'zh-CN': '80% 上限', en: '80% high' },
  low95: { 'zh-CN': '95% 下限', en: '95% low' },
  high95: { 'zh-CN': '95% 上限', en: '95% high' },
  allShifts: { 'zh-CN': '合计', en: 'All' },
  meanBelowRange: { 'zh-CN': '均值 {mean}：少数情况下会低很多', en: 'mean {mean}: now and then much lower' },
  meanAboveRange: { 'zh-CN': '均值 {mean}：少数情况下会高很多', en: 'mean {mean}: now and then much higher' },
  semicolon: { 'zh-CN': '；', en: '; ' },
  colon: { 'zh-CN': '：', en: ': ' },
  shifts: { 'zh-CN': '班次', en: 'Shifts' },
  shiftsByDay: { 'zh-CN': '班次（人数）', en: 'Shifts (operators)' },
  prompt: { 'zh-CN': '提示', en: 'Prompt' },
  playedTo: { 'zh-CN': '播放对象', en: 'Played to' },
  prompts: { 'zh-CN': '高峰分流提示', en: 'Diversion prompts' },
  connectionRate: { 'zh-CN': '接通率', en: 'Connection rate' },
  serviceLevel: { 'zh-CN': '{seconds} 秒接通率', en: '{seconds}-second rate' },
  speedOfAnswer: { 'zh-CN': '平均应答时长（秒）', en: 'Average speed of answer (s)' },
  occupancy: { 'zh-CN': '占用率', en: 'Occupancy' },
  band: { 'zh-CN': '冷热等级', en: 'Band' },
  bandChance: { 'zh-CN': '该等级概率', en: 'Chance of it' },
  bandChanceOf: { 'zh-CN': '评为{band}的可能性', en: 'Chance of {band}' },
  score: { 'zh-CN': '评分', en: 'Score' },
  noTotal: {
    'zh-CN': '不报总分：只知道权重的 {weight}，总分在 {low}–{high} 之间',
    en: 'no total: only {weight} of the weights is known, it lies between {low} and {high}',
  },
  scoreBasis: { 'zh-CN': '得分依据', en: 'Score based on' },
  partialScore: {
    'zh-CN': '仅计 {count} 项指标中的 {known} 项，占权重 {weight}',
    en: '{known} of {count} indicators only, {weight} of the weight',
  },
  hot: { 'zh-CN': '「热线」档', en: 'hot' },
  warm: { 'zh-CN': '「暖线」档', en: 'warm' },
  cold: { 'zh-CN': '「冷线」档', en: 'cold' },
  dead: { 'zh-CN': '「死线」档', en: 'dead' },
  none: { 'zh-CN': '无', en: 'none' },
  notRecorded: { 'zh-CN': '未记录', en: 'not recorded' },
  whole: { 'zh-CN': '全周', en: 'Week' },
  required: { 'zh-CN': '需求工时', en: 'Required operator-hours' },
  scheduled: { 'zh-CN': '排班工时', en: 'Scheduled operator-hours' },
  seenHours: { 'zh-CN': '近四周实到工时', en: 'Actual operator-hours, 4 weeks' },
  overview: { 'zh-CN': '概览', en: 'Overview' },
  about: { 'zh-CN': '说明', en: 'About' },
  weekSheet: { 'zh-CN': '本周', en: 'The week' },
  callSheet: { 'zh-CN': '来电预测', en: 'Calls' },
  operatorSheet: { 'zh-CN': '需求与排班', en: 'Required and scheduled' },
  tierSheet: { 'zh-CN': '各等级时段', en: 'Tiers' },
  queueSheet: { 'zh-CN': '各队列时段', en: 'Queues' },
  low: { 'zh-CN': '下限', en: 'low' },
  high: { 'zh-CN': '上限', en: 'high' },
  decisions: { 'zh-CN': '需要决定', en: 'To decide' },
  noDecision: {
    'zh-CN': '没有需要决定的事项：计划满足各项目标。',
    en: 'Nothing: the plan meets its targets.',
  },
  sentenceOfCalls: {
    'zh-CN': '{from}至{to}预计首次来电 {calls} 通（80% 区间 {low}–{high}），{day}最多，约 {most} 通。',
    en: '{calls} first-time calls are expected from {from} to {to} (80% range {low}–{high}), most of them on {day}: {most}.',
  },
  sentenceOfPeople: phrase<PeopleOfWeek>({
    'zh-CN': ({ required, scheduled, paid, wages, short }) =>
      [
        `接听需要 ${required} 工时，已排 ${scheduled} 工时`,
        ...(paid === null ? [] : [`付薪 ${paid} 工时${wages === null ? '' : `，工资 ${wages}`}`]),
        short === null
          ? '人手够用'
          : `等级之间顶替后仍缺 ${short.hours} 工时，最缺的是 ${short.at}（${short.tier}，顶替前缺 ${short.operators} 人）`,
      ].join('；') + '。',
    en: ({ required, scheduled, paid, wages, short }) =>
      [
        `${required} operator-hours are required on the phones and ${scheduled} are scheduled`,
        ...(paid === null ? [] : [`${paid} hours are paid${wages === null ? '' : `, at ${wages}`}`]),
        short === null
          ? 'nobody is missing'
          : `${short.hours} operator-hours stay open after tiers have helped each other, most of all on ${short.at} (${short.tier}: ${short.operators} short before stand-ins)`,
      ].join('; ') + '.',
  }),
  sentenceOfOutcome: phrase<OutcomeOfWeek>({
    'zh-CN': ({ connected, inTime, seconds, testCalls, band, chance }) =>
      `预计接通率 ${connected}${inTime === null ? '' : `，${seconds} 秒接通率 ${inTime}`}；按 ${testCalls} 次暗访拨测，评为${band}的可能性 ${chance}。`,
    en: ({ connected, inTime, seconds, testCalls, band, chance }) =>
      `${connected} of the calls should be answered${inTime === null ? '' : `, ${inTime} within ${seconds} seconds`}; with ${testCalls} test calls the chance of being rated ${band} is ${chance}.`,
  }),
  days: { 'zh-CN': '每日', en: 'Days' },
  intervals: { 'zh-CN': '时段', en: 'Intervals' },
  tier: { 'zh-CN': '座席等级', en: 'Tier' },
  queue: { 'zh-CN': '队列', en: 'Queue' },
  start: { 'zh-CN': '开始', en: 'Start' },
  end: { 'zh-CN': '结束', en: 'End' },
  template: { 'zh-CN': '班型', en: 'Shift' },
  operators: { 'zh-CN': '人数', en: 'Operators' },
  pause: { 'zh-CN': '{start}（{minutes} 分钟 × {operators}）', en: '{start} ({minutes} min × {operators})' },
  breaks: { 'zh-CN': '休息', en: 'Breaks' },
  cost: { 'zh-CN': '工资', en: 'Wages' },
  paidHours: { 'zh-CN': '付薪工时', en: 'Paid hours' },
  wages: { 'zh-CN': '工资', en: 'Wages' },
  announcement: { 'zh-CN': '提示语', en: 'Announcement' },
  callersDiverted: { 'zh-CN': '分流来电', en: 'Callers diverted' },
  offered: { 'zh-CN': '人工请求量', en: 'Offered' },
  mean: { 'zh-CN': '预测', en: 'Forecast' },
  requiredOperators: { 'zh-CN': '需求人数', en: 'Required' },
  scheduledOperators: { 'zh-CN': '排班人数', en: 'Scheduled' },
  seenOperators: { 'zh-CN': '近四周实到', en: 'Actual, 4 weeks' },
  reasons: { 'zh-CN': '依据', en: 'Reasons' },
  assumptions: { 'zh-CN': '假设', en: 'Assumptions' },
  relaxed: { 'zh-CN': '放宽的规则', en: 'Rules relaxed' },
  notices: { 'zh-CN': '提示', en: 'Notices' },
  method: { 'zh-CN': '预测方法', en: 'Forecast method' },
  testCalls: { 'zh-CN': '按 {count} 次暗访拨测', en: 'With {count} test calls' },
  withoutPrompts: { 'zh-CN': '不放提示时', en: 'Without prompts' },
  variants: { 'zh-CN': '假设的代价（所需工时）', en: 'What each assumption costs (operator-hours)' },
  proof: { 'zh-CN': '仿真验证', en: 'Simulation' },
  proofTitle: {
    'zh-CN': '仿真验证：{count} 周，95% 区间',
    en: 'Proof by simulation: {count} weeks, 95% intervals',
  },
  byFormula: { 'zh-CN': '公式', en: 'Formula' },
  bySimulation: { 'zh-CN': '仿真', en: 'Simulated' },
  halfWidth: { 'zh-CN': '误差 ±', en: '±' },
  verdict: { 'zh-CN': '结论', en: 'Result' },
  target: { 'zh-CN': '目标', en: 'Target' },
  holds: { 'zh-CN': '达标', en: 'met' },
  fails: { 'zh-CN': '未达标', en: 'missed' },
  undecided: { 'zh-CN': '未定', en: 'undecided' },
  intervalsUnder: { 'zh-CN': '低于目标的时段', en: 'Intervals under target' },
  toppedUp: { 'zh-CN': '仿真后补足工时', en: 'Operator-hours added after simulation' },
  handedOn: { 'zh-CN': '转接', en: 'Transfers' },
  shareOfAnswered: { 'zh-CN': '占接通', en: 'Of answered' },
  firstOperator: { 'zh-CN': '首接座席', en: 'First operator' },
  staysOn: { 'zh-CN': '陪同至接听', en: 'stays on' },
  letsGo: { 'zh-CN': '转出即释放', en: 'lets go' },
  waitSeconds: { 'zh-CN': '平均等待（秒）', en: 'Mean wait, s' },
  hangUps: { 'zh-CN': '等待中放弃', en: 'Hang up waiting' },
  overrules: { 'zh-CN': '人工调整', en: 'Changes by planners' },
  plan: { 'zh-CN': '计划编号', en: 'Plan' },
  history: { 'zh-CN': '历史数据', en: 'History' },
  figure: { 'zh-CN': '指标', en: 'Figure' },
  value: { 'zh-CN': '数值', en: 'Value' },
  to: { 'zh-CN': '至', en: 'to' },
  hours: { 'zh-CN': '小时', en: 'h' },
  chartCalls: { 'zh-CN': '每时段来电与 80% 区间', en: 'Calls per interval with their 80% range' },
  chartOperators: { 'zh-CN': '每时段座席：需求与排班', en: 'Operators per interval: required and scheduled' },
  chartLevel: { 'zh-CN': '每时段 {seconds} 秒接通率', en: '{seconds}-second rate per interval' },
  levelNote: {
    'zh-CN': '蓝：不低于目标 {target}；橙：低于目标，颜色越深差得越多。',
    en: 'Blue: at or above the target of {target}. Orange: below it, the darker the further.',
  },
  weekdays: {
    'zh-CN': ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
    en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  },
});
