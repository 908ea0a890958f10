import { z } from 'zod';
import { isYear, mondayOfWeek } from '../../kernel/time.ts';
import { bandsToPlan } from '../plan-states.ts';
import { band } from '../documents/schema-parts.ts';
import { audience, patienceFactor } from '../models/model-fields.ts';
import { scenarioSchema, whatIfQuestions } from '../models/scenario-model.ts';
import { targetsSchema } from '../models/targets-model.ts';
import { formError } from '../schema-forms.ts';
import type { JobKind } from './job.ts';
import { withSchemaId } from './model-name.ts';
import type { RepairRequest, RosterRequest } from './roster-requests.ts';

const week = z
  .string()
  .regex(/^\d{4}-W\d{2}$/, { ...formError('week'), abort: true })
  .refine((given) => mondayOfWeek(given) !== undefined, formError('week'))
  .describe('ISO week, Monday to Sunday');
const day = z.iso.date().refine((date) => isYear(Number(date.slice(0, 4))), formError('date'));
const seed = z.number().int().min(0).max(4_294_967_295).default(1);

export const planIdSchema = z.string().min(1).max(80);

const roster = z
  .enum(['planned', 'seen'])
  .optional()
  .describe("The plan's shifts (default), or the operators on duty in the four weeks before it");

const assumedCauses = z
  .array(z.string().min(3).max(200))
  .max(100)
  .optional()
  .describe('What if causes had these values: NAME=VALUE on all days, or NAME@DATE=VALUE');

export const planRequestSchema = withSchemaId(
  'PlanRequest',
  z.strictObject({
    week: week.optional().describe('ISO week; left out: the week after the last day of data'),
    targets: targetsSchema.optional(),
    band: z.enum(bandsToPlan).optional().describe('Staff for a temperature band instead of the targets'),
    confidence: z.number().gt(0).lt(1).optional(),
    testCalls: z.number().int().min(1).max(1000).optional(),
    ...whatIfQuestions,
    cause: assumedCauses,
    seed,
  }),
);
export type PlanRequest = z.output<typeof planRequestSchema>;

/** What of a request makes no other plan: its week, how sure a band is to be, by how many test calls the plan is judged. */
export const ofSamePlan: ReadonlySet<string> = new Set<keyof PlanRequest>([
  'week',
  'seed',
  'confidence',
  'testCalls',
]);

/** What forecasts can be asked for by name, as help lists it; `auto` mixes several on evidence. */
export const methodNames = [
  'seasonal-naive',
  'weekday-mean',
  'weekday-median',
  'holt-winters',
  'harmonic-regression',
  'poisson-regression',
  'poisson-trend',
  'low-rank',
  'day-level',
  'day-level-trend',
  'calendar-regression',
] as const;
export type MethodName = (typeof methodNames)[number];
const method = z.enum(['auto', ...methodNames]).default('auto');

export const forecastRequestSchema = withSchemaId(
  'ForecastRequest',
  z.strictObject({
    from: day.optional().describe('First day; left out: the day after the last with data'),
    days: z.number().int().min(1).max(366).default(7),
    queue: z.string().max(200).optional(),
    method,
    cause: assumedCauses,
    seed,
  }),
);
export type ForecastRequest = z.output<typeof forecastRequestSchema>;

export const outlookRequestSchema = withSchemaId(
  'OutlookRequest',
  z.strictObject({
    by: z.enum(['week', 'month']).default('month').describe('What calls are added up over'),
    periods: z
      .number()
      .int()
      .min(1)
      .max(160)
      .default(12)
      .describe('Weeks or months ahead, at most three years'),
    growth: z
      .number()
      .min(-0.5)
      .max(1)
      .optional()
      .describe('Growth a year to be assumed instead of the one found: 0.05 is 5 %'),
    from: day
      .optional()
      .describe('First day that may not be used; left out: the day after the last with data'),
    queue: z.string().max(200).optional(),
    seed,
  }),
);
export type OutlookRequest = z.output<typeof outlookRequestSchema>;

export const topicsRequestSchema = withSchemaId(
  'TopicsRequest',
  z
    .strictObject({
      week: week
        .optional()
        .describe('ISO week that comes first, told apart; only what lies before it is used'),
      weeks: z
        .number()
        .int()
        .min(1)
        .max(26)
        .default(12)
        .describe('Weeks ahead, the running one or `week` first'),
      from: day
        .optional()
        .describe('First day that may not be used; left out: the day after the last with topics'),
      queue: z.string().max(200).optional(),
      same: z
        .array(z.string().min(3).max(200))
        .max(100)
        .optional()
        .describe('Topics that were renamed, OLD=NEW: counted as one'),
      seed,
    })
    .refine((request) => request.week === undefined || request.from === undefined, {
      message: 'either week or from',
    }),
);
export type TopicsRequest = z.output<typeof topicsRequestSchema>;

/** A line's rates to come: asked in the terminal alone. */
export const rateRequestSchema = forecastRequestSchema.pick({ from: true, days: true, queue: true });
export type RateRequest = z.output<typeof rateRequestSchema>;

/** How forecasts would have done: asked in the terminal alone. */
export const backtestRequestSchema = z.strictObject({
  origins: z
    .union([z.number().int().min(1), z.array(z.iso.date())])
    .default(8)
    .describe('The last so many full weeks, from Monday, or the origins themselves'),
  gapDays: z.number().int().min(0).max(3660).default(0).describe('Days between origin and first scored day'),
  horizonDays: z.number().int().min(1).max(366).default(7).describe('Days scored from each origin'),
  asOf: z
    .string()
    .max(20)
    .optional()
    .describe('HH:MM: each day again with its own counts before that time known'),
  method,
  seed,
});
export type BacktestRequest = z.output<typeof backtestRequestSchema>;

export const accuracyRequestSchema = withSchemaId(
  'AccuracyRequest',
  z.strictObject({
    weeks: z
      .number()
      .int()
      .min(1)
      .max(26)
      .optional()
      .describe(
        'The last so many whole weeks are scored: 4, or with `since` all that are over since (26 at most)',
      ),
    since: day.optional().describe('Only what came from this day on is scored'),
    queue: z.string().max(200).optional().describe('One queue, by key or name; left out: all'),
    seed,
  }),
);
export type AccuracyRequest = z.output<typeof accuracyRequestSchema>;

/** What a band takes by the number of test calls: asked in the terminal alone. */
export const bandsRequestSchema = z.strictObject({
  testCalls: z.array(z.number().int().min(1).max(1000)).min(1).max(10).default([11, 20]),
  connected: z
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .optional()
    .describe('Calls of the first number of test calls that got through'),
  plan: planIdSchema
    .optional()
    .describe('A stored plan whose week tells the operator-hours; latest: the one made last'),
});
export type BandsRequest = z.output<typeof bandsRequestSchema>;

export const divertRequestSchema = withSchemaId(
  'DivertRequest',
  z.strictObject({
    plan: planIdSchema.optional(),
    aim: z.enum(['fewest-diverted', 'best-for-roster']).optional(),
    asOf: z.string().max(20).optional().describe('Date and time until which the calls of the day are known'),
    roster,
    offeredTo: audience.optional(),
    patienceFactor: patienceFactor.optional(),
    seed,
  }),
);
export type DivertRequest = z.output<typeof divertRequestSchema>;

const seedInAddress = z.coerce.number().int().min(0).max(4_294_967_295).default(1);

/** What is asked of a day in progress. */
export const dayRequestSchema = z.strictObject({
  asOf: z
    .string()
    .max(20)
    .optional()
    .describe('Time until which calls are known: 14:30 of today, or a date and time; left out: now'),
  plan: planIdSchema.optional().describe("A plan's id; left out: the one that stands for the day's week"),
  falseAlarmsPerWeek: z.coerce
    .number()
    .min(0.01)
    .max(50)
    .optional()
    .describe('False alarms that are borne, a week over all kinds of signal; left out: 1'),
  part: z
    .enum(['picture'])
    .optional()
    .describe('picture: sooner, without what can still be done; left out: all of it'),
  seed: seedInAddress,
});
export type DayRequest = z.output<typeof dayRequestSchema>;

const dayAct = {
  asOf: dayRequestSchema.shape.asOf,
  revision: z
    .number()
    .int()
    .min(0)
    .optional()
    .describe(
      'Revision of the day that was looked at: where somebody has acted since, nothing is done (412)',
    ),
  by: z.string().min(1).max(80).optional().describe('Who does it: kept with it'),
  why: z.string().min(1).max(200).optional().describe('Kept with it'),
};

const actionId = z.string().min(1).max(300);
const dayTake = {
  agreed: z
    .boolean()
    .default(false)
    .describe('Those whose hours it changes have agreed; else it is proposed to them first'),
  ...dayAct,
  plan: planIdSchema.optional(),
  seed: seedInAddress,
};

/** Takes one of the actions that a day proposes. */
export const takeActionRequestSchema = withSchemaId(
  'TakeActionRequest',
  z.strictObject({ action: actionId.describe("A proposed action's id"), ...dayTake }),
);

const shareMoved = z.number().min(-1).max(1);
const callsMoved = z.number().min(-1e9).max(1e9);

/** Takes several of them, all or none. */
export const takeActionsRequestSchema = withSchemaId(
  'TakeActionsRequest',
  z.strictObject({
    actions: z
      .array(actionId)
      .min(1)
      .max(50)
      .optional()
      .describe('Ids of proposed actions; left out: those that are best together'),
    seen: z
      .array(
        z.strictObject({
          action: actionId,
          latest: z.string().max(16),
          connectionRate: shareMoved,
          serviceLevel: shareMoved,
          answered: callsMoved,
          abandoned: callsMoved,
          calledBack: callsMoved,
          lost: callsMoved,
        }),
      )
      .max(50)
      .optional()
      .describe('Effects as they were seen when it was decided, and until when: what is kept of them'),
    ...dayTake,
  }),
);
export type TakeActionsRequest = z.output<typeof takeActionsRequestSchema>;

/** What becomes of an action that was proposed to somebody, or taken. */
export const stepActionRequestSchema = withSchemaId(
  'StepActionRequest',
  z.strictObject({
    step: z.enum(['agree', 'decline', 'ask', 'take-back']),
    given: dayAct.asOf.describe(
      'When the person agreed, where it is noted later: 14:30 of today, or a date and time; left out: now',
    ),
    also: z
      .array(z.number().int().min(1).max(Number.MAX_SAFE_INTEGER))
      .max(50)
      .optional()
      .describe('Other actions of the same day of which the same step is made, all of them or none'),
    ...dayAct,
  }),
);
export type StepActionRequest = z.output<typeof stepActionRequestSchema>;

export const leversRequestSchema = withSchemaId(
  'LeversRequest',
  z.strictObject({
    plan: planIdSchema.optional(),
    roster,
    recover: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe('Share of the calls short of the targets to mend; left out: as many as all prompts mend'),
    budget: z.number().min(0).max(1e9).optional().describe('For the best mix; left out: what overtime costs'),
  }),
);
export type LeversRequest = z.output<typeof leversRequestSchema>;

export const requirementRequestSchema = withSchemaId(
  'RequirementRequest',
  z.strictObject({
    plan: planIdSchema.optional(),
    at: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}$/, formError('local-time'))
      .optional()
      .describe('Local time within the interval to look at; left out: the weakest of the week'),
    tier: z.string().max(80).optional().describe('The one tier to change; left out: each'),
    curve: z.enum(['connection-rate', 'service-level', 'none']).default('connection-rate'),
    prices: z.boolean().optional().describe('What each assumption of the plan costs'),
  }),
);
export type RequirementRequest = z.output<typeof requirementRequestSchema>;

export const simulateRequestSchema = withSchemaId(
  'SimulateRequest',
  z.strictObject({
    plan: planIdSchema.optional(),
    scenario: scenarioSchema,
    seed,
    replications: z
      .number()
      .int()
      .min(2)
      .max(100_000)
      .optional()
      .describe('Weeks of the event simulation that proves the answer; left out: 40'),
  }),
);
export type SimulateRequest = z.output<typeof simulateRequestSchema>;

export const compareRequestSchema = withSchemaId(
  'CompareRequest',
  z
    .strictObject({ week: week.optional(), period: z.string().min(4).max(8).optional(), seed })
    .refine((request) => (request.week === undefined) !== (request.period === undefined), {
      message: 'either week or period',
    }),
);
export type CompareRequest = z.output<typeof compareRequestSchema>;

/** What each kind of job is asked. */
export interface RequestsByKind {
  readonly plan: PlanRequest;
  readonly forecast: ForecastRequest;
  readonly topics: TopicsRequest;
  readonly outlook: OutlookRequest;
  readonly accuracy: AccuracyRequest;
  readonly divert: DivertRequest;
  readonly levers: LeversRequest;
  readonly requirement: RequirementRequest;
  readonly simulate: SimulateRequest;
  readonly compare: CompareRequest;
  readonly roster: RosterRequest;
  readonly repair: RepairRequest;
  /** A line at a glance is asked nothing. */
  readonly overview: Readonly<Record<string, never>>;
}

/** A kind of job with its request, validated already. */
export type AskedJob<Kind extends JobKind = JobKind> = {
  readonly [Each in Kind]: { readonly kind: Each; readonly request: RequestsByKind[Each] };
}[Kind];

const yesOrNo = z.enum(['yes', 'no']).optional();
const name = z.string().min(1).max(200).optional();

/** What a league table is asked for; all but the first three narrow it: places, bands and the standard stay those of all. */
export const rankQuery = z.strictObject({
  period: z
    .string()
    .min(4)
    .max(8)
    .optional()
    .describe('2019, 2026-Q3 or 2026-11; default: the latest with results'),
  seed: seedInAddress,
  basis: z
    .enum(['test-calls', 'traffic'])
    .default('test-calls')
    .describe("A monitor's test calls, or the lines' own traffic: answered within the threshold / offered"),
  province: name,
  region: name,
  cityTier: name,
  roundTheClock: yesOrNo,
  smartVoice: yesOrNo,
  enterpriseLine: yesOrNo,
  band: band.optional(),
  moved: z.enum(['up', 'down', 'beyond']).optional().describe('Up or down a band, or moved beyond chance'),
});
export type RankQuery = z.output<typeof rankQuery>;

export const hotlineQuery = z.strictObject({ hotline: z.string().min(1).max(200), seed: seedInAddress });
