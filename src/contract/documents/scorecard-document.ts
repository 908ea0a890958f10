import { z } from 'zod';
import { rate } from './figures.ts';
import { sayableSchema } from './sayable-schema.ts';
import { textSchema } from '../models/text-schema.ts';

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
