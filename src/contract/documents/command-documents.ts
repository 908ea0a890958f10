import { z } from 'zod';
import { recordKindNames } from '../../kernel/records.ts';
import { apiTokenSchema, issuedTokenSchema, memberSchema } from '../http/account-endpoints.ts';
import { linesDocumentSchema, maintenanceSchema } from './line-overview.ts';
import { planLifeSchema } from '../plan-life.ts';
import { planStates } from '../plan-states.ts';
import { reportFormats, templateFormats } from '../report-formats.ts';
import { accuracyDocumentSchema, backtestDocumentSchema } from './accuracy-document.ts';
import { auditDocumentSchema, earlierModelSchema, storedDiaryNoteSchema } from './audit-document.ts';
import { compareDocumentSchema } from './compare-document.ts';
import { dayDocumentSchema } from './day-document.ts';
import {
  divertDocumentSchema,
  leversDocumentSchema,
  modelSimulationSchema,
  simulateDocumentSchema,
} from './effect-documents.ts';
import { alarmsSchema, feedRunSchema, feedSchema, feedTestSchema } from './feed-documents.ts';
import { forecastDocumentSchema, outlookDocumentSchema, topicsDocumentSchema } from './forecast-document.ts';
import { hoursDocumentSchema } from './hours-document.ts';
import { ingestDocumentSchema } from './ingest-document.ts';
import { overruleSchema } from './overrule-schema.ts';
import { planDocumentSchema } from './plan-document.ts';
import { hotlineDocumentSchema, rankDocumentSchema } from './rank-document.ts';
import {
  bandsDocumentSchema,
  erlangDocumentSchema,
  mixDocumentSchema,
  requirementDocumentSchema,
} from './requirement-document.ts';
import {
  publicationSchema,
  repairDocumentSchema,
  rosterChangeSchema,
  rosterCheckSchema,
  rosterComparisonSchema,
  rosterDocumentSchema,
  swapDocumentSchema,
} from './roster-document.ts';
import { problemSchema, rangeSchema, sayableSchema } from './schema-parts.ts';
import { gradeDocumentSchema, rateDocumentSchema, scorecardDocumentSchema } from './score-documents.ts';

/** Answers of commands that do something and say what they did. */

const storedOverrule = z.object({ id: z.number().int(), ...overruleSchema.shape });
const tables = z.array(z.object({ table: z.string(), rows: z.number().int(), digest: z.string() }));

/** The answers of the commands that work something out, as printed with --json. */
export const documentSchemas = {
  plan: planDocumentSchema,
  demo: planDocumentSchema,
  ingest: ingestDocumentSchema,
  forecast: forecastDocumentSchema,
  outlook: outlookDocumentSchema,
  topics: topicsDocumentSchema,
  backtest: backtestDocumentSchema,
  accuracy: accuracyDocumentSchema,
  hours: hoursDocumentSchema,
  day: dayDocumentSchema,
  divert: divertDocumentSchema,
  'divert-levers': leversDocumentSchema,
  require: requirementDocumentSchema,
  'require-model': mixDocumentSchema,
  simulate: simulateDocumentSchema,
  'simulate-model': modelSimulationSchema,
  compare: compareDocumentSchema,
  rank: rankDocumentSchema,
  'rank-hotline': hotlineDocumentSchema,
  rate: rateDocumentSchema,
  bands: bandsDocumentSchema,
  scorecard: scorecardDocumentSchema,
  grade: gradeDocumentSchema,
  roster: rosterDocumentSchema,
  'roster-repair': repairDocumentSchema,
  'roster-swap': swapDocumentSchema,
  'roster-check': rosterCheckSchema,
  'roster-published': publicationSchema,
  'roster-comparison': rosterComparisonSchema,
  'roster-changes': z.object({ document: z.literal('roster-changes'), changes: z.array(rosterChangeSchema) }),
  erlang: erlangDocumentSchema,
  overrule: overruleSchema,
  range: rangeSchema,
} as const;

export const commandDocuments = {
  ...documentSchemas,
  init: z.object({
    document: z.literal('init'),
    folder: z.string(),
    zone: z.string(),
    country: z.string().nullable(),
  }),
  report: z.object({
    document: z.literal('report'),
    plan: z.string(),
    format: z.enum(reportFormats),
    file: z.string(),
  }),
  template: z.object({
    document: z.literal('template'),
    kind: z.enum(recordKindNames),
    format: z.enum(templateFormats),
    file: z.string(),
  }),
  /** Of `serve`, and of `start` without --once (with it: a plan). */
  serve: z.object({
    document: z.literal('serve'),
    url: z.string(),
    /** Lets one browser in, once, within a quarter of an hour; where people sign in, where they do. */
    address: z.string(),
    /** Makes the first administrator, where nobody has an account yet. */
    setUpCode: z.string().optional(),
  }),
  lines: linesDocumentSchema,
  feed: z.object({ document: z.literal('feeds'), feeds: z.array(feedSchema) }),
  'feed-added': z.object({ document: z.literal('feed-added'), ...feedSchema.shape }),
  'feed-test': z.object({ document: z.literal('feed-test'), feed: z.string(), ...feedTestSchema.shape }),
  alarms: z.object({ document: z.literal('alarms'), ...alarmsSchema.shape }),
  'feed-removed': z.object({ document: z.literal('feed-removed'), name: z.string() }),
  'feed-run': z.object({ document: z.literal('feed-run'), ...feedRunSchema.shape }),
  'feed-runs': z.object({ document: z.literal('feed-runs'), feeds: z.array(feedRunSchema) }),
  admin: z.object({ document: z.literal('admin-users'), users: z.array(memberSchema) }),
  'admin-user': z.object({
    document: z.literal('admin-user'),
    user: memberSchema,
    /** With it they give themselves a password; shown this once. */
    code: z.string().optional(),
  }),
  'admin-tokens': z.object({ document: z.literal('admin-tokens'), tokens: z.array(apiTokenSchema) }),
  'admin-token': z.object({ document: z.literal('admin-token'), ...issuedTokenSchema.shape }),
  'admin-token-removed': z.object({ document: z.literal('admin-token-removed'), token: z.string() }),
  'admin-sessions-ended': z.object({
    document: z.literal('admin-sessions-ended'),
    sessions: z.number().int(),
  }),
  'admin-person': z.object({
    document: z.literal('admin-person'),
    account: z
      .object({
        user: z.string(),
        id: z.string(),
        name: z.string(),
        /** Who the account is at a sign-in provider; null: it is tied to nobody there. */
        openid: z.string().nullable(),
      })
      .nullable(),
    /** Hotlines of the database that hold something: rows by table, of documents the parts that name the person. */
    lines: z.array(
      z.object({
        hotline: z.string(),
        operator: z.string().nullable(),
        records: z.record(z.string(), z.array(z.unknown())),
      }),
    ),
    sessions: z.array(z.unknown()),
    tokens: z.array(z.unknown()),
  }),
  'admin-person-erased': z.object({
    document: z.literal('admin-person-erased'),
    /** What stands for the name from here on. */
    pseudonym: z.string(),
    /** Rows by table. */
    removed: z.record(z.string(), z.number().int()),
    rewritten: z.record(z.string(), z.number().int()),
  }),
  'admin-maintenance': z.object({
    document: z.literal('admin-maintenance'),
    maintenance: maintenanceSchema.nullable(),
  }),
  'admin-sign-in': z.object({ document: z.literal('admin-sign-in'), signIn: z.enum(['on', 'off']) }),
  open: z.object({
    document: z.literal('open'),
    url: z.string(),
    address: z.string().optional(),
    /** With --token. */
    token: z.string().optional(),
  }),
  overrule: z.object({ document: z.literal('overrule'), ...storedOverrule.shape }),
  overrules: z.object({ document: z.literal('overrules'), overrules: z.array(storedOverrule) }),
  /** Stored calls of a queue that were taken out. */
  remove: z.object({
    document: z.literal('remove'),
    queue: z.string(),
    rows: z.number().int(),
    from: z.iso.date(),
    to: z.iso.date(),
  }),
  'overrule-removed': z.object({ document: z.literal('overrule-removed'), id: z.number().int() }),
  /** Models as they were before others were saved in their place, the latest first. */
  settings: z.object({
    document: z.literal('settings'),
    versions: z.array(earlierModelSchema),
  }),
  'settings-brought-back': z.object({
    document: z.literal('settings-brought-back'),
    version: earlierModelSchema,
  }),
  /** What people noted of days, by date. */
  diary: z.object({ document: z.literal('diary'), notes: z.array(storedDiaryNoteSchema) }),
  'diary-note': z.object({ document: z.literal('diary-note'), ...storedDiaryNoteSchema.shape }),
  'diary-removed': z.object({ document: z.literal('diary-removed'), id: z.number().int() }),
  /** Every plan with its state. */
  plans: z.object({
    document: z.literal('plans'),
    plans: z.array(
      z.object({
        id: z.string(),
        week: z.string(),
        createdAt: z.string(),
        name: z.string().optional(),
        state: z.enum(planStates),
        version: z.number().int(),
      }),
    ),
  }),
  'plan-life': z.object({ document: z.literal('plan-life'), ...planLifeSchema.shape }),
  'plan-removed': z.object({ document: z.literal('plan-removed'), id: z.string() }),
  /** The log of changes, the latest first, and what its seals prove. */
  audit: auditDocumentSchema,
  worker: z.object({ document: z.literal('worker'), metrics: z.string().nullable() }),
  doctor: z.object({
    document: z.literal('doctor'),
    ok: z.boolean(),
    settings: z.array(
      z.object({
        setting: z.string(),
        value: z.union([z.string(), z.number(), z.boolean()]),
        source: z.enum(['default', 'file', 'environment', 'option']),
      }),
    ),
    checks: z.array(z.object({ check: z.string(), found: sayableSchema, problems: z.array(problemSchema) })),
  }),
  backup: z.object({ document: z.literal('backup'), file: z.string(), rows: z.number().int(), tables }),
  restore: z.object({
    document: z.literal('restore'),
    folder: z.string(),
    /** The database, and the hotline's name in it. */
    place: z.string(),
    hotline: z.string(),
    rows: z.number().int(),
    tables,
  }),
  move: z.object({
    document: z.literal('move'),
    folder: z.string(),
    place: z.string(),
    rows: z.number().int(),
    /** Where the records still are that were moved. */
    leftAt: z.string(),
    tables,
  }),
  mend: z.object({
    document: z.literal('mend'),
    place: z.string(),
    dryRun: z.boolean(),
    /** Rows in which a number was not finite, or a text had a character that none may have. */
    rows: z.array(
      z.object({
        wrong: z.enum(['number', 'character']),
        table: z.string(),
        key: z.string(),
        columns: z.array(z.string()),
        /** Whether the whole row goes: it is nothing without the number, or is there already with the character replaced. */
        lost: z.boolean(),
      }),
    ),
  }),
  migrate: z.object({
    document: z.literal('migrate'),
    place: z.string(),
    /** Structure before; null: an empty database. */
    from: z.string().nullable(),
    to: z.string(),
    changed: z.boolean(),
    /** Files with what was there before. */
    copies: z.array(z.string()),
  }),
  /** What any command prints with --json when it fails (exit code above 0). */
  failure: z.object({
    error: z.enum(['bad-input', 'usage', 'no-answer', 'cancelled', 'internal']),
    problems: z.array(problemSchema),
  }),
} as const;
