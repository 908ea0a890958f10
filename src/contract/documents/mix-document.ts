import { z } from 'zod';
import { sayableSchema } from './sayable-schema.ts';

const heldRate = z.object({
  target: z.number(),
  simulated: z.number(),
  /** Of the 95 % interval. */
  halfWidth: z.number(),
  /** Whether the whole 95 % interval is on the target's good side or bad side; null: across it. */
  holds: z.boolean().nullable(),
});

/** Answer of `require --model`: the least operators of a bare queueing model for targets, settled by simulation. */
export const mixDocumentSchema = z.object({
  document: z.literal('require-model'),
  targets: z.object({
    connectionRate: z.number(),
    serviceLevel: z.number().nullable(),
    thresholdSeconds: z.number(),
  }),
  /** Operators by pool; one figure per interval. */
  pools: z.array(
    z.object({
      pool: z.number().int(),
      costPerHour: z.number(),
      staff: z.array(z.number().int()),
      operatorHours: z.number(),
    }),
  ),
  operatorHours: z.number(),
  cost: z.number(),
  /** Operator-hours found by formula: for these pools, if everybody answered everything, if each class stood alone. */
  byFormula: z.object({ mix: z.number(), pooled: z.number(), dedicated: z.number() }),
  /** Simulated under another seed than those by which the mix was found. */
  classes: z.array(
    z.object({
      class: z.number().int(),
      /** Null where the class has no calls. */
      connectionRate: heldRate.nullable(),
      /** Null where it is not asked for, too. */
      serviceLevel: heldRate.nullable(),
    }),
  ),
  /** One operator fewer of a pool in the busiest interval (of a stationary model: in all), and what suffers most. */
  oneFewer: z.array(
    z.object({
      pool: z.number().int(),
      interval: z.number().int(),
      class: z.number().int(),
      measure: z.enum(['connectionRate', 'serviceLevel']),
      ...heldRate.shape,
    }),
  ),
  replications: z.number().int(),
  notices: z.array(sayableSchema),
});
export type MixDocument = z.output<typeof mixDocumentSchema>;
