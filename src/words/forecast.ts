import type { Label } from './sentences.ts';
import type { ForecastFindings } from '../forecast/forecast-findings.ts';
import type { MethodName } from '../contract/http/job-requests.ts';
import { languages, untranslated, type Text } from '../kernel/text.ts';
import { causeValue } from './planning.ts';
import type { Sentences } from './sentences.ts';
import type { Speech } from './speech.ts';
import { filledWith, messages } from './messages.ts';

/** Names of methods, and of the forms that `auto` mixes; a method without one does not compile. */
const methodTitles: Readonly<Record<string, Label>> = messages('method-titles') satisfies Readonly<
  Record<'auto' | MethodName, Label>
>;

const { parts, ...said } = messages('forecast');

/** Name of a method as a planner reads it; a key that has none stands for itself. */
export const methodTitle = (method: string): Text => {
  const model = /^outside:(.*)$/.exec(method)?.[1];
  if (model === undefined) return methodTitles[method] ?? untranslated(method);
  return Object.fromEntries(languages.map((each) => [each, parts.outsideMethod[each]({ model })])) as Label;
};

const signed = (share: number, { percent }: Speech): string =>
  `${share < 0 ? '−' : '+'}${percent(Math.abs(share))}`;

/** An interval of shares as "4% to 7% more", "fewer", or from fewer to more. */
const moreOrLess = (low: number, high: number, speech: Speech) => {
  const { percent } = speech;
  if (low >= 0) return { how: 'more', from: percent(low), to: percent(high) };
  if (high <= 0) return { how: 'fewer', from: percent(-high), to: percent(-low) };
  return { how: 'either', from: signed(low, speech), to: signed(high, speech) };
};

/** What forecasting finds, in sentences. */
export const forecastSentences: Sentences<ForecastFindings> = {
  ...said,
  'mixed-by-backtest': filledWith(said['mixed-by-backtest'], ({ methods }) => ({
    methods: methods.map(({ method, weight }) => ({ name: methodTitle(method), weight })),
  })),
  'error-against-plain-method': filledWith(said['error-against-plain-method'], (errors) => ({
    ...errors,
    rival: methodTitle(errors.rival),
  })),
  'cause-found': filledWith(said['cause-found'], ({ name, step, days, lags }, speech) => ({
    name,
    days,
    step: causeValue(step),
    lags: lags.map(({ lag, low, high }) => ({ lag, ...moreOrLess(low, high, speech) })),
  })),
  'causes-gain': filledWith(said['causes-gain'], (errors) => ({
    ...errors,
    isBetter: errors.with < errors.without,
  })),
  'cause-never-seen': filledWith(said['cause-never-seen'], ({ value, least, most, ...seen }, speech) => ({
    ...seen,
    value: causeValue(value),
    least: causeValue(least),
    most: causeValue(most),
    low: signed(seen.low, speech),
    high: signed(seen.high, speech),
  })),
};
