import { z } from 'zod';
import { planStates, planStepNames } from './plan-states.ts';

const reason = z.string().trim().min(1).max(200);

export const planStepSchema = z.strictObject({
  step: z.enum(planStepNames),
  /** Why: needed where a plan goes back, is superseded, or takes the place of a published one. */
  reason: reason.optional(),
});
export type PlanStepWanted = z.output<typeof planStepSchema>;

export const planNoteSchema = z.strictObject({ text: z.string().trim().min(1).max(1000) });

const stamp = {
  /** ISO instant. */
  at: z.string(),
  /** Name of the account; empty for the user of this machine. */
  by: z.string(),
  /** The version of the plan that this made; what is older than this field has none. */
  version: z.number().int().optional(),
};

/** What a plan rests on, in what people can change: its settings, events, changes by hand to its forecast, records. */
export const planInputs = [
  'hotline',
  'targets',
  'tiers',
  'shifts',
  'prompts',
  'scorecard',
  'monitor',
  'calendar',
  'events',
  'overrules',
  'records',
] as const;
export type PlanInput = (typeof planInputs)[number];

/** What became of a plan since it was made. */
export const planLifeSchema = z.object({
  plan: z.string(),
  week: z.string(),
  name: z.string().nullable(),
  state: z.enum(planStates),
  /** Rises with every change of state, name or notes; what `ETag` says. */
  version: z.number().int(),
  steps: z.array(
    z.object({
      ...stamp,
      from: z.enum(planStates),
      to: z.enum(planStates),
      reason: z.string().nullable(),
      /** The plan that takes its place. */
      supersededBy: z.string().nullable(),
    }),
  ),
  notes: z.array(z.object({ ...stamp, text: z.string() })),
  changedSince: z
    .array(z.enum(planInputs))
    .optional()
    .describe('What the plan rests on that was changed since it was made; said where the life is read'),
});
export type PlanLife = z.output<typeof planLifeSchema>;

/** What others made of a plan since the version that somebody read; what `plan-changed-meanwhile` tells. */
export interface PlanMeanwhile extends Pick<PlanLife, 'version' | 'state'> {
  readonly name: string;
  readonly by: string;
  readonly steps: readonly Pick<PlanLife['steps'][number], 'by' | 'from' | 'to'>[];
  readonly notes: readonly Pick<PlanLife['notes'][number], 'by' | 'text'>[];
}

/** What a plan is by now, since when and by whom: its last step, or that it was made (`by` is not told of that). */
export const planStandingSchema = z.object({ state: z.enum(planStates), ...stamp });
