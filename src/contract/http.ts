import { z } from 'zod';
import {
  compareDocumentSchema,
  divertDocumentSchema,
  forecastDocumentSchema,
  ingestDocumentSchema,
  leversDocumentSchema,
  overruleSchema,
  problemSchema,
  rankDocumentSchema,
  simulateDocumentSchema,
} from './documents.ts';
import { promptsSchema, repeatSchema, scenarioSchema, targetsSchema, textSchema } from './model-files.ts';
import { planDocumentSchema } from './plan-document.ts';

/**
 * Every endpoint of the API in one table: what it takes, what it answers, what it is for. The server routes
 * by it, the page calls by it, and the OpenAPI document is made from it. No Node module is imported here.
 */

/** All paths below are under this one. */
export const apiRoot = '/api/v1';
/** The header in which a write carries the page's token. */
export const tokenHeader = 'x-huawu-token';

const named = <Schema extends z.ZodType>(id: string, schema: Schema): Schema => schema.meta({ id });

const week = z
  .string()
  .regex(/^\d{4}-W\d{2}$/, 'an ISO week such as 2026-W48')
  .describe('ISO week, Monday to Sunday');
const seed = z.number().int().min(0).max(4_294_967_295).default(1);
const language = z.enum(['zh-CN', 'en']).default('zh-CN');
const planId = z.string().min(1).max(80);
const flag = z.enum(['true', 'false']).default('false');

/**
 * The kinds of file that can be taken in, as a planner names them. Which sort of monitoring or channel file it
 * is shows from its columns.
 */
export const fileKinds = [
  'traffic',
  'calls',
  'monitoring',
  'operators',
  'presence',
  'channels',
  'prompts',
  'events',
] as const;
export const fileKindSchema = z.enum(fileKinds);
export type FileKind = z.output<typeof fileKindSchema>;

/** What a dropped file looks like, before anything is taken in. */
export const guessDocumentSchema = named(
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
        /** 0–1: how sure. */
        confidence: z.number(),
      }),
    ),
    /** Fields that a file of this kind has, in the order in which they are documented. */
    fields: z.array(z.object({ field: z.string(), required: z.boolean() })),
    /** Required fields that no column was found for. */
    missing: z.array(z.string()),
    map: z.looseObject({}).describe('A map file that says what was guessed'),
    intervalMinutes: z.number().nullable(),
    /** A time of the file and how it is read. */
    timeReadAs: z.object({ sample: z.string(), readAs: z.string() }).nullable(),
    queues: z.array(z.string()),
  }),
);
export type GuessDocument = z.output<typeof guessDocumentSchema>;

/** RFC 9457 problem details, with every problem and its place. */
export const problemDetailsSchema = named(
  'ProblemDetails',
  z.object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    text: textSchema,
    problems: z.array(problemSchema),
  }),
);
export type ProblemDetails = z.output<typeof problemDetailsSchema>;

const planSummarySchema = named(
  'PlanSummary',
  z.object({ id: z.string(), week: z.string(), createdAt: z.string() }),
);

/** What a workspace holds: the page's first question. */
export const workspaceDocumentSchema = named(
  'Workspace',
  z.object({
    hotline: z.object({
      name: textSchema,
      zone: z.string(),
      country: z.string().nullable(),
      intervalMinutes: z.number().int(),
      answerTimeThresholdSeconds: z.number(),
      queues: z.array(z.object({ queue: z.string(), name: textSchema })),
      tiers: z.array(z.object({ tier: z.string(), name: textSchema })),
    }),
    madeUp: z.boolean(),
    traffic: z.array(
      z.object({
        queue: z.string(),
        firstDate: z.string(),
        lastDate: z.string(),
        intervalMinutes: z.number(),
        rows: z.number().int(),
      }),
    ),
    firstDate: z.string().nullable(),
    lastDate: z.string().nullable(),
    nextWeek: z.string().nullable().describe('The week after the last day of data; null without data'),
    plans: z.array(planSummarySchema),
    monitoring: z.object({
      hotlines: z.number().int(),
      periods: z.array(z.string()).describe('Periods with published results, newest first'),
    }),
  }),
);
export type WorkspaceDocument = z.output<typeof workspaceDocumentSchema>;

export const jobSchema = named(
  'Job',
  z.object({
    id: z.string(),
    kind: z.enum(['plan', 'forecast', 'divert', 'levers', 'simulate', 'compare']),
    state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
    done: z.number().min(0).max(1).describe('Share of the work that is done'),
    step: z.string().nullable(),
    createdAt: z.string(),
    result: z.string().nullable().describe('Path of the answer under the API root, when done'),
    problem: problemDetailsSchema.nullable(),
  }),
);
export type Job = z.output<typeof jobSchema>;
export type JobKind = Job['kind'];

export const planRequestSchema = named(
  'PlanRequest',
  z.strictObject({
    week,
    targets: targetsSchema.optional(),
    band: z.enum(['hot', 'warm', 'cold']).optional(),
    confidence: z.number().gt(0).lt(1).optional(),
    testCalls: z.number().int().min(1).max(1000).optional(),
    seed,
  }),
);
export type PlanRequest = z.output<typeof planRequestSchema>;

export const forecastRequestSchema = named(
  'ForecastRequest',
  z.strictObject({
    from: z.iso.date(),
    days: z.number().int().min(1).max(366).default(7),
    queue: z.string().optional(),
    method: z.string().default('auto'),
    seed,
  }),
);
export type ForecastRequest = z.output<typeof forecastRequestSchema>;

const roster = z
  .enum(['planned', 'seen'])
  .optional()
  .describe("The plan's shifts (default), or the operators on duty in the four weeks before it");

export const divertRequestSchema = named(
  'DivertRequest',
  z.strictObject({
    plan: planId.optional(),
    aim: z.enum(['fewest-diverted', 'best-for-roster']).optional(),
    asOf: z.string().max(20).optional().describe('Date and time until which the calls of the day are known'),
    roster,
    seed,
  }),
);
export type DivertRequest = z.output<typeof divertRequestSchema>;

export const leversRequestSchema = named(
  'LeversRequest',
  z.strictObject({
    plan: planId.optional(),
    roster,
    recover: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe('Share of the calls short of the targets to mend; left out: as many as all prompts mend'),
    budget: z.number().min(0).optional().describe('For the best mix; left out: what overtime costs'),
  }),
);
export type LeversRequest = z.output<typeof leversRequestSchema>;

export const simulateRequestSchema = named(
  'SimulateRequest',
  z.strictObject({
    plan: planId.optional(),
    scenario: scenarioSchema,
    seed,
  }),
);
export type SimulateRequest = z.output<typeof simulateRequestSchema>;

export const compareRequestSchema = named(
  'CompareRequest',
  z
    .strictObject({ week: week.optional(), period: z.string().min(4).max(8).optional(), seed })
    .refine((request) => (request.week === undefined) !== (request.period === undefined), {
      message: 'either week or period',
    }),
);
export type CompareRequest = z.output<typeof compareRequestSchema>;

export const modelNameSchema = z.enum([
  'hotline',
  'targets',
  'tiers',
  'shifts',
  'prompts',
  'levers',
  'scorecard',
  'monitor',
]);
export type ModelName = z.output<typeof modelNameSchema>;

const ingestQuerySchema = z.strictObject({
  name: z.string().min(1).max(255).describe("The file's own name"),
  kind: fileKindSchema,
  map: z.string().max(20_000).optional().describe('A map file as JSON'),
  encoding: z.string().max(40).optional(),
  zone: z.string().max(60).optional(),
  queue: z.string().max(60).optional(),
  absent: z.enum(['gap', 'zero', 'auto']).default('auto'),
  attribution: z.enum(['arrival', 'end']).default('arrival'),
  skipBadRows: flag,
  dryRun: flag,
});
export type IngestQuery = z.output<typeof ingestQuerySchema>;

/**
 * What a plan was made for, as plain numbers: enough to project it again in the browser with something changed.
 * Per-interval arrays have one entry for every interval of the plan. null stands for "without end".
 */
export const planWorldSchema = named(
  'PlanWorld',
  z.object({
    plan: z.string(),
    horizon: z.object({
      zone: z.string(),
      startMillis: z.number(),
      intervalMinutes: z.number(),
      count: z.number().int(),
    }),
    queues: z.array(
      z.object({
        queue: z.string(),
        name: textSchema,
        priority: z.number(),
        neverDivert: z.boolean(),
        smartVoiceShare: z.number(),
        routes: z.array(
          z.object({ tier: z.string(), preference: z.number(), overflowDelaySeconds: z.number() }),
        ),
        freshMean: z.array(z.number()),
        handleTimeSeconds: z.array(z.number()),
        patienceSeconds: z.number().nullable(),
        repeats: repeatSchema,
      }),
    ),
    tiers: z.array(z.object({ tier: z.string(), name: textSchema, operators: z.array(z.number()) })),
    trunks: z.number().nullable(),
    answerTimeThresholdSeconds: z.number(),
    shortAbandonSeconds: z.number(),
    catalogue: promptsSchema,
  }),
);
export type PlanWorldDocument = z.output<typeof planWorldSchema>;

const none = z.strictObject({});
const storedOverrule = named('StoredOverrule', overruleSchema.extend({ id: z.number().int() }));

/** One endpoint. `body` is null where nothing is sent; 'file' where the raw bytes of a file are. */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType | 'file' | null = z.ZodType | 'file' | null,
  Response extends z.ZodType | string | null = z.ZodType | string | null,
> {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  readonly path: string;
  readonly summary: string;
  readonly status: 200 | 201 | 202 | 204;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** A schema for JSON, a media type for a file or stream, null for an empty answer. */
  readonly response: Response;
}

const endpoint = <
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType | 'file' | null,
  Response extends z.ZodType | string | null,
>(
  described: Endpoint<Params, Query, Body, Response>,
): Endpoint<Params, Query, Body, Response> => described;

const read = <Params extends z.ZodType, Query extends z.ZodType, Response extends z.ZodType | string>(
  path: string,
  summary: string,
  params: Params,
  query: Query,
  response: Response,
) => endpoint({ method: 'get', path, summary, status: 200, params, query, body: null, response });

const startJob = <Body extends z.ZodType>(path: string, summary: string, body: Body) =>
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

const planParams = z.strictObject({ plan: planId.describe("A plan's id, or latest") });
const jobParams = z.strictObject({ job: z.string().min(1).max(80) });
const modelParams = z.strictObject({ model: modelNameSchema });

const plan = named('PlanDocument', planDocumentSchema);
const forecast = named('ForecastDocument', forecastDocumentSchema);
const divert = named('DivertDocument', divertDocumentSchema);
const levers = named('LeversDocument', leversDocumentSchema);
const simulate = named('SimulateDocument', simulateDocumentSchema);
const compare = named('CompareDocument', compareDocumentSchema);
const rank = named('RankDocument', rankDocumentSchema);
const ingest = named('IngestDocument', ingestDocumentSchema);
const overrule = named('Overrule', overruleSchema);
const jobAnswer = z.union([plan, forecast, divert, levers, simulate, compare]);

const readEndpoints = {
  health: read('/health', 'Whether the server is up', none, none, z.object({ ok: z.literal(true) })),
  openApi: read('/openapi.json', 'This description', none, none, 'application/json'),
  workspace: read('/workspace', 'What the workspace holds', none, none, workspaceDocumentSchema),
  model: read('/models/:model', 'One model file', modelParams, none, z.unknown()),
  plans: read('/plans', 'Plans made so far, newest first', none, none, z.array(planSummarySchema)),
  plan: read('/plans/:plan', 'One plan', planParams, none, plan),
  planWorld: read(
    '/plans/:plan/world',
    'What a plan was made for, to try changes on it',
    planParams,
    none,
    planWorldSchema,
  ),
  report: read(
    '/plans/:plan/report',
    'A plan as a file',
    planParams,
    z.strictObject({ format: z.enum(['html', 'xlsx', 'csv']), language }),
    'application/octet-stream',
  ),
  switchboardSheet: read(
    '/plans/:plan/switchboard-sheet',
    'When which prompt plays, to hand to the switchboard (CSV)',
    planParams,
    z.strictObject({ language }),
    'text/csv',
  ),
  rank: read(
    '/ranking',
    'League table and bands of many hotlines',
    none,
    z.strictObject({ period: z.string().min(4).max(8).optional(), seed: z.coerce.number().int().default(1) }),
    rank,
  ),
  overrules: read('/overrules', "Planners' changes to forecasts", none, none, z.array(storedOverrule)),
  jobs: read('/jobs', 'Jobs of this server, newest first', none, none, z.array(jobSchema)),
  job: read('/jobs/:job', 'How far a job is', jobParams, none, jobSchema),
  jobEvents: read('/jobs/:job/events', 'The same as it happens', jobParams, none, 'text/event-stream'),
  jobResult: read('/jobs/:job/result', 'The answer of a finished job', jobParams, none, jobAnswer),
} as const;

const writeEndpoints = {
  putModel: endpoint({
    method: 'put',
    path: '/models/:model',
    summary: 'Replaces one model file after validating it',
    status: 200,
    params: modelParams,
    query: none,
    body: z.unknown(),
    response: z.unknown(),
  }),
  guessFile: endpoint({
    method: 'post',
    path: '/files/guess',
    summary: "Says what a file's columns seem to be; the first megabyte of a CSV is enough",
    status: 200,
    params: none,
    query: z.strictObject({ name: z.string().min(1).max(255), kind: fileKindSchema.optional() }),
    body: 'file',
    response: guessDocumentSchema,
  }),
  ingestFile: endpoint({
    method: 'post',
    path: '/files/ingest',
    summary: 'Takes a file in, whole or not at all; with dryRun only says what would happen',
    status: 200,
    params: none,
    query: ingestQuerySchema,
    body: 'file',
    response: ingest,
  }),
  makePlan: startJob('/plans', 'Plans a week', planRequestSchema),
  makeForecast: startJob('/forecasts', 'Forecasts days', forecastRequestSchema),
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
  makeSimulation: startJob('/simulations', 'Runs a scenario against a plan', simulateRequestSchema),
  makeComparison: startJob(
    '/comparisons',
    'Forecast against actual, projection against monitored',
    compareRequestSchema,
  ),
  addOverrule: endpoint({
    method: 'post',
    path: '/overrules',
    summary: 'Changes a forecast, with a reason; the original is kept beside it',
    status: 201,
    params: none,
    query: none,
    body: overrule,
    response: storedOverrule,
  }),
  removeOverrule: endpoint({
    method: 'delete',
    path: '/overrules/:id',
    summary: 'Takes a change back',
    status: 204,
    params: z.strictObject({ id: z.coerce.number().int() }),
    query: none,
    body: null,
    response: null,
  }),
  cancelJob: endpoint({
    method: 'delete',
    path: '/jobs/:job',
    summary: 'Stops a job',
    status: 200,
    params: jobParams,
    query: none,
    body: null,
    response: jobSchema,
  }),
} as const;

export const endpoints = { ...readEndpoints, ...writeEndpoints } as const;
export type Endpoints = typeof endpoints;
export type EndpointName = keyof Endpoints;

type Answer<R> = R extends z.ZodType ? z.output<R> : R extends null ? undefined : never;
/** What an endpoint answers as JSON. */
export type ResponseOf<Name extends EndpointName> = Answer<Endpoints[Name]['response']>;
/** What an endpoint takes as JSON, before defaults are filled in. */
export type BodyOf<Name extends EndpointName> = Endpoints[Name]['body'] extends z.ZodType
  ? z.input<Endpoints[Name]['body']>
  : undefined;
