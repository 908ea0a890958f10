import { z } from 'zod';
import {
  audience,
  clockTime,
  key,
  mostListed,
  mostOperators,
  nameKey,
  patienceFactor,
  share,
  textSchema,
} from './model-fields.ts';
import { formError } from '../schema-forms.ts';

/** A local wall clock to the minute; 24:00 ends a day. */
const wallClock = z
  .string()
  .regex(
    /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?|24:00)$/,
    formError('local-time'),
  );

/** A what-if scenario for `simulate` and the diversion page. */
export const scenarioSchema = z.strictObject({
  scenario: z.string().min(1).max(200),
  /** Factor on fresh calls, e.g. 1.1 for ten percent more. */
  callsFactor: z.number().min(0).max(10).default(1),
  /** A surge over part of the week: factor between two local wall clocks of the plan's week. Several on one time add up what each adds. */
  surges: z
    .array(
      z.strictObject({
        from: wallClock,
        to: wallClock,
        factor: z.number().min(0).max(20),
        queue: nameKey.optional(),
      }),
    )
    .max(mostListed)
    .default([]),
  handleTimeFactor: z.number().min(0.1).max(10).default(1),
  /** Operators more (or fewer, negative) in every interval of a tier while it is staffed. */
  operatorsChange: z.record(nameKey, z.number().int().min(-mostOperators).max(mostOperators)).default({}),
  /** Factor on every prompt's online and off-peak shares: half or double the assumed take-up. */
  takeUpFactor: z.number().min(0).max(10).default(1),
  smartVoiceShare: share.optional(),
  prompts: z.enum(['as-planned', 'none', 'choose']).default('as-planned'),
  /** Prompts drawn by hand, played instead of what `prompts` says. `to` may be 24:00. */
  placements: z
    .array(
      z.strictObject({
        prompt: key,
        queue: nameKey,
        date: z.iso.date(),
        from: clockTime,
        to: clockTime,
      }),
    )
    .max(400)
    .optional(),
  channelCapacityFactor: z.number().min(0).max(100).default(1),
  /** Whom every prompt is offered to, in place of what the catalogue says. */
  offeredTo: audience.optional(),
  /** Factor on the patience of those who hear a prompt and stay, in place of the catalogue's. */
  patienceFactor: patienceFactor.optional(),
});
export type ScenarioModel = z.output<typeof scenarioSchema>;

/** Factor on something assumed: a tenth to ten times; beyond it is another line. */
const assumptionFactor = z.number().min(0.1).max(10);

/** What a planner asks of one plan alone, in texts of a form. */
const asked = z.array(z.string().min(1).max(80)).max(20).optional();

/** Questions with which a plan takes something otherwise than data and settings have it: it is a what-if then. */
export const whatIfQuestions = {
  handleTimeFactor: assumptionFactor.optional().describe('What if handle times were so many times as long'),
  patienceFactor: assumptionFactor.optional().describe('What if callers waited so many times as long'),
  redialFactor: assumptionFactor
    .optional()
    .describe('What if so many times as many failed callers dialled again'),
  shrinkageFactor: assumptionFactor.optional().describe('What if shrinkage were so many times as large'),
  handleTimeSeconds: z
    .number()
    .min(-600)
    .max(600)
    .optional()
    .describe('What if every call took so many seconds more (or less, below 0)'),
  latestStart: asked.describe('What if shifts could start until then: SHIFT=HH:MM'),
  addShift: asked.describe('What if there were a shift more, like one that there is: SHIFT@HH:MM[-HH:MM]'),
  dropShift: asked.describe('What if there were not this shift: SHIFT'),
  people: asked.describe('What if a tier had so many people more (or less, below 0): TIER=N'),
  openingHours: asked.describe(
    'What if the line were open then: HH:MM-HH:MM, on weekdays 1 to 7: 6-7=09:00-17:00, 7=closed',
  ),
};

/** The figures among them where nothing is asked. */
export const nothingAsked = {
  handleTimeFactor: 1,
  patienceFactor: 1,
  redialFactor: 1,
  shrinkageFactor: 1,
  handleTimeSeconds: 0,
} as const satisfies Partial<Record<keyof typeof whatIfQuestions, number>>;

/** What of them a plan was asked, as it keeps and tells it; its factors it tells apart. */
export const whatIfSchema = z.discriminatedUnion('what', [
  z.object({ what: z.literal('handle-time-seconds'), seconds: z.number() }),
  z.object({ what: z.literal('latest-start'), name: textSchema, before: z.string(), after: z.string() }),
  z.object({ what: z.literal('add-shift'), name: textSchema, hours: z.number() }),
  z.object({ what: z.literal('drop-shift'), name: textSchema }),
  z.object({ what: z.literal('people'), name: textSchema, change: z.number() }),
  z.object({ what: z.literal('opening-hours'), hours: z.string() }),
]);
export type WhatIfAsked = z.output<typeof whatIfSchema>;

/** Those that change settings: with these the plan was made, and they tell it where two plans are compared. */
export const asksOfSettings: ReadonlySet<WhatIfAsked['what']> = new Set([
  'latest-start',
  'add-shift',
  'drop-shift',
  'opening-hours',
]);
