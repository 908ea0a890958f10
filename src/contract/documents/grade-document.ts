import { z } from 'zod';
import { sayableSchema } from './sayable-schema.ts';
import { textSchema } from '../models/text-schema.ts';

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
