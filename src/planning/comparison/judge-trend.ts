import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import { scoreBacktest } from '../../forecast/score-backtest.ts';
import type { Finding } from '../../kernel/finding.ts';
import { untranslated } from '../../kernel/text.ts';
import { addDays, weekdayOf } from '../../kernel/time.ts';
import type { KeptForecast } from '../forecasts/frozen-forecast.ts';
import { planningFinding } from '../planning-findings.ts';

/** Below so many scored weeks a change cannot be told from luck. */
const leastWeeks = 6;

/** Error of the first seven days of kept forecasts, of one queue and ISO weekday or of all; null where nothing is scored. */
const errorOf = (kept: readonly KeptForecast[], queue?: string, weekday?: number): number | null => {
  const runs = kept.flatMap((each) =>
    [...each].flatMap(([name, run]) => ((queue ?? name) === name ? [run] : [])),
  );
  const counted = scoreBacktest(
    runs,
    (run, day) => day < 7 && (weekday === undefined || weekdayOf(addDays(run.origin, day)) === weekday - 1),
  );
  return counted.wape;
};

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Variance of a mean of independent weeks. */
const varianceOfMean = (values: readonly number[]): number => {
  const middle = mean(values);
  return (
    values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length * (values.length - 1))
  );
};

/**
 * Are forecasts getting better or worse, and where? The later half of the weeks against the earlier, a week ahead; a
 * change counts where it is twice what the weeks' own scatter makes of it.
 */
export const judgeTrend = (kept: readonly KeptForecast[], queues: HotlineModel['queues']): Finding => {
  const scored = kept.flatMap((each) => {
    const error = errorOf([each]);
    return error === null ? [] : [{ each, error }];
  });
  if (scored.length < leastWeeks)
    return planningFinding('forecasts-few-weeks', { weeks: scored.length, least: leastWeeks });
  const half = Math.floor(scored.length / 2);
  const [earlier, later] = [scored.slice(0, half), scored.slice(half)];
  const [before, now] = [earlier, later].map((weeks) => weeks.map(({ each }) => each));
  const [were, are] = [earlier, later].map((weeks) => weeks.map(({ error }) => error));
  const change = mean(are ?? []) - mean(were ?? []);
  const isLuck = Math.abs(change) < 2 * Math.sqrt(varianceOfMean(were ?? []) + varianceOfMean(are ?? []));
  /** How much a part has moved the way that all went; where nothing moved, how large its error is. What is not scored comes last. */
  const moved = (queue?: string, weekday?: number): number => {
    const [was, is] = [errorOf(before ?? [], queue, weekday), errorOf(now ?? [], queue, weekday)];
    if (is === null || (!isLuck && was === null)) return -Infinity;
    return isLuck ? is : Math.sign(change) * (is - (was ?? 0));
  };
  const most = <Part>(parts: readonly Part[], by: (part: Part) => number): Part | undefined =>
    parts.map((part) => ({ part, moved: by(part) })).toSorted((a, b) => b.moved - a.moved)[0]?.part;
  const names = [...new Set(scored.flatMap(({ each }) => [...each.keys()]))];
  const queue = most(names, (name) => moved(name)) ?? '';
  return planningFinding(isLuck ? 'forecasts-steady' : change < 0 ? 'forecasts-better' : 'forecasts-worse', {
    earlierWeeks: earlier.length,
    laterWeeks: later.length,
    before: errorOf(before ?? []) ?? 0,
    now: errorOf(now ?? []) ?? 0,
    queue: queues.find((each) => each.queue === queue)?.name ?? untranslated(queue),
    weekday: most([1, 2, 3, 4, 5, 6, 7], (each) => moved(undefined, each)) ?? 1,
  });
};
