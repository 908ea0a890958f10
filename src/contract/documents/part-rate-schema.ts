import { z } from 'zod';

/** Rates by day (8:00 to 20:00) and night, and by working day and day off. */
export const partRateSchema = z.object({
  part: z.enum(['day', 'night', 'working-day', 'day-off']),
  calls: z.number(),
  connected: z.number(),
  rate: z.number(),
  low: z.number(),
  high: z.number(),
});
