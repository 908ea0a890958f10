import { ckmeans, mean, standardDeviation } from 'simple-statistics';
import type { TiersModel } from '../contract/models/tiers-model.ts';
import type { OperatorRecord } from '../kernel/records.ts';
import { staffingFinding, type StaffingFinding } from './staffing-findings.ts';

type Tier = TiersModel['tiers'][number];

export interface GradedOperator {
  readonly operator: OperatorRecord;
  readonly score: number | null;
  /** From 1; null where nothing is known of the operator. */
  readonly grade: number | null;
  /** Tier that the figures speak for; undefined where no tier takes the operator. */
  readonly proposed: string | undefined;
  readonly reasons: readonly StaffingFinding[];
}

interface Grading {
  readonly operators: readonly GradedOperator[];
  /** Least score of each grade, from the lowest up. */
  readonly breaks: readonly number[];
  /** By tier name, the grade from which an operator may belong to it. */
  readonly fromGrade: ReadonlyMap<string, number>;
}

/** Tiers whose wages differ by no more than this share are of one level. */
const sameLevel = 0.1;

/** Fewest operators to a grade on average: breaks among fewer are chance. */
const operatorsPerGrade = 3;

/**
 * Which tier do an operator's own figures speak for? Scores fall into as many grades as tiers have levels of
 * wage, at their natural breaks (ckmeans: Wang and Song 2011, least squares within grades); a tier is open
 * from the grade of its level on, to those who keep its rules. Places are filled from the highest level down:
 * who is in the tier and may be there stays, free seats go to the best scores, and the lowest level takes all
 * who are left. `seats` by tier; a tier without an entry has no limit. Without any figure an operator stays.
 */
export const gradeOperators = (
  operators: readonly OperatorRecord[],
  tiers: TiersModel['tiers'],
  weights: GradingWeights,
  seats: ReadonlyMap<string, number> = new Map(),
): Grading => {
  const scores = scoreOperators(operators, weights);
  const levels = levelsOf(tiers);
  const most = Math.max(...levels.values());
  const breaks = naturalBreaks(
    scores.filter((score) => score !== null),
    most,
  );
  const share = breaks.length / most;
  const fromGrade = new Map(
    [...levels].map(([tier, level]) => [tier, Math.max(1, Math.ceil(level * share))]),
  );
  const scored = operators.map((operator, i): Scored => {
    const score = scores[i] ?? null;
    const grade = score === null ? null : breaks.filter((least) => score >= least).length;
    return { operator, score, grade };
  });
  const ordered = tiers.toSorted((a, b) => (levels.get(b.tier) ?? 1) - (levels.get(a.tier) ?? 1));
  const places = fillPlaces(scored, ordered, { levels, fromGrade, seats });
  return {
    breaks,
    fromGrade,
    operators: scored.map((one): GradedOperator => {
      if (one.grade === null) return { ...one, ...ungraded(one.operator) };
      const proposed = places.get(one.operator.operator);
      return { ...one, proposed, reasons: reasonsOf(one.operator, one.grade, proposed, ordered, fromGrade) };
    }),
  };
};

type Scored = Pick<GradedOperator, 'operator' | 'score' | 'grade'>;

interface Places {
  readonly levels: ReadonlyMap<string, number>;
  readonly fromGrade: ReadonlyMap<string, number>;
  readonly seats: ReadonlyMap<string, number>;
}

const mayBeIn = (tier: Tier, { operator, grade }: Scored, needed: number): boolean =>
  grade !== null && grade >= needed && rulesOfTier(tier).every((rule) => rule.holds(operator));

/** By operator, the tier whose place is taken; those whom no tier takes are left out. */
const fillPlaces = (
  scored: readonly Scored[],
  ordered: readonly Tier[],
  { levels, fromGrade, seats }: Places,
): Map<string, string> => {
  const places = new Map<string, string>();
  for (const tier of ordered) {
    const isIn = ({ operator }: Scored): number => (operator.tier === tier.tier ? 1 : 0);
    const candidates = scored
      .filter((one) => !places.has(one.operator.operator))
      .filter((one) => mayBeIn(tier, one, fromGrade.get(tier.tier) ?? 1))
      .filter((one) => isIn(one) === 1 || levels.get(one.operator.tier ?? '') !== levels.get(tier.tier))
      .toSorted((a, b) => isIn(b) - isIn(a) || (b.score ?? 0) - (a.score ?? 0));
    // Those of whom nothing is known stay where they are: their seats are not free.
    const kept = scored.filter((one) => one.grade === null && isIn(one) === 1).length;
    const limit = (seats.get(tier.tier) ?? Infinity) - kept;
    const free = levels.get(tier.tier) === 1 ? Infinity : Math.max(0, limit);
    for (const { operator } of candidates.slice(0, free)) places.set(operator.operator, tier.tier);
  }
  return places;
};

const ungraded = (operator: OperatorRecord): Pick<GradedOperator, 'proposed' | 'reasons'> => ({
  proposed: operator.tier,
  reasons: [staffingFinding('operator-without-figures')],
});

/** Levels of the tiers from 1, by wage. */
const levelsOf = (tiers: readonly Tier[]): Map<string, number> => {
  const levels = new Map<string, number>();
  let level = 0;
  let reference = 0;
  for (const { tier, costPerHour } of tiers.toSorted((a, b) => a.costPerHour - b.costPerHour)) {
    if (costPerHour > reference * (1 + sameLevel)) {
      level += 1;
      reference = costPerHour;
    }
    levels.set(tier, level);
  }
  return levels;
};

const naturalBreaks = (scores: readonly number[], wanted: number): number[] => {
  const grades = Math.min(wanted, new Set(scores).size, Math.floor(scores.length / operatorsPerGrade));
  if (scores.length === 0) return [];
  return ckmeans([...scores], Math.max(1, grades)).map((cluster) => Math.min(...cluster));
};

/** Why this tier, and why none of the higher ones. */
const reasonsOf = (
  operator: OperatorRecord,
  grade: number,
  proposed: string | undefined,
  ordered: readonly Tier[],
  fromGrade: ReadonlyMap<string, number>,
): readonly StaffingFinding[] => {
  const reasons: StaffingFinding[] = [];
  for (const tier of ordered) {
    if (tier.tier === proposed) return [...reasons, placed(tier, grade)];
    const broken = rulesOfTier(tier).filter((rule) => !rule.holds(operator));
    const rules = broken.map(({ rule }) => rule);
    reasons.push(passedOver(tier, grade, fromGrade.get(tier.tier) ?? 1, rules));
  }
  return [...reasons, staffingFinding('no-tier-fits')];
};

const placed = ({ name }: Tier, grade: number): StaffingFinding =>
  staffingFinding('tier-fits', { tier: name, grade });

const passedOver = (
  { name }: Tier,
  grade: number,
  needed: number,
  rules: readonly StaffingFinding[],
): StaffingFinding =>
  grade >= needed && rules.length === 0
    ? staffingFinding('tier-full', { tier: name })
    : staffingFinding('tier-passed-over', {
        tier: name,
        grade,
        needed: grade < needed ? needed : null,
        rules,
      });

/** Figures by which operators are graded. */
export const gradingFigures = [
  'qualityScore',
  'firstContactResolution',
  'handleTimeSeconds',
  'monthsOfService',
] as const;
export type GradingFigure = (typeof gradingFigures)[number];

export type GradingWeights = Readonly<Record<GradingFigure, number>>;

/** Fewest operators of a tier whose handle times can be compared among themselves. */
const fewestPeers = 5;

/**
 * Each operator's ability as one number: figures in standard deviations from the mean of all who have them
 * (fewer seconds count as better), weighted; a figure not known is left out and the others count for it.
 * Matters differ in length, so handle time is compared with the operator's own tier where it has at least five
 * with the figure. null where nothing is known.
 */
export const scoreOperators = (
  operators: readonly OperatorRecord[],
  weights: GradingWeights,
): readonly (number | null)[] => {
  const distances = gradingFigures.map((figure) => standardised(operators, figure));
  return operators.map((_, i) => {
    let sum = 0;
    let known = 0;
    for (const [f, figure] of gradingFigures.entries()) {
      const distance = distances[f]?.[i];
      if (distance === undefined) continue;
      sum += weights[figure] * distance;
      known += weights[figure];
    }
    return known > 0 ? sum / known : null;
  });
};

const standardised = (
  operators: readonly OperatorRecord[],
  figure: GradingFigure,
): readonly (number | undefined)[] =>
  operators.map((operator) => {
    const value = operator[figure];
    if (value === undefined) return undefined;
    const peers = peersOf(operators, operator, figure);
    const spread = standardDeviation(peers);
    if (!(spread > 0)) return 0;
    const distance = (value - mean(peers)) / spread;
    return figure === 'handleTimeSeconds' ? -distance : distance;
  });

const peersOf = (
  operators: readonly OperatorRecord[],
  operator: OperatorRecord,
  figure: GradingFigure,
): number[] => {
  const known = (group: readonly OperatorRecord[]): number[] => group.flatMap((other) => other[figure] ?? []);
  if (figure === 'handleTimeSeconds' && operator.tier !== undefined) {
    const own = known(operators.filter(({ tier }) => tier === operator.tier));
    if (own.length >= fewestPeers) return own;
  }
  return known(operators);
};

interface TierRule {
  readonly rule: StaffingFinding;
  readonly holds: (operator: OperatorRecord) => boolean;
}

/**
 * What a tier asks of an operator: the skills of the queues that it is for (its first preference; an operator
 * without any skill on record is taken to have them), its own certificates and its floors. A figure that is
 * not known keeps no floor.
 */
export const rulesOfTier = (tier: Tier): readonly TierRule[] => [
  ...tier.queues.filter(({ preference }) => preference === 1).map(({ queue }) => queueSkill(queue)),
  ...(tier.requires?.skills ?? []).map(certificate),
  ...floorsOf(tier),
];

const queueSkill = (queue: string): TierRule => ({
  rule: staffingFinding('skill-for-queue', { queue }),
  holds: ({ skills }) => skills.length === 0 || skills.includes(queue),
});

const certificate = (skill: string): TierRule => ({
  rule: staffingFinding('certificate-held', { certificate: skill }),
  holds: ({ skills }) => skills.includes(skill),
});

const floorsOf = ({ requires }: Tier): TierRule[] => {
  const rules: TierRule[] = [];
  const quality = requires?.qualityScore;
  if (quality !== undefined)
    rules.push({
      rule: staffingFinding('least-quality-score', { score: quality }),
      holds: ({ qualityScore }) => (qualityScore ?? -Infinity) >= quality,
    });
  const resolution = requires?.firstContactResolution;
  if (resolution !== undefined)
    rules.push({
      rule: staffingFinding('least-first-contact-resolution', { share: resolution }),
      holds: ({ firstContactResolution }) => (firstContactResolution ?? -Infinity) >= resolution,
    });
  const months = requires?.monthsOfService;
  if (months !== undefined)
    rules.push({
      rule: staffingFinding('least-months-of-service', { months }),
      holds: ({ monthsOfService }) => (monthsOfService ?? -Infinity) >= months,
    });
  const seconds = requires?.handleTimeSeconds;
  if (seconds !== undefined)
    rules.push({
      rule: staffingFinding('longest-handle-time', { seconds }),
      holds: ({ handleTimeSeconds }) => (handleTimeSeconds ?? Infinity) <= seconds,
    });
  return rules;
};
