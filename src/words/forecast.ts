import type { Label } from './sentences.ts';
import type { ForecastFindings } from '../forecast/forecast-findings.ts';
import type { MethodName } from '../forecast/forecast-types.ts';
import { untranslated, type Text } from '../kernel/text.ts';
import { causeValue } from './planning-phrases.ts';
import type { Sentences } from './sentences.ts';
import type { Speech } from './speech.ts';

/** Names of methods, and of the forms that `auto` mixes; a method without one does not compile. */
const methodTitles: Readonly<Record<string, Label>> = {
  auto: { 'zh-CN': '自动加权组合', en: 'weighted mixture, chosen by backtest' },
  'day-level': { 'zh-CN': '日水平（回归稳态）', en: 'day level that returns to its mean' },
  'day-level-trend': { 'zh-CN': '日水平加缓变趋势', en: 'day level with a slow trend' },
  'day-level-fast-trend': { 'zh-CN': '日水平加快变趋势', en: 'day level with a fast trend' },
  'day-level-growth': { 'zh-CN': '日水平加持续增长', en: 'day level with lasting growth' },
  'day-level-after-jump': {
    'zh-CN': '日水平，视最近的异常周为持久跳变',
    en: 'day level that takes the latest odd weeks for a lasting jump',
  },
  'dynamic-regression': {
    'zh-CN': '日水平回归（日历、全年走势，误差自相关）',
    en: 'regression on calendar, year and growth with autocorrelated errors',
  },
  'calm-regression': {
    'zh-CN': '日水平回归（水平变化缓慢）',
    en: 'the same regression with a level that moves slowly',
  },
  'smoothed-level': {
    'zh-CN': '日水平指数平滑（停在现有水平）',
    en: 'exponential smoothing of days, whose level stays where it is',
  },
  'smoothed-growth': {
    'zh-CN': '日水平指数平滑（阻尼趋势）',
    en: 'exponential smoothing of days with growth that dies away',
  },
  'half-year': {
    'zh-CN': '近半年平均周，近几周的偏离逐渐消退',
    en: 'mean week of half a year, from which the last weeks differ for a while',
  },
  'family-share': {
    'zh-CN': '在全线各队列来电合计中的占比',
    en: 'share of the calls of all queues together',
  },
  'seasonal-naive': { 'zh-CN': '上周同期', en: 'last week' },
  'weekday-mean': { 'zh-CN': '近 6 个同星期均值', en: 'mean of the last 6 same weekdays' },
  'weekday-mean-of-4': { 'zh-CN': '近 4 个同星期均值', en: 'mean of the last 4 same weekdays' },
  'weekday-median': { 'zh-CN': '近 4 个同星期中位数', en: 'median of the last 4 same weekdays' },
  'holt-winters': { 'zh-CN': '双季节指数平滑', en: 'exponential smoothing with two seasons' },
  'harmonic-regression': { 'zh-CN': '动态谐波回归', en: 'dynamic harmonic regression' },
  'poisson-regression': { 'zh-CN': '泊松回归（星期 × 时段）', en: 'Poisson regression on weekday × time' },
  'poisson-trend': { 'zh-CN': '带趋势的泊松回归', en: 'Poisson regression with a trend' },
  'calendar-regression': { 'zh-CN': '日历岭回归', en: 'regularised calendar regression' },
  'low-rank': { 'zh-CN': '低秩因子模型', en: 'low-rank factors' },
} satisfies Readonly<Record<string, Label>> & Readonly<Record<'auto' | MethodName, Label>>;

/** Name of a method as a planner reads it; a key that has none stands for itself. */
export const methodTitle = (method: string): Text => {
  const model = /^outside:(.*)$/.exec(method)?.[1];
  if (model !== undefined)
    return { 'zh-CN': `外部预测“${model}”`, en: `the forecast from outside "${model}"` };
  return methodTitles[method] ?? untranslated(method);
};

const sharesOf = (
  { methods }: ForecastFindings['mixed-by-backtest'],
  { list, name, percent }: Speech,
): string => list(methods.map(({ method, weight }) => `${name(methodTitle(method))} ${percent(weight, 0)}`));

const signed = (share: number, { percent }: Speech): string =>
  `${share < 0 ? '−' : '+'}${percent(Math.abs(share))}`;

/** An interval of shares as "4% to 7% more", "less", or from less to more. */
const moreOrLess = {
  'zh-CN': (low: number, high: number, speech: Speech): string =>
    low >= 0
      ? `多 ${speech.percent(low)} 到 ${speech.percent(high)}`
      : high <= 0
        ? `少 ${speech.percent(-high)} 到 ${speech.percent(-low)}`
        : `变化 ${signed(low, speech)} 到 ${signed(high, speech)}`,
  en: (low: number, high: number, speech: Speech): string =>
    low >= 0
      ? `${speech.percent(low)} to ${speech.percent(high)} more`
      : high <= 0
        ? `${speech.percent(-high)} to ${speech.percent(-low)} fewer`
        : `${signed(low, speech)} to ${signed(high, speech)}`,
};

/** What forecasting finds, in sentences. */
export const forecastSentences: Sentences<ForecastFindings> = {
  'mixed-by-backtest': {
    'zh-CN': (values, speech) => `按最近几周的滚动回测取权重：${sharesOf(values, speech)}`,
    en: (values, speech) => `weighted by rolling forecasts of the last weeks: ${sharesOf(values, speech)}`,
  },
  'error-against-plain-method': {
    'zh-CN': ({ wape, rival, rivalWape }, { name, percent }) =>
      `回测误差（WAPE）${percent(wape)}；最好的简单方法“${name(methodTitle(rival))}”为 ${percent(rivalWape)}`,
    en: ({ wape, rival, rivalWape }, { name, percent }) =>
      `error in those forecasts (WAPE) ${percent(wape)}; the best plain method, ${name(methodTitle(rival))}, had ${percent(rivalWape)}`,
  },
  'leans-on-family': {
    'zh-CN': ({ weight }, { percent }) =>
      `本队列话务较小，且与其他队列同涨同落：日水平有 ${percent(weight, 0)} 按它在全线各队列来电合计中的占比推算，其余按本队列自身历史`,
    en: ({ weight }, { percent }) =>
      `a small queue that moves with the others: ${percent(weight, 0)} of its day level is taken from its share of the calls of all queues together, the rest from its own history`,
  },
  'outside-mixed': {
    'zh-CN': ({ model, weeks, wape, ownWape, mixedWape, weight }, { percent }) =>
      `外部预测“${model}”占 ${percent(weight, 0)}：过去 ${weeks} 周同样的时段，它的误差（WAPE）为 ${percent(wape)}，本系统为 ${percent(ownWape)}，合起来为 ${percent(mixedWape)}`,
    en: ({ model, weeks, wape, ownWape, mixedWape, weight }, { percent, counted }) =>
      `the forecast from outside "${model}" has a share of ${percent(weight, 0)}: over ${counted(weeks, 'past week')} its error (WAPE) was ${percent(wape)}, the own one ${percent(ownWape)} on the same intervals, both together ${percent(mixedWape)}`,
  },
  'outside-beside': {
    'zh-CN': ({ model, weeks, needed }) =>
      `外部预测“${model}”只在 ${weeks} 个过去的周里有当时做出的预测（至少要 ${needed} 周）：只列在旁边，没有计入`,
    en: ({ model, weeks, needed }, { counted }) =>
      `the forecast from outside "${model}" has figures made in time for ${counted(weeks, 'past week')} only (${needed} are needed): it is shown beside and not mixed in`,
  },
  'outside-no-gain': {
    'zh-CN': ({ model, weeks, wape, ownWape }, { percent }) =>
      `外部预测“${model}”没有计入：过去 ${weeks} 周同样的时段，它的误差（WAPE）为 ${percent(wape)}，本系统为 ${percent(ownWape)}，合起来不会更准`,
    en: ({ model, weeks, wape, ownWape }, { percent, counted }) =>
      `the forecast from outside "${model}" has no share: over ${counted(weeks, 'past week')} its error (WAPE) was ${percent(wape)}, the own one ${percent(ownWape)} on the same intervals, and both together would be no better`,
  },
  'outside-not-ahead': {
    'zh-CN': ({ model }) => `外部预测“${model}”没有这些日子的数值：没有计入`,
    en: ({ model }) => `the forecast from outside "${model}" has no figures for these days: it has no share`,
  },
  'outside-range': {
    'zh-CN': ({ model, coverage, days }, { percent }) =>
      `“${model}”自己的 80% 区间在过去 ${days} 天里有 ${percent(coverage, 0)} 的天数命中`,
    en: ({ model, coverage, days }, { percent, counted }) =>
      `its own 80% range held ${percent(coverage, 0)} of ${counted(days, 'past day')} ("${model}")`,
  },
  'outside-ranges-tell': {
    'zh-CN': ({ model }) =>
      `“${model}”的区间在过去看得出哪些天更难预测：本预测的区间逐日随之放宽或收窄，整体多宽仍由实际误差得出`,
    en: ({ model }) =>
      `the ranges of "${model}" have told which days are harder to foresee: those of this forecast are wider or narrower with them day by day, and as wide on the whole as errors were`,
  },
  'cause-found': {
    'zh-CN': ({ name, step, days, lags }, speech) =>
      `“${name}”每多 ${causeValue(step)}：${speech.list(lags.map(({ lag, low, high }) => `${lag === 0 ? '当天' : `${lag} 天后`}来电${moreOrLess['zh-CN'](low, high, speech)}`))}（80% 区间；据 ${days} 天得出）`,
    en: ({ name, step, days, lags }, speech) =>
      `${causeValue(step)} more of "${name}": ${speech.list(lags.map(({ lag, low, high }) => `${moreOrLess.en(low, high, speech)} calls ${lag === 0 ? 'the same day' : lag === 1 ? 'the day after' : `${lag} days later`}`))} (80% interval; found in ${speech.counted(days, 'day')})`,
  },
  'causes-gain': {
    'zh-CN': (errors, { percent }) =>
      errors.with < errors.without
        ? `知道这些影响因素的数值时，过去各天的预测误差由 ${percent(errors.without)} 降到 ${percent(errors.with)}`
        : `近几周里，知道这些影响因素的数值并没有使逐日预测更准（误差 ${percent(errors.without)}，计入后 ${percent(errors.with)}）`,
    en: (errors, { percent }) =>
      errors.with < errors.without
        ? `knowing the values of these causes improves forecasts of past days from ${percent(errors.without)} to ${percent(errors.with)} error`
        : `in the last weeks knowing these causes made day forecasts no better (error ${percent(errors.without)}, with them ${percent(errors.with)})`,
  },
  'cause-not-known-ahead': {
    'zh-CN': ({ name, from }) =>
      `自 ${from} 起“${name}”的数值未知：按往年同季（不足时按全部历史）的数值取，这一不确定性已计入区间`,
    en: ({ name, from }) =>
      `values of "${name}" are not known from ${from} on: they are taken as in the same season of the past (of all of it where that is short), and the ranges are wider for it`,
  },
  'cause-never-seen': {
    'zh-CN': ({ name, date, value, least, most, low, high }, speech) =>
      `${date} 的“${name}”为 ${causeValue(value)}，历史上只见过 ${causeValue(least)} 到 ${causeValue(most)}：当天影响介于 ${signed(low, speech)} 和 ${signed(high, speech)} 之间，不作单一估计`,
    en: ({ name, date, value, least, most, low, high }, speech) =>
      `"${name}" of ${date} is ${causeValue(value)}, while only ${causeValue(least)} to ${causeValue(most)} was ever seen: what it does that day is anything from ${signed(low, speech)} to ${signed(high, speech)}, not one guess`,
  },
  'cause-without-gain': {
    'zh-CN': ({ name }) => `“${name}”没有计入：它与来电一同变动，但用上它并没有使最近几周的逐日预测更准`,
    en: ({ name }) =>
      `"${name}" has no part: calls have moved with it, but using it made day forecasts of the last weeks no better`,
  },
  'cause-without-effect': {
    'zh-CN': ({ name, days }) => `“${name}”没有计入：${days} 天里看不出它对来电有超出偶然的影响`,
    en: ({ name, days }, { counted }) =>
      `"${name}" has no part: ${counted(days, 'day')} show no effect on calls beyond chance`,
  },
  'cause-too-short': {
    'zh-CN': ({ name, days }) =>
      `“${name}”没有计入：与来电同时已知、不受节假日影响的只有 ${days} 天，或数值几乎不变；至少要约 140 天`,
    en: ({ name, days }, { counted }) =>
      `"${name}" has no part: it is known beside the calls of ordinary days for too short (${counted(days, 'day')}; some 140 are needed), or hardly ever changes`,
  },
  'line-is-calm': {
    'zh-CN': '话务平稳：近期水平没有异常变动',
    en: 'the line is calm: its level moves no faster than usual',
  },
  'line-is-moving': {
    'zh-CN': ({ since }) => `话务水平正在变动：约自 ${since} 起变化快于往常，预测区间已放宽`,
    en: ({ since }) =>
      `the line is moving: since about ${since} its level has changed faster than usual, so the ranges are wider`,
  },
  'line-is-broken': {
    'zh-CN': ({ from, factor }, { percent }) =>
      `话务水平出现转折：自 ${from} 起变为原来的 ${percent(factor)}，预测按新水平`,
    en: ({ from, factor }, { percent }) =>
      `the line has broken with its past: from ${from} on the level is ${percent(factor)} of what it was; the forecast starts from there`,
  },
  'level-shifted': {
    'zh-CN': ({ from, factor }, { percent }) =>
      `自 ${from} 起话务水平变为原来的 ${percent(factor)}，预测按新水平`,
    en: ({ from, factor }, { percent }) =>
      `from ${from} on the level changed to ${percent(factor)} of what it was; the forecast follows the new level`,
  },
  'days-stand-out': {
    'zh-CN': ({ days, latest }, { list }) => `${days} 天明显异常（最近：${list(latest)}），已降低其影响`,
    en: ({ days, latest }, { counted, list, plural }) =>
      `${counted(days, 'day')} ${plural(days, 'stands', 'stand')} far out (latest: ${list(latest)}); ${plural(days, 'its', 'their')} pull was weakened`,
  },
  'days-of-outage': {
    'zh-CN': ({ days, latest }, { list }) =>
      `${days} 天疑似系统中断（有时段不可能为零${latest === undefined ? '' : `；最近：${list(latest)}`}），按缺失处理`,
    en: ({ days, latest }, { counted, list, plural }) =>
      `${counted(days, 'day')} ${plural(days, 'looks like an outage', 'look like outages')} (zeros that cannot be${latest === undefined ? '' : `; latest: ${list(latest)}`}); taken as gaps`,
  },

  'no-calls-in-history': {
    'zh-CN': '历史中没有任何来电',
    en: 'the history holds no calls at all',
  },
  'forecast-of-zero': {
    'zh-CN': '历史中没有来电，预测为零',
    en: 'the history holds no calls: the forecast is zero',
  },
  'history-too-short-for-weeks': {
    'zh-CN': ({ days }) => `历史只有 ${days} 天有数据，不足以学出每周规律（至少需要三周）`,
    en: ({ days }, { counted, plural }) =>
      `only ${counted(days, 'day')} of history ${plural(days, 'has', 'have')} data: too few to learn the weekly pattern (three weeks at least)`,
  },

  'redials-counted': {
    'zh-CN': '首次来电 = 人工请求量 − 已识别的重拨',
    en: 'First-time calls are calls asking for an operator less the redials counted',
  },
  'redials-assumed': {
    'zh-CN': ({ probability }, { percent }) =>
      `假定未接通的来电有 ${percent(probability, 0)} 会重拨，已从人工请求量中扣除`,
    en: ({ probability }, { percent }) =>
      `Assumed that ${percent(probability, 0)} of failed calls are dialled again; these were taken off the calls offered`,
  },
};
