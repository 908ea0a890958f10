import { z } from 'zod';
import { shiftSchema } from '../documents/plan-document.ts';
import { labourRuleSchema } from '../models/labour-rules-model.ts';
import { named } from './named.ts';

const whole = z.number().int();
const shiftOrOff = z.union([whole, z.literal('off')]);

/** The problem that a roster answers: people, shifts, duties and rules, by number. */
const problemSchema = z.object({
  days: z.array(z.object({ weekday: whole, month: z.string(), isHoliday: z.boolean() })),
  shifts: z.array(
    z.object({
      shift: z.string(),
      startMinute: whole,
      lengthMinutes: whole,
      dutyMinutes: whole,
      workMinutes: whole,
      mealMinutes: whole,
      isNight: z.boolean(),
    }),
  ),
  tiers: z.array(z.string()),
  people: z.array(
    z.object({
      person: z.string(),
      tiers: z.array(whole),
      skills: z.array(z.string()),
      team: z.string().nullable(),
      isNightExempt: z.boolean(),
      shifts: z.array(whole).nullable(),
      experience: z.enum(['new', 'experienced', 'usual']),
      contractShare: z.number(),
      unavailable: z.array(whole),
      pinned: z.array(z.object({ day: whole, shift: shiftOrOff })),
      requests: z.array(
        z.object({ day: whole, wants: shiftOrOff, isWanted: z.boolean(), weight: z.number() }),
      ),
      disliked: z.array(whole),
      balance: z.object({
        nights: z.number(),
        weekends: z.number(),
        holidays: z.number(),
        unpopular: z.number(),
        hoursOverStandard: z.number(),
        hoursInMonth: z.number(),
      }),
      before: z.array(whole),
    }),
  ),
  demand: z.array(
    z.object({
      day: whole,
      shift: whole,
      tier: whole,
      operators: whole,
      underPrice: z.number(),
      overPrice: z.number(),
    }),
  ),
  downgradePrice: z.number(),
  rules: z.array(labourRuleSchema),
});

/** What a roster rests on, as plain numbers: enough to judge a change in the browser at once. */
export const rosterBasisSchema = named(
  'RosterBasis',
  z.object({
    roster: z.string(),
    problem: problemSchema,
    /** By what duties are read: a plan's shifts with their breaks, and the share of a duty that is ready for calls. */
    plans: z.array(
      z.object({
        plan: z.string(),
        dates: z.array(z.string()),
        shifts: z.array(shiftSchema.omit({ name: true, cost: true })),
        tiers: z.array(z.object({ tier: z.string(), ready: z.array(z.number()) })),
      }),
    ),
    /** Each week with the plan whose duties it takes, and how many days after the plan's own week it lies. */
    weeks: z.array(z.object({ week: z.string(), plan: z.string(), daysBehind: whole })),
  }),
);
export type RosterBasisDocument = z.output<typeof rosterBasisSchema>;
