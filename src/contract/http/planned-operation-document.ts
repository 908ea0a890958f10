import { z } from 'zod';
import { withSchemaId } from './model-name.ts';
import { promptsSchema } from '../models/prompts-model.ts';
import { repeatSchema, transferSchema } from '../models/hotline-model.ts';
import { textSchema } from '../models/model-fields.ts';

/**
 * What a plan was made for, as plain numbers: enough to project it again in the browser with something changed.
 * Per-interval arrays have one entry for every interval of the plan. null stands for "without end".
 */
export const plannedOperationSchema = withSchemaId(
  'PlanWorld',
  z.object({
    plan: z.string(),
    horizon: z.object({
      zone: z.string(),
      startMillis: z.number(),
      intervalMinutes: z.number(),
      count: z.number().int(),
    }),
    /** 1 where the line is open. */
    open: z.array(z.number().int()),
    queues: z.array(
      z.object({
        queue: z.string(),
        name: textSchema,
        priority: z.number(),
        neverDivert: z.boolean(),
        smartVoiceShare: z.number(),
        transfers: z.array(transferSchema).optional(),
        routes: z.array(
          z.object({ tier: z.string(), preference: z.number(), overflowDelaySeconds: z.number() }),
        ),
        freshMean: z.array(z.number()),
        handleTimeSeconds: z.array(z.number()),
        patienceSeconds: z.number().nullable(),
        repeats: repeatSchema,
      }),
    ),
    tiers: z.array(z.object({ tier: z.string(), name: textSchema, operators: z.array(z.number()) })),
    trunks: z.number().nullable(),
    answerTimeThresholdSeconds: z.number(),
    shortAbandonSeconds: z.number(),
    catalogue: promptsSchema,
  }),
);
export type PlannedOperationDocument = z.output<typeof plannedOperationSchema>;
