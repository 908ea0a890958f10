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
