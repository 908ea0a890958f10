import { z } from 'zod';
import { planDocumentSchema } from '../documents/plan-document.ts';
import { withSchemaId } from './model-name.ts';
import { maintenanceSchema } from '../documents/line-overview.ts';
import { planStates } from '../plan-states.ts';
import { textSchema } from '../models/model-fields.ts';

export const planSummarySchema = withSchemaId(
  'PlanSummary',
  z.object({
    id: z.string(),
    week: z.string(),
    createdAt: z.string(),
    name: z.string().optional().describe('What somebody has called it'),
    state: z.enum(planStates),
    version: z.number().int().describe('Rises with every change of state, name or notes'),
    factors: planDocumentSchema.shape.factors.describe('Of a what-if: factors that it was asked with'),
    assumedCauses: planDocumentSchema.shape.assumedCauses.describe('Of a what-if: values that it assumes'),
    whatIf: planDocumentSchema.shape.whatIf.describe('Of a what-if: what else it takes otherwise'),
  }),
);

export type PlanSummary = z.output<typeof planSummarySchema>;

/** What a workspace holds: the page's first question. */
export const workspaceDocumentSchema = withSchemaId(
  'Workspace',
  z.object({
    hotline: z.object({
      name: textSchema,
      zone: z.string(),
      country: z.string().nullable(),
      intervalMinutes: z.number().int(),
      answerTimeThresholdSeconds: z.number(),
      queues: z.array(z.object({ queue: z.string(), name: textSchema })),
      tiers: z.array(z.object({ tier: z.string(), name: textSchema })),
    }),
    madeUp: z.boolean(),
    /** Nothing is changed for now: writes are answered 503. */
    maintenance: maintenanceSchema.nullable(),
    lines: z.number().int().describe('Hotlines of this server, this one counted'),
    movedTo: z
      .string()
      .nullable()
      .describe(
        'Where the records were moved to; what is here is what they were before. Null: they live here',
      ),
    traffic: z.array(
      z.object({
        queue: z.string(),
        firstDate: z.string(),
        lastDate: z.string(),
        intervalMinutes: z.number(),
        rows: z.number().int(),
      }),
    ),
    firstDate: z.string().nullable(),
    lastDate: z.string().nullable(),
    nextWeek: z.string().nullable().describe('The week after the last whole day of data; null without data'),
    plans: z.array(planSummarySchema),
    monitoring: z.object({
      hotlines: z.number().int(),
      periods: z
        .array(z.string())
        .describe(
          'Periods with published results, and years and months with single test calls, newest first',
        ),
    }),
  }),
);
/** The calls of the hotline's own today that are stored so far, and the operators who were there last. */
export const todayTrafficSchema = withSchemaId(
  'TodayTraffic',
  z.object({
    date: z.string(),
    queues: z.array(
      z.object({
        queue: z.string(),
        offered: z.number(),
        answered: z.number().nullable().describe('null: not known'),
        abandoned: z.number().nullable(),
        lost: z.number().nullable().describe('Abandoned or found no free line'),
        until: z.string().describe('End of the last interval with calls, an ISO instant'),
        intervals: z.array(
          z.object({
            start: z.string().describe('An ISO instant'),
            offered: z.number(),
            answered: z.number().nullable(),
            lost: z.number().nullable(),
          }),
        ),
      }),
    ),
    present: z
      .array(z.object({ tier: z.string(), operators: z.number(), until: z.string() }))
      .describe('Operators by tier in the last interval that tells of them'),
  }),
);
export type TodayTraffic = z.output<typeof todayTrafficSchema>;
export type WorkspaceDocument = z.output<typeof workspaceDocumentSchema>;
