import { z } from 'zod';
import {
  auditDocumentSchema,
  earlierModelSchema,
  storedDiaryNoteSchema,
} from '../documents/audit-document.ts';
import { compareDocumentSchema } from '../documents/compare-document.ts';
import { dayDocumentSchema, takenActionSchema } from '../documents/day-document.ts';
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
import { feedNameSchema, feedSchema } from '../documents/feed-documents.ts';
import { ingestDocumentSchema } from '../documents/ingest-document.ts';
import { lineOverviewSchema, linesDocumentSchema } from '../documents/line-overview.ts';
import { overruleRequestSchema, overruleSchema } from '../documents/overrule-schema.ts';
import { planDocumentSchema } from '../documents/plan-document.ts';
import { hotlineDocumentSchema, rankDocumentSchema } from '../documents/rank-document.ts';
import { requirementDocumentSchema } from '../documents/requirement-document.ts';
import {
  publicationSchema,
  repairDocumentSchema,
  rosterChangeSchema,
  rosterDocumentSchema,
  swapDocumentSchema,
} from '../documents/roster-document.ts';
import { recordKindNames } from '../../kernel/records.ts';
import { hoursInUseSchema } from '../models/model-fields.ts';
import { planLifeSchema } from '../plan-life.ts';
import { planId } from './job-requests.ts';
import { jobSchema } from './job.ts';
import { modelNameSchema, withSchemaId } from './model-name.ts';

/** A schema for JSON, a media type (or several) for a file or stream, null for an empty answer. */
type Answered = z.ZodType | string | readonly string[] | null;

export const none = z.strictObject({});

/** One endpoint. `body` is null where nothing is sent; 'file' where the raw bytes of a file are. */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType | 'file' | null = z.ZodType | 'file' | null,
  Response extends Answered = Answered,
> {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  readonly path: string;
  readonly summary: string;
  readonly status: 200 | 201 | 202 | 204;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly response: Response;
}

export const endpoint = <
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType | 'file' | null,
  Response extends Answered,
>(
  described: Endpoint<Params, Query, Body, Response>,
): Endpoint<Params, Query, Body, Response> => described;

export const read = <
  Params extends z.ZodType,
  Query extends z.ZodType,
  Response extends NonNullable<Answered>,
>(
  path: string,
  summary: string,
  params: Params,
  query: Query,
  response: Response,
) => endpoint({ method: 'get', path, summary, status: 200, params, query, body: null, response });

export const startJob = <Body extends z.ZodType>(path: string, summary: string, body: Body) =>
  endpoint({
    method: 'post',
    path,
    summary,
    status: 202,
    params: none,
    query: none,
    body,
    response: jobSchema,
  });

export const planParams = z.strictObject({ plan: planId.describe("A plan's id, or latest") });
export const noteParams = z.strictObject({ note: z.coerce.number().int() });
export const feedParams = z.strictObject({ feed: feedNameSchema });
export const jobParams = z.strictObject({ job: z.string().min(1).max(80) });
export const modelParams = z.strictObject({ model: modelNameSchema });
export const rosterParams = z.strictObject({
  roster: z.string().min(1).max(80).describe("A roster's id, or latest"),
});
export const templateParams = z.strictObject({ kind: z.enum(recordKindNames) });

/** Every answer of the API that a command gives as well, under the name it has in the OpenAPI document. */

export const plan = withSchemaId('PlanDocument', planDocumentSchema);
const forecast = withSchemaId('ForecastDocument', forecastDocumentSchema);
const topics = withSchemaId('TopicsDocument', topicsDocumentSchema);
const outlook = withSchemaId('OutlookDocument', outlookDocumentSchema);
export const day = withSchemaId('DayDocument', dayDocumentSchema);
export const takenAction = withSchemaId('TakenAction', takenActionSchema);
const divert = withSchemaId('DivertDocument', divertDocumentSchema);
const levers = withSchemaId('LeversDocument', leversDocumentSchema);
const requirement = withSchemaId('RequirementDocument', requirementDocumentSchema);
const simulate = withSchemaId('SimulateDocument', simulateDocumentSchema);
const compare = withSchemaId('CompareDocument', compareDocumentSchema);
export const roster = withSchemaId('RosterDocument', rosterDocumentSchema);
export const rosterSummary = withSchemaId(
  'RosterSummary',
  rosterDocumentSchema.pick({ id: true, from: true, to: true, createdAt: true, publishedAt: true }),
);
const repair = withSchemaId('RepairDocument', repairDocumentSchema);
export const swap = withSchemaId('SwapDocument', swapDocumentSchema);
export const publication = withSchemaId('PublicationDocument', publicationSchema);
export const rosterChange = withSchemaId('RosterChange', rosterChangeSchema);
export const hoursInUse = withSchemaId('OpeningHours', hoursInUseSchema);
export const rank = withSchemaId('RankDocument', rankDocumentSchema);
export const hotline = withSchemaId('HotlineDocument', hotlineDocumentSchema);
const lineOverview = withSchemaId('LineOverview', lineOverviewSchema);
export const lines = withSchemaId('LinesDocument', linesDocumentSchema);
export const ingest = withSchemaId('IngestDocument', ingestDocumentSchema);
export const overrule = withSchemaId('Overrule', overruleRequestSchema);

export const feed = withSchemaId('Feed', feedSchema);

export const audit = withSchemaId('AuditDocument', auditDocumentSchema);
export const planLife = withSchemaId('PlanLife', planLifeSchema);

export const storedOverrule = withSchemaId('StoredOverrule', overruleSchema.extend({ id: z.number().int() }));

export const diaryNote = withSchemaId('DiaryNote', storedDiaryNoteSchema);

export const earlierModel = withSchemaId('EarlierModel', earlierModelSchema);

export const jobAnswer = z.union([
  plan,
  forecast,
  outlook,
  topics,
  divert,
  levers,
  requirement,
  simulate,
  compare,
  roster,
  repair,
  lineOverview,
]);
