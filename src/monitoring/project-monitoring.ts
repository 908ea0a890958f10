import type { MonitoringProjection } from '../contract/documents/rank-document.ts';
import type { Range } from '../contract/documents/schema-parts.ts';
import type { MonitorModel, ScorecardModel } from '../contract/models/monitor-model.ts';
import { binomialProbability } from '../kernel/distributions.ts';
import type { Outcome } from '../kernel/hotline.ts';
import type { OperatorRecord } from '../kernel/records.ts';
import type { Text } from '../kernel/text.ts';
import type { PlainDate } from '../kernel/time.ts';
import { meanOf } from '../kernel/statistics.ts';
import { valueAt } from '../kernel/value-at.ts';
import { type Band, bandChances, type BandChances, connectedNeededForHot, likeliestBand } from './bands.ts';
import { monitoringFinding, type MonitoringFinding } from './monitoring-findings.ts';
import { type OccupancyEffect, qualityShiftAt, type QualitySource } from './occupancy-effect.ts';
import { type Measured, pointsOf, scoreOf } from './scorecard.ts';
import { figuresAtTestTimes, type TestTimeFigures, testTimesOf } from './test-times.ts';
import { tierEvidence, type TierEvidence, type TierFigures } from './tier-evidence.ts';

interface Projected {
  readonly rates: Float64Array;
  readonly seconds: Float64Array;
  readonly chances: BandChances;
  readonly at: TestTimeFigures;
  readonly quality: QualityMix;
  readonly answered: ReadonlyMap<string, number>;
  readonly shifts: OccupancyShifts;
  readonly indicators: ReturnType<typeof scoreOf>['indicators'];
  readonly score: Range;
}

/**
 * What the next monitoring will say of a plan: its outcome at the monitor's test times and under its rules
 * becomes connection rate, seconds to an operator, band chances and score. Ranges of rate and seconds are over
 * demand futures; the score's range adds the luck of `testCalls` calls, since the published score has it too.
 */
export const projectMonitoring = (input: MonitoringInput): MonitoringProjection => {
  const { monitor, scorecard } = input;
  const projected = projectResult(input);
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
    indicators: projected.indicators.map((i) => ({ ...i })),
    assumptions: projectionAssumptions(
      input,
      projected.quality,
      projected.indicators.flatMap(({ indicator, points }) => (points === null ? [indicator] : [])),
      projected.rates,
    ),
    ...evidenceOf(input, projected),
  };
};

/** What the projection rests on in the hotline's own quality data, and what would improve it. */
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
  const { chances, score } = projectResult(input, date);
  const band = likeliestBand(chances);
  return { band, bandChance: chances[band], score };
};

const projectResult = (input: MonitoringInput, date?: PlainDate): Projected => {
  const { expected, monitor, greetingSeconds } = input;
  const weights = testTimesOf(expected.horizon, monitor, date, input.open);
  const at = figuresAtTestTimes(expected, monitor, { greetingSeconds, weights });
  const rates = ratesOf(input, at.connectionRate, date);
  const seconds =
    date === undefined ? (input.secondsFutures ?? new Float64Array()).filter(isKnown) : new Float64Array();
  const answered = answeredByTier(expected, weights);
  const quality = qualityMix(answered, input.tierFigures);
  const shifts = occupancyShifts(input.occupancy, expected, weights);
  const { range, indicators } = scoreRange({
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
  });
  return {
    rates,
    seconds,
    chances: bandChances(rates, monitor.testCalls, monitor.bands),
    at,
    quality,
    answered,
    shifts,
    indicators,
    score: range,
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

interface OccupancyShifts {
  /** Points by which each kind of quality moves at the projected occupancy. */
  readonly points: Readonly<Record<QualitySource, number>>;
  readonly evidence: NonNullable<MonitoringProjection['occupancyEffects']>;
}

const sources = ['quality-score', 'first-contact-resolution'] as const satisfies readonly QualitySource[];

/** Busy over staffed time at the monitor's test times; NaN where nobody is staffed then. */
const occupancyAtTests = ({ tiers }: Outcome, weights: Float64Array): number => {
  let busy = 0;
  let staffed = 0;
  for (const tier of tiers)
    weights.forEach((weight, i) => {
      busy += weight * valueAt(tier.busyOperatorSeconds, i);
      staffed += weight * valueAt(tier.staffedOperatorSeconds, i);
    });
  return staffed > 0 ? busy / staffed : Number.NaN;
};

/**
 * By how many points does quality move at the occupancy that a plan has at test times? As far as the hotline's own
 * data shows an effect, and not at all where it shows none.
 */
const occupancyShifts = (
  effects: Readonly<Record<QualitySource, OccupancyEffect>> | undefined,
  expected: Outcome,
  weights: Float64Array,
): OccupancyShifts => {
  const occupancy = occupancyAtTests(expected, weights);
  const shiftOf = (source: QualitySource): number =>
    effects === undefined ? 0 : qualityShiftAt(effects[source], occupancy);
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    points: {
      'quality-score': shiftOf('quality-score'),
      'first-contact-resolution': shiftOf('first-contact-resolution'),
    },
    evidence:
      effects === undefined
        ? []
        : sources.map((source) => {
            const { slope, standardError, pValue, usedSlope, found, meanOccupancy, rows } = effects[source];
            return {
              source,
              rows,
              meanOccupancy,
              projectedOccupancy: finite(occupancy),
              slope: Number.isFinite(standardError) ? slope : null,
              standardError: finite(standardError),
              pValue,
              found,
              usedSlope,
              // Adding zero keeps JSON's round trip exact: it knows no negative zero.
              shiftPoints: shiftOf(source) + 0,
            };
          }),
  };
};

type OccupancyEvidence = NonNullable<MonitoringProjection['occupancyEffects']>[number];

/** Points of score below which a tier holds nothing back that is worth naming. */
const leastHeldBack = 0.005;

/** What the line's own data says of occupancy and of its tiers. */
export const qualityFindings = (
  effects: readonly OccupancyEvidence[],
  grading: TierEvidence | undefined,
  names: Readonly<Record<string, Text>>,
): MonitoringFinding[] => {
  const named = (tier: string): Text => names[tier] ?? { 'zh-CN': tier, en: tier };
  return [
    ...(grading === undefined ? [] : [...heldBack(grading, named), ...exchange(grading, named)]),
    ...effects.map(occupancyEffect),
  ];
};

const occupancyEffect = (effect: OccupancyEvidence): MonitoringFinding => {
  const { source, slope, standardError, rows, pValue, usedSlope, shiftPoints } = effect;
  if (slope === null || standardError === null)
    return monitoringFinding('occupancy-effect-unknown', { source, rows });
  const measured = { source, slope, standardError, rows, pValue };
  return effect.found
    ? monitoringFinding('occupancy-effect', { ...measured, usedSlope, shiftPoints })
    : monitoringFinding('no-occupancy-effect', measured);
};

const heldBack = ({ tiers }: TierEvidence, named: (tier: string) => Text): MonitoringFinding[] => {
  const [worst] = tiers
    .filter((tier) => (tier.heldBack ?? 0) > leastHeldBack)
    .toSorted((a, b) => (b.heldBack ?? 0) - (a.heldBack ?? 0));
  if (worst === undefined) return [];
  const { tier, answeredShare, training } = worst;
  return [
    monitoringFinding('tier-holds-score-back', {
      tier: named(tier),
      answeredShare,
      points: worst.heldBack ?? 0,
      training:
        training === null || training.scoreGain <= 0
          ? null
          : { operators: training.operators, points: training.scoreGain },
    }),
  ];
};

const exchange = ({ regrading }: TierEvidence, named: (tier: string) => Text): MonitoringFinding[] =>
  regrading === null
    ? []
    : [
        monitoringFinding('exchange-between-tiers', {
          into: named(regrading.into),
          outOf: named(regrading.outOf),
          operators: regrading.operators,
          points: regrading.scoreGain,
        }),
      ];

/** All that the projection of a monitored result rests on. */
export interface MonitoringInput {
  /** The plan's outcome at expected demand, or averaged over futures. */
  readonly expected: Outcome;
  /** Connection rate (`figuresAtTestTimes`) of each equally likely demand future; empty where demand is taken as certain. */
  readonly rateFutures: Float64Array;
  /** Seconds to an operator of each future (`figuresAtTestTimes`), in the same order; may be left out. */
  readonly secondsFutures?: Float64Array;
  /** The same rates for the tests of single local dates (`collectSamplePaths`); a day left out has no spread. */
  readonly dayRateFutures?: Readonly<Record<PlainDate, Float64Array>>;
  /** 1 in the intervals in which the line is open; always where left out. */
  readonly open?: Uint8Array;
  readonly monitor: MonitorModel;
  readonly scorecard: ScorecardModel;
  /** Ringing, greeting and menu before the queue. */
  readonly greetingSeconds: number;
  readonly tierFigures: Readonly<Record<string, TierFigures>>;
  /** How quality and resolution moved with occupancy in the hotline's own data; left out: no shift. */
  readonly occupancy?: Readonly<Record<QualitySource, OccupancyEffect>>;
  /** Operators with their figures, and the queues of each tier: for the evidence on grading. */
  readonly operators?: readonly OperatorRecord[];
  readonly tierQueues?: Readonly<Record<string, readonly string[]>>;
  /** Names of tiers, for sentences. */
  readonly tierNames?: Readonly<Record<string, Text>>;
}

const projectionAssumptions = (
  input: MonitoringInput,
  quality: QualityMix,
  missing: readonly string[],
  rates: Float64Array,
): MonitoringFinding[] => {
  const { monitor, scorecard, greetingSeconds } = input;
  const { testCalls, longestWaitSeconds, attempts } = monitor;
  const assumed: MonitoringFinding[] = [
    monitoringFinding('test-calls-spread-evenly', {
      monitor: monitor.name,
      longestWaitSeconds,
      greetingSeconds,
      attempts,
    }),
    monitoringFinding('band-partly-luck', {
      needed: connectedNeededForHot(testCalls, monitor.bands),
      testCalls,
    }),
  ];
  assumed.push(...whileClosed(input, rates));
  if (scorecard.weightsAssumed) assumed.push(monitoringFinding('scorecard-weights-assumed'));
  if (quality.covered < 1)
    assumed.push(monitoringFinding('quality-known-of-some-tiers', { answeredShare: quality.covered }));
  if (missing.length > 0) {
    const left = scorecard.indicators.filter(({ indicator }) => missing.includes(indicator));
    assumed.push(monitoringFinding('indicators-left-out', { indicators: left.map(({ name }) => name) }));
  }
  const movesWithOccupancy = Object.values(input.occupancy ?? {}).some((effect) => effect.found);
  if (!movesWithOccupancy) assumed.push(monitoringFinding('quality-steady-in-occupancy'));
  return assumed;
};

/** What tests that fall into closed hours do to the rate and the band, where the monitor's times reach into them. */
const whileClosed = (
  { expected: { horizon }, monitor, open }: MonitoringInput,
  rates: Float64Array,
): MonitoringFinding[] => {
  const placed = testTimesOf(horizon, { ...monitor, testsWhileClosed: true });
  const closedShare = placed.reduce((sum, weight, i) => sum + (open?.[i] === 0 ? weight : 0), 0);
  if (closedShare < leastTold || closedShare > 1 - leastTold) return [];
  const { testsWhileClosed } = monitor;
  const factor = testsWhileClosed ? 1 / (1 - closedShare) : 1 - closedShare;
  const otherwise = rates.map((rate) => Math.min(1, rate * factor));
  return [
    monitoringFinding('tests-while-closed', {
      closedShare,
      counted: testsWhileClosed,
      otherwiseRate: meanOf(otherwise),
      otherwiseBand: likeliestBand(bandChances(otherwise, monitor.testCalls, monitor.bands)),
    }),
  ];
};

/** A share of the tests that moves no figure that is shown. */
const leastTold = 0.005;

interface ScoreRangeInput {
  readonly scorecard: ScorecardModel;
  readonly testCalls: number;
  /** True chance of a test call in each equally likely future. */
  readonly rates: Float64Array;
  /** What the monitor would measure, given the monitored rate k/n and the future's index. */
  readonly measuredAt: (monitoredRate: number, future: number) => Measured;
}

/** A score over all that may come, and the mean points of its indicators there: with their weights they add up to its mean. */
interface ProjectedScore {
  readonly range: Range;
  readonly indicators: ReturnType<typeof scoreOf>['indicators'];
}

/**
 * Mean and 80 % range of the score that a monitoring of `testCalls` calls publishes: the exact mixture, over
 * futures and over the binomial count of connected calls; the range holds the mean. Nulls when the scorecard measures nothing.
 */
export const scoreRange = ({ scorecard, testCalls, rates, measuredAt }: ScoreRangeInput): ProjectedScore => {
  const outcomes: { readonly score: number; readonly chance: number }[] = [];
  const points = scorecard.indicators.map(() => ({ sum: 0, chance: 0 }));
  for (const [future, rate] of rates.entries()) {
    for (let k = 0; k <= testCalls; k += 1) {
      const chance = binomialProbability(k, testCalls, rate) / rates.length;
      if (chance < 1e-12) continue;
      const { score, indicators } = scoreOf(scorecard, measuredAt(k / testCalls, future));
      if (score !== null) outcomes.push({ score, chance });
      indicators.forEach((each, i) => {
        const point = points[i];
        if (each.points === null || point === undefined) return;
        point.sum += each.points * chance;
        point.chance += chance;
      });
    }
  }
  const indicators = scorecard.indicators.map(({ indicator, name, weight }, i) => {
    const { sum = 0, chance = 0 } = points[i] ?? {};
    return { indicator, name, weight, points: chance > 0 ? sum / chance : null };
  });
  if (outcomes.length === 0) return { range: { mean: null, q10: null, q90: null }, indicators };
  outcomes.sort((a, b) => a.score - b.score);
  const total = outcomes.reduce((s, o) => s + o.chance, 0);
  const quantile = (p: number): number => {
    let sum = 0;
    let at = Number.NaN;
    for (const { score, chance } of outcomes) {
      sum += chance / total;
      at = score;
      if (sum >= p - 1e-12) break;
    }
    return at;
  };
  const mean = outcomes.reduce((s, o) => s + o.score * o.chance, 0) / total;
  // Scores come in steps of a test call: where nearly all are one step, the mean lies outside of its own quantiles.
  const range = { mean, q10: Math.min(mean, quantile(0.1)), q90: Math.max(mean, quantile(0.9)) };
  return { range, indicators };
};

/** Calls that each tier answers in an outcome, each interval weighted (by test times, or all alike). */
const answeredByTier = (outcome: Outcome, weights?: Float64Array): ReadonlyMap<string, number> => {
  const answered = new Map<string, number>();
  for (const tier of outcome.tiers) {
    let sum = 0;
    for (const counts of Object.values(tier.answeredByQueue)) {
      counts.forEach((calls, i) => (sum += calls * (weights?.[i] ?? 1)));
    }
    answered.set(tier.tier, sum);
  }
  return answered;
};

const mean = (
  answered: ReadonlyMap<string, number>,
  figure: (tier: string) => number | undefined,
): { readonly value: number | undefined; readonly covered: number } => {
  let sum = 0;
  let known = 0;
  let all = 0;
  for (const [tier, calls] of answered) {
    const value = figure(tier);
    all += calls;
    if (value === undefined || Number.isNaN(value)) continue;
    sum += calls * value;
    known += calls;
  }
  return { value: known > 0 ? sum / known : undefined, covered: all > 0 ? known / all : 0 };
};

/**
 * Quality that callers meet: the tiers' own figures, weighted by the calls that each tier answers, so that the
 * mix of tiers moves the score. Tiers without figures are left out, and `covered` says how much that is.
 */
const qualityMix = (
  answered: ReadonlyMap<string, number>,
  figures: Readonly<Record<string, TierFigures>>,
): QualityMix => {
  const quality = mean(answered, (tier) => figures[tier]?.qualityScore);
  const resolution = mean(answered, (tier) => figures[tier]?.firstContactResolution);
  return {
    qualityScore: quality.value,
    firstContactResolution: resolution.value,
    covered: Math.min(quality.covered, resolution.covered),
  };
};

interface QualityMix {
  readonly qualityScore: number | undefined;
  readonly firstContactResolution: number | undefined;
  /** Share of the calls weighed that tiers with figures answered. */
  readonly covered: number;
}
