import { z } from 'zod';
import { accuracyDocumentSchema } from './accuracy-document.ts';
import { backtestDocumentSchema } from './backtest-document.ts';
import { bandsDocumentSchema } from './bands-document.ts';
import { compareDocumentSchema } from './compare-document.ts';
import { divertDocumentSchema } from './divert-document.ts';
import { erlangDocumentSchema } from './erlang-document.ts';
import { forecastDocumentSchema } from './forecast-document.ts';
import { gradeDocumentSchema } from './grade-document.ts';
import { hoursDocumentSchema } from './hours-document.ts';
import { hotlineDocumentSchema } from './hotline-document.ts';
import { ingestDocumentSchema } from './ingest-document.ts';
import { leversDocumentSchema } from './levers-document.ts';
import { mixDocumentSchema } from './mix-document.ts';
import { overruleSchema } from './overrule-schema.ts';
import { outlookDocumentSchema } from './outlook-document.ts';
import { planDocumentSchema } from './plan-document.ts';
import { rangeSchema } from './range-schema.ts';
import { rankDocumentSchema } from './rank-document.ts';
import { rateDocumentSchema } from './rate-document.ts';
import { rosterComparisonSchema } from './roster-comparison.ts';
import {
  publicationSchema,
  repairDocumentSchema,
  rosterChangeSchema,
  rosterCheckSchema,
  rosterDocumentSchema,
  swapDocumentSchema,
} from './roster-document.ts';
import { topicsDocumentSchema } from './topics-document.ts';
import { scorecardDocumentSchema } from './scorecard-document.ts';
import { requirementDocumentSchema } from './requirement-document.ts';
import { modelSimulationSchema, simulateDocumentSchema } from './simulate-document.ts';

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
