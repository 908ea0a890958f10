import type { Label } from '../sentences.ts';
import type { Speech } from '../speech.ts';

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
  const name = names.get(`field.${key}`)?.[language] ?? field;
  return audience === 'page' || name === field ? name : withKey[language](name, field);
};

/** Fields that are added up, `answered + abandoned`, as a reader calls them. */
export const fieldNames = (sum: string, speech: Speech): string =>
  sum
    .split(' + ')
    .map((field) => fieldName(field, speech))
    .join(' + ');
