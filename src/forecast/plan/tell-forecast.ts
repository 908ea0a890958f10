import type { Sayable } from '../../kernel/finding.ts';
import { coverageNotice } from '../../kernel/calendar.ts';
import { text } from '../../kernel/text.ts';
import { dateOfDayNumber } from '../../kernel/time.ts';
import type { QueuePlan } from './queue-plan.ts';
import { levelPartsOf } from '../level/day-level.ts';
import { dayMeans } from './assemble-forecast.ts';
import type { ForecastStory } from './assemble-forecast.ts';
import type { Candidate, CleanedHistory, ForecastParts, ForecastRequest } from '../forecast-types.ts';
import { methodTitle } from '../method-title.ts';
import { knownDays, type PreparedHistory } from '../history/prepare-history.ts';

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

/** What was chosen and what the plain rivals would have given. */
export const candidateReasons = (candidates: readonly Candidate[], mixWape: number): Sayable[] => {
  const used = candidates.filter((c) => c.weight > 0.005);
  const reasons: Sayable[] = [];
  const list = (language: 'zh-CN' | 'en'): string =>
    used
      .toSorted((x, y) => y.weight - x.weight)
      .map((c) => `${methodTitle(c.method)[language]} ${Math.round(100 * c.weight)}%`)
      .join(language === 'en' ? ', ' : '、');
  if (used.length > 0) {
    reasons.push(
      text(
        `按最近几周的滚动回测取权重：${list('zh-CN')}`,
        `weighted by rolling forecasts of the last weeks: ${list('en')}`,
      ),
    );
  }
  const rivals = candidates.filter((c) => c.weight === 0 && Number.isFinite(c.wape));
  const best = rivals.toSorted((x, y) => x.wape - y.wape)[0];
  if (best !== undefined && Number.isFinite(mixWape)) {
    reasons.push(
      text(
        `回测误差（WAPE）${percent(mixWape)}；最好的简单方法「${methodTitle(best.method)['zh-CN']}」为 ${percent(best.wape)}`,
        `error in those forecasts (WAPE) ${percent(mixWape)}; the best plain method, ${methodTitle(best.method).en}, had ${percent(best.wape)}`,
      ),
    );
  }
  return reasons;
};

/** Outages, days far off what all others say of them, and lasting jumps. */
const findOddities = (plan: QueuePlan): CleanedHistory => {
  const {
    history,
    forms: { level },
  } = plan;
  const outliers = Array.from(level.days).flatMap((d, i) => {
    const score = level.surprise[i]!;
    if (Math.abs(score) < 4) return [];
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
const forecastParts = (plan: QueuePlan): ForecastParts[] => {
  const history = plan.history;
  const days = Array.from({ length: history.horizon }, (_, j) => history.days + j);
  const means = dayMeans(plan);
  const usual = Array.from({ length: 7 }, (_, weekday) => weekday).filter((weekday) => {
    const d = days.find((x) => history.features.weekdayClass[x] === weekday);
    return d !== undefined;
  });
  const sums = days.map((): [number, number, number, number, number] => [0, 0, 0, 0, 0]);
  plan.forms.fits.forEach((fit, v) => {
    levelPartsOf(fit, days).forEach((part, j) => {
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
    const product = factors.weekday * factors.holiday * factors.event * factors.trend;
    return { date: dateOfDayNumber(history.firstDay + d), level: means[j]! / product, ...factors };
  });
};

const oddityReasons = (cleaned: CleanedHistory): Sayable[] => {
  const reasons: Sayable[] = [];
  for (const shift of cleaned.levelShifts) {
    reasons.push(
      text(
        `自 ${shift.date} 起话务水平变为原来的 ${percent(shift.factor)}，预测按新水平`,
        `from ${shift.date} on the level changed to ${percent(shift.factor)} of what it was; the forecast follows the new level`,
      ),
    );
  }
  if (cleaned.outliers.length > 0) {
    const dates = cleaned.outliers.slice(-5).map((o) => o.date);
    reasons.push(
      text(
        `${cleaned.outliers.length} 天明显异常（最近：${dates.join('、')}），已降低其影响`,
        `${cleaned.outliers.length} days stand far out (latest: ${dates.join(', ')}); their pull was weakened`,
      ),
    );
  }
  if (cleaned.outages.length > 0) {
    reasons.push(
      text(
        `${cleaned.outages.length} 天疑似系统中断（有时段不可能为零），按缺失处理`,
        `${cleaned.outages.length} days look like outages (zeros that cannot be); taken as gaps`,
      ),
    );
  }
  return reasons;
};

/** Everything said beside the numbers of an automatic forecast. */
export const tellForecast = (plan: QueuePlan, request: ForecastRequest): ForecastStory => {
  const cleaned = findOddities(plan);
  const notices: Sayable[] = historyNotices(plan.history, request);
  return {
    parts: forecastParts(plan),
    reasons: [...candidateReasons(plan.candidates, plan.mixWape), ...oddityReasons(cleaned)],
    notices,
    cleaned,
  };
};

/** What a planner must know of the history before trusting a forecast from it. */
export const historyNotices = (history: PreparedHistory, request: ForecastRequest): Sayable[] => {
  const notices: Sayable[] = [];
  const known = knownDays(history).length;
  if (known < 15) {
    notices.push(
      text(
        `历史只有 ${known} 天有数据，不足以学出每周规律（至少需要三周）`,
        `only ${known} days of history have data: too few to learn the weekly pattern (three weeks at least)`,
      ),
    );
  }
  const covered = coverageNotice(
    request.calendar,
    dateOfDayNumber(history.firstDay + history.days + Math.max(0, history.horizon - 1)),
  );
  if (covered !== null) notices.push(covered);
  return notices;
};
