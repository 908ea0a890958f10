import { z } from 'zod';
import { textSchema } from '../models/model-fields.ts';
import { rosterChangeSchema } from './roster-document.ts';
import { numbers, rangeSchema, rate, rates, sayableSchema } from './schema-parts.ts';

/** What a day in progress can differ by from its plan. */
const signalKinds = [
  'more-calls',
  'fewer-calls',
  'longer-calls',
  'fewer-operators',
  'outage',
  'late-source',
] as const;
export type SignalKind = (typeof signalKinds)[number];

/** Local wall clock 'YYYY-MM-DDTHH:MM'. */
const clock = z.string();

const signalSchema = z.object({
  kind: z.enum(signalKinds),
  /** null: the whole line. */
  queue: z.string().nullable(),
  /** Start of the interval from which it holds most likely. */
  since: clock,
  /** Chance that it is so and no luck of an ordinary day, 0–1. */
  confidence: z.number(),
  /**
   * What came ÷ what was planned since then, of calls, handle time or operators; of operators whose presence is recorded,
   * present ÷ rostered at the last count, as `intervals.tiers` has them; null of a source that is late.
   */
  factor: rate,
  said: sayableSchema,
});
export type Signal = z.output<typeof signalSchema>;

/** Calls as they were counted; null where nobody told. offered = answered + lost + elsewhere. */
const countedSchema = z.object({
  offered: rate,
  answered: rate,
  answeredInThreshold: rate,
  abandoned: rate,
  /** Hung up, or found no free line. */
  lost: rate,
  /** Gone elsewhere without an operator (to voicemail, another queue, a promised call-back), or still waiting. */
  elsewhere: rate,
  connectionRate: rate,
  serviceLevel: rate,
});

/** What is to come of one queue, or of all. Rates are of offered calls, 0–1. */
const restFiguresSchema = z.object({
  /** Counted from midnight until the time asked about. */
  soFar: countedSchema,
  /** Calls of the rest of the day, redials included: with the plan's operation, and as they are expected now. */
  plannedCalls: z.number(),
  calls: rangeSchema,
  /** Mean of the rest of the day, seconds. */
  plannedHandleTimeSeconds: rate,
  handleTimeSeconds: rate,
  /** Of the rest of the day alone. */
  restConnectionRate: rangeSchema,
  restServiceLevel: rangeSchema,
  /** Of the whole day until midnight: what was counted and what is to come. */
  connectionRate: rangeSchema,
  serviceLevel: rangeSchema,
  /** Lost in the rest of the day. */
  abandoned: rangeSchema,
  /** Targets of the day and the chance that it meets them; null where there is none. */
  targets: z.object({ connectionRate: rate, serviceLevel: rate }),
  chances: z.object({ connectionRate: rate, serviceLevel: rate }),
});
export type RestFigures = z.output<typeof restFiguresSchema>;

/** What a change makes of the day: of those best together one beside the others, else by itself. Rates in fractions of 1. */
const dayEffectSchema = z.object({
  /** Of the whole day until midnight, with it less without. */
  connectionRate: z.number(),
  serviceLevel: z.number(),
  /** Calls. */
  answered: z.number(),
  abandoned: z.number(),
  /** Lost callers who are reached by being called back. */
  calledBack: z.number(),
  /** Chance that the day's connection rate meets its target: with it, less without. */
  chance: rate,
});

/** Something that can still be done. */
const dayActionSchema = z.object({
  id: z.string(),
  kind: z.string(),
  effect: dayEffectSchema,
  /** Operator-hours weighted by what kind they are: overtime 1.5, called in 2, on duty already 0.1. */
  cost: z.number(),
  /** Last moment at which beginning it helps. */
  latest: clock,
  from: clock,
  to: clock,
  tier: z.string().nullable(),
  queue: z.string().nullable(),
  /** People it touches, by their ids; empty where it is about a number of operators or none at all. */
  who: z.array(z.string()),
  operators: z.number(),
  /** One of those that are best together. */
  chosen: z.boolean(),
  /** Of one of several that are best together the same by itself, as it is noted where it is taken alone; else null. */
  alone: z.object({ effect: dayEffectSchema, said: sayableSchema }).nullable(),
  /** Whether the people it touches have to agree: it changes their hours. */
  asks: z.boolean(),
  said: sayableSchema,
});
export type DayAction = z.output<typeof dayActionSchema>;

/** What somebody does about an action: proposes it to those who have to agree, takes it, or takes it back. */
const daySteps = ['ask', 'take', 'agree', 'decline', 'take-back'] as const;

const dayStepSchema = z.object({
  /** Among all steps of the day, from 1. */
  number: z.number().int(),
  step: z.enum(daySteps),
  /** ISO instant. */
  at: z.string(),
  /** The moment of the day at which it was decided. */
  asOf: clock,
  by: z.string().nullable(),
  why: z.string(),
});
export type DayStep = z.output<typeof dayStepSchema>;

/** An action that somebody took, or proposed to those whom it touches, with the effect projected at that moment. */
export const takenActionSchema = z.object({
  id: z.number().int(),
  action: dayActionSchema.omit({ id: true, chosen: true, alone: true }),
  state: z.enum(['asked', 'taken', 'declined', 'taken-back']),
  steps: z.array(dayStepSchema),
  /** Steps that are open now: none where later ones were made than those shown. */
  open: z.array(z.enum(daySteps)),
  /** The roster that it changed; null: none, or not yet. */
  roster: z.object({ roster: z.string(), moves: rosterChangeSchema.shape.moves }).nullable(),
});
export type TakenAction = z.output<typeof takenActionSchema>;

/** One of which a step was made, with the others of which it was made in the same request. */
export const steppedActionSchema = takenActionSchema.extend({ also: z.array(takenActionSchema).optional() });
export type SteppedAction = z.output<typeof steppedActionSchema>;

/** A day as far as it is over: its gap to the plan by cause, and what came of each action. Rates in fractions of 1. */
export const eveningSchema = z.object({
  /** Connection rate as planned, and as it was, over the intervals that were counted. */
  planned: z.number(),
  actual: z.number(),
  gap: z.number(),
  /** They add up to the gap. */
  causes: z.array(
    z.object({
      cause: z.enum(['forecast', 'absence', 'actions', 'luck']),
      name: sayableSchema,
      effect: z.number(),
    }),
  ),
  /** Points as projected when it was decided, and the day as it was against the same day without it. */
  actions: z.array(
    z.object({ id: z.number().int(), said: sayableSchema, projected: z.number(), measured: z.number() }),
  ),
});
export type Evening = z.output<typeof eveningSchema>;

/** Calls lost until now, and what became of their callers: calls = called again + will call again + to call. */
const lostFields = {
  calls: z.number(),
  /** Whose callers have called again since: they were answered, or count there. */
  calledAgain: z.number(),
  /** Callers not answered since: those who will still call again, and those left to be called. */
  lost: z.number(),
  willCallAgain: z.number(),
  toCall: z.number(),
};

const callBacksSchema = z.object({
  ...lostFields,
  queues: z.array(
    z.object({
      queue: z.string(),
      ...lostFields,
      /**
       * What becomes by midnight of all calls lost on the day, if lost callers are called back in quiet periods from now on:
       * lost is called again by then, reached, given up and to call together. null: not worked out, or nobody has time to
       * call.
       */
      funnel: z
        .object({
          lost: z.number(),
          calledAgain: z.number(),
          dialled: z.number(),
          reached: z.number(),
          givenUp: z.number(),
          toCall: z.number(),
          /** Hours in which nine of ten attempts are made; null: hardly any is. */
          dialling: z.object({ from: clock, to: clock }).nullable(),
          /** From the loss to the call-back, of those reached: who has waited longest is called first. */
          meanMinutesToPerson: rate,
        })
        .nullable(),
      byInterval: z.array(z.object({ start: clock, lost: z.number(), toCall: z.number() })),
    }),
  ),
  said: z.array(sayableSchema),
});

/** Answer of `day`: a day in progress against its plan, the rest of it, and what can still be done. */
export const dayDocumentSchema = z.object({
  document: z.literal('day'),
  /** Until when calls are known. */
  asOf: clock,
  date: z.string(),
  plan: z.string(),
  /** One sentence that says it all. */
  said: sayableSchema,
  answerTimeThresholdSeconds: z.number(),
  /** End of the last interval that any row came for; null: none today. */
  lastRow: clock.nullable(),
  /** Stretches before that of which not all was counted: no source told, or the switchboard was down. */
  gaps: z.array(z.object({ from: clock, to: clock })),
  /** False alarms that are borne, a week over all kinds. */
  falseAlarmsPerWeek: z.number(),
  /** How soon changes of the whole line are found in nine of ten days at that rate, minutes; null: not in most. */
  foundWithin: z.array(
    z.object({ kind: z.enum(signalKinds), factor: z.number(), minutes: z.number().nullable() }),
  ),
  signals: z.array(signalSchema),
  restOfDay: z.object({
    queues: z.array(z.object({ queue: z.string(), name: textSchema, ...restFiguresSchema.shape })),
    total: z.object({
      ...restFiguresSchema.shape,
      /** Lowest connection rate over any 24 hours that end today, from now on; its target and chance. */
      rolling: z.object({ connectionRate: rangeSchema, target: rate, chance: rate }),
    }),
  }),
  /** Until when calls were known of which actions were chosen; null: a picture, without any. */
  actionsAsOf: clock.nullable(),
  actions: z.array(dayActionSchema),
  /** Whether they can be taken: of the line's own today, at no later moment than now. */
  takes: z.boolean(),
  /** What those that are best together come to, in one sentence; null: a picture, or nothing is known. */
  together: sayableSchema.nullable(),
  /** What was taken of them so far, in order, and how many steps that were: who acts says which they have seen. */
  taken: z.array(takenActionSchema),
  revision: z.number().int(),
  /** Once the day is over, or the hours of something that was taken: until now. */
  evening: eveningSchema.nullable(),
  callBacks: callBacksSchema.nullable(),
  /** The day by interval: counted (null: not known, or to come), planned, and as it is expected now. */
  intervals: z.object({
    starts: z.array(clock),
    queues: z.array(
      z.object({
        queue: z.string(),
        planned: numbers,
        plannedLow: numbers,
        plannedHigh: numbers,
        offered: rates,
        answered: rates,
        abandoned: rates,
        /** As in `soFar`: offered = answered + lost + elsewhere. */
        lost: rates,
        elsewhere: rates,
        expected: rates,
        expectedLow: rates,
        expectedHigh: rates,
      }),
    ),
    /** Of all queues together: they do not all come out high, or low, at once. */
    total: z.object({
      plannedLow: numbers,
      plannedHigh: numbers,
      expectedLow: rates,
      expectedHigh: rates,
    }),
    /** Operators, ready for calls: people, whatever each does. */
    tiers: z.array(z.object({ tier: z.string(), rostered: numbers, present: rates, expected: rates })),
  }),
  assumptions: z.array(sayableSchema),
});
export type DayDocument = z.output<typeof dayDocumentSchema>;
