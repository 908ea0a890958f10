import { z } from 'zod';
import { formError } from '../schema-forms.ts';
import {
  mostListed,
  nameKey,
  rank,
  seconds,
  share,
  textSchema,
  weekHoursSchema,
  secondsOfDay,
} from './model-fields.ts';

/** Mean seconds of a call's work: a second at least, since calls without work take no operators; four hours at most. */
const handleTime = z.number().min(1).max(14_400);

/** Share of callers who call again after each kind of failure, and after how long. */
export const repeatSchema = z.strictObject({
  afterAbandon: share,
  afterAbandonDelaySeconds: seconds,
  afterBlock: share,
  afterBlockDelaySeconds: seconds,
  reconnect: share,
  reconnectDelaySeconds: seconds,
});

/** A share of a queue's answered calls that its operators hand on to another queue. */
export const transferSchema = z.strictObject({
  toQueue: nameKey,
  share,
  /** Whether the first operator stays on the call until the next one answers. */
  holding: z.boolean(),
  /** Mean seconds of the first operator before handing on; absent: the queue's handle time. */
  beforeSeconds: handleTime.optional(),
});

/** Mean seconds that callers would wait: a second at least, since an instant's patience leaves nobody to answer. */
const patience = z.number().min(1).max(secondsOfDay);

/** models/hotline.json: what the line is. */
export const hotlineSchema = z.strictObject({
  name: textSchema,
  zone: z.string().min(1),
  /** ISO country whose calendar applies, with a region where wanted (GB-ENG); null for none. */
  country: z
    .string()
    .regex(/^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/, formError('country-code'))
    .nullable(),
  /** Currency of wages and prices, ISO 4217; absent: that of the country. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, formError('currency-code'))
    .optional(),
  intervalMinutes: z.union([
    z.literal(5),
    z.literal(10),
    z.literal(15),
    z.literal(20),
    z.literal(30),
    z.literal(60),
  ]),
  /** The hours that the line is open; 'learn': nobody has stated them, the data tell. */
  openingHours: z.union([z.literal('learn'), weekHoursSchema]).default('learn'),
  /** Lines: most calls in service plus queue; null where there are enough, as from 100,000 on there are. */
  trunks: z.number().int().min(0).max(100_000).nullable(),
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
        priority: rank,
        /** Never diverted by prompts (emergency-like). */
        neverDivert: z.boolean().default(false),
        /** Used where data gives none; the result then says so. */
        assumedHandleTimeSeconds: handleTime,
        assumedPatienceSeconds: patience,
        smartVoiceShare: share.default(0),
        /**
         * Shares of its answered calls that its operators hand on to other queues (an expert, a department's desk).
         * A queue that nobody rings, and that only receives such calls, is one without traffic.
         */
        transfers: z.array(transferSchema).max(mostListed).optional(),
      }),
    )
    .min(1)
    .max(mostListed),
  /** What callers do after a failed or unresolved call, where data does not tell. */
  assumedRepeats: repeatSchema,
  /** Queues whose calls are different ones though their days are alike: never said to be counted twice. */
  differentCalls: z.array(z.array(nameKey).min(2).max(mostListed)).max(mostListed).optional(),
  /** Key under which the monitor's files name this line; needed only where they name several. */
  monitoredAs: z.string().min(1).optional(),
  /** True only for generated data. */
  madeUp: z.boolean().default(false),
});
export type HotlineModel = z.output<typeof hotlineSchema>;
