import { z } from 'zod';
import { clockTime, key, mostListed, seconds, secondsOfDay, share, textSchema } from './model-fields.ts';

/** models/monitors/*.json: how the monitor tests. */
export const monitorSchema = z.strictObject({
  monitor: key,
  name: textSchema,
  /** Of one hotline in one period; a monitor that calls more than a thousand times is its caller. */
  testCalls: z.number().int().min(1).max(1000),
  /** Attempts per test before it counts as not connected; after ten nobody tries again. */
  attempts: z.number().int().min(1).max(10),
  longestWaitSeconds: z.number().min(1).max(secondsOfDay),
  /** When tests are placed: local clock windows with their share of the tests (shares sum to 1). */
  windows: z
    .array(
      z.strictObject({
        weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7),
        from: clockTime,
        to: clockTime,
        share,
      }),
    )
    .min(1)
    .max(mostListed),
  /** Whether tests are placed while the line is closed as well, where they fail; else only while it is open. */
  testsWhileClosed: z.boolean().default(false),
  bands: z.strictObject({ hotFrom: share, warmFrom: share }),
  meanSecondsStandard: seconds,
});
export type MonitorModel = z.output<typeof monitorSchema>;

/** How a measured figure becomes 0–100 points. */
const scoreRule = z.discriminatedUnion('rule', [
  /** points = 100 × value. */
  z.strictObject({ rule: z.literal('share') }),
  /** 100 points up to `fullSeconds`, falling in a line to 0 at `zeroSeconds`. */
  z.strictObject({
    rule: z.literal('seconds'),
    fullSeconds: seconds,
    zeroSeconds: z.number().min(1).max(secondsOfDay),
  }),
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
});

/** models/scorecards/*.json: indicators in two levels, weights, and rules from what is measured to points. */
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
          parts: z
            .array(z.strictObject({ part: key, name: textSchema, weight: share }))
            .max(mostListed)
            .default([]),
        }),
      )
      .min(1)
      .max(mostListed),
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
