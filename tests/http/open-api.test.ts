import { expect, test } from 'vitest';
import { endpoints } from '../../src/contract/http/endpoints.ts';
import { openApiDocument } from '../../src/contract/http/open-api.ts';

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
