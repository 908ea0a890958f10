import { z } from 'zod';
import { problemSchema, sayableSchema } from '../documents/schema-parts.ts';
import { textSchema } from '../models/model-fields.ts';
import { named } from './named.ts';

const count = z.number().int().min(0);
const records = z.number().min(0).nullable().describe('Calls it is measured from; null: assumed');

/** How good the stored data are, and how far they carry. */
export const dataReportSchema = named(
  'DataReport',
  z.object({
    days: count.describe('From the first day to the last'),
    queues: z.array(
      z.object({
        queue: z.string(),
        name: textSchema,
        daysWithCalls: count,
        handleTime: records,
        patience: records,
        redials: records,
      }),
    ),
    feeds: z
      .object({ operators: count, presence: count, promptsPlayed: count, monitored: count })
      .describe('Records beside traffic'),
    refusals: z
      .array(problemSchema)
      .describe('What keeps the week after the data from being planned; none: it can be'),
    said: z.array(sayableSchema).describe('Gaps, outages and doubted figures'),
  }),
);
export type DataReport = z.output<typeof dataReportSchema>;
