import type { z } from 'zod';
import type { ModelName } from '../contract/http/model-name.ts';
import type { modelSchemas } from '../contract/models/model-schemas.ts';
import { entryKeys } from '../kernel/merge-edits.ts';
import type { Language, Text } from '../kernel/text.ts';
import { messages, type Messages } from './messages.ts';
import type { Label } from './sentences.ts';

/** Names of parts take no values. */
const names = {
  ...messages('page-model-part'),
  ...messages('page-model-field'),
  ...messages('page-rule-field'),
} as unknown as Readonly<Record<string, Label>>;

/** What people call an entry of a model, by a key of its own; undefined where the model has no name for it. */
export const entryName = (key: string, model: unknown, language: Language): string | undefined => {
  if (typeof model !== 'object' || model === null) return undefined;
  const { name, ...fields } = model as { readonly name?: unknown } & Readonly<Record<string, unknown>>;
  // Any other field may hold the same by chance: a time is not the name of the shift that starts then.
  const isIt = entryKeys.some((field) => fields[field] === key);
  const called =
    typeof name === 'object' && name !== null ? (name as Record<string, unknown>)[language] : name;
  if (isIt && typeof called === 'string' && called !== '') return called;
  for (const part of Object.values(model)) {
    const found = entryName(key, part, language);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** Where something is in a model, by the names that its form has for the fields and the model for its entries. */
export const modelPathText = (path: readonly string[], language: Language, model: unknown): string =>
  path
    .map((name, i) => {
      const within = path[i - 1] ?? '';
      const field = (names[`part-of.${within}.${name}`] ?? names[`part-of.${name}`])?.[language];
      return field ?? entryName(name, model, language) ?? name;
    })
    .join(' › ');

const longest = 60;

/** A value of a model on one line. */
export const modelValueText = (value: unknown, language: Language): string => {
  if (value === undefined) return messages('earlier-model').absent[language];
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
};

/** What people call each of the settings. */
export const modelTitles = messages('model-titles') satisfies Readonly<Record<ModelName, Label>>;

/**
 * Fields of a part of a model, each after the field that it is in: `response.reach`; and what is chosen for a field
 * among words of the schema, such as the rules there are: `rule.weekly-rest`.
 */
type FieldsIn<Within extends string, Part> = Part extends readonly (infer Entry)[]
  ? FieldsIn<Within, Entry>
  : Part extends Text
    ? never
    : Part extends string
      ? string extends Part
        ? never
        : `${Within}.${Part}`
      : Part extends object
        ? {
            [Name in keyof Part & string]: string extends Name
              ? FieldsIn<Within, Part[Name]>
              : `${Within}.${Name}` | FieldsIn<Name, NonNullable<Part[Name]>>;
          }[keyof Part & string]
        : never;

/** What no form asks for by name: keys that stay as they are, and what a form itself tells apart by. */
type Unasked = 'madeUp' | 'monitor' | 'profile' | 'rule';

type NameKey =
  keyof Messages<'page-model-part'> | keyof Messages<'page-model-field'> | keyof Messages<'page-rule-field'>;

/** Those of the fields and choices that nobody has given a name, be it their own or that within another field. */
type Nameless<Field> = Field extends `${infer Within}.${infer Name}`
  ? Name extends Unasked
    ? never
    : `part-of.${Name}` | `part-of.${Within}.${Name}` extends infer Key
      ? Extract<Key, NameKey> extends never
        ? Field
        : never
      : never
  : never;

/** Fields and choices of a model that the settings page would show by their bare keys. */
export type NamelessFields<Model> = Nameless<FieldsIn<'', Model>>;

/** The calendar has forms of its own. */
type Edited = z.output<(typeof modelSchemas)[Exclude<ModelName, 'calendar'>]>;

type None<Fields extends never> = Fields;
/** Does not compile while a field of a model has no name; the error says which. */
export type EveryFieldHasAName = None<NamelessFields<Edited>>;
