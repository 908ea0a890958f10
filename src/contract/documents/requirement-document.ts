import { z } from 'zod';
import { rate } from './figures.ts';
import { sayableSchema } from './sayable-schema.ts';
import { textSchema } from '../models/text-schema.ts';

/** Answer of `require`: what one operator more or less does to an interval of a plan, and what rates cost. */
export const requirementDocumentSchema = z.object({
  document: z.literal('requirement'),
  plan: z.string(),
  /** Figures that calls can hardly have and that the answer rests on: said before anything else. */
  unusual: z.array(sayableSchema).optional(),
  /** Local start of the interval that is looked at. */
  at: z.string(),
  /** Why this one: asked for, or the open interval with the lowest projected connection rate. */
  atFrom: z.enum(['asked', 'weakest']),
  tiers: z.array(
    z.object({
      tier: z.string(),
      name: textSchema,
      /** One entry per change, from two fewer to two more, as far as there is somebody to take away. */
      effects: z.array(
        z.object({
          change: z.number().int(),
          operators: z.number(),
          connectionRate: rate,
          /** Answered within the threshold, of offered. */
          serviceLevel: rate,
          averageSpeedOfAnswerSeconds: rate,
          occupancy: rate,
          abandoned: z.number(),
          blocked: z.number(),
          /** Calls answered from this interval to the end beyond those of the plan: overload and redials reach on. */
          answeredMore: z.number(),
        }),
      ),
    }),
  ),
  /** Operator-hours ready for calls that each rate needs as the only target of every interval; null: not asked. */
  curve: z
    .object({
      measure: z.enum(['connection-rate', 'service-level']),
      points: z.array(z.object({ rate: z.number(), operatorHours: z.number(), reached: z.boolean() })),
      /** What the plan's own targets need. */
      requiredOperatorHours: z.number(),
    })
    .nullable(),
  notices: z.array(sayableSchema),
});
export type RequirementDocument = z.output<typeof requirementDocumentSchema>;
