import { z } from 'zod';
import { clockTime } from '../../kernel/time-window.ts';
import { isPlainDate } from '../../kernel/time.ts';
import { cycleSchema, rosterDocumentSchema } from '../documents/roster-document.ts';
import { shiftSchema } from '../documents/plan-document.ts';
import { sayableSchema } from '../documents/schema-parts.ts';
import { labourRuleSchema } from '../models/labour-rules-model.ts';
import { formError } from '../schema-forms.ts';
import { withSchemaId } from './model-name.ts';

const seed = z.number().int().min(0).max(4_294_967_295).default(1);
const date = z.iso.date().refine(isPlainDate, formError('date'));
const roster = z
  .string()
  .min(1)
  .max(80)
  .optional()
  .describe('Id; left out: the one published for the day, else the latest that has it');
const revision = z
  .number()
  .int()
  .min(0)
  .optional()
  .describe('Revision of the roster that was looked at: where it has changed since, nothing is done (409)');
const by = z.string().min(1).max(80).optional().describe('Who changes it: kept with the change');
const breakHardRules = z
  .boolean()
  .optional()
  .describe('Carry it out although hard rules break by it, which wants a reason (why)');
const place = z.strictObject({ operator: z.string().min(1).max(80), date });

export const rosterRequestSchema = withSchemaId(
  'RosterRequest',
  z.strictObject({
    from: date.optional().describe("First day; left out: the first of the latest plan's week"),
    weeks: z.number().int().min(1).max(13).default(4),
    rules: z
      .string()
      .min(1)
      .max(80)
      .optional()
      .describe('Profile of labour rules; left out: the first by name'),
    cycle: cycleSchema
      .optional()
      .describe('Rotation that teams follow, by name or as a letter a day (EELLNNOO); left out: free'),
    effort: z
      .number()
      .int()
      .min(1)
      .max(50)
      .default(1)
      .describe('Rounds of the search: more finds better rosters and takes longer'),
    seconds: z
      .number()
      .min(5)
      .max(86_400)
      .optional()
      .describe('Time limit instead of rounds; the roster then depends on the machine'),
    pins: z
      .array(z.strictObject({ ...place.shape, shift: z.string().min(1).max(80) }))
      .max(2000)
      .optional()
      .describe('Duties, or days off, that stay as they are given'),
    seed,
  }),
);
export type RosterRequest = z.output<typeof rosterRequestSchema>;

export const repairRequestSchema = withSchemaId(
  'RepairRequest',
  z.strictObject({
    roster,
    absent: z.strictObject({
      ...place.shape,
      from: z
        .string()
        .regex(clockTime, formError('clock-time'))
        .optional()
        .describe('Clock time from which on they are absent; left out: the whole duty'),
    }),
    take: z
      .number()
      .int()
      .min(0)
      .max(20)
      .optional()
      .describe('Candidate to take, 0: nobody steps in; left out: only listed'),
    breakHardRules,
    revision,
    by,
    why: z.string().min(1).max(200).optional().describe('Kept with the change'),
    seed,
  }),
);
export type RepairRequest = z.output<typeof repairRequestSchema>;

export const swapRequestSchema = withSchemaId(
  'SwapRequest',
  z.strictObject({
    roster,
    duties: z.array(place).min(2).max(6).describe("Each takes the next one's duty, the last the first one's"),
    carryOut: z.boolean().default(false).describe('Carry it out where no hard rule breaks'),
    breakHardRules,
    revision,
    by,
    why: z.string().min(1).max(200).optional(),
  }),
);
export type SwapRequest = z.output<typeof swapRequestSchema>;

export const changeRosterRequestSchema = withSchemaId(
  'ChangeRosterRequest',
  z.strictObject({
    roster: z.string().min(1).max(80),
    moves: z
      .array(
        z.strictObject({
          ...place.shape,
          shift: z.string().min(1).max(80).describe('A shift of the roster, or off'),
          start: z
            .string()
            .regex(clockTime, formError('clock-time'))
            .optional()
            .describe(
              'Of a shift with several starts, which one; left out: as it stands, or as others have it',
            ),
          pinned: z.boolean().default(false),
          notIll: z
            .boolean()
            .optional()
            .describe('With off: who is ill that day is not, after all; others keep what they took over'),
        }),
      )
      .min(1)
      .max(2000)
      .optional()
      .describe(
        'Left out with takesBack: all days of that change, each as it was before, or nothing is changed',
      ),
    takesBack: z
      .number()
      .int()
      .min(1)
      .optional()
      .describe(
        'Revision that a change gave the roster: its days among the moves have the very duties they had',
      ),
    breakHardRules,
    revision,
    by,
    why: z.string().min(1).max(200).optional().describe('Kept with the change; a published roster wants it'),
  }),
);
export type ChangeRosterRequest = z.output<typeof changeRosterRequestSchema>;

export const publishRequestSchema = withSchemaId(
  'PublishRequest',
  z.strictObject({
    roster: z.string().min(1).max(80).optional().describe('Id; left out: the latest draft'),
    supersede: z.string().min(1).max(200).optional().describe('Why a published period is replaced'),
    breakHardRules,
    why: z.string().min(1).max(200).optional().describe('Why it is published although hard rules break'),
    revision,
    by,
  }),
);
export type PublishRequest = z.output<typeof publishRequestSchema>;

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
      leave: z.array(whole),
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
      endedBefore: z.number().optional(),
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
export const rosterBasisSchema = withSchemaId(
  'RosterBasis',
  z.object({
    roster: z.string(),
    /** Plans that it fills and that nobody agreed to, or that are not up to date, and how many days of people it changes: to be known before it is published. */
    plansBehind: z.array(sayableSchema).optional(),
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
    /** The roster by the plans in force now; absent where they are those that it fills. */
    projection: rosterDocumentSchema.shape.projection.optional(),
  }),
);
export type RosterBasisDocument = z.output<typeof rosterBasisSchema>;
