import { z } from 'zod';
import { gradeDocumentSchema } from './grade-document.ts';
import { textSchema } from './model-files.ts';
import {
  dayPartsSchema,
  bandChancesSchema,
  monitoringProjectionSchema,
  planDocumentSchema,
  promptSpanSchema,
  rangeSchema,
} from './plan-document.ts';

/** The answers of the other commands, as printed with --json and sent over HTTP. */

const rate = z.number().nullable();
const numbers = z.array(z.number());

export const problemSchema = z.object({
  rule: z.string(),
  severity: z.enum(['error', 'warning', 'notice']),
  file: z.string().optional(),
  row: z.number().int().optional(),
  column: z.string().optional(),
  value: z.string().optional(),
  path: z.string().optional(),
  message: textSchema,
  remedy: textSchema,
});

/** Answer of `ingest`. */
export const ingestDocumentSchema = z.object({
  document: z.literal('ingest'),
  kind: z.enum([
    'traffic',
    'calls',
    'monitoring',
    'hotlines',
    'operators',
    'presence',
    'channels',
    'channel-volumes',
    'prompts',
    'events',
  ]),
  files: z.array(
    z.object({
      file: z.string(),
      encoding: z.string(),
      rows: z.number().int(),
      accepted: z.number().int(),
      rejected: z.number().int(),
      duplicates: z.number().int(),
    }),
  ),
  stored: z.object({ added: z.number().int(), changed: z.number().int(), unchanged: z.number().int() }),
  firstDate: z.string().nullable(),
  lastDate: z.string().nullable(),
  queues: z.array(z.string()),
  gaps: z.array(
    z.object({
      queue: z.string(),
      from: z.string(),
      to: z.string(),
      intervals: z.number().int(),
      taken: z.enum(['gap', 'zero']),
    }),
  ),
  dryRun: z.boolean(),
  problems: z.array(problemSchema),
});
export type IngestDocument = z.output<typeof ingestDocumentSchema>;

/** Answer of `forecast`. */
export const forecastDocumentSchema = z.object({
  document: z.literal('forecast'),
  intervalMinutes: z.number(),
  queues: z.array(
    z.object({
      queue: z.string(),
      origin: z.string(),
      method: z.string(),
      candidates: z.array(z.object({ method: z.string(), wape: rate, weight: z.number() })),
      reasons: z.array(textSchema),
      starts: z.array(z.string()),
      mean: numbers,
      q025: numbers,
      q10: numbers,
      q50: numbers,
      q90: numbers,
      q975: numbers,
      days: z.array(
        z.object({
          date: z.string(),
          mean: z.number(),
          q025: z.number(),
          q10: z.number(),
          q50: z.number(),
          q90: z.number(),
          q975: z.number(),
        }),
      ),
      /** Factors that multiply to the mean of each day, a planner's change (overrule) included. */
      parts: z.array(dayPartsSchema).optional(),
      /** Share of its day that falls on each interval of `starts`. */
      shape: numbers.optional(),
      /** What was found odd in the history and weakened or left out. */
      cleaned: z
        .object({
          outages: z.array(z.object({ date: z.string(), slots: z.number().int() })),
          outliers: z.array(z.object({ date: z.string(), calls: z.number(), expected: z.number() })),
          levelShifts: z.array(z.object({ date: z.string(), factor: z.number() })),
        })
        .optional(),
    }),
  ),
  notices: z.array(textSchema),
});
export type ForecastDocument = z.output<typeof forecastDocumentSchema>;

/** Answer of `backtest`: accuracy over rolling origins. Fractions, not percent. */
export const backtestDocumentSchema = z.object({
  document: z.literal('backtest'),
  queues: z.array(
    z.object({
      queue: z.string(),
      method: z.string(),
      origins: z.array(z.string()),
      horizonDays: z.number().int(),
      wape: rate,
      bias: rate,
      dayMape: rate,
      coverage80: rate,
      coverage95: rate,
      scoredIntervals: z.number().int(),
      rivals: z.array(z.object({ method: z.string(), wape: rate })),
    }),
  ),
  notices: z.array(textSchema),
});
export type BacktestDocument = z.output<typeof backtestDocumentSchema>;

export const effectSchema = z.object({
  connectionRate: rate,
  serviceLevel: rate,
  averageSpeedOfAnswerSeconds: rate,
  occupancy: rate,
  abandoned: z.number(),
  blocked: z.number(),
  callersDiverted: z.number(),
  answered: z.number(),
  offered: z.number(),
  worstIntervalServiceLevel: rate,
  worstInterval: z.string().nullable(),
  /** Queue that fares worst in it. */
  worstIntervalQueue: z.string().nullish(),
});

/** Answer of `divert`: prompts and what they do. */
export const divertDocumentSchema = z.object({
  document: z.literal('divert'),
  plan: z.string(),
  /** For advice in the course of a day: until when its calls were known. Effects are then of the day's rest. */
  asOf: z.string().nullable(),
  prompts: z.array(promptSpanSchema),
  before: effectSchema,
  after: effectSchema,
  halfTakeUp: effectSchema,
  doubleTakeUp: effectSchema,
  /** True when the prompts lose their point at half the assumed take-up. */
  fragile: z.boolean(),
  operatorHoursSavedNet: z.number(),
  /** The same prompts when something turns out otherwise; what moves the service level most comes first. */
  sensitivities: z.array(
    z.object({
      case: z.enum(['half-take-up', 'double-take-up', 'more-calls', 'fewer-calls', 'two-absent', 'storm']),
      name: textSchema,
      effect: effectSchema,
      /** Against the prompts as recommended, in fractions of 1. */
      serviceLevelChange: z.number(),
      connectionRateChange: z.number(),
    }),
  ),
  intervals: z.object({
    starts: z.array(z.string()),
    offeredBefore: numbers,
    offeredAfter: numbers,
    serviceLevelBefore: z.array(rate),
    serviceLevelAfter: z.array(rate),
  }),
  reasons: z.array(textSchema),
  assumptions: z.array(textSchema),
});
export type DivertDocument = z.output<typeof divertDocumentSchema>;

/** Answer of `divert --levers`: the same target by prompts and by what else mends a peak, and the best mix. */
export const leversDocumentSchema = z.object({
  document: z.literal('levers'),
  plan: z.string(),
  roster: z.enum(['planned', 'seen']),
  /** The line as it is, no prompt playing. */
  before: effectSchema,
  callsShortBefore: z.number(),
  /** Calls short of the targets that every lever is turned to: what all prompts reach, or the share asked for. */
  callsShortTarget: z.number(),
  targetFrom: z.enum(['prompts', 'share']),
  levers: z.array(
    z.object({
      lever: z.enum(['prompts', 'callbacks', 'overtime', 'later-start', 'smart-voice', 'direct-answer']),
      name: textSchema,
      /** Part of the most that models/levers.json allows, and what that comes to. */
      level: z.number(),
      amount: textSchema,
      reachesTarget: z.boolean(),
      callsShort: z.number(),
      cost: z.number(),
      /** First callers served who would not have been; the cost of one is null where there is none. */
      recoveredCallers: z.number(),
      costPerRecovered: rate,
      effect: effectSchema,
      assumed: z.boolean(),
    }),
  ),
  /** Most callers recovered for the money; null where nothing is short. */
  mix: z
    .object({
      budget: z.number(),
      budgetFrom: z.enum(['asked', 'overtime']),
      cost: z.number(),
      callsShort: z.number(),
      recoveredCallers: z.number(),
      costPerRecovered: rate,
      parts: z.array(
        z.object({
          lever: z.string(),
          name: textSchema,
          level: z.number(),
          amount: textSchema,
          cost: z.number(),
        }),
      ),
      effect: effectSchema,
    })
    .nullable(),
  reasons: z.array(textSchema),
  assumptions: z.array(textSchema),
});
export type LeversDocument = z.output<typeof leversDocumentSchema>;

/** Answer of `simulate` for a scenario against a plan. */
export const simulateDocumentSchema = z.object({
  document: z.literal('simulate'),
  plan: z.string(),
  scenario: z.string(),
  baseline: effectSchema,
  outcome: effectSchema,
  days: z.array(z.object({ date: z.string(), baseline: effectSchema, outcome: effectSchema })),
  intervals: z.object({
    starts: z.array(z.string()),
    offered: numbers,
    serviceLevelBaseline: z.array(rate),
    serviceLevel: z.array(rate),
    connectionRate: z.array(rate),
    operators: numbers,
  }),
  proof: z
    .object({
      replications: z.number().int(),
      connectionRate: z.tuple([z.number(), z.number()]),
      serviceLevel: z.tuple([z.number(), z.number()]),
      /** What became of first callers in the end, per simulated week: the parts sum to `first`. */
      callers: z.object({
        first: z.number(),
        settledByOperator: z.number(),
        gaveUpAfterAbandoning: z.number(),
        gaveUpAfterBlocking: z.number(),
        settledOnline: z.number(),
        divertedForGood: z.number(),
        stillOpen: z.number(),
      }),
    })
    .nullable(),
  monitoring: monitoringProjectionSchema.nullable(),
  assumptions: z.array(textSchema),
});
export type SimulateDocument = z.output<typeof simulateDocumentSchema>;

/** Rates by day (8:00 to 20:00) and night, and by working day and day off. */
const partRateSchema = z.object({
  part: z.enum(['day', 'night', 'working-day', 'day-off']),
  calls: z.number(),
  connected: z.number(),
  rate: z.number(),
  low: z.number(),
  high: z.number(),
});

/** Answer of `compare`: forecast against actual, projection against monitored, and the causes of the gap. */
export const compareDocumentSchema = z.object({
  document: z.literal('compare'),
  week: z.string().nullable(),
  period: z.string().nullable(),
  plan: z.string().nullable(),
  forecast: z
    .object({
      wape: rate,
      bias: rate,
      coverage80: rate,
      coverage95: rate,
      days: z.array(
        z.object({ date: z.string(), forecast: z.number(), q10: z.number(), q90: z.number(), actual: rate }),
      ),
      queues: z.array(z.object({ queue: z.string(), wape: rate, bias: rate, coverage80: rate })),
      /** Errors of day totals on the days that planners changed, with the change and without; null where none was. */
      overruled: z.object({ days: z.number().int(), wape: rate, originalWape: rate }).nullable().optional(),
      intervals: z.object({
        starts: z.array(z.string()),
        forecast: numbers,
        q10: numbers,
        q90: numbers,
        actual: z.array(rate),
      }),
    })
    .nullable(),
  operators: z.object({ plannedHours: z.number(), presentHours: rate }).nullable(),
  traffic: z
    .object({
      projectedConnectionRate: rate,
      actualConnectionRate: rate,
      projectedServiceLevel: rate,
      actualServiceLevel: rate,
    })
    .nullable(),
  /**
   * The projection run on what really happened (volume, handle time, operators): its error is the model's own.
   * Null where answered calls or operators present were not recorded.
   */
  calibration: z
    .object({
      intervals: z.number().int(),
      projectedConnectionRate: rate,
      actualConnectionRate: rate,
      projectedAbandonShare: rate,
      actualAbandonShare: rate,
      projectedServiceLevel: rate,
      actualServiceLevel: rate,
      /** Mean absolute error of the connection rate over intervals, weighted by offered calls. */
      meanAbsoluteError: rate,
    })
    .nullable(),
  monitored: z
    .object({
      testCalls: z.number().int(),
      connected: z.number().int(),
      connectionRate: z.object({ value: rate, low: rate, high: rate }),
      meanSeconds: rate,
      band: z.enum(['hot', 'warm', 'cold', 'dead']),
      score: rate,
    })
    .nullable(),
  projection: monitoringProjectionSchema.nullable(),
  /** What the week has taught: estimates before it and after it, which the next plan reads from the same records. */
  learnt: z
    .array(
      z.object({
        what: z.enum([
          'forecast-bias',
          'patience',
          'handle-time',
          'take-up',
          'occupancy-effect',
          'scorecard',
        ]),
        name: textSchema,
        unit: z.enum(['share', 'seconds', 'points']),
        before: rate,
        after: rate,
        /** Interval of the estimate after, where there is one. */
        low: rate,
        high: rate,
        /** Weeks, calls, intervals, test calls or results behind the estimate after. */
        evidence: z.number().int(),
        used: textSchema,
      }),
    )
    .optional(),
  /** The switch's connection rate by day and night, working day and day off, beside the projected one, and test calls. */
  byTime: z
    .array(
      partRateSchema.extend({
        projected: rate,
        testCalls: z.number().int(),
        testConnected: z.number().int(),
      }),
    )
    .optional(),
  /** Parts of (actual − projected) connection rate; they sum to the gap. */
  causes: z.array(
    z.object({
      cause: z.enum(['volume', 'handle-time', 'operators', 'prompts', 'model']),
      name: textSchema,
      effect: z.number(),
    }),
  ),
  gap: rate,
  /** What each prompt that played was believed to do, and what the counts say that it did. */
  prompts: z.array(
    z.object({
      prompt: z.string(),
      name: textSchema,
      from: z.enum(['channel', 'calls']),
      /** Intervals with the prompt that something could be compared with, and the callers who heard it. */
      intervals: z.number().int(),
      heard: z.number(),
      predictedShare: z.number(),
      /** Share of hearers that moved, and its 80 % interval: may be negative by chance. */
      seenShare: z.number(),
      low: z.number(),
      high: z.number(),
      predictedCallers: z.number(),
      seenCallers: z.number(),
    }),
  ),
  withinSamplingNoise: z.boolean().nullable(),
  /** Chance of a monitored result at least as unlikely, over every future of the plan, if the plan is right. */
  pValue: rate.optional(),
  /** The cause of greatest effect in the direction of the monitored gap. */
  likeliestCause: z.string().nullable().optional(),
  verdict: textSchema,
  notices: z.array(textSchema),
});
export type CompareDocument = z.output<typeof compareDocumentSchema>;

/** Answer of `rank`: league table and bands of many hotlines. */
export const rankDocumentSchema = z.object({
  document: z.literal('rank'),
  /** Test calls of a monitor, or the lines' own traffic: then `testCalls` are calls offered and `connected` those answered within the threshold. */
  basis: z.enum(['test-calls', 'traffic']).optional(),
  period: z.string(),
  previousPeriod: z.string().nullable(),
  madeUp: z.boolean(),
  hotlines: z.array(
    z.object({
      hotline: z.string(),
      name: z.string(),
      province: z.string().nullable(),
      region: z.string().nullable(),
      cityTier: z.string().nullable(),
      testCalls: z.number().int(),
      connected: z.number().int(),
      connectionRate: z.number(),
      low: z.number(),
      high: z.number(),
      pooledRate: z.number(),
      band: z.enum(['hot', 'warm', 'cold', 'dead']),
      previousBand: z.enum(['hot', 'warm', 'cold', 'dead']).nullable(),
      /** True when the move on the year is more than sampling noise explains (two-sided 95 %). */
      moveBeyondChance: z.boolean().nullable(),
      bandChances: bandChancesSchema,
      meanSeconds: rate,
      meetsSecondsStandard: z.boolean().nullable(),
      score: rate,
      rank: z.number().int(),
      rankLow: z.number().int(),
      rankHigh: z.number().int(),
      /**
       * Who is at risk: the chance that the next monitoring (of traffic: the next week) says a colder band, earlier
       * periods weighed in, and the chance that the true rate lies in a colder band already.
       */
      risk: z
        .object({
          nextBandChances: bandChancesSchema,
          fallChance: z.number(),
          trueFallChance: z.number(),
        })
        .optional(),
      /** Where the times of calls are known. */
      byTime: z.array(partRateSchema).optional(),
    }),
  ),
  /** Weight of a result a year old beside one of now, as earlier periods foretold this one best. */
  weightPerYear: z.number().optional(),
  bands: z.array(
    z.object({
      band: z.enum(['hot', 'warm', 'cold', 'dead']),
      hotlines: z.number().int(),
      share: z.number(),
      previous: z.number().int().nullable(),
      change: z.number().int().nullable(),
    }),
  ),
  secondsStandard: z.object({ hotlines: z.number().int(), share: z.number(), meanSecondsOfThose: rate }),
  regions: z.array(
    z.object({
      region: z.string(),
      hotlines: z.number().int(),
      connectionRate: rate,
      meanSeconds: rate,
      hot: z.number().int(),
      dead: z.number().int(),
    }),
  ),
  notices: z.array(textSchema),
});
export type RankDocument = z.output<typeof rankDocumentSchema>;

/** Answer of `rate`: the share of calls answered in time, forecast by day and line. Fractions. */
export const rateDocumentSchema = z.object({
  document: z.literal('rate'),
  /** First day forecast: no later day was used. */
  from: z.string(),
  days: z.number().int(),
  /** Days after which a past day weighs half, chosen on rolling origins before `from`. */
  halfLifeDays: z.number(),
  lines: z.array(
    z.object({
      line: z.string(),
      days: z.array(
        z.object({
          date: z.string(),
          mean: z.number(),
          q025: z.number(),
          q10: z.number(),
          q90: z.number(),
          q975: z.number(),
          /** Null where the day has not happened or was not recorded. */
          calls: rate,
          actual: rate,
          sameWeekdayBefore: rate,
        }),
      ),
      /** Over the days that have happened, each weighing as much as its calls. */
      forecast: rate,
      actual: rate,
    }),
  ),
  /** Over all lines and days that have happened; errors are weighed by calls. Null where none has. */
  score: z
    .object({
      days: z.number().int(),
      meanAbsoluteError: rate,
      /** Forecast minus actual: above 0 is too high. */
      bias: rate,
      sameWeekdayBeforeError: rate,
      coverage80: z.number(),
      coverage95: z.number(),
    })
    .nullable(),
  notices: z.array(textSchema),
});
export type RateDocument = z.output<typeof rateDocumentSchema>;

/** Answer of `erlang` for one interval: the reference's measure names. */
export const erlangDocumentSchema = z.object({
  document: z.literal('erlang'),
  stable: z.boolean(),
  p_block: rate,
  p_imm: rate,
  p_wait: rate,
  p_abandon: rate,
  p_connect: rate,
  mean_queue_len: rate,
  mean_wait_admitted_s: rate,
  asa_answered_s: rate,
  occupancy: rate,
  p_virtual_wait_gt_t: rate,
  p_wait_gt_t: rate,
  p_answered_le_t: rate,
  p_abandon_le_t: rate,
  sl_offered: rate,
  sl_excl_short_ab: rate,
  sl_admitted: rate,
  sl_admitted_excl_short_ab: rate,
});
export type ErlangDocument = z.output<typeof erlangDocumentSchema>;

/** Answer of `simulate --model`: [estimate, half width of the 95 % interval] per measure. */
const measures = z.record(z.string(), z.tuple([z.number(), z.number()]).nullable());
export const modelSimulationSchema = z.object({
  all: measures,
  per_class: z.array(measures),
  pools: z.array(measures),
  intervals: z.record(z.string(), numbers),
});

/** A planner's change to a forecast, kept beside the original. Exactly one of factor and calls. */
export const overruleSchema = z.strictObject({
  /** null: every queue. */
  queue: z.string().nullable(),
  date: z.string(),
  /** Local clock times; null: the whole day. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  factor: z.number().min(0).max(20).nullable(),
  calls: z.number().min(0).nullable(),
  reason: z.string().min(1),
  author: z.string().min(1),
});
export type Overrule = z.output<typeof overruleSchema>;

export const documentSchemas = {
  plan: planDocumentSchema,
  demo: planDocumentSchema,
  ingest: ingestDocumentSchema,
  forecast: forecastDocumentSchema,
  backtest: backtestDocumentSchema,
  divert: divertDocumentSchema,
  'divert-levers': leversDocumentSchema,
  simulate: simulateDocumentSchema,
  'simulate-model': modelSimulationSchema,
  compare: compareDocumentSchema,
  rank: rankDocumentSchema,
  rate: rateDocumentSchema,
  grade: gradeDocumentSchema,
  erlang: erlangDocumentSchema,
  overrule: overruleSchema,
  range: rangeSchema,
} as const;
