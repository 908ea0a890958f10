import { z } from 'zod';
import { rate } from './figures.ts';

/** How the line fares under one set of calls, operators and prompts. Rates are 0–1. */
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
