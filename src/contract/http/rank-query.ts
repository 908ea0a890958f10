import { z } from 'zod';
import { band } from '../documents/figures.ts';

const seed = z.coerce.number().int().min(0).max(4_294_967_295).default(1);
const yesOrNo = z.enum(['yes', 'no']).optional();
const name = z.string().min(1).max(200).optional();

/** What a league table is asked for; all but the first three narrow it: places, bands and the standard stay those of all. */
export const rankQuery = z.strictObject({
  period: z
    .string()
    .min(4)
    .max(8)
    .optional()
    .describe('2019, 2026-Q3 or 2026-11; default: the latest with results'),
  seed,
  basis: z
    .enum(['test-calls', 'traffic'])
    .default('test-calls')
    .describe("A monitor's test calls, or the lines' own traffic: answered within the threshold / offered"),
  province: name,
  region: name,
  cityTier: name,
  roundTheClock: yesOrNo,
  smartVoice: yesOrNo,
  enterpriseLine: yesOrNo,
  band: band.optional(),
  moved: z.enum(['up', 'down', 'beyond']).optional().describe('Up or down a band, or moved beyond chance'),
});
export type RankQuery = z.output<typeof rankQuery>;

export const hotlineQuery = z.strictObject({ hotline: z.string().min(1).max(200), seed });
