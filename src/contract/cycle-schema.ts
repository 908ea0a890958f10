import { z } from 'zod';
import { cycleText } from './roster-cycles.ts';
import { inForm } from './schema-forms.ts';

export const cycleSchema = z.string().regex(cycleText, inForm('shift-cycle'));
