import { z } from 'zod';
import { callOutcomes, fileKinds } from '../../kernel/records.ts';
import { problemSchema, sayableSchema } from '../documents/schema-parts.ts';
import { durationUnits } from '../duration-units.ts';
import { textSchema } from '../models/model-fields.ts';
import { withSchemaId } from './model-name.ts';

/** Shapes by which whole days may be spread. */
const dayShapes = ['usual'] as const;

const flag = z.enum(['true', 'false']).default('false');

const fileKindSchema = z.enum(fileKinds);

/** What a dropped file looks like, before anything is imported. */
export const guessDocumentSchema = withSchemaId(
  'GuessDocument',
  z.object({
    document: z.literal('guess'),
    file: z.string(),
    format: z.enum(['csv', 'xlsx']),
    encoding: z.string(),
    kind: fileKindSchema,
    /** Line of the heading, from 1. */
    headingLine: z.number().int(),
    columns: z.array(
      z.object({
        name: z.string(),
        samples: z.array(z.string()),
        /** Canonical field that it is taken for; null for none. */
        field: z.string().nullable(),
        /** Durations: the unit in which it will be read; null for any other column. */
        unit: z.enum(durationUnits).nullable(),
        /** 0–1: how sure. */
        confidence: z.number(),
      }),
    ),
    /** Fields that a file of this kind has, in the order in which they are documented. */
    fields: z.array(z.object({ field: z.string(), required: z.boolean(), duration: z.boolean() })),
    /** Required fields that no column was found for. */
    missing: z.array(z.string()),
    map: z.looseObject({}).describe('A map file that says what was guessed'),
    /** The preset by which it is read; null for none. */
    preset: z.string().nullable(),
    /** Presets for files of this kind. */
    presets: z.array(z.object({ preset: z.string(), title: textSchema })),
    intervalMinutes: z.number().nullable(),
    /** A time of the file and how it is read. */
    timeReadAs: z.object({ sample: z.string(), readAs: z.string() }).nullable(),
    queues: z.array(z.string()),
    /** Sheets of a workbook of several, and the one that is shown. */
    sheets: z.array(z.string()),
    sheet: z.string().nullable(),
    /** Call records: results found in the sample and what each is taken for; null where nothing tells. */
    outcomes: z.array(z.object({ value: z.string(), outcome: z.enum(callOutcomes).nullable() })),
  }),
);
export type GuessDocument = z.output<typeof guessDocumentSchema>;

export const guessQuerySchema = z.strictObject({
  name: z.string().min(1).max(255),
  kind: fileKindSchema.optional(),
  encoding: z.string().max(40).optional(),
  sheet: z.string().max(100).optional(),
  preset: z.string().max(60).optional().describe("Preset to read it by; 'none': go by the headings alone"),
  noHeadings: flag.describe('The file has no row of headings'),
});
export type GuessQuery = z.output<typeof guessQuerySchema>;

/** What files are imported with, whichever way they come. */
export const ingestRequestSchema = z.strictObject({
  kind: fileKindSchema,
  encoding: z.string().max(40).optional(),
  sheet: z
    .string()
    .max(100)
    .optional()
    .describe('Sheet of a workbook; left out: the first that holds the data, and all with the same heading'),
  zone: z
    .string()
    .max(60)
    .optional()
    .describe("Zone of the wall clocks in the file; left out: the hotline's"),
  queue: z.string().max(60).optional(),
  absent: z.enum(['gap', 'zero', 'auto']).default('auto'),
  attribution: z.enum(['arrival', 'end']).default('arrival'),
  skipBadRows: z.boolean().default(false),
  acceptUnusual: z
    .boolean()
    .default(false)
    .describe('Take in figures that calls can hardly have: they are true'),
  addHotlines: z
    .boolean()
    .optional()
    .describe('Monitoring: hotlines that the list does not have are added to it'),
  addQueues: z
    .boolean()
    .optional()
    .describe('Traffic and calls: queues that the hotline does not have are new ones of it'),
  dayShape: z
    .enum(dayShapes)
    .optional()
    .describe('Files of whole days: spread them over their hours by a usual shape'),
  overlap: z
    .enum(['keep', 'replace'])
    .optional()
    .describe(
      'Days on record already: leave them out, or take the figures of the file; left out: large changes are refused',
    ),
  dryRun: z.boolean().default(false).describe('Read and report, store nothing'),
});
export type IngestRequest = z.output<typeof ingestRequestSchema>;

/** The same in a query, beside the file's name and its map. */
export const ingestQuerySchema = z.strictObject({
  name: z.string().min(1).max(255).describe("The file's own name"),
  map: z.string().max(20_000).optional().describe('A map file as JSON'),
  ...ingestRequestSchema.shape,
  skipBadRows: flag,
  acceptUnusual: flag.describe('Take in figures that calls can hardly have: they are true'),
  addHotlines: flag,
  addQueues: flag,
  dryRun: flag,
});
export type IngestQuery = z.output<typeof ingestQuerySchema>;

const count = z.number().int().min(0);
const records = z.number().min(0).nullable().describe('Calls it is measured from; null: assumed');

/** How good the stored data are, and how far they carry. */
export const dataReportSchema = withSchemaId(
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
      .object({
        operators: count,
        presence: count,
        promptsPlayed: count,
        monitored: count,
        testCalls: count,
        results: count,
      })
      .describe("Records beside traffic; of the line's monitoring its test calls and published results"),
    refusals: z
      .array(problemSchema)
      .describe('What keeps the week after the data from being planned; none: it can be'),
    said: z.array(sayableSchema).describe('Gaps, outages and doubted figures'),
  }),
);
export type DataReport = z.output<typeof dataReportSchema>;
