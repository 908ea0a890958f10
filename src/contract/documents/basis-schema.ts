import { z } from 'zod';
import { sayableSchema } from './sayable-schema.ts';

/** What every figure of an answer rests on: one demand and one roster for all of them. */
export const basisSchema = z.object({
  /** Average over the forecast's futures, the mean forecast, or the mean of a day of which a part is counted. */
  demand: z.enum(['futures', 'mean-forecast', 'day-in-progress']),
  /** Futures averaged over; 1 where demand is taken as certain. */
  futures: z.number().int(),
  roster: z.enum(['planned', 'seen']),
  told: sayableSchema,
});
export type Basis = z.output<typeof basisSchema>;
