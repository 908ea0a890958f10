import type { Random } from '../../../src/kernel/random.ts';
import { below, chance, oneOf } from './draw.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A schema as the OpenAPI document writes it, as far as values are made from it. */
interface Schema {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly Json[];
  readonly const?: Json;
  readonly type?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema | false;
  readonly prefixItems?: readonly Schema[];
}

const nested = (levels: number): Json => (levels === 0 ? [] : [nested(levels - 1)]);

/** Values that nobody meant, of every type. */
const wildValues: readonly Json[] = [
  null,
  true,
  '',
  ' ',
  'a'.repeat(5000),
  ' '.repeat(5000),
  '('.repeat(2000),
  '\u0000',
  '\u202e',
  '__proto__',
  '../../etc/passwd',
  "'; drop table traffic; --",
  '2026-W48',
  '9999-W52',
  '0000-W01',
  '2026-02-30',
  '2026-11-23T08:00',
  'latest',
  'general',
  -1,
  0,
  0.5,
  1,
  1e9,
  1e308,
  -1e308,
  1e-300,
  2 ** 53,
  [],
  {},
  nested(200),
  Array.from({ length: 2000 }, (_, i) => i),
];

export const wildValue = (random: Random): Json => oneOf(random, wildValues);

const soundTexts = ['general', 'latest', '2026-W48', '2026-11-23', '2026-11-23T10:00', '10:00', 'a'] as const;

/** A value that a schema describes; one in so many parts is wild. */
export const valueOf = (schema: Schema, document: Json, random: Random, wild: number, depth = 0): Json => {
  if (chance(random, wild) || depth > 12) return wildValue(random);
  const of = (inner: Schema): Json => valueOf(inner, document, random, wild, depth + 1);
  if (schema.$ref !== undefined) return of(resolve(schema.$ref, document));
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices !== undefined) return of(oneOf(random, choices));
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return oneOf(random, schema.enum);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).flatMap(([key, inner]) =>
          schema.required?.includes(key) === true || chance(random, 0.5) ? [[key, of(inner)]] : [],
        ),
      );
    case 'array': {
      const { items, prefixItems } = schema;
      if (prefixItems !== undefined) return prefixItems.map(of);
      return items === undefined || items === false
        ? []
        : Array.from({ length: below(random, 4) }, () => of(items));
    }
    case 'integer':
    case 'number': {
      const from = Math.max(schema.minimum ?? 0, -1e6);
      const to = Math.min(schema.maximum ?? 100, from + 1e4);
      const number = from + random.uniform() * (to - from);
      return schema.type === 'integer' ? Math.floor(number) : number;
    }
    case 'boolean':
      return chance(random, 0.5);
    case 'string':
      return oneOf(random, soundTexts);
    default:
      return wildValue(random);
  }
};

const resolve = (reference: string, document: Json): Schema =>
  reference
    .replace(/^#\//, '')
    .split('/')
    .reduce<Json>((at, key) => (at as { readonly [key: string]: Json })[key] ?? {}, document) as Schema;

/** A document with some of its parts replaced, doubled or left out. */
export const editJson = (value: Json, random: Random, share: number): Json => {
  if (chance(random, share)) return wildValue(random);
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map((item) => editJson(item, random, share));
    return chance(random, share) ? [...items, ...items] : items;
  }
  if (typeof value === 'number' && chance(random, 4 * share))
    return oneOf(random, [value * 1000, -value, value + 1e-9, 0, 1e15, 1e300]);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      chance(random, share)
        ? []
        : [[chance(random, share / 2) ? `${key}x` : key, editJson(inner, random, share)]],
    ),
  );
};
