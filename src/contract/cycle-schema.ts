import { z } from 'zod';
import { cycleNames, cycleText, mostCycleDays } from './roster-cycles.ts';

export const cycleSchema = z
  .string()
  .regex(
    cycleText,
    `one of ${cycleNames.join(', ')}, or a letter for each of 2 to ${mostCycleDays} days: E early, L late, N night, O off, such as EELLNNOO`,
  );
