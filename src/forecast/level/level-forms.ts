import type { ForecastRequest } from '../forecast-types.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';
import { fitLevel, type LevelFit } from './day-level.ts';
import { prepareLevel, type LevelData } from './prepare-level.ts';
import type { RollingLevels } from './rolling-levels.ts';

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
const mixedForms: readonly LevelForm[] = [
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

const formsFor = (method: ForecastRequest['method']): readonly LevelForm[] => {
  const named = [...mixedForms, calendarRegression].find((form) => form.name === method);
  return named === undefined ? mixedForms : [named];
};

/** Chance that odd weeks at the very end are a jump that lasts; no evidence can come from earlier weeks. */
const jumpChance = 0.2;

/** Name, in candidates, of the form that takes the latest odd weeks for a lasting jump. */
const afterJump = 'day-level-after-jump';

/** A history's level in every form that is to be mixed. */
export interface FittedForms {
  readonly level: LevelData;
  readonly names: readonly string[];
  /** Weights before any evidence; without the form after a jump, whose chance is fixed. */
  readonly priors: readonly number[];
  /** One fit per name. */
  readonly fits: readonly LevelFit[];
}

/** Fits the forms of the level that a method mixes; one alone where its name was asked for. */
export const fitForms = (history: PreparedHistory, request: ForecastRequest): FittedForms => {
  const { levelShifts, outliers } = request.cleaning ?? {};
  const level = prepareLevel(history, levelShifts !== false, outliers !== false);
  const forms = formsFor(request.method);
  const fits = forms.map(({ trendPerWeek, trendMemory, slowLevel }) =>
    fitLevel(level, { trendPerWeek, trendMemory, slowLevel }),
  );
  const names = forms.map(({ name }) => name);
  const priors = forms.map(({ prior }) => (forms.length === 1 ? 1 : prior));
  const jump = forms.length > 1 ? level.jumpReading : undefined;
  if (jump === undefined) return { level, names, priors, fits };
  return {
    level,
    names: [...names, afterJump],
    priors,
    fits: [...fits, fitLevel(level, { privateEffects: jump })],
  };
};

/** One wild day must not decide between forms: errors count up to this, log scale. */
const mostError = 0.5;

/** Weights of the forms: prior times a power of the error ratio that grows with the weeks of evidence. */
export const weighForms = (
  { fits, priors }: FittedForms,
  rolling: RollingLevels,
  weeks: number,
): readonly number[] => {
  const errors = priors.map((_, form) => {
    let sum = 0;
    for (let i = 0; i < rolling.day.length; i += 1) {
      sum += Math.min(mostError, Math.abs(rolling.truth[i]! - rolling.means[form]![i]!));
    }
    return sum;
  });
  const least = Math.max(1e-12, Math.min(...errors));
  const raw = priors.map(
    (prior, form) => prior * Math.pow(least / Math.max(errors[form]!, 1e-12), 2 * weeks),
  );
  const total = raw.reduce((a, b) => a + b, 0);
  const proven = raw.map((weight) => weight / total);
  return fits.length === priors.length
    ? proven
    : [...proven.map((weight) => weight * (1 - jumpChance)), jumpChance];
};
