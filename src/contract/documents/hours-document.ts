import { z } from 'zod';
import { hoursInUseSchema } from '../models/model-fields.ts';

/** Answer of `hours`: when the line is open, and whether the learnt hours were written to models/hotline.json. */
export const hoursDocumentSchema = hoursInUseSchema.extend({
  document: z.literal('hours'),
  kept: z.boolean(),
});
export type HoursDocument = z.output<typeof hoursDocumentSchema>;

/**
 * The steps from the hours that targets require to those that people are rostered for: levels, and between two levels
 * what is added (above 0) or taken off (below 0) on the way.
 */
const hoursSteps = [
  'required',
  'short',
  'beyond',
  'exchanged',
  'ready',
  'shrinkage',
  'breaks',
  'on-shift',
  'unpaid-breaks',
  'paid',
  'kept-for-leave',
  'duties',
  'unfilled',
  'extra',
  'rostered',
] as const;
export type HoursStepName = (typeof hoursSteps)[number];

/** Steps that are a level of their own. */
export const hoursLevels: readonly HoursStepName[] = [
  'required',
  'ready',
  'on-shift',
  'paid',
  'duties',
  'rostered',
];

export const hoursChainSchema = z.array(z.object({ step: z.enum(hoursSteps), hours: z.number() }));
export type HoursStep = z.output<typeof hoursChainSchema>[number];
