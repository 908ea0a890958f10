import { z } from 'zod';
import { recordKindNames, recordKinds } from '../../kernel/records.ts';
import { durationUnits } from '../duration-units.ts';
import { problemSchema, sayableSchema } from './schema-parts.ts';

/** What an answer calls files: by their kind, or by their records where the kind has several. */
const answeredKinds = [
  ...new Set(
    recordKindNames.map((kind) => {
      const spec = recordKinds[kind];
      return 'answeredAs' in spec ? spec.answeredAs : spec.file;
    }),
  ),
];

/** Answer of `ingest`. */
export const ingestDocumentSchema = z.object({
  document: z.literal('ingest'),
  kind: z.enum(answeredKinds),
  files: z.array(
    z.object({
      file: z.string(),
      encoding: z.string(),
      /** Rows read: accepted, rejected, duplicates and dropped add up to it. */
      rows: z.number().int(),
      accepted: z.number().int(),
      rejected: z.number().int(),
      /** Rows equal to others, which count once. */
      duplicates: z.number().int(),
      /** Rows that are no records: totals, repeated headings, rows that the map file drops. */
      dropped: z.number().int(),
    }),
  ),
  stored: z.object({ added: z.number().int(), changed: z.number().int(), unchanged: z.number().int() }),
  firstDate: z.string().nullable(),
  lastDate: z.string().nullable(),
  queues: z.array(z.string()),
  gaps: z.array(
    z.object({
      queue: z.string(),
      from: z.string(),
      to: z.string(),
      intervals: z.number().int(),
      taken: z.enum(['gap', 'zero']),
    }),
  ),
  /** Columns of durations, and the unit in which each was read. */
  units: z.array(z.object({ column: z.string(), field: z.string(), unit: z.enum(durationUnits) })),
  /** Traffic: what its figures come to, queue by queue; null where the file does not say. A wrong unit shows here. */
  measured: z.array(
    z.object({
      queue: z.string(),
      callsPerDay: z.number(),
      handleSeconds: z.number().nullable(),
      waitSeconds: z.number().nullable(),
    }),
  ),
  /** Figures that calls can hardly have, imported since the user says that they are true. */
  acceptedUnusual: z.array(sayableSchema),
  dryRun: z.boolean(),
  problems: z.array(problemSchema),
});
export type IngestDocument = z.output<typeof ingestDocumentSchema>;
