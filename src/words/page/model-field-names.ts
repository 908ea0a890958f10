import type { z } from 'zod';
import type { ModelName } from '../../contract/http/model-name.ts';
import type { modelSchemas } from '../../contract/models/model-schemas.ts';
import type { Text } from '../../kernel/text.ts';
import type { modelFieldWords } from './model-fields.ts';
import type { modelPartWords } from './model-parts.ts';
import type { ruleFieldWords } from './rule-fields.ts';

/** Fields of a part of a model, each after the field that it stands in: `response.reach`. */
type FieldsIn<Within extends string, Part> = Part extends readonly (infer Entry)[]
  ? FieldsIn<Within, Entry>
  : Part extends Text
    ? never
    : Part extends object
      ? {
          [Name in keyof Part & string]: string extends Name
            ? FieldsIn<Within, Part[Name]>
            : `${Within}.${Name}` | FieldsIn<Name, NonNullable<Part[Name]>>;
        }[keyof Part & string]
      : never;

/** What no form asks for by name: keys that stay as they are, and what a form itself tells apart by. */
type Unasked = 'madeUp' | 'monitor' | 'profile' | 'rule';

type NameKey = keyof typeof modelPartWords | keyof typeof modelFieldWords | keyof typeof ruleFieldWords;

/** Those of the fields that nobody has given a name, be it their own or that within another field. */
type Nameless<Field> = Field extends `${infer Within}.${infer Name}`
  ? Name extends Unasked
    ? never
    : `part-of.${Name}` | `part-of.${Within}.${Name}` extends infer Key
      ? Extract<Key, NameKey> extends never
        ? Field
        : never
      : never
  : never;

/** Fields of a model that the settings page would show by their bare keys. */
export type NamelessFields<Model> = Nameless<FieldsIn<'', Model>>;

/** The calendar has forms of its own. */
type Edited = z.output<(typeof modelSchemas)[Exclude<ModelName, 'calendar'>]>;

type None<Fields extends never> = Fields;
/** Does not compile while a field of a model has no name; the error says which. */
export type EveryFieldHasAName = None<NamelessFields<Edited>>;
