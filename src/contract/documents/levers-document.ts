import { z } from 'zod';
import { basisSchema } from './basis-schema.ts';
import { effectSchema } from './effect-schema.ts';
import { rate } from './figures.ts';
import { sayableSchema } from './sayable-schema.ts';

/** Answer of `divert --levers`: the same target by prompts and by what else mends a peak, and the best mix. */
export const leversDocumentSchema = z.object({
  document: z.literal('levers'),
  plan: z.string(),
  /** Figures that calls can hardly have and that the answer rests on: said before anything else. */
  unusual: z.array(sayableSchema).optional(),
  roster: z.enum(['planned', 'seen']),
  basis: basisSchema,
  /** The line as it is, no prompt playing. */
  before: effectSchema,
  callsShortBefore: z.number(),
  /** Calls short of the targets that every lever is turned to: what all prompts reach, or the share asked for. */
  callsShortTarget: z.number(),
  targetFrom: z.enum(['prompts', 'share']),
  levers: z.array(
    z.object({
      lever: z.enum(['prompts', 'callbacks', 'overtime', 'later-start', 'smart-voice', 'direct-answer']),
      name: sayableSchema,
      /** Part of the most that models/levers.json allows, and what that comes to. */
      level: z.number(),
      amount: sayableSchema,
      reachesTarget: z.boolean(),
      callsShort: z.number(),
      cost: z.number(),
      /** First callers served who would not have been; the cost of one is null where there is none. */
      recoveredCallers: z.number(),
      costPerRecovered: rate,
      effect: effectSchema,
      assumed: z.boolean(),
    }),
  ),
  /** Most callers recovered for the money; null where nothing is short. */
  mix: z
    .object({
      budget: z.number(),
      budgetFrom: z.enum(['asked', 'overtime']),
      /** What the mix has most of, of all that were tried within the budget. */
      maximises: z.literal('recovered-callers'),
      cost: z.number(),
      callsShort: z.number(),
      recoveredCallers: z.number(),
      costPerRecovered: rate,
      parts: z.array(
        z.object({
          lever: z.string(),
          name: sayableSchema,
          level: z.number(),
          amount: sayableSchema,
          cost: z.number(),
        }),
      ),
      effect: effectSchema,
    })
    .nullable(),
  reasons: z.array(sayableSchema),
  assumptions: z.array(sayableSchema),
});
export type LeversDocument = z.output<typeof leversDocumentSchema>;
