import { z } from 'zod';
import { cycleSchema } from '../cycle-schema.ts';
import { rate } from './figures.ts';

const count = z.number().int().min(0);

/** What one weighs when rosters of the same weeks stand side by side. */
export const rosterFiguresSchema = z.object({
  id: z.string(),
  createdAt: z.string(),
  publishedAt: z.string().nullable(),
  /** The rotation that teams follow; null: free. */
  cycle: cycleSchema.nullable(),
  /** People in rotating teams. */
  inTeams: count,
  people: count,
  cost: z.number(),
  openDuties: count,
  openHours: z.number().min(0),
  hardBroken: count,
  /** Times that a fair share of nights, weekends, holidays or unpopular shifts is missed, and what it costs. */
  unfair: count,
  unfairCost: z.number(),
  /** Most nights of a person, and most weekend duties. */
  mostNights: count,
  mostWeekends: count,
  /** Projected connection rate of the weeks: the lowest and the highest. */
  rates: z.tuple([rate, rate]),
});
export type RosterFigures = z.output<typeof rosterFiguresSchema>;

/** Answer of `roster --compare`: the rosters of the days that the latest one has. */
export const rosterComparisonSchema = z.object({
  document: z.literal('roster-comparison'),
  rosters: z.array(rosterFiguresSchema),
});
