import { z } from 'zod';
import { diaryNoteSchema } from '../documents/audit-document.ts';
import {
  alarmChangeSchema,
  alarmsSchema,
  feedNameSchema,
  feedToPutSchema,
  feedTestSchema,
  pushAnswerSchema,
  pushSchema,
} from '../documents/feed-documents.ts';
import { ingestDocumentSchema } from '../documents/ingest-document.ts';
import { wantedOverruleSchema } from '../documents/overrule-schema.ts';
import {
  diaryNote,
  endpoint,
  feed,
  jobParams,
  modelParams,
  none,
  planLife,
  planParams,
  roster,
  storedOverrule,
} from './endpoint.ts';
import { eventChangeSchema, plannedEventSchema } from '../models/calendar-model.ts';
import { guessDocumentSchema, guessQuerySchema, ingestQuerySchema } from './file-documents.ts';
import {
  accuracyRequestSchema,
  compareRequestSchema,
  divertRequestSchema,
  forecastRequestSchema,
  leversRequestSchema,
  outlookRequestSchema,
  topicsRequestSchema,
  planRequestSchema,
  requirementRequestSchema,
  simulateRequestSchema,
  stepActionRequestSchema,
  takeActionRequestSchema,
  takeActionsRequestSchema,
} from './job-requests.ts';
import {
  publishRequestSchema,
  repairRequestSchema,
  changeRosterRequestSchema,
  rosterRequestSchema,
  swapRequestSchema,
} from './roster-requests.ts';
import { planNoteSchema, planStepSchema } from '../plan-life.ts';
import { jobSchema } from './job.ts';
import { modelNameSchema, withSchemaId } from './model-name.ts';
import { steppedActionSchema, takenActionSchema } from '../documents/day-document.ts';
import { publicationSchema, swapDocumentSchema } from '../documents/roster-document.ts';

/** The same as a request: a change of more than half of a day is only made where it is confirmed. */
const overruleRequestSchema = wantedOverruleSchema.safeExtend({
  confirmLargeChange: z
    .boolean()
    .optional()
    .describe('Make the change although it has more than half of the day’s calls more or fewer'),
});

const startJob = <Body extends z.ZodType>(path: string, summary: string, body: Body) =>
  endpoint({ method: 'post', path, summary, status: 202, body, response: jobSchema });

const noteParams = z.strictObject({ note: z.coerce.number().int() });

const feedParams = z.strictObject({ feed: feedNameSchema });
const requestId = z.string().min(1).max(200);
/** Records of a stream, as Amazon Data Firehose delivers them to an HTTP endpoint. */
const deliverySchema = z.object({
  requestId,
  timestamp: z.number().min(0).max(1e15).optional(),
  records: z.array(z.object({ data: z.base64() })).max(100_000),
});
const pushQuery = z.strictObject({
  feed: feedNameSchema.optional().describe('The feed; left out: the only one that is pushed to'),
});

const takenAction = withSchemaId('TakenAction', takenActionSchema);
/** What changes something or starts work; each carries the token. */
export const writeEndpoints = {
  putModel: endpoint({
    method: 'put',
    path: '/models/:model',
    summary: 'Replaces one model file after validating it',
    params: modelParams,
    body: z.unknown(),
    response: z.unknown(),
  }),
  putModels: endpoint({
    method: 'put',
    path: '/models',
    summary: 'Replaces several model files together, where they fit one another then',
    body: z.partialRecord(modelNameSchema, z.unknown()),
    response: z.unknown(),
  }),
  changeEvent: endpoint({
    method: 'put',
    path: '/events',
    summary: 'Adds, changes or removes one event, where it still stands as it was read',
    body: eventChangeSchema,
    response: z.array(plannedEventSchema),
  }),
  guessFile: endpoint({
    method: 'post',
    path: '/files/guess',
    summary: "Says what a file's columns seem to be; the first megabyte of a CSV is enough",
    query: guessQuerySchema,
    body: 'file',
    response: guessDocumentSchema,
  }),
  removeTraffic: endpoint({
    method: 'delete',
    path: '/traffic/:queue',
    summary:
      'Removes the stored calls of a queue, all days or some; those from a file can be imported again, those of a live feed cannot',
    params: z.strictObject({ queue: z.string().min(1) }),
    query: z.strictObject({ from: z.iso.date().optional(), to: z.iso.date().optional() }),
    response: z.object({ rows: z.number().int() }),
  }),
  ingestFile: endpoint({
    method: 'post',
    path: '/files/ingest',
    summary: 'Takes a file in, whole or not at all; with dryRun only says what would happen',
    query: ingestQuerySchema,
    body: 'file',
    response: withSchemaId('IngestDocument', ingestDocumentSchema),
  }),
  putFeed: endpoint({
    method: 'put',
    path: '/feeds/:feed',
    summary: 'Sets up a live feed, or changes one',
    params: feedParams,
    body: feedToPutSchema,
    response: feed,
  }),
  removeFeed: endpoint({
    method: 'delete',
    path: '/feeds/:feed',
    summary: 'Removes a live feed; what it brought stays',
    params: feedParams,
  }),
  testFeed: endpoint({
    method: 'post',
    path: '/feeds/:feed/test',
    summary: "Looks at a live feed's source and stores nothing",
    params: feedParams,
    response: feedTestSchema,
  }),
  changeAlarms: endpoint({
    method: 'put',
    path: '/alarms',
    summary: 'Says where alarms of live feeds go; what is left out stays',
    body: alarmChangeSchema,
    response: alarmsSchema,
  }),
  testAlarms: endpoint({
    method: 'post',
    path: '/alarms/test',
    summary: 'Sends an alarm that is a test, by each way',
    response: alarmsSchema,
  }),
  pushRows: endpoint({
    method: 'post',
    path: '/feed',
    summary:
      'Takes 1 to 10,000 rows of a feed that is pushed: calls, intervals, presence; the same again is nothing new',
    query: pushQuery,
    body: pushSchema,
    response: pushAnswerSchema,
  }),
  pushStream: endpoint({
    method: 'post',
    path: '/feed/firehose',
    summary:
      'Takes contact records and agent events of Amazon Connect as Amazon Data Firehose delivers them; the same again is nothing new',
    query: pushQuery,
    body: deliverySchema,
    response: z.object({
      requestId,
      timestamp: z.number().int().describe('When it was stored, milliseconds since 1970'),
    }),
  }),
  makePlan: startJob('/plans', 'Plans a week', planRequestSchema),
  makeForecast: startJob('/forecasts', 'Forecasts days', forecastRequestSchema),
  makeOutlook: startJob(
    '/outlooks',
    'Forecasts weeks or months, up to three years ahead',
    outlookRequestSchema,
  ),
  forecastByTopic: startJob(
    '/topics',
    'Forecasts demands by topic, and tells of seasonal topics early',
    topicsRequestSchema,
  ),
  measureAccuracy: startJob(
    '/accuracies',
    'How good forecasts have been, by how far ahead, beside plain rules; and plans as they were kept',
    accuracyRequestSchema,
  ),
  makeDiversion: startJob(
    '/diversions',
    "Chooses a plan's prompts and says what they do",
    divertRequestSchema,
  ),
  compareLevers: startJob(
    '/levers',
    'The same target by prompts and by what else mends a peak, and the best mix for a budget',
    leversRequestSchema,
  ),
  explainRequirement: startJob(
    '/requirements',
    'What it would take: one operator more or less in an interval, and what rates from 80 to 99 % cost',
    requirementRequestSchema,
  ),
  makeSimulation: startJob('/simulations', 'Runs a scenario against a plan', simulateRequestSchema),
  makeComparison: startJob(
    '/comparisons',
    'Forecast against actual, projection against monitored',
    compareRequestSchema,
  ),
  makeOverview: startJob('/overviews', 'Works the hotline out at a glance, and keeps that', none),
  makeRoster: startJob('/rosters', 'Rosters some weeks: who works when', rosterRequestSchema),
  repairRoster: startJob('/repairs', 'Who could step in for somebody absent', repairRequestSchema),
  swapDuties: endpoint({
    method: 'post',
    path: '/swaps',
    summary: 'Judges an exchange of duties against the rules, and carries it out where asked to',
    body: swapRequestSchema,
    response: withSchemaId('SwapDocument', swapDocumentSchema),
  }),
  changeRoster: endpoint({
    method: 'post',
    path: '/roster-changes',
    summary: 'Changes days of a roster by hand; the answer is the roster with the rules that it breaks',
    body: changeRosterRequestSchema,
    response: roster,
  }),
  takeDayAction: endpoint({
    method: 'post',
    path: '/day/actions',
    summary: "Takes an action that the day proposes: into the day's log and, with people, into the roster",
    status: 201,
    body: takeActionRequestSchema,
    response: takenAction,
  }),
  takeDayActions: endpoint({
    method: 'post',
    path: '/day/mixes',
    summary: 'Takes several actions that the day proposes in one step, all of them or none',
    status: 201,
    body: takeActionsRequestSchema,
    response: z.array(takenAction),
  }),
  stepDayAction: endpoint({
    method: 'post',
    path: '/day/actions/:action',
    summary: 'Notes that an action was agreed to or declined, or takes it back and its change of the roster',
    params: z.strictObject({ action: z.coerce.number().int() }),
    body: stepActionRequestSchema,
    response: withSchemaId('SteppedAction', steppedActionSchema),
  }),
  publishRoster: endpoint({
    method: 'post',
    path: '/publications',
    summary: 'Publishes a roster: from then on it changes only change by change',
    status: 201,
    body: publishRequestSchema,
    response: withSchemaId('PublicationDocument', publicationSchema),
  }),
  addOverrule: endpoint({
    method: 'post',
    path: '/overrules',
    summary: 'Changes a forecast, with a reason; the original is kept beside it',
    status: 201,
    body: withSchemaId('Overrule', overruleRequestSchema),
    response: storedOverrule,
  }),
  removeOverrule: endpoint({
    method: 'delete',
    path: '/overrules/:id',
    summary: 'Takes a change back',
    params: z.strictObject({ id: z.coerce.number().int() }),
  }),
  addDiaryNote: endpoint({
    method: 'post',
    path: '/diary',
    summary: 'Notes what happened on a day; as an event where forecasts are to use it',
    status: 201,
    body: diaryNoteSchema,
    response: diaryNote,
  }),
  changeDiaryNote: endpoint({
    method: 'put',
    path: '/diary/:note',
    summary: 'Changes a note of a day, or whether forecasts use it. Takes If-Match',
    params: noteParams,
    body: diaryNoteSchema,
    response: diaryNote,
  }),
  removeDiaryNote: endpoint({
    method: 'delete',
    path: '/diary/:note',
    summary: 'Removes a note of a day, and the event that it stands for. Takes If-Match',
    params: noteParams,
  }),
  namePlan: endpoint({
    method: 'put',
    path: '/plans/:plan/name',
    summary: 'Gives a plan a name; null takes it back. Takes If-Match',
    params: planParams,
    body: z.strictObject({ name: z.string().trim().min(1).max(80).nullable() }),
    response: planLife,
  }),
  stepPlan: endpoint({
    method: 'put',
    path: '/plans/:plan/state',
    summary:
      'Takes a plan a step further: proposes, returns, approves, publishes or withdraws it. Takes If-Match',
    params: planParams,
    body: planStepSchema,
    response: planLife,
  }),
  notePlan: endpoint({
    method: 'post',
    path: '/plans/:plan/notes',
    summary: 'Adds a note to a plan. Takes If-Match',
    status: 201,
    params: planParams,
    body: planNoteSchema,
    response: planLife,
  }),
  removePlan: endpoint({
    method: 'delete',
    path: '/plans/:plan',
    summary: 'Removes a plan that is not published. Takes If-Match',
    params: planParams,
  }),
  cancelJob: endpoint({
    method: 'delete',
    path: '/jobs/:job',
    summary: 'Stops a job',
    params: jobParams,
    response: jobSchema,
  }),
} as const;
