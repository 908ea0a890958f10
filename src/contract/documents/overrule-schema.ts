import { z } from 'zod';
import { isYear } from '../../kernel/time.ts';
import { clockTime } from '../models/model-fields.ts';
import { formError } from '../schema-forms.ts';

/** Calls that a change may put into a day or some hours of it. */
export const mostOverruledCalls = 200_000;

/** Whether a day's calls change by more than half: asked back where it is typed, and said at the top of its plan. */
export const isLargeChange = (share: number): boolean => Math.abs(share) > 0.5;

/** A planner's change to a forecast, kept beside the original. Exactly one of factor and calls. */
export const overruleSchema = z.strictObject({
  /** null: every queue. */
  queue: z.string().nullable(),
  date: z.string(),
  /** Local clock times; null: the whole day. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  factor: z.number().min(0).max(20).nullable(),
  /** At most twice and a half the calls that the largest hotlines have in a day: more is a slip. */
  calls: z.number().min(0).max(mostOverruledCalls).nullable(),
  reason: z.string().min(1).max(2000),
  author: z.string().min(1).max(200),
});
export type Overrule = z.output<typeof overruleSchema>;

/**
 * By what share a change has a day other than forecast. Calls for a part of a day or of one queue, and of a day that no
 * plan has, are held to nothing: 0.
 */
export const shareOfChange = (
  { queue, from, factor, calls }: Pick<Overrule, 'queue' | 'from' | 'factor' | 'calls'>,
  forecast: number | null | undefined,
): number => {
  if (factor !== null) return factor - 1;
  if (calls === null || from !== null || queue !== null || !forecast) return 0;
  return calls / Math.max(1, forecast) - 1;
};

/** A change that is asked for: a day that there is, both ends of its hours or none, and one of factor and calls. */
export const wantedOverruleSchema = overruleSchema
  .extend({
    date: z.iso.date().refine((date) => isYear(Number(date.slice(0, 4))), formError('date')),
    from: clockTime.nullable(),
    to: clockTime.nullable(),
  })
  .refine(({ factor, calls }) => (factor === null) !== (calls === null), formError('factor-or-calls'))
  .refine(({ from, to }) => (from === null) === (to === null), formError('both-ends'));

/** Names the changes that stand: what `ETag` says of them. Numbers are given out once, and a change stays as it is. */
export const overrulesVersion = (stored: readonly { readonly id: number }[]): string =>
  stored.map(({ id }) => id).join('.') || 'none';

/** What others did to changes of forecasts since somebody read them; what `overrules-changed-meanwhile` tells. */
export interface OverrulesMeanwhile {
  readonly added: number;
  readonly gone: number;
  /** Those that were added. */
  readonly rows: readonly (Omit<Overrule, 'reason' | 'author'> & { readonly id: number })[];
}

/** Of which calls a change is. */
type Reach = Pick<Overrule, 'queue' | 'date' | 'from' | 'to'>;

/** Whether two changes are of the same queue at the same time: which of them is meant is for people to say. */
export const overrulesMeet = (one: Reach, other: Reach): boolean =>
  one.date === other.date &&
  (one.queue === null || other.queue === null || one.queue === other.queue) &&
  (one.from ?? '00:00') < (other.to ?? '24:00') &&
  (other.from ?? '00:00') < (one.to ?? '24:00');
