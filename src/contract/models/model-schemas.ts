import { calendarSchema } from './calendar-model.ts';
import { hotlineSchema } from './hotline-model.ts';
import { labourRulesSchema } from './labour-rules-model.ts';
import { leversSchema } from './levers-model.ts';
import { monitorSchema } from './monitor-model.ts';
import { promptsSchema } from './prompts-model.ts';
import { scenarioSchema } from './scenario-model.ts';
import { scorecardSchema } from './scorecard-model.ts';
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
