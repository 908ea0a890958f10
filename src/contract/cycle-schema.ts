import { z } from 'zod';
import { cycleText } from './roster-cycles.ts';
import { formError } from './schema-forms.ts';

export const cycleSchema = z.string().regex(cycleText, formError('shift-cycle'));
