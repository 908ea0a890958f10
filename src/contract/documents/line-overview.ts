import { z } from 'zod';
import { roles } from '../access/roles.ts';
import { textSchema } from '../models/model-fields.ts';
import { planStates } from '../plan-states.ts';
import { band, problemSchema, rangeSchema, rate, sayableSchema } from './schema-parts.ts';

/** Pages on which what is to be decided is decided. */
const decisionPages = ['plan', 'divert', 'data', 'settings'] as const;

/** One line at a glance, as it was worked out last. */
export const lineOverviewSchema = z.object({
  document: z.literal('line-overview'),
  name: textSchema,
  madeUp: z.boolean(),
  /** When it was worked out, ISO instant. */
  computedAt: z.string(),
  /** Changes with the data and plans that it was worked out from. */
  restsOn: z.string(),
  /** Last day with traffic. */
  lastDate: z.string().nullable(),
  /** The week after the data. */
  week: z.string().nullable(),
  /** The plan in force for that week. */
  plan: z.object({ id: z.string(), state: z.enum(planStates) }).nullable(),
  risk: z
    .object({
      /** Days short of operators or below the target connection rate. */
      days: z.number().int(),
      /** Operator-hours of the week that nobody fills. */
      shortHours: z.number(),
      connectionRate: rangeSchema,
    })
    .nullable(),
  /** Likeliest band in the next monitoring, its chance and that of the hot band. */
  band: z.object({ band, chance: z.number(), hotChance: z.number() }).nullable(),
  accuracy: z.object({ from: z.string(), to: z.string(), wape: rate, bias: rate }).nullable(),
  decisions: z.array(z.object({ page: z.enum(decisionPages), said: sayableSchema })),
  /** Why it could not be worked out; null: it could. */
  problem: problemSchema.nullable(),
});
export type LineOverview = z.output<typeof lineOverviewSchema>;

/** Answer of `lines`: the hotlines that the caller may see. */
export const linesDocumentSchema = z.object({
  document: z.literal('lines'),
  lines: z.array(
    z.object({
      line: z.string(),
      home: z.boolean(),
      name: textSchema,
      /** Of the caller, on this line; null: nobody signs in. */
      role: z.enum(roles).nullable(),
      /** Null: not worked out yet, or not for the caller. */
      overview: lineOverviewSchema.nullable(),
    }),
  ),
});
export type LinesDocument = z.output<typeof linesDocumentSchema>;
export type LineEntry = LinesDocument['lines'][number];

/** Why nothing is changed for now: what an administrator says of it, and since when (ISO instant). */
export const maintenanceSchema = z.object({
  since: z.string(),
  message: z.string().trim().min(1).max(200).nullable(),
});
export type Maintenance = z.output<typeof maintenanceSchema>;
