import { valueAt } from '../kernel/value-at.ts';
import type { MonitoringProjection } from '../contract/documents/monitoring-projection.ts';
import type { Range } from '../contract/documents/range-schema.ts';
import type { PlainDate } from '../kernel/time.ts';
import { occupancyShifts, type OccupancyShifts } from './occupancy-shifts.ts';
import { qualityFindings } from './quality-findings.ts';
import { tierEvidence } from './tier-evidence.ts';
import { bandChances, connectedNeededForHot, likeliestBand, type Band, type BandChances } from './bands.ts';
import type { MonitoringInput } from './monitoring-input.ts';
import { projectionAssumptions } from './projection-assumptions.ts';
import { pointsOf, scoreOf, type Measured } from './scorecard.ts';
import { scoreRange } from './score-range.ts';
import { figuresAtTestTimes, testTimesOf, type TestTimeFigures } from './test-times.ts';
import { answeredByTier, qualityMix, type QualityMix } from './tier-quality.ts';

export type { MonitoringInput } from './monitoring-input.ts';

interface Projected {
  readonly rates: Float64Array;
  readonly seconds: Float64Array;
  readonly chances: BandChances;
  readonly at: TestTimeFigures;
  readonly quality: QualityMix;
  readonly answered: ReadonlyMap<string, number>;
  readonly shifts: OccupancyShifts;
  readonly scored: ReturnType<typeof scoreOf>;
  readonly score: Range;
}

/**
 * What the next monitoring will say of a plan: its outcome at the monitor's test times and under its rules
 * becomes connection rate, seconds to an operator, band chances and score. Ranges of rate and seconds are over
 * demand futures; the score's range adds the luck of `testCalls` calls, since the published score has it too.
 */
export const projectMonitoring = (input: MonitoringInput): MonitoringProjection => {
  const { monitor, scorecard } = input;
  const projected = project(input);
  return {
    monitor: monitor.monitor,
    testCalls: monitor.testCalls,
    connectionRate: rangeOf(projected.rates),
    secondsToOperator: rangeOf(projected.seconds, projected.at.secondsToOperator),
    meetsSecondsStandard: Number.isNaN(projected.at.secondsToOperator)
      ? null
      : projected.at.secondsToOperator <= monitor.meanSecondsStandard,
    likeliestBand: likeliestBand(projected.chances),
    bandChances: projected.chances,
    leastHot: connectedNeededForHot(monitor.testCalls, monitor.bands),
    scorecard: scorecard.scorecard,
    score: projected.score,
    indicators: projected.scored.indicators.map((i) => ({ ...i })),
    assumptions: projectionAssumptions(input, projected.quality, projected.scored.missing, projected.rates),
    ...evidenceOf(input, projected),
  };
};

/** What the projection rests on in the hotline's own quality data, and what would mend it. */
const evidenceOf = (
  input: MonitoringInput,
  projected: Projected,
): Pick<MonitoringProjection, 'occupancyEffects' | 'grading' | 'findings'> => {
  const { answered, rates, at, shifts } = projected;
  const grading =
    input.operators === undefined || input.operators.length === 0
      ? undefined
      : tierEvidence({
          answered,
          figures: input.tierFigures,
          operators: input.operators,
          queues: input.tierQueues ?? {},
          scorecard: input.scorecard,
          scoreAt: (figures) => {
            const quality = qualityMix(answered, figures);
            return scoreOf(
              input.scorecard,
              measuredOf(input, meanOf(rates), at.secondsToOperator, quality, shifts),
            ).score;
          },
        });
  const occupancyEffects = input.occupancy === undefined ? undefined : shifts.evidence;
  return {
    ...(occupancyEffects === undefined ? {} : { occupancyEffects: [...occupancyEffects] }),
    ...(grading === undefined ? {} : { grading }),
    findings: qualityFindings(occupancyEffects ?? [], grading, input.tierNames ?? {}),
  };
};

/**
 * The same for the tests of one local date: its likeliest band, that band's chance, and the score; undefined where no
 * test is placed on it.
 */
export const projectMonitoringDay = (
  input: MonitoringInput,
  date: PlainDate,
): { readonly band: Band; readonly bandChance: number; readonly score: Range } | undefined => {
  if (!testTimesOf(input.expected.horizon, input.monitor, date, input.open).some((weight) => weight > 0))
    return undefined;
  const { chances, score } = project(input, date);
  const band = likeliestBand(chances);
  return { band, bandChance: chances[band], score };
};

const project = (input: MonitoringInput, date?: PlainDate): Projected => {
  const { expected, monitor, greetingSeconds } = input;
  const weights = testTimesOf(expected.horizon, monitor, date, input.open);
  const at = figuresAtTestTimes(expected, monitor, { greetingSeconds, weights });
  const rates = ratesOf(input, at.connectionRate, date);
  const seconds =
    date === undefined ? (input.secondsFutures ?? new Float64Array()).filter(isKnown) : new Float64Array();
  const answered = answeredByTier(expected, weights);
  const quality = qualityMix(answered, input.tierFigures);
  const shifts = occupancyShifts(input.occupancy, expected, weights);
  const measured = measuredOf(input, meanOf(rates), at.secondsToOperator, quality, shifts);
  return {
    rates,
    seconds,
    chances: bandChances(rates, monitor.testCalls, monitor.bands),
    at,
    quality,
    answered,
    shifts,
    scored: scoreOf(input.scorecard, measured),
    score: scoreRange({
      scorecard: input.scorecard,
      testCalls: monitor.testCalls,
      rates,
      measuredAt: (rate, future) =>
        measuredOf(
          input,
          rate,
          seconds.length === rates.length ? valueAt(seconds, future) : at.secondsToOperator,
          quality,
          shifts,
        ),
    }),
  };
};

const isKnown = (value: number): boolean => !Number.isNaN(value);

/** Rates of the futures, for the horizon or one day; the expected outcome's own where none are given. */
const ratesOf = (input: MonitoringInput, expected: number, date?: PlainDate): Float64Array => {
  const futures = date === undefined ? input.rateFutures : input.dayRateFutures?.[date];
  const given = (futures ?? new Float64Array()).filter(isKnown);
  return given.length > 0 ? given : Float64Array.of(isKnown(expected) ? expected : 0);
};

/** Lays the projected figures under the scorecard's indicators. */
const measuredOf = (
  input: MonitoringInput,
  connectionRate: number,
  secondsToOperator: number,
  { qualityScore, firstContactResolution }: QualityMix,
  shifts: OccupancyShifts,
): Measured => {
  const measured: Record<string, number | undefined> = {};
  for (const { indicator, from, scoring } of input.scorecard.indicators) {
    if (from === 'connection-rate') measured[indicator] = connectionRate;
    else if (from === 'seconds-to-operator') measured[indicator] = secondsToOperator;
    else if (from === 'quality-score')
      measured[indicator] =
        qualityScore === undefined ? undefined : qualityScore + shifts.points['quality-score'];
    else if (from === 'first-contact-resolution' && firstContactResolution !== undefined) {
      // The effect was seen on points: as a share it is as much as the scoring rule makes a point of.
      const perShare = pointsOf(scoring, 1) - pointsOf(scoring, 0);
      const shift = perShare > 0 ? shifts.points['first-contact-resolution'] / perShare : 0;
      measured[indicator] = Math.max(0, Math.min(1, firstContactResolution + shift));
    }
  }
  return measured;
};

const meanOf = (values: Float64Array): number => values.reduce((s, v) => s + v, 0) / values.length;

/** Mean and the range that holds 80 of 100 values; `fallback` where there are none. */
const rangeOf = (values: Float64Array, fallback = Number.NaN): Range => {
  if (values.length === 0) {
    const value = Number.isNaN(fallback) ? null : fallback;
    return { mean: value, q10: value, q90: value };
  }
  const sorted = values.toSorted();
  const at = (p: number): number => {
    const place = p * (sorted.length - 1);
    const below = valueAt(sorted, Math.floor(place));
    return below + (place - Math.floor(place)) * ((sorted[Math.ceil(place)] ?? below) - below);
  };
  return { mean: meanOf(values), q10: at(0.1), q90: at(0.9) };
};
