import { unitNames } from './ingest.ts';
import { messages } from './messages.ts';
import { modelTitles } from './model-paths.ts';
import { fieldWords, fileKindWords } from './record-kinds.ts';

/** Words of the data page. */
export const dataWords = {
  ...messages('page-data'),
  'unit.seconds': unitNames.seconds,
  'unit.minutes': unitNames.minutes,
  'unit.hours': unitNames.hours,
  'unit.days': unitNames.days,
  'unit.milliseconds': unitNames.milliseconds,
  'unit.clock': unitNames.clock,
  'unit.clock-hours': unitNames['clock-hours'],
  ...fileKindWords,
  'model.hotline': modelTitles.hotline,
  'model.targets': modelTitles.targets,
  'model.tiers': modelTitles.tiers,
  'model.shifts': modelTitles.shifts,
  'model.prompts': modelTitles.prompts,
  'model.levers': modelTitles.levers,
  'model.scorecard': modelTitles.scorecard,
  'model.labourRules': modelTitles.labourRules,
  'model.calendar': modelTitles.calendar,
  'model.monitor': modelTitles.monitor,
} as const;

/** Words of the pages of data and settings, which say each other's. */
export const settingsPageWords = {
  ...dataWords,
  ...messages('page-data-quality'),
  ...messages('page-feeds'),
  ...fieldWords,
  ...messages('page-model-part'),
  ...messages('page-model-field'),
  ...messages('page-rule-field'),
  ...messages('page-settings'),
  ...messages('page-calendar'),
  ...messages('page-shift'),
  ...messages('page-line'),
} as const;
