import { planningFinding, planningProblem } from './planning-findings.ts';
import type { ScorecardDocument } from '../contract/documents/score-documents.ts';
import type { ScorecardModel } from '../contract/models/monitor-model.ts';
import { BadInputError } from '../kernel/errors.ts';
import {
  fitScorecard,
  type FittedScorecard,
  partialCreditFrom,
  type ScoredPeriod,
  scoredRows,
} from '../monitoring/scorecard.ts';
import type { Ports } from './ports.ts';

interface FitQuestion {
  /** Period whose results are fitted; left out: the latest with enough of them. */
  readonly period?: string;
  /** Published shares of calls solved and partly solved, and the effect score 0–100 made of them. */
  readonly resolution?: { readonly solved: number; readonly partly: number; readonly effect: number };
  readonly seed: number;
}

interface FittedScores {
  readonly document: ScorecardDocument;
  /** The workspace's scorecard with what was fitted in the place of what was configured. */
  readonly scorecard: ScorecardModel;
}

/**
 * What do published figures say of the scorecard? Weights from indicators and totals of many hotlines, and the credit
 * of a partly solved call from the shares and the score made of them. Throws BadInputError where neither is to be had,
 * or where the shares cannot belong to the score.
 */
export const fitPublishedScores = async (
  { store, models }: Pick<Ports, 'store' | 'models'>,
  { period, resolution, seed }: FitQuestion,
): Promise<FittedScores> => {
  const { scorecard } = models;
  const scored = scoredRows(await store.monitoring.results(), scorecard, scorecard.indicators.length, period);
  if (scored === undefined && (resolution === undefined || period !== undefined))
    throw tooFew(scorecard, period);
  const fitted = scored === undefined ? undefined : fitScorecard(scored.rows, { seed });
  const credit = resolution === undefined ? null : creditOf(scorecard, resolution);
  return {
    document: documentOf(scorecard, scored, fitted, credit),
    scorecard: withFit(scorecard, fitted, credit?.fitted),
  };
};

const documentOf = (
  scorecard: ScorecardModel,
  scored: ScoredPeriod | undefined,
  fitted: FittedScorecard | undefined,
  credit: ScorecardDocument['partialCredit'],
): ScorecardDocument => ({
  document: 'scorecard',
  scorecard: scorecard.scorecard,
  period: scored?.period ?? null,
  results: scored?.rows.length ?? 0,
  weights: scorecard.indicators.map(({ indicator, name, weight }, i) => ({
    indicator,
    name,
    configured: weight,
    fitted: fitted?.weights[i] ?? null,
    low: fitted?.intervals[i]?.low ?? null,
    high: fitted?.intervals[i]?.high ?? null,
  })),
  residualPoints: fitted?.residualPoints ?? null,
  partialCredit: credit,
  file: null,
  notices: scored === undefined ? [noWeights] : [],
});

const resolutionOf = ({ indicators }: ScorecardModel): number | null =>
  indicators.flatMap(({ scoring }) => (scoring.rule === 'resolution' ? [scoring.partialCredit] : []))[0] ??
  null;

const creditOf = (
  scorecard: ScorecardModel,
  { solved, partly, effect }: NonNullable<FitQuestion['resolution']>,
): NonNullable<ScorecardDocument['partialCredit']> => {
  const fitted = partialCreditFrom(solved, partly, effect);
  if (fitted === undefined || fitted < 0 || fitted > 1 || solved + partly > 1 + 1e-9)
    throw contradiction(fitted);
  return { configured: resolutionOf(scorecard), fitted, solved, partly, effect };
};

/** Weights rounded to a ten-thousandth, the greatest taking what rounding leaves, so that they sum to one. */
const withFit = (
  scorecard: ScorecardModel,
  fitted: FittedScorecard | undefined,
  credit: number | undefined,
): ScorecardModel => {
  const given = fitted?.weights ?? scorecard.indicators.map(({ weight }) => weight);
  const rounded = given.map((weight) => Math.round(weight * 1e4));
  const greatest = rounded.indexOf(Math.max(...rounded));
  const rest = 1e4 - rounded.reduce((sum, weight) => sum + weight, 0);
  const weights = rounded.map((weight, i) => (weight + (i === greatest ? rest : 0)) / 1e4);
  return {
    ...scorecard,
    indicators: scorecard.indicators.map((indicator, i) => ({
      ...indicator,
      weight: fitted === undefined ? indicator.weight : (weights[i] ?? indicator.weight),
      scoring:
        credit !== undefined && indicator.scoring.rule === 'resolution'
          ? { ...indicator.scoring, partialCredit: Number(credit.toFixed(4)) }
          : indicator.scoring,
    })),
  };
};

const noWeights = planningFinding('weights-not-fitted');

const tooFew = ({ indicators }: ScorecardModel, period: string | undefined): BadInputError =>
  new BadInputError([
    planningProblem('period', 'too-few-published-scores', period ?? '', { results: indicators.length }),
  ]);

const contradiction = (credit: number | undefined): BadInputError =>
  new BadInputError([
    planningProblem(
      'effect',
      'shares-do-not-make-the-score',
      credit === undefined ? '' : Number(credit.toFixed(4)),
    ),
  ]);
