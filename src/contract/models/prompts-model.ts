import { z } from 'zod';
import {
  audience,
  clockTime,
  key,
  mostListed,
  nameKey,
  patienceFactor,
  seconds,
  share,
  textSchema,
} from './model-fields.ts';

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
        queues: z.array(nameKey).min(1).max(mostListed).optional(),
        /**
         * Everyone (when left out), or callers whose estimated wait on arrival is above so many seconds: 0 where an
         * operator is free, else (own queue + 1) × mean handle time / operators.
         */
        offeredTo: audience.optional(),
        response: z.strictObject({
          reach: share,
          onlineShare: share,
          offPeakShare: share,
          offPeakReturnShare: share,
          onlineFailureShare: share,
          announcementSeconds: seconds,
          onlineHandleSeconds: seconds,
          /**
           * Factor on the patience of those who heard it and stay: a wait that is announced may be borne longer, or given
           * up sooner. Left out: 1. Always assumed: records do not tell it.
           */
          patienceFactor: patienceFactor.optional(),
          assumed: z.boolean(),
        }),
      }),
    )
    .min(1)
    .max(mostListed),
  channels: z
    .array(
      z.strictObject({
        channel: key,
        name: textSchema,
        /** Requests; a million in an interval is as good as no limit. */
        capacityPerInterval: z.number().min(0).max(1_000_000),
        operatorSeconds: seconds,
        failureShare: share,
      }),
    )
    .max(mostListed),
  rules: z.strictObject({
    /** Both within a day. */
    minimumOnMinutes: z.number().int().min(0).max(1440),
    maximumOnMinutesPerDay: z.number().int().min(0).max(1440),
    /** No prompt starts or plays in these hours. */
    quietHours: z.strictObject({ from: clockTime, to: clockTime }),
    /** At most this share of a day's callers of a queue may be diverted. */
    largestDivertedShare: share,
  }),
});
export type PromptsModel = z.output<typeof promptsSchema>;
