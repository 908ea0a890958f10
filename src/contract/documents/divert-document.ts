import { z } from 'zod';
import { basisSchema } from './basis-schema.ts';
import { effectSchema } from './effect-schema.ts';
import { numbers, rate } from './figures.ts';
import { promptSpanSchema } from './prompt-span.ts';
import { sayableSchema } from './sayable-schema.ts';

/** Answer of `divert`: prompts and what they do. */
export const divertDocumentSchema = z.object({
  document: z.literal('divert'),
  plan: z.string(),
  /** Figures that calls can hardly have and that the answer rests on: said before anything else. */
  unusual: z.array(sayableSchema).optional(),
  /** For advice in the course of a day: until when its calls were known. Effects are then of the day's rest. */
  asOf: z.string().nullable(),
  /** Of every figure here: prompts, effects, sensitivities, intervals and those within reasons. */
  basis: basisSchema,
  prompts: z.array(promptSpanSchema),
  before: effectSchema,
  after: effectSchema,
  halfTakeUp: effectSchema,
  doubleTakeUp: effectSchema,
  /** True when the prompts lose their point at half the assumed take-up. */
  fragile: z.boolean(),
  operatorHoursSavedNet: z.number(),
  /** The same prompts when something turns out otherwise; what moves the service level most comes first. */
  sensitivities: z.array(
    z.object({
      case: z.enum([
        'half-take-up',
        'double-take-up',
        'more-calls',
        'fewer-calls',
        'two-absent',
        'storm',
        'offered-otherwise',
        'less-patience',
        'more-patience',
      ]),
      name: sayableSchema,
      effect: effectSchema,
      /** Against the prompts as recommended, in fractions of 1. */
      serviceLevelChange: z.number(),
      connectionRateChange: z.number(),
    }),
  ),
  intervals: z.object({
    starts: z.array(z.string()),
    offeredBefore: numbers,
    offeredAfter: numbers,
    serviceLevelBefore: z.array(rate),
    serviceLevelAfter: z.array(rate),
  }),
  reasons: z.array(sayableSchema),
  assumptions: z.array(sayableSchema),
});
export type DivertDocument = z.output<typeof divertDocumentSchema>;
