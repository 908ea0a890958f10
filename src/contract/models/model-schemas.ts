import { z } from 'zod';
import { calendarSchema } from './calendar-model.ts';
import { hotlineSchema } from './hotline-model.ts';
import { labourRulesSchema } from './labour-rules-model.ts';
import { leversSchema } from './levers-model.ts';
import { monitorSchema, scorecardSchema } from './monitor-model.ts';
import { promptsSchema } from './prompts-model.ts';
import { scenarioSchema } from './scenario-model.ts';
import { shiftsSchema } from './shifts-model.ts';
import { targetsSchema } from './targets-model.ts';
import { tiersSchema } from './tiers-model.ts';

/**
 * Every file a workspace's models/ folder holds, with its schema: users copy and edit them, and each is validated
 * on the way in. Fractions are 0–1, times carry their unit in the name, clock times are local 'HH:MM'.
 */
export const modelSchemas = {
  hotline: hotlineSchema,
  targets: targetsSchema,
  tiers: tiersSchema,
  shifts: shiftsSchema,
  prompts: promptsSchema,
  levers: leversSchema,
  scorecard: scorecardSchema,
  monitor: monitorSchema,
  labourRules: labourRulesSchema,
  scenario: scenarioSchema,
  calendar: calendarSchema,
} as const;

/**
 * Models as they are read and replaced as a whole: each as its file has it, but for labour rules, whose profiles (a file
 * each) are one document, in the order of the files.
 */
export const modelDocuments = {
  ...modelSchemas,
  labourRules: z.strictObject({ profiles: z.array(labourRulesSchema).min(1).max(20) }),
} as const;
