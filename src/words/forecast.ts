import type { Label } from './sentences.ts';
import type { ForecastFindings } from '../forecast/forecast-findings.ts';
import type { MethodName } from '../forecast/methods/forecast-methods.ts';
import { untranslated, type Text } from '../kernel/text.ts';
import { causeValue } from './planning.ts';
import type { Sentences } from './sentences.ts';
import type { Speech } from './speech.ts';
import { messages } from './messages.ts';

/** Names of methods, and of the forms that `auto` mixes; a method without one does not compile. */
const methodTitles: Readonly<Record<string, Label>> = messages('method-titles') satisfies Readonly<
  Record<'auto' | MethodName, Label>
>;

/** Name of a method as a planner reads it; a key that has none stands for itself. */
export const methodTitle = (method: string): Text => {
  const model = /^outside:(.*)$/.exec(method)?.[1];
  if (model !== undefined) return { 'zh-CN': `外部预测“${model}”`, en: `the external forecast "${model}"` };
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
  ...messages('forecast'),
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
  'cause-never-seen': {
    'zh-CN': ({ name, date, value, least, most, low, high }, speech) =>
      `${date} 的“${name}”为 ${causeValue(value)}，历史上只见过 ${causeValue(least)} 到 ${causeValue(most)}：当天影响介于 ${signed(low, speech)} 和 ${signed(high, speech)} 之间，不作单一估计`,
    en: ({ name, date, value, least, most, low, high }, speech) =>
      `"${name}" of ${date} is ${causeValue(value)}, while only ${causeValue(least)} to ${causeValue(most)} was ever seen: what it does that day is anything from ${signed(low, speech)} to ${signed(high, speech)}, not one guess`,
  },
  'days-of-outage': {
    'zh-CN': ({ days, latest }, { list }) =>
      `${days} 天疑似系统中断（有时段不可能为零${latest === undefined ? '' : `；最近：${list(latest)}`}），按缺失处理`,
    en: ({ days, latest }, { counted, list, plural }) =>
      `${counted(days, 'day')} ${plural(days, 'looks like an outage', 'look like outages')} (zeros that cannot be${latest === undefined ? '' : `; latest: ${list(latest)}`}); taken as gaps`,
  },
};
