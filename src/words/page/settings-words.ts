import { calendarWords } from './calendar.ts';
import { dataQualityWords } from './data-quality.ts';
import { dataWords } from './data.ts';
import { fieldWords } from '../record-kinds.ts';
import { lineWords } from './line.ts';
import { modelFieldWords } from './model-fields.ts';
import { modelPartWords } from './model-parts.ts';
import { ruleFieldWords } from './rule-fields.ts';
import { settingsWords } from './settings.ts';
import { shiftWords } from './shifts.ts';

/** Words of the pages of data and settings, which say each other's. */
export const settingsPageWords = {
  ...dataWords,
  ...dataQualityWords,
  ...fieldWords,
  ...modelPartWords,
  ...modelFieldWords,
  ...ruleFieldWords,
  ...settingsWords,
  ...calendarWords,
  ...shiftWords,
  ...lineWords,
} as const;
