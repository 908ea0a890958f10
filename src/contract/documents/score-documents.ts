import { z } from 'zod';
import { textSchema } from '../models/model-fields.ts';
import { rate, sayableSchema } from './schema-parts.ts';

const figure = z.number().nullable();

/** Mean figures of a group of operators; null where none of them has the figure. */
const figuresSchema = z.object({
  operators: z.number().int(),
  qualityScore: figure,
  firstContactResolution: figure,
  handleTimeSeconds: figure,
  monthsOfService: figure,
});

/** Answer of `grade`: which tier each operator's own figures speak for, and why. */
export const gradeDocumentSchema = z.object({
  document: z.literal('grade'),
  madeUp: z.boolean(),
  /** Weight of each figure in an operator's score; they sum to 1. */
  weights: z.record(z.string(), z.number()),
  /** Least score of each grade, from the lowest grade (whose bound is null) up. */
  breaks: z.array(figure),
  tiers: z.array(
    z.object({
      tier: z.string(),
      name: textSchema,
      /** Grade from which an operator may belong here, from 1. */
      fromGrade: z.number().int(),
      /** Connection rate that the tier's own calls must reach: its own target, else the line's. */
      connectionTarget: z.number(),
      /** What the tier asks of its operators, as sentences. */
      rules: z.array(sayableSchema),
      present: figuresSchema,
      proposed: figuresSchema,
    }),
  ),
  operators: z.array(
    z.object({
      operator: z.string(),
      /** null: of no tier at present. */
      present: z.string().nullable(),
      /** null: no tier takes this operator. */
      proposed: z.string().nullable(),
      moves: z.boolean(),
      /** null: none of the figures is known, so the operator is not graded. */
      grade: z.number().int().nullable(),
      score: figure,
      reasons: z.array(sayableSchema),
    }),
  ),
  assumptions: z.array(sayableSchema),
  notices: z.array(sayableSchema),
});
export type GradeDocument = z.output<typeof gradeDocumentSchema>;

/** Answer of `scorecard`: the weights and the partial credit that published figures tell. Fractions. */
export const scorecardDocumentSchema = z.object({
  document: z.literal('scorecard'),
  scorecard: z.string(),
  /** Period whose results were fitted; null where weights were not fitted. */
  period: z.string().nullable(),
  /** Results with every indicator and a total. */
  results: z.number().int(),
  weights: z.array(
    z.object({
      indicator: z.string(),
      name: textSchema,
      configured: z.number(),
      fitted: rate,
      /** 90 % interval by bootstrap. */
      low: rate,
      high: rate,
    }),
  ),
  /** Root mean square of total − fitted total, points. */
  residualPoints: rate,
  /** Credit of a partly solved call; null where no shares were given. */
  partialCredit: z
    .object({
      configured: rate,
      fitted: z.number(),
      solved: z.number(),
      partly: z.number(),
      effect: z.number(),
    })
    .nullable(),
  /** The model file written; null where none was. */
  file: z.string().nullable(),
  notices: z.array(sayableSchema),
});
export type ScorecardDocument = z.output<typeof scorecardDocumentSchema>;

/** Answer of `rate`: the share of calls answered in time, forecast by day and line. Fractions. */
export const rateDocumentSchema = z.object({
  document: z.literal('rate'),
  /** First day forecast: no later day was used. */
  from: z.string(),
  days: z.number().int(),
  /** Days after which a past day weighs half, chosen on rolling origins before `from`. */
  halfLifeDays: z.number(),
  lines: z.array(
    z.object({
      line: z.string(),
      days: z.array(
        z.object({
          date: z.string(),
          mean: z.number(),
          q025: z.number(),
          q10: z.number(),
          q90: z.number(),
          q975: z.number(),
          /** Null where the day has not happened or was not recorded. */
          calls: rate,
          actual: rate,
          sameWeekdayBefore: rate,
        }),
      ),
      /** Over the days that have happened, each weighing as much as its calls. */
      forecast: rate,
      actual: rate,
    }),
  ),
  /** Over all lines and days that have happened; errors are weighed by calls. Null where none has. */
  score: z
    .object({
      days: z.number().int(),
      meanAbsoluteError: rate,
      /** Forecast minus actual: above 0 is too high. */
      bias: rate,
      sameWeekdayBeforeError: rate,
      coverage80: z.number(),
      coverage95: z.number(),
    })
    .nullable(),
  notices: z.array(sayableSchema),
});
export type RateDocument = z.output<typeof rateDocumentSchema>;
