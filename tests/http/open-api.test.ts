import { expect, test } from 'vitest';
import { z } from 'zod';
import { endpoints } from '../../src/contract/http/endpoints.ts';
import { openApiDocument } from '../../src/contract/http/open-api.ts';
import { modelDocuments } from '../../src/contract/models/model-schemas.ts';

const references = (value: unknown): string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) =>
        key === '$ref' && typeof inner === 'string' ? [inner] : references(inner),
      );

test('every endpoint is described, and every reference leads somewhere', () => {
  const document = openApiDocument() as {
    paths: Record<string, Record<string, { operationId: string }>>;
    components: { schemas: Record<string, unknown> };
  };
  const described = Object.values(document.paths).flatMap((path) =>
    Object.values(path).map((operation) => operation.operationId),
  );
  expect(described.sort()).toEqual(Object.keys(endpoints).sort());
  const known = Object.keys(document.components.schemas).map((id) => `#/components/schemas/${id}`);
  const used = new Set(references(document));
  expect(used.size).toBeGreaterThan(10);
  for (const reference of used) expect(known).toContain(reference);
});

type Json = Readonly<Record<string, unknown>>;

/** Places of numbers that a caller gives and that lack a least or a most. */
const unboundedNumbers = (schema: unknown, at: string, root: Json): string[] => {
  if (typeof schema !== 'object' || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap((each, i) => unboundedNumbers(each, `${at}[${i}]`, root));
  const one = schema as Json;
  const reference = one['$ref'];
  if (typeof reference === 'string') {
    const id = reference.split('/').at(-1) ?? '';
    return unboundedNumbers(((root['components'] as Json)['schemas'] as Json)[id], id, root);
  }
  const isNumber = [one['type']].flat().some((type) => type === 'number' || type === 'integer');
  const bounded =
    ('minimum' in one || 'exclusiveMinimum' in one) && ('maximum' in one || 'exclusiveMaximum' in one);
  return [
    ...(isNumber && !bounded ? [at] : []),
    ...Object.entries(one).flatMap(([key, inner]) => unboundedNumbers(inner, `${at}.${key}`, root)),
  ];
};

test('every number that a request may hold has a least and a most', () => {
  const document = openApiDocument();
  const operations = Object.values(document['paths'] as Record<string, Record<string, Json>>).flatMap(
    (path) => Object.values(path),
  );
  const found = operations.flatMap(({ operationId, parameters, requestBody }) =>
    unboundedNumbers({ parameters, requestBody }, String(operationId), document),
  );
  expect(found).toEqual([]);
});

/** Lists that have no most of their own: who works on a line is as many as it has. */
const asMany = /\.people$/;

const unboundedLists = (schema: unknown, at: string): string[] => {
  if (typeof schema !== 'object' || schema === null) return [];
  const one = schema as Json;
  const isList = one['type'] === 'array' && !('maxItems' in one) && !('prefixItems' in one);
  return [
    ...(isList && !asMany.test(at) ? [at] : []),
    ...Object.entries(one).flatMap(([key, inner]) =>
      unboundedLists(inner, /^(properties|items|anyOf|oneOf|\d+)$/.test(key) ? at : `${at}.${key}`),
    ),
  ];
};

test('every list of a model has a most: what is worked out over it grows faster than it', () => {
  const found = Object.entries(modelDocuments).flatMap(([name, schema]) =>
    unboundedLists(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), name),
  );
  expect(found).toEqual([]);
});
