import type { MethodName } from '../../contract/http/job-requests.ts';
import type { ForecastTask } from '../forecast-task.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';
import { rowStart, solveLowerEach } from '../../kernel/linear-algebra.ts';
import {
  type CalendarModel,
  fitLevel,
  type LevelForecast,
  type LevelModel,
  type LevelParts,
} from './day-level.ts';
import { type LevelMove, addedVariance } from './day-kernel.ts';
import { type LevelData, prepareLevel } from './prepare-level.ts';
import {
  boundDays,
  type Effects,
  levelRegressors,
  normalEquations,
  type NormalEquations,
  type ObservedDays,
  type Pace,
  type RegressionFit,
  settleRegression,
  solveEffects,
} from './regression-fit.ts';
import type { FarEvidence } from './rolling-levels.ts';
import { fitSmoothed } from './smoothed-levels.ts';

interface LevelPace {
  /** Standard deviation of the growth per week, log scale; 0 for none. */
  readonly trendPerWeek: number;
  /** Weeks over which growth is forgotten. */
  readonly trendMemory: number;
  readonly slowLevel: boolean;
}

/** One that takes part in the mix. */
interface LevelForm extends LevelPace {
  readonly name: string;
  /** Weight before any evidence. */
  readonly prior: number;
}

/** Sizes, memories and priors chosen by paired differences over the sets of bench/forecast/README.md. */
const dayLevel = { name: 'day-level', trendPerWeek: 0, trendMemory: 1, slowLevel: false, prior: 0.7 };
const shortForms: readonly LevelForm[] = [
  dayLevel,
  { name: 'day-level-growth', trendPerWeek: 0.012, trendMemory: 100, slowLevel: false, prior: 0.05 },
];

/** What can be asked for alone; all but the first only so: mixed in they brought nothing. */
const formsByName = {
  'day-level': dayLevel,
  'day-level-trend': { trendPerWeek: 0.002, trendMemory: 30, slowLevel: false },
  'calendar-regression': { trendPerWeek: 0, trendMemory: 1, slowLevel: true },
} satisfies Partial<Record<MethodName, LevelPace>>;
export type FormName = keyof typeof formsByName;

/** Days of history from which growth and the year's shape are found by regressions instead of trends in the level. */
const regressionsFrom = 400;
const regressionNames = ['dynamic-regression', 'calm-regression'] as const;
/** Days ahead from which a level is not to fade over months: what one day says of the next is no guide that far. */
const lastingFrom = 36;

/** Name, in candidates, of the form that takes the latest odd weeks for a lasting jump. */
const afterJump = 'day-level-after-jump';

/** A history's level in every form that is to be mixed. */
export interface FittedForms {
  readonly level: LevelData;
  readonly names: readonly string[];
  /** Weights before any evidence; without the form of the other reading, whose chance is fixed. */
  readonly priors: readonly number[];
  /** One fit per name. */
  readonly fits: readonly LevelModel[];
}

const fitForm = (level: LevelData, { trendPerWeek, trendMemory, slowLevel }: LevelPace): CalendarModel =>
  fitLevel(level, { trendPerWeek, trendMemory, slowLevel });

/** Weight of each smoothed form before evidence, beside 1 of the others together. */
const smoothedPrior = 0.2;

/** The same form, which makes each forecast once. */
const remembered = (fit: CalendarModel): CalendarModel => {
  const made = new Map<string, LevelForecast>();
  const calendars = new Map<string, Float64Array>();
  return {
    ...fit,
    forecast: (origin, first, count, joint = false) => {
      const key = `${origin}/${first}/${count}/${joint}`;
      const forecast = made.get(key) ?? fit.forecast(origin, first, count, joint);
      made.set(key, forecast);
      return forecast;
    },
    calendar: (origin, days) => {
      const key = `${origin}/${days[0]}/${days.length}`;
      const calendar = calendars.get(key) ?? fit.calendar(origin, days);
      calendars.set(key, calendar);
      return calendar;
    },
  };
};

/** The forms that are mixed, before odd weeks at the very end are looked at. */
const fitMixed = (level: LevelData): FittedForms => {
  const { history, onCounts } = level;
  if (onCounts || history.days < regressionsFrom) {
    const [first, ...others] = shortForms.map((form) => fitForm(level, form));
    const base = remembered(first!);
    const forms = {
      level,
      names: shortForms.map(({ name }) => name),
      priors: shortForms.map(({ prior }) => prior),
      fits: [base, ...others],
    };
    return onCounts ? forms : withSmoothed(forms, fitSmoothed(level, base));
  }
  const isFar = history.horizon >= lastingFrom;
  const [dynamic, calmest] = fitRegressions(level, [isFar ? lasting : highVolatility, lowVolatility]);
  const base = remembered(calmest!);
  const forms = {
    level,
    names: ['day-level', ...regressionNames],
    priors: [1 / 3, 1 / 3, 1 / 3],
    fits: [fitForm(level, dayLevel), dynamic!, base],
  };
  return isFar ? forms : withSmoothed(forms, fitSmoothed(level, base, calmest!.yearOf));
};

const smoothedNames = ['smoothed-level', 'smoothed-growth', 'half-year'] as const;

/** Forms of different kinds err apart, so that what each misses is averaged out. */
const withSmoothed = ({ level, names, priors, fits }: FittedForms, smoothed: LevelModel[]): FittedForms => ({
  level,
  names: [...names, ...smoothedNames],
  priors: [...priors, ...smoothedNames.map(() => smoothedPrior)],
  fits: [...fits, ...smoothed],
});

/** Fits the forms of the level that a method mixes; one alone where its name was asked for. */
export const fitForms = (history: PreparedHistory, request: ForecastTask): FittedForms => {
  const { levelShifts, outliers } = request.cleaning ?? {};
  const level = prepareLevel(history, levelShifts !== false, outliers !== false);
  const named = new Map<string, LevelPace>(Object.entries(formsByName)).get(request.method);
  if (named !== undefined) {
    return { level, names: [request.method], priors: [1], fits: [fitForm(level, named)] };
  }
  const forms = fitMixed(level);
  if (level.otherReading === undefined) return forms;
  const jumped = fitLevel(level, level.otherReading.options);
  return { ...forms, names: [...forms.names, afterJump], fits: [...forms.fits, jumped] };
};

/** One wild day must not decide between forms: errors count up to this, log scale. */
const mostError = 0.5;

/** Weights of the forms: prior times a power of the error ratio that grows with the weeks of evidence. */
export const weighForms = ({ level, fits, priors }: FittedForms, far: FarEvidence): readonly number[] => {
  const { rolling, weeks } = far;
  const errors = priors.map((_, form) => {
    let sum = 0;
    for (let i = 0; i < rolling.day.length; i += 1) {
      sum += Math.min(mostError, Math.abs(rolling.truth[i]! - rolling.means[form]![i]!));
    }
    return sum;
  });
  const least = Math.max(1e-12, Math.min(...errors));
  const power = weeks * weekWeight(far);
  const raw = priors.map((prior, form) => prior * Math.pow(least / Math.max(errors[form]!, 1e-12), power));
  const total = raw.reduce((a, b) => a + b, 0);
  const proven = raw.map((weight) => weight / total);
  const chance = level.otherReading?.chance ?? 0;
  return fits.length === priors.length ? proven : [...proven.map((weight) => weight * (1 - chance)), chance];
};

/** Variance that a day ahead has of its own in the mix of the forms, by weekday class. */
export const mixedNoise = ({ level, fits }: FittedForms, weights: readonly number[]): Float64Array =>
  level.freshNoise.map((_, dayClass) =>
    fits.reduce((sum, { dayNoise }, form) => sum + weights[form]! * dayNoise[dayClass]!, 0),
  );

/** Of a day of which less was observed no more than this is lost in weight. */
const leastObserved = 0.3;

/** Share of the noise that is never put down to counting. */
const leastNoise = 0.05;

const observe = (data: LevelData): ObservedDays => {
  const { history, openDays, options } = data;
  const { eventPrior, holidayPrior } = history.features;
  const y = new Float64Array(history.days).fill(Number.NaN);
  const noise = new Float64Array(history.days).fill(Number.NaN);
  const odd = options.privateEffects.filter(({ to }) => to !== Number.POSITIVE_INFINITY);
  for (let day = 0; day < history.days; day += 1) {
    const total = history.totals[day]!;
    if (openDays[day] === 0 || !(total > 0) || odd.some(({ from, to }) => day >= from && day < to)) continue;
    y[day] = Math.log(total) - eventPrior[day]! - holidayPrior[day]! - data.centre;
    noise[day] = 1 / Math.max(history.observed[day]!, leastObserved);
  }
  const regressors = levelRegressors(history, options.privateEffects);
  return { y, noise, jumps: new Float64Array(history.days), regressors };
};

/**
 * The day's level as a regression with autocorrelated errors: log day totals on weekday, calendar, growth and the
 * waves of the year, around a level that walks and a part that fades (Harvey 1989; Hyndman and Athanasopoulos 2021,
 * chapter 10). It sees the whole history, where the Gaussian process sees two years. Effects are normal before
 * evidence; how fast the level walks, how much fades and how large the year's shape and the growth may be is settled by
 * marginal likelihood, as far as each pace allows.
 */
const fitRegressions = (data: LevelData, paces: readonly Pace[]): RegressionModel[] => {
  const { bounded, rough } = boundDays(observe(data), data.options.moves);
  return paces.map((pace) => modelOf(data, bounded, settleRegression(bounded, rough, pace)));
};

const emptyEquations = (size: number): NormalEquations => ({
  matrix: new Float64Array(rowStart(size)),
  right: new Float64Array(size),
});

const plus = (a: NormalEquations, b: NormalEquations): NormalEquations => ({
  matrix: a.matrix.map((value, i) => value + b.matrix[i]!),
  right: a.right.map((value, i) => value + b.right[i]!),
});

/** A regression as a form of the level, and what the year's waves add to a day's log total. */
interface RegressionModel extends CalendarModel {
  readonly yearOf: (day: number) => number;
}

const modelOf = (data: LevelData, seen: ObservedDays, fit: RegressionFit): RegressionModel => {
  const effectsAt = new Map<number, Effects>();
  let summed = { from: seen.y.length, sums: emptyEquations(fit.columns.length) };
  /** Sums from a day on; those of a later day are gone on with where they were the last that were wanted. */
  const sumsFrom = (origin: number): NormalEquations => {
    const { from, sums } =
      origin <= summed.from ? summed : { from: seen.y.length, sums: emptyEquations(fit.columns.length) };
    const more = normalEquations(fit.y, fit.columns, origin, from);
    summed = { from: origin, sums: plus(sums, more) };
    return summed.sums;
  };
  /** Effects as they were known before a day: what later days added to the sums is taken off again. */
  const knownAt = (origin: number): Effects => {
    const known = effectsAt.get(origin);
    if (known !== undefined) return known;
    const later = sumsFrom(origin);
    const effects = solveEffects(
      {
        matrix: fit.normal.matrix.map((value, i) => value - later.matrix[i]!),
        right: fit.normal.right.map((value, i) => value - later.right[i]!),
      },
      fit.ridge,
    );
    effectsAt.set(origin, effects);
    return effects;
  };
  return {
    data,
    dayNoise: dayNoiseOf(data, fit),
    toldEventVariance: () => 0,
    forecast: (origin, first, count, joint = false) =>
      forecastDays(data, seen, fit, knownAt(origin), { origin, first, count, joint }),
    parts: (days) => days.map((day) => partsOn(data, seen, fit, day)),
    calendar: (origin, days) => {
      const { eventPrior, holidayPrior } = data.history.features;
      const { beta } = knownAt(origin);
      const effects = seen.regressors.flatMap(({ part, values }, i) =>
        part === 'holiday' || part === 'event' ? [{ values, effect: beta[i]! }] : [],
      );
      return Float64Array.from(days, (day) =>
        effects.reduce(
          (sum, { values, effect }) => sum + effect * values[day]!,
          eventPrior[day]! + holidayPrior[day]!,
        ),
      );
    },
    yearOf: (day) =>
      seen.regressors.reduce(
        (sum, { part, values }, i) => (part === 'yearly' ? sum + fit.beta[i]! * values[day]! : sum),
        0,
      ),
  };
};

/** The noise of single days: what the fit finds less what counting alone explains, shared out by weekday. */
const dayNoiseOf = ({ centre, weekdayFactor }: LevelData, { noiseVariance }: RegressionFit): Float64Array => {
  const beyondCounting = Math.max(noiseVariance - Math.exp(-centre), leastNoise * noiseVariance);
  return weekdayFactor.map((factor) => beyondCounting * factor ** 2);
};

interface DaysAsked {
  /** Days before it are known. */
  readonly origin: number;
  readonly first: number;
  readonly count: number;
  readonly joint: boolean;
}

/**
 * Means and covariances of days ahead. What the level has taken up of a regressor by the origin is taken off its
 * effect, so that the error of the effects and of the level are told together.
 */
const forecastDays = (
  data: LevelData,
  seen: ObservedDays,
  fit: RegressionFit,
  { beta, factor }: Effects,
  { origin, first, count, joint }: DaysAsked,
): LevelForecast => {
  const { eventPrior, holidayPrior } = data.history.features;
  const { memory } = fit.filter.dynamics;
  const mean = new Float64Array(count);
  const solved: Float64Array[] = [];
  for (let j = 0; j < count; j += 1) {
    const day = first + j;
    const faded = memory ** (day - origin);
    const stateOf = (state: Float64Array): number => state[2 * origin]! + faded * state[2 * origin + 1]!;
    const left = Float64Array.from(
      seen.regressors,
      ({ values }, i) => values[day]! - stateOf(fit.columns[i]!.state),
    );
    let sum = stateOf(fit.y.state) + data.centre + eventPrior[day]! + holidayPrior[day]!;
    for (let i = 0; i < beta.length; i += 1) sum += beta[i]! * left[i]!;
    mean[j] = sum;
    solved.push(left);
  }
  solveLowerEach(factor, solved, beta.length);
  const ahead = first - origin;
  const between = (i: number, j: number): number => {
    let sum = stateCovariance(fit, origin, ahead + i, ahead + j);
    sum += stepsAhead(data.options.moves, origin, first + Math.min(i, j)) / fit.noiseVariance;
    const a = solved[i]!;
    const b = solved[j]!;
    for (let k = 0; k < a.length; k += 1) sum += a[k]! * b[k]!;
    return sum * fit.noiseVariance;
  };
  const variance = Float64Array.from({ length: count }, (_, j) => Math.max(between(j, j), 1e-8));
  if (!joint) return { mean, variance, covariance: undefined };
  const covariance = new Float64Array(count * count);
  for (let i = 0; i < count; i += 1) {
    covariance[i * count + i] = variance[i]!;
    for (let j = 0; j < i; j += 1) {
      covariance[i * count + j] = between(i, j);
      covariance[j * count + i] = covariance[i * count + j]!;
    }
  }
  return { mean, variance, covariance };
};

/** Variance that moves add to the level between an origin and a day ahead of it. */
const stepsAhead = (moves: readonly LevelMove[], origin: number, day: number): number =>
  moves.reduce((sum, move) => sum + addedVariance(move, day) - addedVariance(move, origin), 0);

/** Covariance of the level so many days ahead of an origin, in units of the noise variance. */
const stateCovariance = ({ filter }: RegressionFit, origin: number, i: number, j: number): number => {
  const { walk, fading, memory } = filter.dynamics;
  const [level = 0, both = 0, short = 0] = filter.states.subarray(3 * origin, 3 * origin + 3);
  const sooner = Math.min(i, j);
  const known = level + both * (memory ** i + memory ** j) + short * memory ** (i + j);
  const shock = fading ** 2 / (1 - memory ** 2);
  return known + walk ** 2 * sooner + shock * memory ** Math.abs(i - j) * (1 - memory ** (2 * sooner));
};

/** What each part adds to a day's log total: level (with the year's shape), weekday, holiday, event, trend. */
const partsOn = (data: LevelData, seen: ObservedDays, fit: RegressionFit, day: number): LevelParts => {
  const { eventPrior, holidayPrior } = data.history.features;
  const end = 2 * seen.y.length;
  const sums = {
    weekday: 0,
    holiday: holidayPrior[day]!,
    event: eventPrior[day]!,
    trend: 0,
    yearly: 0,
    level: 0,
  };
  sums.level = fit.y.state[end]!;
  seen.regressors.forEach(({ part, values }, i) => {
    sums[part] += fit.beta[i]! * values[day]!;
    sums.level -= fit.beta[i]! * fit.columns[i]!.state[end]!;
  });
  return [sums.level + sums.yearly, sums.weekday, sums.holiday, sums.event, sums.trend];
};

/** Weeks over which errors hang together at least, however near they look ahead: a level that is off stays off. */
const leastShared = 3;

/**
 * Weeks that count as one when errors so many weeks ahead are judged: origins are a week apart, so that each shares all
 * but one of its weeks with the next.
 */
const weeksShared = (judgedWeeks: number): number => Math.max(leastShared, judgedWeeks - 1);

/** How much a week of evidence is worth, 1 near ahead: far ahead it says little that the week before did not. */
const weekWeight = ({ judgedWeeks }: Pick<FarEvidence, 'judgedWeeks'>): number =>
  leastShared / weeksShared(judgedWeeks);

/**
 * Far ahead what fades must be gone within days, and what is left is a level that stays where it went: a memory of months
 * would draw it back to a past that need not return.
 */
const lasting: Pace = {
  walk: [0.03, 0.06, 0.1, 0.17, 0.3, 0.5],
  fading: [0.05, 0.15, 0.3, 0.5, 0.8, 1.2],
  memory: [0.3, 0.5, 0.7],
  yearly: [0.005, 0.02, 0.05, 0.1, 0.2],
};

/**
 * The level follows one-day-ahead likelihood wherever it leads. What a line does from day to day can make it so
 * restless that nothing is left of the year's shape, which is what counts weeks ahead: the calm pace holds against that.
 */
const highVolatility: Pace = {
  walk: [0.005, 0.01, 0.02, 0.03, 0.06, 0.1, 0.17, 0.3, 0.5],
  fading: [0.05, 0.15, 0.3, 0.5, 0.8, 1.2],
  memory: [0.5, 0.8, 0.93, 0.97, 0.985],
  yearly: [0.005, 0.02, 0.05, 0.1, 0.2],
};

/** A slow level, moves that fade within months, and a year's shape that is believed in. */
const lowVolatility: Pace = {
  walk: [0.005, 0.01, 0.02, 0.04, 0.06],
  fading: [0.15, 0.3, 0.5, 0.8, 1.2],
  memory: [0.93, 0.97, 0.985],
  yearly: [0.05, 0.1],
};
