import { z } from 'zod';
import { roles } from '../access/roles.ts';
import { textSchema } from '../models/text-schema.ts';
import { planStates } from '../plan-states.ts';
import { band, rate } from './figures.ts';
import { problemSchema } from './problem-schema.ts';
import { rangeSchema } from './range-schema.ts';
import { sayableSchema } from './sayable-schema.ts';

/** Pages on which what is to be decided is decided. */
export const decisionPages = ['plan', 'divert', 'data', 'settings'] as const;

/** One line at a glance, as it was worked out last. */
export const lineOverviewSchema = z.object({
  document: z.literal('line-overview'),
  name: textSchema,
  madeUp: z.boolean(),
  computedAt: z.string().describe('When it was worked out, ISO instant'),
  /** Changes with the data and plans that it was worked out from. */
  restsOn: z.string(),
  lastDate: z.string().nullable().describe('Last day with traffic'),
  week: z.string().nullable().describe('The week after the data'),
  plan: z
    .object({ id: z.string(), state: z.enum(planStates) })
    .nullable()
    .describe('The plan that stands for that week; null: none'),
  risk: z
    .object({
      days: z.number().int().describe('Days short of operators or below the target connection rate'),
      shortHours: z.number().describe('Operator-hours of the week that nobody fills'),
      connectionRate: rangeSchema,
    })
    .nullable(),
  band: z
    .object({ band, chance: z.number(), hotChance: z.number() })
    .nullable()
    .describe('Likeliest band in the next monitoring, its chance and that of the hot band'),
  accuracy: z
    .object({ from: z.string(), to: z.string(), wape: rate, bias: rate })
    .nullable()
    .describe('Of the last weeks, each foreseen a week ahead'),
  decisions: z.array(z.object({ page: z.enum(decisionPages), said: sayableSchema })),
  problem: problemSchema.nullable().describe('Why it could not be worked out; null: it could'),
});
export type LineOverview = z.output<typeof lineOverviewSchema>;

/** Answer of `lines`: the hotlines that whoever asks may see. */
export const linesDocumentSchema = z.object({
  document: z.literal('lines'),
  lines: z.array(
    z.object({
      line: z.string().describe('What it is called in addresses'),
      home: z.boolean().describe("The workspace's own line"),
      name: textSchema,
      role: z.enum(roles).nullable().describe('Of whoever asks, on this line; null: nobody signs in'),
      overview: lineOverviewSchema.nullable().describe('Null: not worked out yet, or not for whoever asks'),
    }),
  ),
});
export type LinesDocument = z.output<typeof linesDocumentSchema>;
export type LineEntry = LinesDocument['lines'][number];
