import { z } from 'zod';
import { type Language, languages, modelLanguages } from '../../kernel/text.ts';
import { closingTime } from '../../kernel/time-window.ts';
import { formError } from '../schema-forms.ts';

/**
 * What the files under models/ are made of. Every number has a least and a most, each with its reason: beyond them lies
 * what no hotline has, and what would be computed for minutes for nothing.
 */

/** A share is 0–1. */
export const share = z.number().min(0).max(1);
/** Most seconds in a day: nothing that happens within a call or between two tries of one lasts longer. */
export const secondsOfDay = 86_400;
export const seconds = z.number().min(0).max(secondsOfDay);
/** Operators of a tier in one interval, or lines: the largest call centres of the world seat some 10,000. */
export const mostOperators = 10_000;
/** Money in any currency: a million an hour or a call is a slip of the keys in all of them. */
const mostMoney = 1_000_000;
export const money = z.number().min(0).max(mostMoney);
/** Money that something must cost: without a price there is no least. A cent, in currencies of large units. */
export const price = z.number().min(0.01).max(mostMoney);
/** Rank of a first, second, … choice: more than a hundred queues or tiers are distinguished by nobody. */
export const rank = z.number().int().min(1).max(100);
/** Hours of one shift: less than half an hour is no shift, sixteen in a row are more than any law allows. */
export const shiftHours = z.number().min(0.5).max(16);
/** Factor on a price: below a tenth or above ten it is another price. */
export const costFactor = z.number().min(0.1).max(10);
/** Minutes of a day. */
export const minutes = z.number().int().min(1).max(1440);
/** Factor on the patience of those who heard a prompt and stay on the line. */
export const patienceFactor = z.number().min(0.05).max(20);
/** Largest number of anything that a model lists: an editor, a screen and a plan hold no more. */
export const mostListed = 200;
/** Whom a prompt is played to; above 0 seconds is everyone, above 1 all who would wait. */
export const audience = z.union([z.literal('all'), z.strictObject({ waitAboveSeconds: seconds })]);
export const clockTime = z.string().regex(closingTime, formError('clock-time'));
export const key = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, formError('lower-case-key'));
/** A queue or tier as the data names it, in any script: 综合, social-security. */
export const nameKey = z
  .string()
  .max(80)
  .regex(/^\S(?:.*\S)?$/, formError('plain-name'));

const words = z.string().min(1);

/** A sentence or name in the languages of models, and in whatever others the product speaks. */
export const textSchema: z.ZodObject<{ 'zh-CN': z.ZodString; en: z.ZodString }> = z.object({
  'zh-CN': words,
  en: words,
  ...Object.fromEntries(
    languages
      .filter((language: Language) => !(modelLanguages as readonly Language[]).includes(language))
      .map((language) => [language, words.optional()]),
  ),
});

const openSpan = z.strictObject({ from: clockTime, to: clockTime });

const dayHours = z.union([openSpan, z.array(openSpan).min(1).max(24)]).nullable();

/**
 * Per weekday, Monday first: opening and closing time, a list of such spans where the line closes in between, or null
 * when closed all day.
 */
export const weekHoursSchema = z.array(dayHours).length(7);

/** What an answer says of the hours that the line is open. */
export const hoursInUseSchema = z.object({
  /** Stated in models/hotline.json, or learnt from the data because the model states none. */
  source: z.enum(['stated', 'learnt']),
  /** The hours that the answer rests on. */
  week: weekHoursSchema,
  /** What the data show: hours in which calls come. */
  learnt: weekHoursSchema,
  /** Hours in which calls came on make-up workdays (调休), which are worked whatever their weekday; absent where none is on record. */
  makeUpWorkdays: dayHours.optional(),
});
export type HoursInUse = z.output<typeof hoursInUseSchema>;
