import { z } from 'zod';
import { text } from '../kernel/text.ts';

/**
 * Shapes of the files under models/, which users copy and edit. Every file is validated on the way in.
 * Fractions are 0–1, times carry their unit in the name, clock times are local 'HH:MM'.
 */

const share = z.number().min(0).max(1);
const seconds = z.number().min(0);
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a clock time HH:MM');
const key = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'a lower-case key such as social-security');
/** A queue or tier as the data names it, in any script: 综合, social-security. */
const nameKey = z
  .string()
  .max(80)
  .regex(/^\S(?:.*\S)?$/, 'a name without blanks at its ends');
/** A local wall clock to the minute; 24:00 ends a day. */
const wallClock = z
  .string()
  .regex(
    /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?|24:00)$/,
    'a local date and time YYYY-MM-DDTHH:MM',
  );
export const textSchema = z.object({ 'zh-CN': z.string().min(1), en: z.string().min(1) });

export const repeatSchema = z.strictObject({
  afterAbandon: share,
  afterAbandonDelaySeconds: seconds,
  afterBlock: share,
  afterBlockDelaySeconds: seconds,
  reconnect: share,
  reconnectDelaySeconds: seconds,
});

/** models/hotline.json: what the line is. */
export const hotlineSchema = z.strictObject({
  name: textSchema,
  zone: z.string().min(1),
  /** ISO country whose calendar applies, with a region where wanted (GB-ENG); null for none. */
  country: z
    .string()
    .regex(/^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/, 'a country code such as CN')
    .nullable(),
  intervalMinutes: z.union([
    z.literal(5),
    z.literal(10),
    z.literal(15),
    z.literal(20),
    z.literal(30),
    z.literal(60),
  ]),
  /** Per weekday, Monday first: opening and closing time, or null when closed all day. */
  openingHours: z.array(z.strictObject({ from: clockTime, to: clockTime }).nullable()).length(7),
  /** Lines: most calls in service plus queue; null where there are enough. */
  trunks: z.number().int().min(0).nullable(),
  answerTimeThresholdSeconds: seconds,
  shortAbandonSeconds: seconds,
  /** Ringing, greeting and menu before the queue starts: part of a test call's seconds. */
  greetingSeconds: seconds,
  queues: z
    .array(
      z.strictObject({
        queue: nameKey,
        name: textSchema,
        /** Lower is answered first. */
        priority: z.number().int().min(1),
        /** Never diverted by prompts (emergency-like). */
        neverDivert: z.boolean().default(false),
        /** Used where data gives none; the result then says so. */
        assumedHandleTimeSeconds: z.number().positive(),
        assumedPatienceSeconds: z.number().positive(),
        smartVoiceShare: share.default(0),
      }),
    )
    .min(1),
  /** What callers do after a failed or unresolved call, where data does not tell. */
  assumedRepeats: repeatSchema,
  /** Key under which the monitor's files name this line; needed only where they name several. */
  monitoredAs: z.string().min(1).optional(),
  /** True only for generated data. */
  madeUp: z.boolean().default(false),
});
export type HotlineModel = z.output<typeof hotlineSchema>;

/** models/targets.json: what a plan must reach. */
export const targetsSchema = z.strictObject({
  preset: z.string().optional(),
  /** Answered / offered, every interval (tiers and queues may ask for more). */
  connectionRate: share,
  /** Share answered within the threshold, of offered, every interval; null: not asked for. */
  serviceLevel: share.nullable(),
  /** Connection rate over any rolling 24 hours; null: not asked for. */
  rollingConnectionRate: share.nullable(),
  occupancyMax: share,
  /** Share of demand futures in which an interval must hold its targets on average. */
  confidence: share,
  /** Fewest operators while the line is open. */
  minimumOperators: z.number().int().min(0),
  queues: z
    .record(
      nameKey,
      z.strictObject({ connectionRate: share.optional(), serviceLevel: share.nullable().optional() }),
    )
    .default({}),
});
export type TargetsModel = z.output<typeof targetsSchema>;

/** models/tiers.json: grades of operators. */
export const tiersSchema = z.strictObject({
  tiers: z
    .array(
      z.strictObject({
        tier: nameKey,
        name: textSchema,
        queues: z
          .array(
            z.strictObject({
              queue: nameKey,
              preference: z.number().int().min(1),
              overflowDelaySeconds: seconds.default(0),
            }),
          )
          .min(1),
        /** Connection rate that this tier's own calls must reach; null: the line's target. */
        connectionTarget: share.nullable(),
        /**
         * Share of the work of the queues whose first choice this tier is that it must be staffed for, rounded
         * down to whole operators, however cheap other tiers are. Absent: 0.6. 0: only where it is cheapest.
         */
        leastOwnShare: share.optional(),
        costPerHour: z.number().positive(),
        /** Share of paid time not available for calls (training, leave, coaching; breaks are planned apart). */
        shrinkage: z.number().min(0).max(0.9),
        /** What an operator must bring to be graded into this tier (`grade`). A figure not known does not pass. */
        requires: z
          .strictObject({
            /** Skills or certificates, as in the operators' file. */
            skills: z.array(nameKey).default([]),
            /** Least quality score (0–100), first-contact resolution and months of service. */
            qualityScore: z.number().min(0).max(100).optional(),
            firstContactResolution: share.optional(),
            monthsOfService: z.number().min(0).optional(),
            /** Most seconds of handle time. */
            handleTimeSeconds: seconds.optional(),
          })
          .optional(),
      }),
    )
    .min(1),
  /** Work that is not calls and can wait: it is placed where operators are to spare, and said in the plan. */
  deferrable: z
    .array(
      z.strictObject({
        work: nameKey,
        name: textSchema,
        /** Operator-hours that come up each day. */
        hoursPerDay: z.number().min(0),
        /** Days in which a day's hours must be done, that day included. */
        withinDays: z.number().int().min(1).default(1),
        /** Tiers that may do it; absent: all. */
        tiers: z.array(nameKey).min(1).optional(),
      }),
    )
    .optional(),
  /** Weights of the figures by which operators are graded; they are scaled to sum to 1. */
  grading: z
    .strictObject({
      qualityScore: z.number().min(0).default(0.4),
      firstContactResolution: z.number().min(0).default(0.3),
      handleTimeSeconds: z.number().min(0).default(0.2),
      monthsOfService: z.number().min(0).default(0.1),
    })
    .optional(),
});
export type TiersModel = z.output<typeof tiersSchema>;

/** models/shifts.json: shift templates and labour rules. */
export const shiftsSchema = z.strictObject({
  templates: z
    .array(
      z.strictObject({
        template: key,
        name: textSchema,
        hours: z.number().positive().max(16),
        /** Earliest and latest start; a shift may start every `startEveryMinutes`. A latest below the earliest wraps past midnight. */
        earliestStart: clockTime,
        latestStart: clockTime,
        startEveryMinutes: z.number().int().positive(),
        breaks: z.array(
          z.strictObject({
            minutes: z.number().int().positive(),
            /** Window for the break's start, hours after the shift's start. */
            earliestHours: z.number().min(0),
            latestHours: z.number().min(0),
            paid: z.boolean(),
          }),
        ),
        /** Factor on the tier's cost per hour, e.g. 1.3 for night work. */
        costFactor: z.number().positive().default(1),
      }),
    )
    .min(1),
  prices: z.strictObject({
    /** Per operator-hour missing, for the first share of the requirement and beyond. */
    underPerHour: z.number().positive(),
    severeUnderPerHour: z.number().positive(),
    mildUnderShare: share,
    overPerHour: z.number().min(0),
  }),
  /** Fewest operators to give one start time, so that shifts do not splinter; 1: free. */
  minimumPerStart: z.number().int().min(1).default(1),
});
export type ShiftsModel = z.output<typeof shiftsSchema>;

/** models/prompts.json: announcements, what they may do, and the rules for playing them. */
export const promptsSchema = z.strictObject({
  prompts: z
    .array(
      z.strictObject({
        prompt: key,
        kind: z.enum(['online-channel', 'off-peak', 'callback']),
        name: textSchema,
        /** Words of the announcement; {hour} is filled in from the plan. */
        announcement: textSchema,
        channel: key.optional(),
        /** Queues that its words suit; left out: every queue. */
        queues: z.array(nameKey).min(1).optional(),
        response: z.strictObject({
          reach: share,
          onlineShare: share,
          offPeakShare: share,
          offPeakReturnShare: share,
          onlineFailureShare: share,
          announcementSeconds: seconds,
          onlineHandleSeconds: seconds,
          assumed: z.boolean(),
        }),
      }),
    )
    .min(1),
  channels: z.array(
    z.strictObject({
      channel: key,
      name: textSchema,
      capacityPerInterval: z.number().min(0),
      operatorSeconds: seconds,
      failureShare: share,
    }),
  ),
  rules: z.strictObject({
    minimumOnMinutes: z.number().int().min(0),
    maximumOnMinutesPerDay: z.number().int().min(0),
    /** No prompt starts or plays in these hours. */
    quietHours: z.strictObject({ from: clockTime, to: clockTime }),
    /** At most this share of a day's callers of a queue may be diverted. */
    largestDivertedShare: share,
  }),
});
export type PromptsModel = z.output<typeof promptsSchema>;

/**
 * models/levers.json, which need not be there: what else mends a peak, how far it can go, and what it costs in the
 * money of the tiers' `costPerHour`. All of it is assumed until a line puts its own figures here.
 */
export const leversSchema = z.strictObject({
  /** Operators stay on or come in where a tier is short: at most this share of those on duty, in whole blocks. */
  overtime: z
    .strictObject({
      largestShare: share.default(0.2),
      leastMinutes: z.number().int().positive().default(120),
      /** Factor on the tier's cost per hour. */
      costFactor: z.number().positive().default(1.5),
      assumed: z.boolean().default(true),
    })
    .prefault({}),
  /** Shifts start, and so end, later: at most this share of those that start together. */
  laterStart: z
    .strictObject({
      largestShare: share.default(0.5),
      latestMinutes: z.number().int().positive().default(120),
      shiftHours: z.number().positive().max(16).default(8),
      costPerShift: z.number().min(0).default(15),
      assumed: z.boolean().default(true),
    })
    .prefault({}),
  /** More calls settled before they ask for an operator. */
  smartVoice: z
    .strictObject({
      largestShare: share.default(0.08),
      costPerCall: z.number().min(0).default(0.6),
      costPerWeek: z.number().min(0).default(1200),
      assumed: z.boolean().default(true),
    })
    .prefault({}),
  /** Answers found sooner: calls get shorter and fewer come again. Training and a knowledge base, per paid hour. */
  directAnswer: z
    .strictObject({
      handleTimeCut: z.number().min(0).max(0.9).default(0.06),
      reconnectCut: share.default(0.2),
      costPerOperatorHour: z.number().min(0).default(1.5),
      assumed: z.boolean().default(true),
    })
    .prefault({}),
  /** Somebody switches an announcement on and off again. */
  prompts: z
    .strictObject({ costPerStretch: z.number().min(0).default(10), assumed: z.boolean().default(true) })
    .prefault({}),
  /** Dialling, failed tries and looking up, beside the call itself. */
  callbacks: z
    .strictObject({ secondsPerCallback: seconds.default(40), assumed: z.boolean().default(true) })
    .prefault({}),
});
export type LeversModel = z.output<typeof leversSchema>;

/** models/scorecards/*.json: indicators in two levels, weights, and rules from what is measured to points. */
const scoreRule = z.discriminatedUnion('rule', [
  /** points = 100 × value. */
  z.strictObject({ rule: z.literal('share') }),
  /** 100 points up to `fullSeconds`, falling in a line to 0 at `zeroSeconds`. */
  z.strictObject({ rule: z.literal('seconds'), fullSeconds: seconds, zeroSeconds: z.number().positive() }),
  /** The value is already on 0–100. */
  z.strictObject({ rule: z.literal('points') }),
  /**
   * solved share + partial credit × partly solved share. Where only the solved share is known,
   * `partlyShareOfUnsolved` of the other calls count as partly solved.
   */
  z.strictObject({
    rule: z.literal('resolution'),
    partialCredit: share,
    partlyShareOfUnsolved: share.default(0),
  }),
]);
/** The problem of weights that do not sum to one, for `parseDocument`. */
const weightsProblem = (sum: number) => ({
  rule: 'weights-do-not-sum-to-one',
  value: Number(sum.toFixed(6)),
  message: text('权重之和应为 1', 'weights must sum to 1'),
  remedy: text('请调整各项权重', 'adjust the weights'),
});

export const scorecardSchema = z
  .strictObject({
    scorecard: key,
    name: textSchema,
    weightsAssumed: z.boolean(),
    source: textSchema,
    indicators: z
      .array(
        z.strictObject({
          indicator: key,
          name: textSchema,
          weight: share,
          from: z.enum([
            'connection-rate',
            'seconds-to-operator',
            'quality-score',
            'first-contact-resolution',
            'monitored',
          ]),
          scoring: scoreRule,
          parts: z.array(z.strictObject({ part: key, name: textSchema, weight: share })).default([]),
        }),
      )
      .min(1),
  })
  .superRefine(({ indicators }, context) => {
    const sum = indicators.reduce((total, i) => total + i.weight, 0);
    if (Math.abs(sum - 1) < 1e-9) return;
    context.addIssue({
      code: 'custom',
      message: 'weights must sum to 1',
      path: ['indicators'],
      params: weightsProblem(sum),
    });
  });
export type ScorecardModel = z.output<typeof scorecardSchema>;

/** models/monitors/*.json: how the monitor tests. */
export const monitorSchema = z.strictObject({
  monitor: key,
  name: textSchema,
  testCalls: z.number().int().min(1),
  /** Attempts per test before it counts as not connected. */
  attempts: z.number().int().min(1),
  longestWaitSeconds: z.number().positive(),
  /** When tests are placed: local clock windows with their share of the tests (shares sum to 1). */
  windows: z
    .array(
      z.strictObject({
        weekdays: z.array(z.number().int().min(1).max(7)).min(1),
        from: clockTime,
        to: clockTime,
        share,
      }),
    )
    .min(1),
  bands: z.strictObject({ hotFrom: share, warmFrom: share }),
  meanSecondsStandard: seconds,
});
export type MonitorModel = z.output<typeof monitorSchema>;

/** A what-if scenario for `simulate` and the diversion page. */
export const scenarioSchema = z.strictObject({
  scenario: z.string().min(1),
  /** Factor on fresh calls, e.g. 1.1 for ten percent more. */
  callsFactor: z.number().min(0).max(10).default(1),
  /** A surge over part of the week: factor between two local wall clocks of the plan's week. */
  surges: z
    .array(
      z.strictObject({
        from: wallClock,
        to: wallClock,
        factor: z.number().min(0).max(20),
        queue: nameKey.optional(),
      }),
    )
    .default([]),
  handleTimeFactor: z.number().positive().max(10).default(1),
  /** Operators more (or fewer, negative) in every interval of a tier while it is staffed. */
  operatorsChange: z.record(nameKey, z.number().int()).default({}),
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
});
export type ScenarioModel = z.output<typeof scenarioSchema>;

/**
 * models/calendar.json, which need not be there: days that the line's calendar gets wrong or does not know yet
 * (next year's make-up workdays). It outranks every other source.
 */
export const calendarSchema = z.strictObject({
  days: z.array(
    z.strictObject({
      date: z.iso.date(),
      kind: z.enum(['holiday', 'partial-holiday', 'make-up-workday', 'ordinary']),
      name: z.string().min(1).optional(),
      /** Key shared by the same holiday of every year, such as spring-festival. */
      holiday: key.optional(),
    }),
  ),
});

/** Every file a workspace's models/ folder holds, with its schema. */
export const modelSchemas = {
  hotline: hotlineSchema,
  targets: targetsSchema,
  tiers: tiersSchema,
  shifts: shiftsSchema,
  prompts: promptsSchema,
  levers: leversSchema,
  scorecard: scorecardSchema,
  monitor: monitorSchema,
  scenario: scenarioSchema,
  calendar: calendarSchema,
} as const;
