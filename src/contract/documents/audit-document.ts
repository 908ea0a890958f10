import { z } from 'zod';
import { isPlainDate } from '../../kernel/time.ts';
import { modelNameSchema } from '../http/model-name.ts';

/** What can be done that is kept in the log of changes. */
const auditActions = [
  'plan-made',
  'plan-named',
  'plan-state',
  'plan-noted',
  'plan-removed',
  'overrule-added',
  'overrule-removed',
  'roster-made',
  'roster-changed',
  'roster-published',
  'day-acted',
  'records-written',
  'traffic-removed',
  'feed-changed',
  'made-up-replaced',
  'event-changed',
  'diary-changed',
  'models-changed',
  'records-mended',
  'restored',
  'moved',
  'log-shortened',
  'people-changed',
  'person-erased',
  'maintenance-switched',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** A few figures or names, no personal data: what was before, or is after. */
const sideSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).nullable();
export type AuditSide = z.output<typeof sideSchema>;

/** One change as it is to be kept. */
export interface AuditNote {
  /** Who says that it was them; counts only where nobody signs in. */
  readonly by?: string;
  readonly action: AuditAction;
  /** What was changed: a plan's id, a model's name, the kinds of records. */
  readonly subject: string;
  readonly before: AuditSide;
  readonly after: AuditSide;
}

const auditEntrySchema = z.object({
  number: z.number().int(),
  /** ISO instant. */
  at: z.string(),
  actor: z.object({ kind: z.enum(['person', 'program', 'local']), id: z.string(), name: z.string() }),
  action: z.enum(auditActions),
  subject: z.string(),
  /** What the account or token of that id is called by now; the log itself holds ids alone. */
  name: z.string().optional(),
  before: sideSchema,
  after: sideSchema,
});
export type AuditEntry = z.output<typeof auditEntrySchema>;

/** A place where the log is not what was once written. */
const auditBreakSchema = z.object({
  kind: z.enum(['altered', 'removed', 'inserted']),
  /** The entry, or the first of those that are missing. */
  number: z.number(),
  /** How many are missing, or 1. */
  entries: z.number().int(),
});
export type AuditBreak = z.output<typeof auditBreakSchema>;

/** What the chain of the log proves: its ends, and where it is broken. */
const auditChainSchema = z.object({
  entries: z.number().int(),
  /** Number and seal of the last entry: noted elsewhere, they also show a log that was written again. */
  head: z.object({ number: z.number().int(), seal: z.string() }).nullable(),
  /** The first entry that is kept. */
  first: z.number().int(),
  broken: z.array(auditBreakSchema),
});
export type AuditChain = z.output<typeof auditChainSchema>;

export const auditDocumentSchema = z.object({
  document: z.literal('audit'),
  entries: z.array(auditEntrySchema),
  chain: auditChainSchema,
});

/** What can have happened on a day. */
export const diaryKinds = ['weather', 'outage', 'campaign', 'policy', 'other'] as const;

/** What somebody noted of a day. */
export const diaryNoteSchema = z.strictObject({
  date: z.string().refine(isPlainDate),
  kind: z.enum(diaryKinds),
  text: z.string().trim().min(1).max(200),
  event: z
    .boolean()
    .default(false)
    .describe('Whether forecasts take the day as an event of this kind, its effect learnt'),
});
export type DiaryNote = z.output<typeof diaryNoteSchema>;

export const storedDiaryNoteSchema = diaryNoteSchema.extend({
  /** Whether such an event is in the calendar. */
  event: z.boolean(),
  id: z.number().int(),
  /** Rises with every change: anyone who changes it says which one was read. */
  version: z.number().int(),
  /** ISO instant of the last change. */
  at: z.string(),
  /** Name of the account that made it; empty for the user of this machine. */
  by: z.string(),
});
export type StoredDiaryNote = z.output<typeof storedDiaryNoteSchema>;

/** How many earlier versions of each model are kept: the oldest go first. */
export const keptVersions = 30;

/** A model as it was until somebody saved another in its place. */
export const earlierModelSchema = z.object({
  id: z.number().int(),
  model: modelNameSchema,
  until: z.string().describe('When another took its place, ISO instant'),
  by: z.string().describe('Whose save that was; empty: who works on this machine'),
  document: z.unknown().describe('The model as it stood: what PUT /models/:model takes'),
});
export type EarlierModel = z.output<typeof earlierModelSchema>;
