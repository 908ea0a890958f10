import { z } from 'zod';

type Json = Record<string, unknown>;

/** A number of a document as its schema bounds it. */
export interface NumberField {
  readonly path: readonly (string | number)[];
  /** Least and most that are allowed; undefined where the schema names none. */
  readonly least: number | undefined;
  readonly most: number | undefined;
}

/** Every number that a document holds, with its schema's bounds. Where a value may be of several kinds, of its own. */
export const numberFields = (schema: z.ZodType, document: unknown): NumberField[] => {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;
  return walk(json, document, []);
};

const walk = (schema: Json, value: unknown, path: readonly (string | number)[]): NumberField[] => {
  const options = (schema['anyOf'] ?? schema['oneOf']) as Json[] | undefined;
  if (options !== undefined) return walk(options.find((option) => fits(option, value)) ?? {}, value, path);
  if (typeof value === 'number') return 'const' in schema ? [] : [boundsOf(schema, path)];
  if (Array.isArray(value))
    return value.flatMap((each, i) => walk((schema['items'] ?? {}) as Json, each, [...path, i]));
  if (typeof value !== 'object' || value === null) return [];
  const properties = (schema['properties'] ?? {}) as Record<string, Json>;
  return Object.entries(value).flatMap(([name, each]) =>
    walk(properties[name] ?? ((schema['additionalProperties'] ?? {}) as Json), each, [...path, name]),
  );
};

const boundsOf = (schema: Json, path: readonly (string | number)[]): NumberField => ({
  path,
  least: schema['minimum'] as number | undefined,
  most: schema['maximum'] as number | undefined,
});

/** True where a value is of an option's kind; which of several objects it is, their fixed words tell. */
const fits = (option: Json, value: unknown): boolean => {
  if ('const' in option) return option['const'] === value;
  const kind = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  if (option['type'] !== kind && !(kind === 'number' && option['type'] === 'integer')) return false;
  const properties = (option['properties'] ?? {}) as Record<string, Json>;
  return (
    kind !== 'object' ||
    Object.entries(properties).every(
      ([name, each]) => !('const' in each) || each['const'] === (value as Json)[name],
    )
  );
};

/** A copy of a document with one value replaced. */
export const withValue = <Document>(
  document: Document,
  path: readonly (string | number)[],
  value: unknown,
): Document => {
  const copy = structuredClone(document);
  let at = copy as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
  at[path.at(-1) ?? ''] = value;
  return copy;
};
