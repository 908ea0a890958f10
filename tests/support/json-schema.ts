import { isDeepStrictEqual } from 'node:util';

export type Json = Readonly<Record<string, unknown>>;

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

const isOfType = (type: unknown, value: unknown): boolean =>
  type === kindOf(value) || (type === 'integer' && Number.isInteger(value));

/**
 * What is wrong with a value by a JSON Schema (2020-12, as much of it as the API's description uses), one line each. A
 * keyword that it does not know is an error: what is not looked at must not pass.
 */
export const schemaFaults = (schema: Json, value: unknown, root: Json, at = '$'): string[] => {
  const faults: string[] = [];
  for (const [keyword, wanted] of Object.entries(schema)) {
    const check = checks[keyword];
    if (check === undefined) faults.push(`${at}: unknown keyword ${keyword}`);
    else faults.push(...check({ wanted, value, schema, root, at }));
  }
  return faults;
};

interface Asked {
  readonly wanted: unknown;
  readonly value: unknown;
  readonly schema: Json;
  readonly root: Json;
  readonly at: string;
}
type Check = (asked: Asked) => string[];

const holds =
  (what: string, test: (value: never, wanted: never) => boolean, kind?: string): Check =>
  ({ value, wanted, at }) =>
    (kind !== undefined && kindOf(value) !== kind) || test(value as never, wanted as never)
      ? []
      : [`${at}: ${JSON.stringify(value)?.slice(0, 80)} is not ${what} ${JSON.stringify(wanted)}`];

const known: Check = () => [];

const follow = (root: Json, reference: string): Json =>
  reference
    .slice(2)
    .split('/')
    .reduce((inner, step) => inner[step] as Json, root);

const checks: Readonly<Record<string, Check>> = {
  description: known,
  default: known,
  format: known,
  id: known,
  $ref: ({ wanted, value, root, at }) => schemaFaults(follow(root, String(wanted)), value, root, at),
  type: holds('of type', (value: unknown, wanted: unknown) =>
    [wanted].flat().some((type) => isOfType(type, value)),
  ),
  const: holds('', (value: unknown, wanted: unknown) => isDeepStrictEqual(value, wanted)),
  enum: holds('one of', (value: unknown, wanted: unknown[]) => wanted.includes(value)),
  minimum: holds('at least', (value: number, wanted: number) => value >= wanted, 'number'),
  maximum: holds('at most', (value: number, wanted: number) => value <= wanted, 'number'),
  exclusiveMinimum: holds('above', (value: number, wanted: number) => value > wanted, 'number'),
  exclusiveMaximum: holds('below', (value: number, wanted: number) => value < wanted, 'number'),
  minLength: holds('as long as', (value: string, wanted: number) => value.length >= wanted, 'string'),
  maxLength: holds('as short as', (value: string, wanted: number) => value.length <= wanted, 'string'),
  pattern: holds('like', (value: string, wanted: string) => new RegExp(wanted, 'u').test(value), 'string'),
  minItems: holds('as long as', (value: unknown[], wanted: number) => value.length >= wanted, 'array'),
  maxItems: holds('as short as', (value: unknown[], wanted: number) => value.length <= wanted, 'array'),
  required: holds(
    'complete:',
    (value: object, wanted: string[]) => wanted.every((key) => key in value),
    'object',
  ),
  anyOf: ({ wanted, value, root, at }) => {
    const each = (wanted as Json[]).map((option) => schemaFaults(option, value, root, at));
    if (each.some((faults) => faults.length === 0)) return [];
    return each.toSorted((one, other) => one.length - other.length)[0] ?? [];
  },
  oneOf: (asked) => checks['anyOf']?.(asked) ?? [],
  allOf: ({ wanted, value, root, at }) =>
    (wanted as Json[]).flatMap((part) => schemaFaults(part, value, root, at)),
  prefixItems: ({ wanted, value, root, at }) =>
    Array.isArray(value)
      ? (wanted as Json[]).flatMap((part, i) => schemaFaults(part, value[i], root, `${at}[${i}]`))
      : [],
  items: ({ wanted, value, root, at, schema }) => {
    if (!Array.isArray(value)) return [];
    const before = (schema['prefixItems'] as unknown[] | undefined)?.length ?? 0;
    if (wanted === false) return value.length > before ? [`${at}: more items than there may be`] : [];
    return value
      .slice(before)
      .flatMap((each: unknown, i) => schemaFaults(wanted as Json, each, root, `${at}[${before + i}]`));
  },
  properties: ({ wanted, value, root, at }) =>
    kindOf(value) === 'object'
      ? Object.entries(wanted as Record<string, Json>).flatMap(([key, part]) =>
          key in (value as Json) ? schemaFaults(part, (value as Json)[key], root, `${at}.${key}`) : [],
        )
      : [],
  propertyNames: ({ wanted, value, root, at }) =>
    kindOf(value) === 'object'
      ? Object.keys(value as Json).flatMap((key) => schemaFaults(wanted as Json, key, root, `${at}.${key}`))
      : [],
  additionalProperties: ({ wanted, value, schema, root, at }) => {
    if (kindOf(value) !== 'object') return [];
    const named = (schema['properties'] ?? {}) as Json;
    const others = Object.entries(value as Json).filter(([key]) => !(key in named));
    if (wanted === false) return others.map(([key]) => `${at}: no key ${key} is described`);
    return others.flatMap(([key, each]) => schemaFaults(wanted as Json, each, root, `${at}.${key}`));
  },
};
