import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import { type CountsIn, scoreBacktest } from '../../forecast/backtest.ts';
import type { Finding } from '../../kernel/finding.ts';
import { untranslated } from '../../kernel/text.ts';
import { addDays, weekdayOf } from '../../kernel/time.ts';
import type { KeptForecast } from '../forecasts/frozen-forecast.ts';
import { planningFinding } from '../planning-findings.ts';

/** Below so many scored weeks a change cannot be distinguished from luck. */
const leastWeeks = 6;

/** Error of the first seven days of kept forecasts, of one queue and ISO weekday or of all; null where nothing is scored. */
type ErrorOf = (kept: readonly KeptForecast[], queue?: string, weekday?: number) => number | null;

const errorOver =
  (countsIn: CountsIn): ErrorOf =>
  (kept, queue, weekday) => {
    const runs = kept.flatMap((each) =>
      [...each].flatMap(([name, run]) => ((queue ?? name) === name ? [run] : [])),
    );
    return scoreBacktest(
      runs,
      (run, day, slot) =>
        day < 7 &&
        (weekday === undefined || weekdayOf(addDays(run.origin, day)) === weekday - 1) &&
        countsIn(run, day, slot),
    ).wape;
  };

/** Weeks that are scored, each by itself and together. */
interface Half {
  readonly kept: readonly KeptForecast[];
  readonly errors: readonly number[];
  readonly error: number;
}

/** The earlier and the later half of the weeks that are scored; or how many there are, where they are too few. */
const halvesOf = (
  kept: readonly KeptForecast[],
  errorOf: ErrorOf,
): { readonly earlier: Half; readonly later: Half } | number => {
  const scored = kept.flatMap((each) => {
    const error = errorOf([each]);
    return error === null ? [] : [{ each, error }];
  });
  const half = (weeks: typeof scored): Half | undefined => {
    const own = weeks.map(({ each }) => each);
    const error = errorOf(own);
    return error === null ? undefined : { kept: own, errors: weeks.map((week) => week.error), error };
  };
  const middle = Math.floor(scored.length / 2);
  const [earlier, later] = [half(scored.slice(0, middle)), half(scored.slice(middle))];
  return scored.length < leastWeeks || earlier === undefined || later === undefined
    ? scored.length
    : { earlier, later };
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

/** The part of which a figure is largest: the first of equals. */
const most = <Part>([first, ...rest]: readonly [Part, ...Part[]], by: (part: Part) => number): Part => {
  let best = { part: first, figure: by(first) };
  for (const part of rest) {
    const figure = by(part);
    if (figure > best.figure) best = { part, figure };
  }
  return best.part;
};

/**
 * Are forecasts getting better or worse, and where? The later half of the weeks against the earlier, a week ahead; a
 * change counts where it is twice what the weeks' own scatter makes of it.
 */
export const judgeTrend = (
  kept: readonly KeptForecast[],
  queues: HotlineModel['queues'],
  countsIn: CountsIn = () => true,
): Finding => {
  const errorOf = errorOver(countsIn);
  const halves = halvesOf(kept, errorOf);
  const [queue, ...others] = new Set(kept.flatMap((each) => [...each.keys()]));
  if (typeof halves === 'number' || queue === undefined)
    return planningFinding('forecasts-few-weeks', {
      weeks: typeof halves === 'number' ? halves : 0,
      least: leastWeeks,
    });
  const { earlier, later } = halves;
  const change = mean(later.errors) - mean(earlier.errors);
  const isLuck =
    Math.abs(change) < 2 * Math.sqrt(varianceOfMean(earlier.errors) + varianceOfMean(later.errors));
  /** How much a part has moved the way that all went; where nothing moved, how large its error is. What is not scored comes last. */
  const moved = (name?: string, weekday?: number): number => {
    const [was, is] = [errorOf(earlier.kept, name, weekday), errorOf(later.kept, name, weekday)];
    if (is === null) return -Infinity;
    if (isLuck) return is;
    return was === null ? -Infinity : Math.sign(change) * (is - was);
  };
  const worst = most([queue, ...others], (name) => moved(name));
  return planningFinding(isLuck ? 'forecasts-steady' : change < 0 ? 'forecasts-better' : 'forecasts-worse', {
    earlierWeeks: earlier.kept.length,
    laterWeeks: later.kept.length,
    before: earlier.error,
    now: later.error,
    queue: queues.find((each) => each.queue === worst)?.name ?? untranslated(worst),
    weekday: most([1, 2, 3, 4, 5, 6, 7], (each) => moved(undefined, each)),
  });
};
