import { z } from 'zod';
import { auditDocumentSchema } from '../documents/audit-document.ts';
import { storedDiaryNoteSchema } from '../documents/diary-document.ts';
import { earlierModelSchema } from '../documents/earlier-model.ts';
import { compareDocumentSchema } from '../documents/compare-document.ts';
import { divertDocumentSchema } from '../documents/divert-document.ts';
import { forecastDocumentSchema } from '../documents/forecast-document.ts';
import { hotlineDocumentSchema } from '../documents/hotline-document.ts';
import { ingestDocumentSchema } from '../documents/ingest-document.ts';
import { leversDocumentSchema } from '../documents/levers-document.ts';
import { lineOverviewSchema, linesDocumentSchema } from '../documents/line-overview.ts';
import { topicsDocumentSchema } from '../documents/topics-document.ts';
import { outlookDocumentSchema } from '../documents/outlook-document.ts';
import { overruleSchema, overruleRequestSchema } from '../documents/overrule-schema.ts';
import { planDocumentSchema } from '../documents/plan-document.ts';
import { rankDocumentSchema } from '../documents/rank-document.ts';
import { requirementDocumentSchema } from '../documents/requirement-document.ts';
import {
  publicationSchema,
  repairDocumentSchema,
  rosterChangeSchema,
  rosterDocumentSchema,
  swapDocumentSchema,
} from '../documents/roster-document.ts';
import { simulateDocumentSchema } from '../documents/simulate-document.ts';
import { hoursInUseSchema } from '../models/opening-hours-schema.ts';
import { planLifeSchema } from '../plan-life.ts';
import { named } from './named.ts';

/** Every answer of the API that a command gives as well, under the name it has in the OpenAPI document. */

export const plan = named('PlanDocument', planDocumentSchema);
const forecast = named('ForecastDocument', forecastDocumentSchema);
const topics = named('TopicsDocument', topicsDocumentSchema);
const outlook = named('OutlookDocument', outlookDocumentSchema);
const divert = named('DivertDocument', divertDocumentSchema);
const levers = named('LeversDocument', leversDocumentSchema);
const requirement = named('RequirementDocument', requirementDocumentSchema);
const simulate = named('SimulateDocument', simulateDocumentSchema);
const compare = named('CompareDocument', compareDocumentSchema);
export const roster = named('RosterDocument', rosterDocumentSchema);
export const rosterSummary = named(
  'RosterSummary',
  rosterDocumentSchema.pick({ id: true, from: true, to: true, createdAt: true, publishedAt: true }),
);
const repair = named('RepairDocument', repairDocumentSchema);
export const swap = named('SwapDocument', swapDocumentSchema);
export const publication = named('PublicationDocument', publicationSchema);
export const rosterChange = named('RosterChange', rosterChangeSchema);
export const hoursInUse = named('OpeningHours', hoursInUseSchema);
export const rank = named('RankDocument', rankDocumentSchema);
export const hotline = named('HotlineDocument', hotlineDocumentSchema);
const lineOverview = named('LineOverview', lineOverviewSchema);
export const lines = named('LinesDocument', linesDocumentSchema);
export const ingest = named('IngestDocument', ingestDocumentSchema);
export const overrule = named('Overrule', overruleRequestSchema);

export const audit = named('AuditDocument', auditDocumentSchema);
export const planLife = named('PlanLife', planLifeSchema);

export const storedOverrule = named('StoredOverrule', overruleSchema.extend({ id: z.number().int() }));

export const diaryNote = named('DiaryNote', storedDiaryNoteSchema);

export const earlierModel = named('EarlierModel', earlierModelSchema);

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
