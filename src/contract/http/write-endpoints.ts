import { z } from 'zod';
import { ingest, overrule, storedOverrule } from './answers.ts';
import { endpoint, none, startJob } from './endpoint.ts';
import { guessDocumentSchema, guessQuerySchema, ingestQuerySchema } from './file-documents.ts';
import {
  compareRequestSchema,
  divertRequestSchema,
  forecastRequestSchema,
  leversRequestSchema,
  planRequestSchema,
  requirementRequestSchema,
  simulateRequestSchema,
} from './job-requests.ts';
import { jobSchema } from './job.ts';
import { jobParams, modelParams, planParams } from './path-params.ts';

/** What changes something or starts work; each carries the token. */
export const writeEndpoints = {
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
    query: guessQuerySchema,
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
  namePlan: endpoint({
    method: 'put',
    path: '/plans/:plan/name',
    summary: 'Gives a plan a name; null takes it back',
    status: 204,
    params: planParams,
    query: none,
    body: z.strictObject({ name: z.string().trim().min(1).max(80).nullable() }),
    response: null,
  }),
  removePlan: endpoint({
    method: 'delete',
    path: '/plans/:plan',
    summary: 'Removes a plan',
    status: 204,
    params: planParams,
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
