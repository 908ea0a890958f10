import { z } from 'zod';
import { key, mostListed, nameKey, textSchema } from './model-fields.ts';

/** What a broken unit costs: `hard` may not be broken; a number is the price per unit named at the rule. */
const price = z.union([z.literal('hard'), z.number().min(0)]);

const wholeUpTo = (most: number) => z.number().int().min(0).max(most);
const hours = (most: number) => z.number().min(0).max(most);

const ruleOf = <Code extends string, Fields extends z.core.$ZodLooseShape>(code: Code, fields: Fields) =>
  z.strictObject({
    rule: z.literal(code),
    ...fields,
    price: price.default('hard'),
    /** Whom it binds; absent: everybody. */
    people: z.array(nameKey).min(1).optional(),
    /** The law or agreement it comes from. */
    source: textSchema.optional(),
  });

/**
 * One rule of a roster. Its price is per unit broken: the unit is named at each. Hours are hours of work as a
 * shift counts them; nights are shifts that start late (`nightStartsFrom`).
 */
export const labourRuleSchema = z.discriminatedUnion('rule', [
  /** Nobody works while away, on leave, or on a fixed day off. Per day. */
  ruleOf('unavailable', {}),
  /** No duty runs past midnight into a day of approved leave; in force wherever there is leave. Per duty. */
  ruleOf('clear-of-leave', {}),
  /** What is pinned stays. Per day changed. */
  ruleOf('pinned', {}),
  /** From a shift's end to the next one's start, at least. Per hour missing. */
  ruleOf('minimum-rest', { hours: hours(16) }),
  /** Shifts that may not follow one another on the next day: `[before, after]`. Per time. */
  ruleOf('forbidden-sequence', { pairs: z.array(z.tuple([nameKey, nameKey])).max(mostListed * mostListed) }),
  /** Per day too many. */
  ruleOf('most-days-in-a-row', { days: wholeUpTo(31) }),
  /** Per day too few; runs that touch the period's ends are not judged. */
  ruleOf('fewest-days-in-a-row', { days: wholeUpTo(14) }),
  ruleOf('fewest-days-off-in-a-row', { days: wholeUpTo(14) }),
  /** Per night too many. */
  ruleOf('most-nights-in-a-row', { nights: wholeUpTo(31) }),
  /** After the last night of a row. Per day off missing. */
  ruleOf('days-off-after-nights', { days: wholeUpTo(7) }),
  /** Days off in each calendar week, at least; a week that the period cuts is not judged. Per day missing. */
  ruleOf('weekly-rest', { days: wholeUpTo(7) }),
  /** Weekends with work in the period, at most. Per weekend too many. */
  ruleOf('most-weekends', { weekends: wholeUpTo(60) }),
  /** Per night too many. */
  ruleOf('most-nights', { nights: wholeUpTo(366), per: z.enum(['week', 'month', 'period']) }),
  /**
   * In each calendar week, for full time; anyone who has part of it, their share. A day of leave counts as
   * `leaveHours` towards the least, which is judged in whole weeks only. Per hour below the least or above the most.
   */
  ruleOf('hours-a-week', {
    least: hours(168).optional(),
    most: hours(168).optional(),
    leaveHours: hours(12).default(0),
  }),
  /** The same for the whole period. */
  ruleOf('hours-in-period', {
    least: hours(9000).optional(),
    most: hours(9000).optional(),
    leaveHours: hours(12).default(0),
  }),
  /**
   * Comprehensive working hours: the period's days get their part of the accounting period's standard, less what a
   * person has worked above it so far. Per hour above.
   */
  ruleOf('accounting-period', {
    period: z.enum(['month', 'quarter', 'year']),
    /** Working days that the law counts in the period: 20.67, 62, 248. */
    standardDays: z.number().min(1).max(366),
    hoursPerDay: hours(12).default(8),
  }),
  /** Shifts of one kind in the period, at most. Per shift too many. */
  ruleOf('most-of-shift', { shift: nameKey, times: wholeUpTo(400) }),
  /** Hours a day beyond `standard`. Per hour too many. */
  ruleOf('overtime-a-day', { hours: hours(16), standard: hours(16).default(8) }),
  /** Hours a calendar month beyond the standard month. Per hour too many. */
  ruleOf('overtime-a-month', { hours: hours(300), standardHours: hours(300) }),
  /**
   * What overtime costs: an hour's price times the rate, for hours a week beyond the standard (150 %), on Saturdays
   * and Sundays where these are the days of rest (200 %), and on statutory holidays (300 %); the latter two do not
   * count among the week's. The price is that of one hour at 100 %.
   */
  ruleOf('overtime-pay', {
    standardHoursPerWeek: hours(60).default(40),
    beyondStandard: z.number().min(1).max(5).default(1.5),
    weekendsAreRest: z.boolean().default(false),
    restDay: z.number().min(1).max(5).default(2),
    holiday: z.number().min(1).max(5).default(3),
  }),
  /** A shift longer than this needs a meal break of so many minutes. Per shift without. */
  ruleOf('meal-break', { beyondHours: hours(12), minutes: wholeUpTo(120) }),
  /** Nobody who is exempt works nights. Per night. */
  ruleOf('no-nights-if-exempt', {}),
  /** Nobody works a shift other than those that their record names; in force wherever one does. Per shift. */
  ruleOf('own-shifts', {}),
  /** Within a week a person keeps one start. Per change. */
  ruleOf('same-start-in-week', {}),
  /**
   * Balances and the period together: nobody further than `within` from a share that is equal by contract, rounded
   * outwards to whole duties. `weekends` are duties on Saturdays and Sundays. Per duty beyond.
   */
  ruleOf('fair-share', {
    of: z.enum(['nights', 'weekends', 'holidays', 'unpopular']),
    within: z.number().min(0).max(50).default(1),
    /** Shifts that are unpopular, for that share. */
    shifts: z.array(nameKey).max(mostListed).optional(),
  }),
  /** People of a team who work on a day work the same shift. Per shift beyond the first, per team and day. */
  ruleOf('team-together', {}),
  /** On a shift with new operators, one experienced for so many of them. Per new operator too many. */
  ruleOf('new-beside-experienced', { newPerExperienced: z.number().int().min(1).max(20).default(1) }),
  /** Operators with a skill on duty on a shift whenever it is staffed for. Per operator missing, per day. */
  ruleOf('least-qualified', {
    skill: nameKey,
    operators: wholeUpTo(200),
    shifts: z.array(nameKey).max(mostListed).optional(),
  }),
  /** Days that people asked to have off. Per day, times the request's own weight. */
  ruleOf('day-off-requests', {}),
  /** Shifts that people asked for, or asked not to have, on a day. Per request, times its own weight. */
  ruleOf('shift-requests', {}),
  /** Shifts that a person dislikes. Per time. */
  ruleOf('disliked-shifts', {}),
]);
export type LabourRule = z.output<typeof labourRuleSchema>;
export type LabourRuleCode = LabourRule['rule'];
export type LabourRuleOf<Code extends LabourRuleCode> = Extract<LabourRule, { rule: Code }>;

/** models/labour-rules/*.json: a profile of rules, in one list. */
export const labourRulesSchema = z.strictObject({
  profile: key,
  name: textSchema,
  /** Hour of the day from which on a shift's start makes it a night; 24: none is. */
  nightStartsFrom: z.number().int().min(0).max(24),
  rules: z.array(labourRuleSchema).min(1).max(mostListed),
});
export type LabourRulesModel = z.output<typeof labourRulesSchema>;
