import type { PlanningFindings } from '../../planning/planning-findings.ts';
import type { Sentences } from '../sentences.ts';

const shareOrNone = (share: number | null, percent: (share: number) => string): string =>
  share === null ? '–' : percent(share);

/** What was planned against what happened. */
export const comparisonSentences = {
  'gap-unexplained': {
    'zh-CN': ({ effect }, { points }) =>
      `差距的主要部分（${points(effect)} 个百分点）不能用已有的记录解释：来电量、处理时长、到岗座席和提示都不是主因。`,
    en: ({ effect }, { points }) =>
      `What was recorded does not explain the gap: its largest part (${points(effect)} points) is none of call volume, handle time, operators present and prompts played.`,
  },
  'no-test-calls-in-span': {
    'zh-CN': '这段时间没有暗访拨测。',
    en: 'There were no test calls in this span.',
  },
  'ranked-by-traffic': {
    'zh-CN':
      '本表按各线自己的话务排名：应答时限内接听数 / 人工请求量，不是拨测。同一天的电话同好同坏，区间按天为群计算，不按通数。',
    en: "Ranked by the lines' own traffic: calls answered within the threshold / calls offered, not by test calls. Calls of a day stand and fall together, so intervals take days as clusters, not single calls.",
  },
  'weights-not-fitted': {
    'zh-CN': '没有足够的公布结果，未拟合权重',
    en: 'There are too few published results: weights were not fitted',
  },
  'traffic-of-part-of-period': {
    'zh-CN': ({ period, first, last, previous }) =>
      `${period} 的话务只有 ${first} 至 ${last}：本表只反映这一段${previous === null ? '' : `，同比所对的是 ${previous} 的全部话务`}。`,
    en: ({ period, first, last, previous }) =>
      `Of ${period} there is traffic from ${first} to ${last} only: the table is of that part${previous === null ? '' : `, its moves against all traffic of ${previous}`}.`,
  },
  'test-calls-beside-traffic': {
    'zh-CN': (found, { percent, whole }) =>
      `${found.from} 至 ${found.to}（有话务记录的 ${whole(found.days)} 天）：拨测 ${whole(found.testCalls)} 次接通 ${whole(found.connected)} 次，即 ${percent(found.connected / found.testCalls)}（95% 区间 ${percent(found.low)}–${percent(found.high)}）；同期交换机记录的接通率${found.actual === null ? '没有记录' : `为 ${percent(found.actual)}，${found.isWithin === true ? '两者相符，差别不超出拨测的偶然' : '两者不符，差别超出拨测的偶然'}`}。`,
    en: (found, { percent, whole, counted }) =>
      `${found.from} to ${found.to} (${counted(found.days, 'day')} with traffic on record): ${whole(found.connected)} of ${counted(found.testCalls, 'test call')} connected, ${percent(found.connected / found.testCalls)} (95% interval ${percent(found.low)}–${percent(found.high)}); the switchboard's connection rate over the same days ${found.actual === null ? 'is not on record' : `is ${percent(found.actual)}: the two ${found.isWithin === true ? 'agree within the luck of the test calls' : 'differ by more than the luck of the test calls'}`}. `,
  },
  'planned-in-period': {
    'zh-CN': (found, { percent, whole }) =>
      `这一时期有话务记录的 ${whole(found.weeksWithTraffic)} 周中，有计划的 ${whole(found.weeks)} 周：计划预计接通率 ${shareOrNone(found.projectedConnectionRate, percent)}，同样时段实际 ${shareOrNone(found.actualConnectionRate, percent)}`,
    en: (found, { percent, counted, whole, plural }) =>
      `Of the ${counted(found.weeksWithTraffic, 'week')} with traffic in the period ${whole(found.weeks)} ${plural(found.weeks, 'has', 'have')} a plan: they promised a connection rate of ${shareOrNone(found.projectedConnectionRate, percent)}; in the same intervals it was ${shareOrNone(found.actualConnectionRate, percent)}`,
  },
  'period-in-part': {
    'zh-CN': ({ daysWithoutTraffic, testCallsLeftOut }, { whole }) =>
      `这一时期有 ${whole(daysWithoutTraffic)} 天没有话务记录${testCallsLeftOut > 0 ? `，其间的 ${whole(testCallsLeftOut)} 次拨测未计入` : ''}`,
    en: ({ daysWithoutTraffic, testCallsLeftOut }, { counted, plural }) =>
      `${counted(daysWithoutTraffic, 'day')} of the period ${plural(daysWithoutTraffic, 'has', 'have')} no traffic on record${testCallsLeftOut > 0 ? `; the ${counted(testCallsLeftOut, 'test call')} of those days ${plural(testCallsLeftOut, 'is', 'are')} left out` : ''}`,
  },
  'period-week': {
    'zh-CN': ({ period, week }) =>
      `时期 ${period}：每天与每时段的预测、差距的原因及其旁的拨测只按其最后一个整周 ${week}`,
    en: ({ period, week }) =>
      `Period ${period}: the forecast by day and interval, the causes of the gap and the test calls beside them are of its last whole week ${week}`,
  },
  'rests-on-assumed-redials': {
    'zh-CN': ({ share, callsOff, volume, volumeWithout, bias, biasWithout }, { percent, points }) =>
      `重拨没有记录，按未接通来电中 ${percent(share, 0)} 会重拨推定，实际首次来电因此少计 ${percent(callsOff)}。如无重拨：来电量使接通率变动 ${points(volumeWithout)} 个百分点（推定有重拨时 ${points(volume)}），预测偏差 ${shareOrNone(biasWithout, percent)}（推定有重拨时 ${shareOrNone(bias, percent)}）。导入带主叫号码的话单即可核实`,
    en: ({ share, callsOff, volume, volumeWithout, bias, biasWithout }, { percent, points }) =>
      `Redials are not on record: ${percent(share, 0)} of lost calls are assumed to call again, which takes ${percent(callsOff)} off the calls that came. Without redials, call volume explains ${points(volumeWithout)} points of the gap (${points(volume)} with them) and the forecast's bias is ${shareOrNone(biasWithout, percent)} (${shareOrNone(bias, percent)} with them). Call records with the caller's number would settle it`,
  },
  'gap-by-volume': { 'zh-CN': '来电量', en: 'Call volume' },
  'gap-by-handle-time': { 'zh-CN': '处理时长', en: 'Handle time' },
  'gap-by-operators': { 'zh-CN': '到岗座席', en: 'Operators present' },
  'gap-by-prompts': { 'zh-CN': '实际播放的提示', en: 'Prompts played' },
  'replayed-with-actual': {
    'zh-CN': ({ projected, actual, luck }, { percent, number }) => {
      const apart = Math.abs(actual - projected);
      return `按实际来电、处理时长和到岗座席重新推算，接通率为 ${percent(projected, 2)}，实际 ${percent(actual, 2)}${luck === null ? '' : `：相差 ${number(100 * apart, 2)} 个百分点，${apart <= luck ? '没有超出' : '超出了'}来电的偶然波动（95% 的周在 ±${number(100 * luck, 2)} 以内）`}`;
    },
    en: ({ projected, actual, luck }, { percent, number }) => {
      const apart = Math.abs(actual - projected);
      return `Projected again with the calls, handle times and operators that really were: ${percent(projected, 2)} connected; in fact ${percent(actual, 2)}${luck === null ? '' : `. The ${number(100 * apart, 2)} points between them are ${apart <= luck ? 'within' : 'beyond'} the luck of single calls (±${number(100 * luck, 2)} in 95% of weeks)`}`;
    },
  },
  'gap-by-model': { 'zh-CN': '模型误差及其他', en: 'Model error and the rest' },
  'learnt-forecast-bias': {
    'zh-CN': '预测偏差（之前：此前有计划的各周）',
    en: 'Forecast bias (before: earlier weeks with a plan)',
  },
  'learnt-patience': {
    'zh-CN': ({ queue }, { name }) => `${name(queue)}：耐心时长`,
    en: ({ queue }, { name }) => `${name(queue)}: patience`,
  },
  'learnt-handle-time': {
    'zh-CN': ({ queue }, { name }) => `${name(queue)}：处理时长`,
    en: ({ queue }, { name }) => `${name(queue)}: handle time`,
  },
  'learnt-take-up': {
    'zh-CN': ({ prompt }, { name }) => `${name(prompt)}：采纳率`,
    en: ({ prompt }, { name }) => `${name(prompt)}: take-up`,
  },
  'learnt-occupancy-effect': {
    'zh-CN': '占用率对礼仪与沟通得分的影响（占用率 +1）',
    en: 'Effect of occupancy on etiquette and communication (occupancy +1)',
  },
  'learnt-scorecard-weight': {
    'zh-CN': ({ indicator }, { name }) => `评分表权重：${name(indicator)}`,
    en: ({ indicator }, { name }) => `Scorecard weight: ${name(indicator)}`,
  },
  'next-forecast-weighs-anew': {
    'zh-CN': '下次预测按最近的误差重新确定各方法的权重',
    en: 'the next forecast weighs its methods anew by their latest errors',
  },
  'taken-by-next-plan': { 'zh-CN': '下一份计划采用', en: 'taken by the next plan' },
  'no-effect-found-yet': {
    'zh-CN': '尚未发现显著影响，计划不采用',
    en: 'no effect beyond chance so far: plans use none',
  },
  'write-fitted-weights': {
    'zh-CN': '评分表的权重是假设值：请把拟合值写入 models/scorecards',
    en: "the scorecard's weights are assumed: write the fitted ones into models/scorecards",
  },
  'fitted-weights-are-a-check': {
    'zh-CN': '评分表的权重已公布，拟合值仅供核对',
    en: "the scorecard's weights are published; the fit is a check",
  },
  'give-week-or-period': {
    'zh-CN': (_, { audience }) =>
      audience === 'terminal' ? '请给出 --week 或 --period' : '请给出一周（week）或一个时期（period）',
    en: (_, { audience }) =>
      audience === 'terminal' ? 'Give --week or --period' : 'Give a week or a period',
  },
  'no-such-period': {
    'zh-CN': ({ period }) => `看不懂时期“${period}”。请写成 2026、2026-Q3 或 2026-11`,
    en: ({ period }) => `Cannot read the period "${period}". Write 2026, 2026-Q3 or 2026-11`,
  },
  'plan-made-for-comparison': {
    'zh-CN': '这一周没有存档的计划：现用这周之前的数据补做一份，只作对照',
    en: 'No plan was stored for this week: one was made now from the data before it, for comparison only',
  },
  'forecasts-few-weeks': {
    'zh-CN': ({ weeks, least }) => `存下的预测只有 ${weeks} 周可评分；至少 ${least} 周才看得出变好还是变差。`,
    en: ({ weeks, least }, { counted }) =>
      `${counted(weeks, 'week')} of kept forecasts can be scored; from ${least} on one can tell whether they get better or worse.`,
  },
  'forecasts-steady': {
    'zh-CN': ({ laterWeeks, earlierWeeks, before, now, queue, weekday }, { percent, name, weekdays }) =>
      `预测准确度没有明显变化：提前一周内的误差，最近 ${laterWeeks} 周 ${percent(now)}，此前 ${earlierWeeks} 周 ${percent(before)}；误差最大的是“${name(queue)}”和${weekdays([weekday - 1])}。`,
    en: ({ laterWeeks, earlierWeeks, before, now, queue, weekday }, { percent, name, weekdays }) =>
      `Forecasts are about as good as before: within a week ahead the error was ${percent(now)} in the last ${laterWeeks} weeks and ${percent(before)} in the ${earlierWeeks} before; it is largest for ${name(queue)} and on ${weekdays([weekday - 1])}.`,
  },
  'forecasts-better': {
    'zh-CN': ({ laterWeeks, earlierWeeks, before, now, queue, weekday }, { percent, name, weekdays }) =>
      `预测在变好：提前一周内的误差，最近 ${laterWeeks} 周 ${percent(now)}，此前 ${earlierWeeks} 周 ${percent(before)}；改善最多的是“${name(queue)}”和${weekdays([weekday - 1])}。`,
    en: ({ laterWeeks, earlierWeeks, before, now, queue, weekday }, { percent, name, weekdays }) =>
      `Forecasts are getting better: within a week ahead the error was ${percent(now)} in the last ${laterWeeks} weeks and ${percent(before)} in the ${earlierWeeks} before; most of all for ${name(queue)} and on ${weekdays([weekday - 1])}.`,
  },
  'forecasts-worse': {
    'zh-CN': ({ laterWeeks, earlierWeeks, before, now, queue, weekday }, { percent, name, weekdays }) =>
      `预测在变差：提前一周内的误差，最近 ${laterWeeks} 周 ${percent(now)}，此前 ${earlierWeeks} 周 ${percent(before)}；变差最多的是“${name(queue)}”和${weekdays([weekday - 1])}。`,
    en: ({ laterWeeks, earlierWeeks, before, now, queue, weekday }, { percent, name, weekdays }) =>
      `Forecasts are getting worse: within a week ahead the error was ${percent(now)} in the last ${laterWeeks} weeks and ${percent(before)} in the ${earlierWeeks} before; most of all for ${name(queue)} and on ${weekdays([weekday - 1])}.`,
  },
  'week-in-part': {
    'zh-CN': ({ knownShare }, { percent }) =>
      `这一周的服务时段只有 ${percent(knownShare, 0)} 有话务记录：接通率、误差与原因只按有记录的时段计算，每日来电量与旁边的预测也只合计这些时段`,
    en: ({ knownShare }, { percent }) =>
      `Only ${percent(knownShare, 0)} of the intervals in which the line was open have traffic on record: rates, errors and causes are over those alone, and so are the daily totals and the forecast beside them`,
  },
} satisfies Partial<Sentences<PlanningFindings>>;
