import { dayDocumentSchema } from '../documents/day-document.ts';
import { alarmsSchema } from '../documents/feed-documents.ts';
import { z } from 'zod';
import { planDocumentSchema } from '../documents/plan-document.ts';
import { reportFormats, reportPages, reportTables, templateFormats } from '../report-formats.ts';
import { accuracyDocumentSchema } from '../documents/accuracy-document.ts';
import { earlierModelSchema, auditDocumentSchema } from '../documents/audit-document.ts';
import {
  diaryNote,
  feed,
  jobParams,
  modelParams,
  planLife,
  planParams,
  read,
  roster,
  storedOverrule,
} from './endpoint.ts';
import { calendarDocumentSchema } from '../models/calendar-model.ts';
import { dataReportSchema } from './file-documents.ts';
import { namesSeenSchema, withSchemaId } from './model-name.ts';
import { dayRequestSchema, hotlineQuery, rankQuery } from './job-requests.ts';
import { jobSchema, jobsQuerySchema } from './job.ts';
import { rosterBasisSchema } from './roster-requests.ts';
import { plannedOperationSchema } from './planned-operation-document.ts';
import { planSummarySchema, todayTrafficSchema, workspaceDocumentSchema } from './workspace-document.ts';
import { compareDocumentSchema } from '../documents/compare-document.ts';
import {
  divertDocumentSchema,
  leversDocumentSchema,
  simulateDocumentSchema,
} from '../documents/effect-documents.ts';
import {
  forecastDocumentSchema,
  outlookDocumentSchema,
  topicsDocumentSchema,
} from '../documents/forecast-document.ts';
import { lineOverviewSchema, linesDocumentSchema } from '../documents/line-overview.ts';
import { hotlineDocumentSchema, rankDocumentSchema } from '../documents/rank-document.ts';
import { requirementDocumentSchema } from '../documents/requirement-document.ts';
import {
  repairDocumentSchema,
  rosterChangeSchema,
  rosterDocumentSchema,
} from '../documents/roster-document.ts';
import { recordKindNames } from '../../kernel/records.ts';
import { hoursInUseSchema } from '../models/model-fields.ts';

const calendarQuerySchema = z.strictObject({
  from: z.iso.date(),
  days: z.coerce.number().int().min(1).max(400),
});

/** Which part of the log: below a number, at most so many. */
const auditQuerySchema = z.strictObject({
  below: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

const rosterParams = z.strictObject({
  roster: z.string().min(1).max(80).describe("A roster's id, or latest"),
});

const templateParams = z.strictObject({ kind: z.enum(recordKindNames) });

const rosterSummary = withSchemaId(
  'RosterSummary',
  rosterDocumentSchema.pick({ id: true, from: true, to: true, createdAt: true, publishedAt: true }),
);

const plan = withSchemaId('PlanDocument', planDocumentSchema);

/** Every answer of the API that a command gives as well, under the name it has in the OpenAPI document. */
const jobAnswer = z.union([
  plan,
  withSchemaId('ForecastDocument', forecastDocumentSchema),
  withSchemaId('OutlookDocument', outlookDocumentSchema),
  withSchemaId('TopicsDocument', topicsDocumentSchema),
  withSchemaId('AccuracyDocument', accuracyDocumentSchema),
  withSchemaId('DivertDocument', divertDocumentSchema),
  withSchemaId('LeversDocument', leversDocumentSchema),
  withSchemaId('RequirementDocument', requirementDocumentSchema),
  withSchemaId('SimulateDocument', simulateDocumentSchema),
  withSchemaId('CompareDocument', compareDocumentSchema),
  roster,
  withSchemaId('RepairDocument', repairDocumentSchema),
  withSchemaId('LineOverview', lineOverviewSchema),
]);

const language = z.enum(['zh-CN', 'en']).default('zh-CN');

/** What can be asked without changing anything. */
export const readEndpoints = {
  health: read('/health', 'Whether the server is up', z.object({ ok: z.literal(true) })),
  openApi: read('/openapi.json', 'This description', z.record(z.string(), z.unknown())),
  workspace: read('/workspace', 'What the workspace holds', workspaceDocumentSchema),
  lines: read(
    '/lines',
    'Hotlines that whoever asks has a role on, at a glance; every path stands under /lines/NAME too',
    withSchemaId('LinesDocument', linesDocumentSchema),
    {
      query: z.strictObject({
        figures: z.enum(['true', 'false']).default('true').describe('false: names alone'),
      }),
    },
  ),
  model: read('/models/:model', 'One model file', z.unknown(), { params: modelParams }),
  earlierModels: read(
    '/models/:model/earlier',
    'Earlier versions of a model, the latest first: as it stood before each of the last 30 saves',
    z.array(withSchemaId('EarlierModel', earlierModelSchema)),
    { params: modelParams },
  ),
  calendar: read(
    '/calendar',
    'What kind of day each date is, and the events that planners have entered',
    calendarDocumentSchema,
    { query: calendarQuerySchema },
  ),
  openingHours: read(
    '/opening-hours',
    'When the line is open, as stated and as the data show it',
    withSchemaId('OpeningHours', hoursInUseSchema),
  ),
  dataReport: read('/data-report', 'How good the stored data are, and how far they carry', dataReportSchema),
  todayTraffic: read('/traffic/today', "Today's calls so far, by queue", todayTrafficSchema),
  namesSeen: read('/names-seen', 'Names that the records use', namesSeenSchema),
  plans: read('/plans', 'Plans made so far, newest first', z.array(planSummarySchema)),
  plan: read('/plans/:plan', 'One plan', plan, { params: planParams }),
  planLife: read(
    '/plans/:plan/life',
    "A plan's state, steps, name and notes; its version is the `ETag`",
    planLife,
    { params: planParams },
  ),
  planWorld: read(
    '/plans/:plan/world',
    'What a plan was made for, to try changes on it',
    plannedOperationSchema,
    { params: planParams },
  ),
  template: read(
    '/templates/:kind',
    'A file to fill in and import: headings, examples, remarks on each column',
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv'],
    {
      params: templateParams,
      query: z.strictObject({ format: z.enum(templateFormats).default('xlsx'), language }),
    },
  ),
  report: read(
    '/plans/:plan/report',
    'A plan as a file',
    [
      'text/html',
      'application/json',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/zip',
      'text/csv',
    ],
    {
      params: planParams,
      query: z.strictObject({
        format: z.enum(reportFormats),
        language,
        /** Of html: the whole week, or one sheet for who decides. */
        page: z.enum(reportPages).optional(),
        /** Of csv: which table. */
        table: z.enum(reportTables).default('days'),
      }),
    },
  ),
  switchboardSheet: read(
    '/plans/:plan/switchboard-sheet',
    'When which prompt plays, to hand to the switchboard (CSV)',
    'text/csv',
    { params: planParams, query: z.strictObject({ language }) },
  ),
  rosters: read('/rosters', 'Rosters made so far, the last saved first', z.array(rosterSummary)),
  roster: read('/rosters/:roster', 'One roster: who works when', roster, { params: rosterParams }),
  rosterBasis: read(
    '/rosters/:roster/basis',
    'What a roster is based on, as plain numbers: people, duties, rules, operators ready',
    rosterBasisSchema,
    { params: rosterParams },
  ),
  rosterChanges: read(
    '/rosters/:roster/changes',
    'What became of a roster since it was made',
    z.array(withSchemaId('RosterChange', rosterChangeSchema)),
    { params: rosterParams },
  ),
  rosterFile: read(
    '/rosters/:roster/file',
    "A roster as a workbook, CSV, calendar, wall sheet or what a messenger's attendance takes",
    [
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'text/csv',
      'text/calendar',
      'text/html',
      'application/json',
    ],
    {
      params: rosterParams,
      query: z.strictObject({ format: z.enum(['xlsx', 'csv', 'ics', 'html', 'wecom', 'feishu']), language }),
    },
  ),
  day: read(
    '/day',
    'A day in progress: signals, what it comes to by midnight, what can still be done; without asOf: now',
    withSchemaId('DayDocument', dayDocumentSchema),
    { query: dayRequestSchema },
  ),
  dayEvents: read('/day/events', 'Says whenever the day has changed', 'text/event-stream'),
  rank: read(
    '/ranking',
    'League table and bands of many hotlines',
    withSchemaId('RankDocument', rankDocumentSchema),
    { query: rankQuery },
  ),
  hotline: read(
    '/ranking/hotline',
    'One hotline through the periods',
    withSchemaId('HotlineDocument', hotlineDocumentSchema),
    { query: hotlineQuery },
  ),
  feeds: read('/feeds', 'Live feeds and how they stand', z.array(feed)),
  alarms: read('/alarms', 'Where alarms of live feeds go, and how they stand', alarmsSchema),
  overrules: read('/overrules', "Planners' changes to forecasts", z.array(storedOverrule)),
  diary: read('/diary', 'What people noted of days, by date', z.array(diaryNote)),
  audit: read(
    '/audit',
    'The log of changes, the latest first, and whether it is whole',
    withSchemaId('AuditDocument', auditDocumentSchema),
    { query: auditQuerySchema },
  ),
  jobs: read('/jobs', 'Jobs of this server, newest first', z.array(jobSchema), { query: jobsQuerySchema }),
  job: read('/jobs/:job', 'How far a job is', jobSchema, { params: jobParams }),
  jobEvents: read('/jobs/:job/events', 'The same as it happens', 'text/event-stream', { params: jobParams }),
  jobResult: read('/jobs/:job/result', 'The answer of a finished job', jobAnswer, { params: jobParams }),
} as const;
