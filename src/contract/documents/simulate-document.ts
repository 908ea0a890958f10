import { z } from 'zod';
import { basisSchema } from './basis-schema.ts';
import { effectSchema } from './effect-schema.ts';
import { numbers, rate } from './figures.ts';
import { monitoringProjectionSchema } from './monitoring-projection.ts';
import { sayableSchema } from './sayable-schema.ts';

/** Answer of `simulate` for a scenario against a plan. */
export const simulateDocumentSchema = z.object({
  document: z.literal('simulate'),
  plan: z.string(),
  /** Figures that calls can hardly have and that the answer rests on: said before anything else. */
  unusual: z.array(sayableSchema).optional(),
  scenario: z.string(),
  /** Of every figure here; the proof lives through futures of the same demand. */
  basis: basisSchema,
  baseline: effectSchema,
  outcome: effectSchema,
  days: z.array(z.object({ date: z.string(), baseline: effectSchema, outcome: effectSchema })),
  intervals: z.object({
    starts: z.array(z.string()),
    offered: numbers,
    serviceLevelBaseline: z.array(rate),
    serviceLevel: z.array(rate),
    connectionRate: z.array(rate),
    operators: numbers,
  }),
  proof: z
    .object({
      replications: z.number().int(),
      connectionRate: z.tuple([z.number(), z.number()]),
      serviceLevel: z.tuple([z.number(), z.number()]),
      /** What became of first callers in the end, per simulated week: the parts sum to `first`. */
      callers: z.object({
        first: z.number(),
        settledByOperator: z.number(),
        gaveUpAfterAbandoning: z.number(),
        gaveUpAfterBlocking: z.number(),
        settledOnline: z.number(),
        divertedForGood: z.number(),
        stillOpen: z.number(),
      }),
    })
    .nullable(),
  monitoring: monitoringProjectionSchema.nullable(),
  assumptions: z.array(sayableSchema),
});
export type SimulateDocument = z.output<typeof simulateDocumentSchema>;

const measures = z.record(z.string(), z.tuple([z.number(), z.number()]).nullable());
/** Answer of `simulate --model`: [estimate, half width of the 95 % interval] per measure. */
export const modelSimulationSchema = z.object({
  all: measures,
  per_class: z.array(measures),
  pools: z.array(measures),
  intervals: z.record(z.string(), numbers),
});
