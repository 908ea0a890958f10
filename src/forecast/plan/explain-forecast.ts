import { coverageNotice } from '../../kernel/calendar.ts';
import type { Sayable } from '../../kernel/finding.ts';
import { dateOfDayNumber, dayNumber } from '../../kernel/time.ts';
import { forecastFinding } from '../forecast-findings.ts';
import type { Candidate, CleanedHistory, ForecastParts, ForecastTask } from '../forecast-task.ts';
import { knownDays, type PreparedHistory } from '../history/prepare-history.ts';
import { dayMeans, type ForecastExplanation } from './assemble-forecast.ts';
import { isPlainRule } from '../methods/plain-rules.ts';
import { familyShare } from '../level/family-level.ts';
import type { RejectionReason } from '../causes/select-regressors.ts';
import type { CauseExplanation, LagEffect } from '../causes/cause-ahead.ts';
import { leastWeeks, type OutsideShare } from '../outside/outside-forecast.ts';
import { moveAtEnd } from '../level/day-kernel.ts';
import type { PredictiveModel } from './predictive-model.ts';

/** Shares below this are not worth a word. */
const leastShare = 0.005;

/** What was chosen, where there was a choice, and what the best of the plain rivals would have given. */
const candidateReasons = ({
  method: asked,
  candidates,
  mixWape,
}: Pick<PredictiveModel, 'method' | 'candidates' | 'mixWape'>): Sayable[] => {
  const reasons: Sayable[] = [];
  const used = candidates
    .filter(({ weight }) => weight > leastShare)
    .toSorted((x, y) => y.weight - x.weight)
    .map(({ method, weight }) => ({ method, weight }));
  const wasWeighed = asked === 'auto' ? used.length > 0 : used.length > 1;
  if (wasWeighed) reasons.push(forecastFinding('mixed-by-backtest', { methods: used }));
  const [best] = candidates
    .filter(({ method, wape }) => isPlainRule(method) && Number.isFinite(wape))
    .toSorted((x, y) => x.wape - y.wape);
  if (best !== undefined && best.method !== asked && Number.isFinite(mixWape)) {
    reasons.push(
      forecastFinding('error-against-plain-method', {
        wape: mixWape,
        rival: best.method,
        rivalWape: best.wape,
      }),
    );
  }
  return reasons;
};

/** How much of a queue's forecast leans on the other queues of its line. */
const familyReason = (candidates: readonly Candidate[]): Sayable[] =>
  candidates
    .filter(({ method, weight }) => method === familyShare && weight > leastShare)
    .map(({ weight }) => forecastFinding('leans-on-family', { weight }));

const refusals = {
  'too-short': 'cause-too-short',
  'no-effect': 'cause-without-effect',
  'no-gain': 'cause-without-gain',
} as const satisfies Record<RejectionReason, string>;

const causeReasons = (story: CauseExplanation | undefined): Sayable[] => {
  if (story === undefined) return [];
  const { taken, refused, errors, unknown, unseen } = story;
  return [
    ...taken.map(({ lags, ...found }) =>
      forecastFinding('cause-found', {
        ...found,
        lags: lags.filter(isToldLag).map(({ lag, low, high }) => ({ lag, low, high })),
      }),
    ),
    ...(errors === undefined ? [] : [forecastFinding('causes-gain', errors)]),
    ...unknown.map(({ name, day }) =>
      forecastFinding('cause-not-known-ahead', { name, from: dateOfDayNumber(day) }),
    ),
    ...unseen.map(({ day, ...value }) =>
      forecastFinding('cause-never-seen', { ...value, date: dateOfDayNumber(day) }),
    ),
    ...refused.map(({ why, ...rest }) => forecastFinding(refusals[why], rest)),
  ];
};

/** The same day, and later days on which the effect is surely one. */
const isToldLag = ({ lag, isSure }: LagEffect): boolean => lag === 0 || isSure;

/** Days within and without its range that say something of a range. */
const fewestRanged = 20;

/** What a forecast from outside has shown on past days, and what part it has for that. */
const outsideReasons = (share: OutsideShare): Sayable[] => {
  const { model, weeks, wape, ownWape, mixedWape, weight, coverage80: coverage } = share;
  if (!share.days.some(({ calls }) => !Number.isNaN(calls)))
    return [forecastFinding('outside-not-ahead', { model })];
  if (!hasEvidence(share)) return [forecastFinding('outside-beside', { model, weeks, needed: leastWeeks })];
  return [
    weight > 0
      ? forecastFinding('outside-mixed', { model, weeks, wape, ownWape, mixedWape, weight })
      : forecastFinding('outside-no-gain', { model, weeks, wape, ownWape }),
    ...(share.coveredDays < fewestRanged
      ? []
      : [forecastFinding('outside-range', { model, coverage, days: share.coveredDays })]),
    ...(share.rangesTell ? [forecastFinding('outside-ranges-tell', { model })] : []),
  ];
};

/** Standard deviations off what all other days say from which a day counts as odd. */
const oddFrom = 4;

/** Outages, days far off what all others say of them, and lasting jumps. */
const findOddities = (plan: PredictiveModel): CleanedHistory => {
  const {
    history,
    forms: { level },
  } = plan;
  const outliers = Array.from(level.days).flatMap((d, i) => {
    const score = level.surprise[i]!;
    if (Math.abs(score) < oddFrom) return [];
    const { eventPrior, holidayPrior } = history.features;
    const others = level.y[i]! - level.residual[i]! + level.centre;
    const expected = Math.exp(others + eventPrior[d]! + holidayPrior[d]!);
    return [{ date: dateOfDayNumber(history.firstDay + d), calls: history.totals[d]!, expected }];
  });
  const levelShifts = level.options.privateEffects
    .filter((p) => p.to === Number.POSITIVE_INFINITY)
    .map((p) => ({ date: dateOfDayNumber(history.firstDay + p.from), factor: Math.exp(level.shiftEffect) }));
  return { outages: history.outages, outliers, levelShifts };
};

/** Factors of each day; the level is that of an average weekday at the end of the history. */
const forecastParts = (plan: PredictiveModel): ForecastParts[] => {
  const history = plan.history;
  const days = Array.from({ length: history.horizon }, (_, j) => history.days + j);
  const means = dayMeans(plan);
  const usual = Array.from({ length: 7 }, (_, weekday) => weekday).filter((weekday) => {
    const d = days.find((x) => history.features.weekdayClass[x] === weekday);
    return d !== undefined;
  });
  const sums = days.map((): [number, number, number, number, number] => [0, 0, 0, 0, 0]);
  plan.forms.fits.forEach((fit, v) => {
    fit.parts(days).forEach((part, j) => {
      for (let k = 0; k < 5; k += 1) sums[j]![k]! += plan.weights[v]! * part[k]!;
    });
  });
  const weekdayMean =
    usual.reduce(
      (sum, weekday) => sum + sums[days.findIndex((x) => history.features.weekdayClass[x] === weekday)]![1],
      0,
    ) / Math.max(1, usual.length);
  return days.map((d, j) => {
    const [, weekday, holiday, event, trend] = sums[j]!;
    const factors = {
      weekday: Math.exp(weekday - weekdayMean),
      holiday: Math.exp(holiday),
      event: Math.exp(event),
      trend: Math.exp(trend),
    };
    const cause = plan.causeFactor?.[j];
    const product = factors.weekday * factors.holiday * factors.event * factors.trend * (cause ?? 1);
    return {
      date: dateOfDayNumber(history.firstDay + d),
      level: means[j]! / product,
      ...factors,
      ...(cause === undefined ? {} : { cause }),
    };
  });
};

/** Odd days that are named. */
const namedDays = 5;

/** Days for which a jump of the level is news. */
const newsFor = 56;

/** Is the line calm, does it move, or has it broken with its past? */
const stateOfLine = ({ history, forms }: PredictiveModel, { levelShifts }: CleanedHistory): Sayable[] => {
  const { options, otherReading } = forms.level;
  const move = moveAtEnd(otherReading?.options.moves ?? options.moves, history.days);
  if (move !== undefined)
    return [forecastFinding('line-is-moving', { since: dateOfDayNumber(history.firstDay + move.from) })];
  const now = history.firstDay + history.days;
  if (levelShifts.length === 0) return [forecastFinding('line-is-calm')];
  return levelShifts.map(({ date: from, factor }) =>
    forecastFinding(now - dayNumber(from) > newsFor ? 'level-shifted' : 'line-is-broken', { from, factor }),
  );
};

const oddityReasons = ({ outliers, outages }: CleanedHistory): Sayable[] => [
  ...(outliers.length === 0
    ? []
    : [
        forecastFinding('days-stand-out', {
          days: outliers.length,
          latest: outliers.slice(-namedDays).map(({ date }) => date),
        }),
      ]),
  ...(outages.length === 0
    ? []
    : [
        forecastFinding('days-of-outage', {
          days: outages.length,
          latest: outages.slice(-namedDays).map(({ date }) => date),
        }),
      ]),
];

/** Reasons, notices and parts beside the numbers of a forecast. */
export const explainForecast = (plan: PredictiveModel, request: ForecastTask): ForecastExplanation => {
  const cleaned = findOddities(plan);
  return {
    parts: forecastParts(plan),
    reasons: [
      ...candidateReasons(plan),
      ...familyReason(plan.candidates),
      ...plan.outside.flatMap(outsideReasons),
      ...causeReasons(plan.causes),
      ...stateOfLine(plan, cleaned),
      ...oddityReasons(cleaned),
    ],
    notices: historyNotices(plan.history, request),
    cleaned,
  };
};

/** Fewer days than this show no week's rhythm. */
const fewestDays = 15;

/** What a planner must know of the history before trusting a forecast from it. */
const historyNotices = (history: PreparedHistory, request: ForecastTask): Sayable[] => {
  const known = knownDays(history).length;
  const lastDay = history.firstDay + history.days + Math.max(0, history.horizon - 1);
  const covered = coverageNotice(request.calendar, dateOfDayNumber(lastDay));
  return [
    ...(known < fewestDays ? [forecastFinding('history-too-short-for-weeks', { days: known })] : []),
    ...(covered === null ? [] : [covered]),
  ];
};

/** Whether a share follows from the weeks that there are. */
const hasEvidence = ({ weeks }: Pick<OutsideShare, 'weeks'>): boolean => weeks >= leastWeeks;
