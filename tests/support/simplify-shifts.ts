import { readFile, writeFile } from 'node:fs/promises';
import type { ShiftsModel } from '../../src/contract/models/shifts-model.ts';

/** Starts that the small line's shifts may have: a dozen patterns instead of the catalogue's thousands. */
const fewStarts: Readonly<Record<string, readonly [earliest: string, latest: string, minutes: number]>> = {
  day: ['07:00', '11:00', 120],
  late: ['14:00', '16:00', 120],
  night: ['22:00', '22:00', 60],
};

/** Leaves a workspace's file of shifts with a dozen patterns. */
export const simplifyShifts = async (file: string): Promise<void> => {
  const shifts = JSON.parse(await readFile(file, 'utf8')) as ShiftsModel;
  const templates = shifts.templates.flatMap((template) => {
    const starts = fewStarts[template.template];
    if (starts === undefined) return [];
    const [earliestStart, latestStart, startEveryMinutes] = starts;
    const breaks = template.breaks
      .slice(1, 2)
      .map((pause) => ({ ...pause, latestHours: pause.earliestHours + 1 }));
    return [{ ...template, earliestStart, latestStart, startEveryMinutes, breaks }];
  });
  await writeFile(file, JSON.stringify({ ...shifts, templates }));
};
