import { z } from 'zod';

/** What the files under models/ are made of. A share is 0–1. */
export const share = z.number().min(0).max(1);
export const seconds = z.number().min(0);
/** Factor on the patience of those who heard a prompt and stay on the line. */
export const patienceFactor = z.number().positive().max(20);
/** Whom a prompt is played to; above 0 seconds is everyone, above 1 all who would wait. */
export const audience = z.union([z.literal('all'), z.strictObject({ waitAboveSeconds: seconds })]);
export const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a clock time HH:MM');
export const key = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'a lower-case key such as social-security');
/** A queue or tier as the data names it, in any script: 综合, social-security. */
export const nameKey = z
  .string()
  .max(80)
  .regex(/^\S(?:.*\S)?$/, 'a name without blanks at its ends');
/** A local wall clock to the minute; 24:00 ends a day. */
export const wallClock = z
  .string()
  .regex(
    /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?|24:00)$/,
    'a local date and time YYYY-MM-DDTHH:MM',
  );
