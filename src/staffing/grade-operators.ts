import { ckmeans } from 'simple-statistics';
import type { TiersModel } from '../contract/models/tiers-model.ts';
import type { OperatorRecord } from '../kernel/records.ts';
import { scoreOperators, type GradingWeights } from './score-operators.ts';
import { staffingFinding, type StaffingFinding } from './staffing-findings.ts';
import { rulesOfTier } from './tier-rules.ts';

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

export interface Grading {
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
  const share = Math.max(1, breaks.length) / most;
  const fromGrade = new Map(
    [...levels].map(([tier, level]) => [tier, Math.max(1, Math.ceil(level * share))]),
  );
  const scored = operators.map((operator, i): Scored => {
    const score = scores[i] ?? null;
    const grade = score === null ? null : Math.max(1, breaks.filter((least) => score >= least).length);
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
    if (level === 0 || costPerHour > reference * (1 + sameLevel)) {
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
