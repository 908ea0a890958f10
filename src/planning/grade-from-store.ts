import type { Sayable } from '../kernel/finding.ts';
import { planningFinding } from './planning-findings.ts';
import type { GradeDocument } from '../contract/documents/score-documents.ts';
import { BadInputError } from '../kernel/errors.ts';
import type { OperatorRecord } from '../kernel/records.ts';
import { meanOf } from '../kernel/statistics.ts';
import {
  type GradedOperator,
  gradeOperators,
  type GradingFigure,
  gradingFigures,
  type GradingWeights,
  rulesOfTier,
} from '../staffing/grade-operators.ts';
import type { Models, Ports } from './ports.ts';

const usualWeights: GradingWeights = {
  qualityScore: 0.4,
  firstContactResolution: 0.3,
  handleTimeSeconds: 0.2,
  monthsOfService: 0.1,
};

/**
 * Proposes a tier for every operator on record, with reasons, beside the present one. Nothing is changed: the
 * operators' file stays what the planner says it is. Throws BadInputError without operators on record.
 */
export const gradeFromStore = async (
  { store, models }: Pick<Ports, 'store' | 'models'>,
  question: GradeQuestion = {},
): Promise<GradeDocument> => {
  const operators = await store.read('operators');
  if (operators.length === 0) throw new BadInputError([noOperators]);
  return gradeDocument(operators, models, question);
};

interface GradeQuestion {
  /** Let tiers grow and shrink with the figures; else each keeps the number of people that it has. */
  readonly freeSeats?: boolean;
}

const noOperators = {
  rule: 'no-operators',
  severity: 'error' as const,
};

/** Seats of each tier: as many as it has people; without limit where it has none, or where all are free. */
const seatsOf = (
  operators: readonly OperatorRecord[],
  models: Models,
  { freeSeats = false }: GradeQuestion,
): Map<string, number> =>
  new Map(
    models.tiers.tiers.flatMap(({ tier }) => {
      const people = operators.filter((operator) => operator.tier === tier).length;
      return freeSeats || people === 0 ? [] : [[tier, people] as const];
    }),
  );

const gradeDocument = (
  operators: readonly OperatorRecord[],
  models: Models,
  question: GradeQuestion,
): GradeDocument => {
  const { tiers } = models.tiers;
  const weights = scaled(models.tiers.grading ?? usualWeights);
  const grading = gradeOperators(operators, tiers, weights, seatsOf(operators, models, question));
  const lineTarget = models.targets.connectionRate;
  return {
    document: 'grade',
    madeUp: models.hotline.madeUp,
    weights,
    breaks: grading.breaks.map((least, i) => (i === 0 ? null : least)),
    tiers: tiers.map((tier) => ({
      tier: tier.tier,
      name: tier.name,
      fromGrade: grading.fromGrade.get(tier.tier) ?? 1,
      connectionTarget: tier.connectionTarget ?? lineTarget,
      rules: rulesOfTier(tier).map((rule) => rule.rule),
      present: figuresOf(operators.filter((operator) => operator.tier === tier.tier)),
      proposed: figuresOf(
        grading.operators.flatMap(({ operator, proposed }) => (proposed === tier.tier ? [operator] : [])),
      ),
    })),
    operators: grading.operators.map(asRow),
    assumptions: [assumed, compared, ...(question.freeSeats === true ? [] : [seatsKept])],
    notices: noticesOf(models, lineTarget),
  };
};

const assumed = planningFinding('grading-score');

const compared = planningFinding('handle-time-compared-within-tier');

const seatsKept = planningFinding('seats-of-tiers-kept');

const scaled = (weights: GradingWeights): GradingWeights => {
  const sum = gradingFigures.reduce((all, figure) => all + weights[figure], 0);
  const share = (figure: GradingFigure): number =>
    sum > 0 ? weights[figure] / sum : 1 / gradingFigures.length;
  return {
    qualityScore: share('qualityScore'),
    firstContactResolution: share('firstContactResolution'),
    handleTimeSeconds: share('handleTimeSeconds'),
    monthsOfService: share('monthsOfService'),
  };
};

const figuresOf = (operators: readonly OperatorRecord[]): GradeDocument['tiers'][number]['present'] => {
  const mean = (figure: GradingFigure): number | null => {
    const known = operators.flatMap((operator) => operator[figure] ?? []);
    return known.length === 0 ? null : meanOf(known);
  };
  return {
    operators: operators.length,
    qualityScore: mean('qualityScore'),
    firstContactResolution: mean('firstContactResolution'),
    handleTimeSeconds: mean('handleTimeSeconds'),
    monthsOfService: mean('monthsOfService'),
  };
};

const asRow = ({
  operator,
  score,
  grade,
  proposed,
  reasons,
}: GradedOperator): GradeDocument['operators'][number] => ({
  operator: operator.operator,
  present: operator.tier ?? null,
  proposed: proposed ?? null,
  moves: proposed !== operator.tier,
  grade,
  score,
  reasons: [...reasons],
});

/** A dearer tier with a lower target than a cheaper one: the targets do not follow the grades. */
const noticesOf = (models: Models, lineTarget: number): Sayable[] => {
  const byWage = models.tiers.tiers.toSorted((a, b) => a.costPerHour - b.costPerHour);
  return byWage.flatMap((tier, i) => {
    const below = byWage
      .slice(0, i)
      .find((other) => (other.connectionTarget ?? lineTarget) > (tier.connectionTarget ?? lineTarget) + 1e-9);
    if (below === undefined) return [];
    return [planningFinding('tier-target-below-cheaper-tier', { tier: tier.name, cheaper: below.name })];
  });
};
