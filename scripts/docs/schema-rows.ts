import type { Language } from '../../src/kernel/text.ts';
import { spoken } from '../../src/words/phrases.ts';
import { messages } from '../../src/words/messages.ts';

const referenceWords = messages('reference');

/** JSON Schema, as far as ours goes. */
export interface Json {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly items?: Json;
  readonly prefixItems?: readonly Json[];
  readonly anyOf?: readonly Json[];
  readonly oneOf?: readonly Json[];
  readonly allOf?: readonly Json[];
  readonly properties?: Readonly<Record<string, Json>>;
  readonly additionalProperties?: Json | boolean;
  readonly required?: readonly string[];
}

/** A part of what a schema describes: where it stands, what it may be, and what holds where it is left out. */
export interface SchemaRow {
  readonly path: string;
  readonly name: string;
  readonly value: string;
  readonly needed: boolean;
  readonly byDefault: unknown;
}

/** Whole numbers that JSON can hold at all are no limit that anybody asks for. */
const isLimit = (value: number | undefined): value is number =>
  value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;

const rangeOf = ({ minimum, maximum, exclusiveMinimum }: Json): string => {
  const least = isLimit(minimum) ? minimum : undefined;
  const most = isLimit(maximum) ? maximum : undefined;
  if (least !== undefined && most !== undefined) return ` ${least}–${most}`;
  if (least !== undefined) return ` ≥ ${least}`;
  if (exclusiveMinimum !== undefined) return ` > ${exclusiveMinimum}`;
  return most === undefined ? '' : ` ≤ ${most}`;
};

/** What a value may be, in words; what is an object of its own is told in rows below it. */
export const valueOf = (schema: Json, language: Language): string => {
  const words = spoken(referenceWords, language);
  const { $ref, anyOf, oneOf } = schema;
  if ($ref !== undefined) return `\`${$ref.split('/').at(-1)}\``;
  const either = anyOf ?? oneOf;
  if (either !== undefined) return [...new Set(either.map((each) => valueOf(each, language)))].join(words.or);
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum !== undefined)
    return schema.enum.map((each) => `\`${JSON.stringify(each)}\``).join(language === 'en' ? ', ' : '、');
  switch (schema.type) {
    case 'number':
      return `${words.number}${rangeOf(schema)}`;
    case 'integer':
      return `${words.integer}${rangeOf(schema)}`;
    case 'string':
      return words.text;
    case 'boolean':
      return words.truth;
    case 'null':
      return words.none;
    case 'array':
      return schema.items === undefined || schema.items.properties !== undefined
        ? words.list
        : words.listOf({ of: valueOf(schema.items, language) });
    default:
      return words.object;
  }
};

const childrenOf = (schema: Json, path: string): readonly (readonly [string, Json])[] => {
  const either = schema.anyOf ?? schema.oneOf ?? [];
  const own: (readonly [string, Json])[] = [];
  if (schema.properties !== undefined) own.push([path, schema]);
  if (schema.items !== undefined) own.push(...childrenOf(schema.items, `${path}[]`));
  if (typeof schema.additionalProperties === 'object')
    own.push(...childrenOf(schema.additionalProperties, path === '' ? '*' : `${path}.*`));
  return [...own, ...either.flatMap((each) => childrenOf(each, path))];
};

/** The parts of an object, each before its own parts. */
export const schemaRows = (schema: Json, language: Language): SchemaRow[] => {
  const rows = new Map<string, SchemaRow>();
  const visit = (whole: Json, at: string): void => {
    for (const [path, { properties = {}, required = [] }] of childrenOf(whole, at))
      for (const [name, part] of Object.entries(properties)) {
        const own = path === '' ? name : `${path}.${name}`;
        const before = rows.get(own);
        const value = valueOf(part, language);
        const values =
          before === undefined || before.value.includes(value)
            ? value
            : `${before.value}${spoken(referenceWords, language).or}${value}`;
        rows.set(own, {
          path: own,
          name,
          value: before?.value.includes(value) ? before.value : values,
          needed: required.includes(name) && (before?.needed ?? true),
          byDefault: part.default,
        });
        visit(part, own);
      }
  };
  visit(schema, '');
  return [...rows.values()];
};
