import type { DurationUnit } from '../contract/duration-units.ts';
import type { PresetName } from '../ingest/columns/preset-tables.ts';
import type { IngestFindings, ShownNames } from '../ingest/findings/ingest-problems.ts';
import type { Text } from '../kernel/text.ts';
import { filledWith, messages } from './messages.ts';
import type { Label, Sentences } from './sentences.ts';
import type { Speech } from './speech.ts';

/** Names out of a file, with how many there are where not all are listed. */
export const listed = ({ shown, all }: ShownNames): readonly string[] =>
  all > shown.length ? [...shown, `…(${all})`] : shown;

/** How durations are written. */
export const unitNames = messages('unit-names') satisfies Readonly<Record<DurationUnit, Text>>;

const names = new Map<string, Label>();

/** Makes the names of fields known: on the page they come with the views that read files, elsewhere from the start. */
export const nameFields = (words: Readonly<Record<string, Label>>): void => {
  for (const [key, label] of Object.entries(words)) names.set(key, label);
};

const withKey = {
  'zh-CN': (name: string, field: string) => `${name}（${field}）`,
  en: (name: string, field: string) => `${name} (${field})`,
};

/**
 * A field of a file, or of its records, as a reader calls it; an indicator's by its own name. Beside the page, who reads
 * writes map files and options: they are told its key as well.
 */
export const fieldName = (field: string, { language, audience }: Speech): string => {
  const key = field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const name = names.get(`field.${key}`)?.[language] ?? field.replace(/^indicator:/, '');
  return audience === 'page' || name === field ? name : withKey[language](name, field);
};

/** Fields that are added up, `answered + abandoned`, as a reader calls them. */
export const fieldNames = (sum: string, speech: Speech): string =>
  sum
    .split(' + ')
    .map((field) => fieldName(field, speech))
    .join(' + ');

/** What people call the presets that the product brings along. */
export const presetTitles: Readonly<Record<PresetName, Text>> = messages('preset-titles');

const said = messages('findings');

/** What ingest finds, in sentences. */
export const ingestSentences = {
  'unusual-value': filledWith(said['unusual-value'], (unusual, speech) => ({
    ...unusual,
    field: fieldName(unusual.field, speech),
  })),
  'days-spread': said.daysSpread,
  'sheets-left-out': filledWith(said['sheets-left-out'], ({ sheets }) => ({ sheets: listed(sheets) })),
  'series-columns-guessed': said['series-columns-guessed'],
} satisfies Sentences<IngestFindings>;
