import { z } from 'zod';
import { costFactor, minutes, money, seconds, share, shiftHours } from './model-fields.ts';

/**
 * models/levers.json, which need not be there: what else relieves a peak, how far it can go, and what it costs in the
 * money of the tiers' `costPerHour`. All of it is assumed until a line puts its own figures here.
 */
export const leversSchema = z.strictObject({
  /** Operators stay on or come in where a tier is short: at most this share of those on duty, in whole blocks. */
  overtime: z
    .strictObject({
      largestShare: share.default(0.2),
      leastMinutes: minutes.default(120),
      /** Factor on the tier's cost per hour. */
      costFactor: costFactor.default(1.5),
      assumed: z.boolean().default(true),
    })
    .prefault({}),
  /** Shifts start, and so end, later: at most this share of those that start together. */
  laterStart: z
    .strictObject({
      largestShare: share.default(0.5),
      latestMinutes: minutes.default(120),
      shiftHours: shiftHours.default(8),
      costPerShift: money.default(15),
      assumed: z.boolean().default(true),
    })
    .prefault({}),
  /** More calls settled before they ask for an operator. */
  smartVoice: z
    .strictObject({
      largestShare: share.default(0.08),
      costPerCall: money.default(0.6),
      costPerWeek: money.default(1200),
      assumed: z.boolean().default(true),
    })
    .prefault({}),
  /** Answers found sooner: calls get shorter and fewer come again. Training and a knowledge base, per paid hour. */
  directAnswer: z
    .strictObject({
      handleTimeCut: z.number().min(0).max(0.9).default(0.06),
      reconnectCut: share.default(0.2),
      costPerOperatorHour: money.default(1.5),
      assumed: z.boolean().default(true),
    })
    .prefault({}),
  /** Somebody switches an announcement on and off again. */
  prompts: z
    .strictObject({ costPerStretch: money.default(10), assumed: z.boolean().default(true) })
    .prefault({}),
  /** Dialling, failed tries and looking up, beside the call itself. */
  callbacks: z
    .strictObject({ secondsPerCallback: seconds.default(40), assumed: z.boolean().default(true) })
    .prefault({}),
  /**
   * What can still be done on a day in progress. Factors are on an hour of an operator, of one sent home what it saves;
   * notice is what passes from asking to being ready. Then the rule by which lost callers are called back: 63 % of 143
   * recorded call-backs in one week brought caller and operator together; three tries ten minutes or more apart are what
   * such rules usually name; no minutes are prescribed (State Council Office, letter 2025 no. 66).
   */
  day: z
    .strictObject({
      stayLongerFactor: costFactor.default(1.5),
      comeEarlierFactor: costFactor.default(1.5),
      callInFactor: costFactor.default(2),
      sendHomeFactor: costFactor.default(0.5),
      stayNoticeMinutes: minutes.default(15),
      comeNoticeMinutes: minutes.default(90),
      /** Nobody is dialled sooner: many call again by themselves in the first minutes. */
      callBackAfterMinutes: minutes.default(15),
      callBackTries: z.int().min(1).max(20).default(3),
      callBackEveryMinutes: minutes.default(10),
      /** Then nobody dials any more. */
      callBackWithinMinutes: minutes.default(1440),
      callBackReach: share.default(0.63),
      /** Looking up, dialling and ringing; an attempt that reaches the caller takes a call's handle time besides. */
      callBackDialSeconds: seconds.default(45),
      /** Of the operators' time that calls and call-backs may fill together in an interval. */
      mostOccupancy: share.default(0.85),
      assumed: z.boolean().default(true),
    })
    .prefault({}),
});
export type LeversModel = z.output<typeof leversSchema>;
