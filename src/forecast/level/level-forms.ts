import type { ForecastRequest } from '../forecast-types.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';
import { fitLevel } from './day-level.ts';
import { fitRegressions } from './regression-level.ts';
import { calm, lasting, restless } from './settle-regression.ts';
import type { LevelModel } from './level-model.ts';
import { prepareLevel, type LevelData } from './prepare-level.ts';
import { worthOfWeek, type FarEvidence } from './rolling-evidence.ts';

/** One form of the day's level that takes part in the mix. */
interface LevelForm {
  readonly name: string;
  /** Standard deviation of the growth per week, log scale; 0 for none. */
  readonly trendPerWeek: number;
  /** Weeks over which growth is forgotten. */
  readonly trendMemory: number;
  readonly slowLevel: boolean;
  /** Weight before any evidence. */
  readonly prior: number;
}

/** Sizes, memories and priors chosen by paired differences over the sets of bench/forecast/README.md. */
const shortForms: readonly LevelForm[] = [
  { name: 'day-level', trendPerWeek: 0, trendMemory: 1, slowLevel: false, prior: 0.7 },
  { name: 'day-level-trend', trendPerWeek: 0.002, trendMemory: 30, slowLevel: false, prior: 0.2 },
  { name: 'day-level-fast-trend', trendPerWeek: 0.008, trendMemory: 12, slowLevel: false, prior: 0.1 },
  { name: 'day-level-growth', trendPerWeek: 0.012, trendMemory: 100, slowLevel: false, prior: 0.05 },
];

/** Taken only where it is asked for: mixed in it made no difference. */
const calendarRegression: LevelForm = {
  name: 'calendar-regression',
  trendPerWeek: 0,
  trendMemory: 1,
  slowLevel: true,
  prior: 0,
};

/** Days of history from which growth and the year's shape are told by regressions instead of trends in the level. */
const regressionsFrom = 400;
const regressionNames = ['dynamic-regression', 'calm-regression'] as const;
/** Days ahead from which a level is not to fade over months: what one day says of the next is no guide that far. */
const lastingFrom = 36;

const namedForm = (method: ForecastRequest['method']): LevelForm | undefined =>
  [...shortForms, calendarRegression].find(({ name }) => name === method);

/** Name, in candidates, of the form that takes the latest odd weeks for a lasting jump. */
const afterJump = 'day-level-after-jump';

/** A history's level in every form that is to be mixed. */
export interface FittedForms {
  readonly level: LevelData;
  readonly names: readonly string[];
  /** Weights before any evidence; without the form of the other reading, whose chance is fixed. */
  readonly priors: readonly number[];
  /** By how much a week of evidence tells the forms apart: exponent of the ratio of their errors. */
  readonly sharpness: number;
  /** One fit per name. */
  readonly fits: readonly LevelModel[];
}

const fitForm = (level: LevelData, { trendPerWeek, trendMemory, slowLevel }: LevelForm): LevelModel =>
  fitLevel(level, { trendPerWeek, trendMemory, slowLevel });

/** The forms that are mixed, before odd weeks at the very end are looked at. */
const fitMixed = (level: LevelData): FittedForms => {
  const { history, onCounts } = level;
  if (onCounts || history.days < regressionsFrom) {
    return {
      level,
      names: shortForms.map(({ name }) => name),
      priors: shortForms.map(({ prior }) => prior),
      sharpness: 2,
      fits: shortForms.map((form) => fitForm(level, form)),
    };
  }
  const dynamic = history.horizon < lastingFrom ? restless : lasting;
  // Forms of different kinds err apart: evidence moves their shares gently, so that what each misses is averaged out.
  return {
    level,
    names: ['day-level', ...regressionNames],
    priors: [1 / 3, 1 / 3, 1 / 3],
    sharpness: 0.5,
    fits: [fitForm(level, shortForms[0]!), ...fitRegressions(level, [dynamic, calm])],
  };
};

/** Fits the forms of the level that a method mixes; one alone where its name was asked for. */
export const fitForms = (history: PreparedHistory, request: ForecastRequest): FittedForms => {
  const { levelShifts, outliers } = request.cleaning ?? {};
  const level = prepareLevel(history, levelShifts !== false, outliers !== false);
  const named = namedForm(request.method);
  if (named !== undefined) {
    return { level, names: [named.name], priors: [1], sharpness: 2, fits: [fitForm(level, named)] };
  }
  const forms = fitMixed(level);
  if (level.otherReading === undefined) return forms;
  const jumped = fitLevel(level, level.otherReading.options);
  return { ...forms, names: [...forms.names, afterJump], fits: [...forms.fits, jumped] };
};

/** One wild day must not decide between forms: errors count up to this, log scale. */
const mostError = 0.5;

/** Weights of the forms: prior times a power of the error ratio that grows with the weeks of evidence. */
export const weighForms = (
  { level, fits, priors, sharpness }: FittedForms,
  far: FarEvidence,
): readonly number[] => {
  const { rolling, weeks } = far;
  const errors = priors.map((_, form) => {
    let sum = 0;
    for (let i = 0; i < rolling.day.length; i += 1) {
      sum += Math.min(mostError, Math.abs(rolling.truth[i]! - rolling.means[form]![i]!));
    }
    return sum;
  });
  const least = Math.max(1e-12, Math.min(...errors));
  const power = sharpness * weeks * worthOfWeek(far);
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
