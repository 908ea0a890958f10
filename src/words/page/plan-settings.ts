import type { Label } from '../sentences.ts';

/** Words of what a planner sets on the plan's page: changes by hand, targets, presence, hours, transfers. */
export const planSettingsWords = {
  'overrule.open': { 'zh-CN': '调整预测…', en: 'Adjust forecast…' },
  'targets.title': { 'zh-CN': '计划目标', en: 'Targets of the plan' },
  'targets.note': {
    'zh-CN': '只对这次计划生效；长期修改请到“设置”页的“目标”。',
    en: 'For this plan only; change them for good under Settings, Targets.',
  },
  'targets.connectionRate': { 'zh-CN': '接通率（每时段）', en: 'Connection rate, every interval' },
  'targets.serviceLevel': {
    'zh-CN': '应答时限内的接通率（每时段，可空）',
    en: 'Rate within the threshold, every interval (may be empty)',
  },
  'targets.rollingConnectionRate': {
    'zh-CN': '任意连续 24 小时的接通率（可空）',
    en: 'Connection rate in any 24 hours (may be empty)',
  },
  'targets.occupancyMax': { 'zh-CN': '占用率上限', en: 'Occupancy at most' },
  'targets.confidence': {
    'zh-CN': '达标把握（模拟情景中守住目标的比例）',
    en: 'Confidence (share of sample paths that hold the targets)',
  },
  'targets.minimumOperators': { 'zh-CN': '开线时最少座席', en: 'Fewest operators while open' },
  'presence.title': { 'zh-CN': '部分时间的最少座席', en: 'Fewest operators in some hours' },
  'presence.note': {
    'zh-CN': '夜间等时间要多留几人值守时填写；不填则全天按上面的人数。',
    en: 'For hours in which more must be present, such as the night; without any, the number above holds at all times.',
  },
  'presence.row': { 'zh-CN': '第 {n} 段时间', en: 'Hours no. {n}' },
  'presence.from': { 'zh-CN': '从', en: 'From' },
  'presence.to': { 'zh-CN': '到', en: 'To' },
  'presence.operators': { 'zh-CN': '至少几名', en: 'At least' },
  'presence.weekdays': { 'zh-CN': '从哪几天开始', en: 'Starting on' },
  'presence.everyDay': { 'zh-CN': '每天', en: 'every day' },
  'presence.required': { 'zh-CN': '必填', en: 'Needed' },
  'presence.wholeDay': {
    'zh-CN': '开始与结束相同，按整整 24 小时计算。',
    en: 'Start and end are the same: that counts as 24 hours.',
  },
  'presence.noMore': {
    'zh-CN': '不多于全天的 {n} 名，这一行不起作用。',
    en: 'No more than the {n} at all times: this row changes nothing.',
  },
  'presence.add': { 'zh-CN': '添加一段时间', en: 'Add hours' },
  'presence.remove': { 'zh-CN': '删除', en: 'Remove' },
  'presence.removeRow': { 'zh-CN': '删除第 {n} 段时间', en: 'Remove hours no. {n}' },
  'targets.band': { 'zh-CN': '改为以冷热等级为目标', en: 'Aim at a band instead' },
  'targets.bandWords': {
    'zh-CN': '选了等级，就按达到该等级所需的接通率计划',
    en: 'With a band chosen, the plan aims at the connection rate that the band needs',
  },
  'parts.title': { 'zh-CN': '预测由什么构成', en: 'What the forecast is made of' },
  'parts.note': {
    'zh-CN': '{parts} = 当天来电；再按日内分布分到各时段。',
    en: "{parts} = the day's calls, spread over the day by its shape.",
  },
  'parts.queue': { 'zh-CN': '选择要解释的队列', en: 'Queue to explain' },
  'parts.day': { 'zh-CN': '选择要解释的日期', en: 'Day to explain' },
  'parts.multiply': { 'zh-CN': '各部分逐项相乘', en: 'Parts, one multiplied onto the next' },
  'parts.fading': {
    'zh-CN': '{day}仍有余波：{names}（事件已过，影响逐日减退）',
    en: 'Still felt on {day}, fading day by day: {names}',
  },
  'parts.events': { 'zh-CN': '{day}的事件：{names}', en: 'Events on {day}: {names}' },
  'parts.label': {
    'zh-CN': '{queue} {day} 来电由各部分相乘而成的图',
    en: 'Chart of the parts that multiply to the calls of {queue} on {day}',
  },
  'parts.whole': { 'zh-CN': '来电', en: 'calls' },
  'parts.more': { 'zh-CN': '使来电增加', en: 'more calls' },
  'parts.fewer': { 'zh-CN': '使来电减少', en: 'fewer calls' },
  'parts.calls': { 'zh-CN': '通', en: 'calls' },
  'parts.axis': { 'zh-CN': '当天来电', en: 'calls of the day' },
  'parts.shape': { 'zh-CN': '日内分布', en: 'Shape of the day' },
  'parts.shapeLabel': {
    'zh-CN': '{day} 各时段占当天来电的百分比，与本周平均对照',
    en: "Each interval's percentage of the calls of {day}, beside the mean of the week",
  },
  'parts.week': { 'zh-CN': '本周平均', en: 'mean of the week' },
  'parts.share': { 'zh-CN': '占当天来电 %', en: '% of the day' },
  'parts.methods': { 'zh-CN': '{queue}：用了什么方法，为什么', en: '{queue}: methods used, and why' },
  'transfers.title': { 'zh-CN': '转接', en: 'Calls handed on' },
  'transfers.note': {
    'zh-CN': '座席把已接通的电话转给专家或部门座席。来电与接通率只计一次，转接的电话单独列在这里。',
    en: "Operators hand answered calls on to an expert or a department's desk. Calls and the connection rate count them once; those handed on are listed here.",
  },
  'transfers.way': { 'zh-CN': '从 → 到', en: 'From → to' },
  'transfers.share': { 'zh-CN': '占接通', en: 'Of answered' },
  'transfers.first': { 'zh-CN': '首接座席', en: 'First operator' },
  'transfers.holds': { 'zh-CN': '陪同至接听', en: 'stays until answered' },
  'transfers.letsGo': { 'zh-CN': '转出即释放', en: 'lets go' },
  'transfers.calls': { 'zh-CN': '全周通数', en: 'Calls of the week' },
  'transfers.wait': { 'zh-CN': '平均等待（秒）', en: 'Mean wait, s' },
  'transfers.lost': { 'zh-CN': '等待中放弃', en: 'Hang up waiting' },
  'hours.learnt': {
    'zh-CN': '开放时间从历史数据学得：{hours}',
    en: 'Opening hours learnt from the data: {hours}',
  },
  'hours.words': {
    'zh-CN':
      '尚无人写明开放时间：其余时段按不开放处理，不预测也不排班。若属实，请保留；若不符，请到“设置”页填写开放时间。',
    en: 'Nobody has stated them: other hours are taken as closed, without calls and without operators. Keep them if they are right; if not, enter them under Settings, Opening hours.',
  },
  'hours.keep': { 'zh-CN': '保留这些时间', en: 'Keep these hours' },
  'hours.kept': { 'zh-CN': '已保留开放时间：{hours}', en: 'Opening hours kept: {hours}' },
} as const satisfies Readonly<Record<string, Label>>;
