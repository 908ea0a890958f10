import type { Label } from '../sentences.ts';

/** Words of every page. */
export const everywhereWords = {
  /** What each language calls itself. */
  'language.name': { 'zh-CN': '中文', en: 'English' },
  /** The product's name; the page shows both. */
  'language.brand': { 'zh-CN': '话务', en: 'Huawu' },
  'figure.seconds': { 'zh-CN': '{n} 秒', en: '{n} s' },
  'app.unreachable': {
    'zh-CN': '连接不到服务，请确认话务仍在运行，然后重试',
    en: 'The server cannot be reached: make sure that Huawu is still running, then try again',
  },
  'app.madeUp': {
    'zh-CN': '演示数据：这条热线及其全部话务都是虚构的，只用来演示',
    en: 'Demo data: this hotline and all of its traffic are made up, for demonstration only',
  },
  'tour.start': { 'zh-CN': '看一遍导览', en: 'Take the tour' },
  'app.moved': {
    'zh-CN':
      '这条热线的数据已移到 {place}。本页显示的仍是移走前的旧数据，不再接受改动：请在新的地点重新启动话务。',
    en: 'The records of this hotline were moved to {place}. These pages still show the old ones, which take no more changes: start Huawu at the new place.',
  },
  'app.footer': {
    'zh-CN': '话务 Huawu · 12345 热线话务预测与排班 · 数据只保存在本机',
    en: 'Huawu · call forecasting and staffing for public hotlines · data stay on this machine',
  },
  'app.footerServer': {
    'zh-CN': '话务 Huawu · 12345 热线话务预测与排班 · 数据只保存在本单位的服务器',
    en: 'Huawu · call forecasting and staffing for public hotlines · data stay on your own server',
  },
  'access.signOut': { 'zh-CN': '退出登录', en: 'Sign out' },
  'access.title': { 'zh-CN': '请用一次性网址打开话务', en: 'Open Huawu by its one-time address' },
  'access.why': {
    'zh-CN': '只有在本机启动话务的人能看到数据。这个浏览器还没有获准，或 30 天的许可已过期。',
    en: 'Only whoever started Huawu on this machine sees the data. This browser has not been let in yet, or its permission has run out after 30 days.',
  },
  'access.terminal': {
    'zh-CN': '打开启动话务时终端里显示的网址；每个网址只能用一次。',
    en: 'Open the address that the terminal showed when Huawu was started; it is good once.',
  },
  'access.again': {
    'zh-CN': '已经用过时，运行下面的命令取得新的网址：',
    en: 'If it was used already, this command prints a fresh one:',
  },
  'access.workspace': {
    'zh-CN': '工作区不是默认位置时，请加上 --workspace。',
    en: 'Give --workspace too where the workspace is not the default one.',
  },
  'nav.label': { 'zh-CN': '主要页面', en: 'Main pages' },
  'nav.language': { 'zh-CN': '语言 Language', en: '语言 Language' },
  'nav.theme': { 'zh-CN': '配色', en: 'Theme' },
  'theme.system': { 'zh-CN': '自动', en: 'Auto' },
  'theme.light': { 'zh-CN': '浅色', en: 'Light' },
  'theme.dark': { 'zh-CN': '深色', en: 'Dark' },
  'nav.skip': { 'zh-CN': '跳到正文', en: 'Skip to content' },
  'nav.plan': { 'zh-CN': '周计划', en: 'Plan the week' },
  'nav.roster': { 'zh-CN': '排班表', en: 'Roster' },
  'nav.divert': { 'zh-CN': '高峰分流', en: 'Peak diversion' },
  'nav.compare': { 'zh-CN': '监测对照', en: 'Compare' },
  'nav.rank': { 'zh-CN': '热线排名', en: 'Ranking' },
  'nav.data': { 'zh-CN': '数据', en: 'Data' },
  'nav.settings': { 'zh-CN': '设置', en: 'Settings' },
  'state.loading': { 'zh-CN': '正在读取……', en: 'Loading…' },
  'state.retry': { 'zh-CN': '重试', en: 'Try again' },
  'state.cancel': { 'zh-CN': '取消', en: 'Cancel' },
  'state.close': { 'zh-CN': '关闭', en: 'Close' },
  'state.broken': { 'zh-CN': '这一页显示不出来', en: 'This page cannot be shown' },
  'state.brokenWords': {
    'zh-CN': '可能是话务刚刚升级。重新载入即可；数据和计划都在，没有丢失。',
    en: 'Huawu may just have been updated. Load it again: data and plans are all there.',
  },
  'state.reload': { 'zh-CN': '重新载入', en: 'Load again' },
  'state.problems': { 'zh-CN': '共有 {n} 处问题，逐条列出如下', en: '{n} problems, each listed below' },
  'problem.table': { 'zh-CN': '问题清单', en: 'List of problems' },
  'problem.severity': { 'zh-CN': '级别', en: 'Severity' },
  'problem.error': { 'zh-CN': '错误', en: 'error' },
  'problem.warning': { 'zh-CN': '警告', en: 'warning' },
  'problem.notice': { 'zh-CN': '提示', en: 'notice' },
  'problem.place': { 'zh-CN': '位置', en: 'Where' },
  'problem.what': { 'zh-CN': '问题', en: 'What is wrong' },
  'problem.found': { 'zh-CN': '读到的值', en: 'Found' },
  'problem.remedy': { 'zh-CN': '怎么办', en: 'What to do' },
  'problem.row': { 'zh-CN': '第 {n} 行', en: 'row {n}' },
  'problem.more': { 'zh-CN': '另有 {n} 条未列出', en: 'and {n} more' },
  'chart.asTable': { 'zh-CN': '以表格查看', en: 'Show as a table' },
  'band.hot': { 'zh-CN': '「热线」档', en: 'hot' },
  'band.warm': { 'zh-CN': '「暖线」档', en: 'warm' },
  'band.cold': { 'zh-CN': '「冷线」档', en: 'cold' },
  'band.dead': { 'zh-CN': '「死线」档', en: 'dead' },
  'figure.calls': { 'zh-CN': '本周首次来电', en: 'First-time calls' },
  'figure.callsWords': {
    'zh-CN': '算上重拨，预计 {offered} 次人工请求',
    en: '{offered} asking for an operator, redials included',
  },
  'figure.connectionRate': { 'zh-CN': '接通率', en: 'Connection rate' },
  'figure.connectionWords': {
    'zh-CN': '接通 ÷ 人工请求；目标 {target}',
    en: 'answered / offered; target {target}',
  },
  'figure.targetEach': { 'zh-CN': '每时段 {share}', en: '{share} in every interval' },
  'figure.targetRolling': { 'zh-CN': '连续 24 小时 {share}', en: '{share} in any 24 hours' },
  'figure.serviceLevel': { 'zh-CN': '{n} 秒接通率', en: '{n}-second rate' },
  'figure.target': { 'zh-CN': '占人工请求；目标 {target}', en: 'of offered; target {target}' },
  'figure.noTarget': { 'zh-CN': '占人工请求；未设目标', en: 'of offered; no target set' },
  'figure.band': { 'zh-CN': '冷热等级', en: 'Temperature band' },
  'figure.bandChance': { 'zh-CN': '可能性 {chance}', en: '{chance} chance' },
  'figure.bandWords': { 'zh-CN': '下次监测拨测 {n} 次时', en: 'in the next monitoring of {n} test calls' },
  'figure.score': { 'zh-CN': '监测得分', en: 'Monitoring score' },
  'figure.noTotal': {
    'zh-CN': '不报总分：只知道权重的 {weight}，在 {low}–{high} 之间',
    en: 'no total: {weight} of the weights known, between {low} and {high}',
  },
  'figure.scoreWords': {
    'zh-CN': '拨测接到人工平均 {seconds}',
    en: '{seconds} to an operator on a test call',
  },
  'figure.paid': { 'zh-CN': '付薪工时', en: 'Paid hours' },
  'figure.wages': { 'zh-CN': '工资 {money}', en: 'wages {money}' },
  'figure.hoursWords': {
    'zh-CN': '其中在岗 {scheduled}，需求 {required}，近四周实际在岗 {actual}',
    en: '{scheduled} of them on duty; required {required}; on duty in the last four weeks {actual}',
  },
  'figure.notRecorded': { 'zh-CN': '未记录', en: 'not recorded' },
  'figure.range': { 'zh-CN': '80% 区间：{low} – {high}', en: '80% range: {low} – {high}' },
  'list.comma': { 'zh-CN': '、', en: ', ' },
  'list.semicolon': { 'zh-CN': '；', en: '; ' },
  'figure.basis': { 'zh-CN': '依据', en: 'Based on' },
  'figure.callsBasis': {
    'zh-CN': '{n} 个队列的联合样本路径，取自 {days} 天的话务；各队列滚动回测误差（WAPE）{low}–{high}。',
    en: "Joint sample paths of {n} queues, from {days} days of traffic; the queues' backtest errors (WAPE) are {low}–{high}.",
  },
  'figure.rateBasis': {
    'zh-CN': '用预测的联合样本路径推算这份排班，含放弃、遇忙与重拨；{proof}',
    en: "The shifts projected over the forecast's joint sample paths, with abandonment, busy lines and redials. {proof}",
  },
  'figure.rateProof': {
    'zh-CN': '仿真 {n} 周得 {value} ± {half}。',
    en: '{n} simulated weeks give {value} ± {half}.',
  },
  'figure.rateUnproved': { 'zh-CN': '未做仿真检验。', en: 'Not checked by simulation.' },
  'figure.levelBasis': {
    'zh-CN': '占人工请求 {offered}；不计短放弃 {short}；占接通 {answered}。{proof}',
    en: '{offered} of offered; {short} without short abandons; {answered} of answered. {proof}',
  },
  'figure.bandBasis': {
    'zh-CN':
      '按监测方的规则拨测 {n} 次，各档的概率：热 {hot}、暖 {warm}、冷 {cold}、死 {dead}。拨测接通率 {low}–{high}。',
    en: "Chances in {n} test calls under the monitor's rules: hot {hot}, warm {warm}, cold {cold}, dead {dead}. Test calls connected {low}–{high}.",
  },
  'figure.scoreBasis': { 'zh-CN': '按评分表：{parts}。', en: 'By the scorecard: {parts}.' },
  'figure.hoursBasis': {
    'zh-CN':
      '付薪：班次时长减去不计薪的休息。在岗：再扣除缩减。需求：每时段守住目标的最少座席；排班用在册人员覆盖需求。占用率 {occupancy}。',
    en: 'Paid: length of the shifts less unpaid breaks. On duty: shrinkage taken off as well. Required: the fewest operators that hold the targets in every interval; shifts cover it with the people on the books. Occupancy {occupancy}.',
  },
} as const satisfies Readonly<Record<string, Label>>;
