import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { simplifyShifts } from './simplify-shifts.ts';

export interface SmallerLine {
  /** Traffic, plans and everything else by the hour. */
  readonly hourly?: boolean;
  /** A dozen shift patterns in place of the catalogue's thousands: they cover less well. */
  readonly fewShifts?: boolean;
}

/** Hours instead of half-hours, and few shifts, where asked for: a plan takes a fraction of the time. */
export const shrinkModels = async (models: string, { hourly, fewShifts }: SmallerLine): Promise<void> => {
  if (fewShifts === true) await simplifyShifts(join(models, 'shifts.json'));
  if (hourly !== true) return;
  const file = join(models, 'hotline.json');
  const hotline = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...hotline, intervalMinutes: 60 }));
};
