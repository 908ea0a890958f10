import { z } from 'zod';
import { rate } from './figures.ts';

/** A rate by formula and by simulation, with the half width of the simulation's 95 % interval. */
export const proofRateSchema = z.object({
  target: rate,
  analytic: rate,
  simulated: rate,
  halfWidth: rate,
  /** Whether the whole 95 % interval is on the target's good side or bad side; null: across it, or no target. */
  holds: z.boolean().nullable(),
});

/** The plan lived through by simulated events, in many futures of its demand. */
export const planProofSchema = z.object({
  /** Simulated weeks. */
  replications: z.number().int(),
  connectionRate: proofRateSchema,
  serviceLevel: proofRateSchema,
  queues: z.array(
    z.object({
      queue: z.string(),
      connectionRate: proofRateSchema,
      serviceLevel: proofRateSchema,
      intervalsUnderTarget: z.number().int(),
    }),
  ),
  /** Open intervals, and those in which some queue is under its target beyond the simulation's noise. */
  intervals: z.number().int(),
  intervalsUnderTarget: z.number().int(),
  /** What simulation added to the requirement found by formula, before shifts were made. */
  toppedUp: z.object({ operatorHours: z.number(), intervals: z.number().int() }),
});
