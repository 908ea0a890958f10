import { z } from 'zod';
import { rate } from './figures.ts';

/** A figure with the range that holds it in 80 of 100 futures. */
export const rangeSchema = z.object({ mean: rate, q10: rate, q90: rate });

export type Range = z.output<typeof rangeSchema>;
