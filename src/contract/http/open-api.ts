import { z } from 'zod';
import { apiRoot, tokenHeader } from './api-root.ts';
import { type Endpoint } from './endpoint.ts';
import { endpoints } from './endpoints.ts';
import { problemDetailsSchema } from './problem-details.ts';

type Json = Record<string, unknown>;
type JsonOf = (schema: z.ZodType) => Json;

const schemaPath = (id: string): string => `#/components/schemas/${id}`;
const idOf = (schema: z.ZodType): string | undefined => z.globalRegistry.get(schema)?.id;

/**
 * Every schema of the API as JSON Schema: those with an id as components, the others to be put where they
 * stand. One conversion of all of them, since zod then writes the references by itself.
 */
const convertSchemas = (): { readonly components: Json; readonly jsonOf: JsonOf } => {
  const registry = z.registry<{ id: string }>();
  const keys = new Map<z.ZodType, string>();
  const add = (schema: unknown): void => {
    if (!(schema instanceof z.ZodType) || keys.has(schema)) return;
    const key = idOf(schema) ?? `anonymous${keys.size}`;
    keys.set(schema, key);
    registry.add(schema, { id: key });
  };
  add(problemDetailsSchema);
  for (const { params, query, body, response } of Object.values(endpoints) as Endpoint[]) {
    for (const schema of [params, query, body, response]) {
      if (schema instanceof z.ZodArray) add(schema.element);
      if (schema instanceof z.ZodUnion) for (const option of schema.options) add(option);
      add(schema);
    }
  }
  const converted = z.toJSONSchema(registry, { target: 'openapi-3.0', io: 'input', uri: schemaPath }).schemas;
  const plain = (key: string): Json => {
    const { $id: _, ...json } = (converted[key] ?? {}) as Json;
    return json;
  };
  const components: Json = {};
  for (const [schema, key] of keys) if (idOf(schema) !== undefined) components[key] = plain(key);
  const jsonOf = (schema: z.ZodType): Json => {
    const id = idOf(schema);
    return id === undefined ? plain(keys.get(schema) ?? '') : { $ref: schemaPath(id) };
  };
  return { components, jsonOf };
};

const parametersOf = (place: 'path' | 'query', schema: z.ZodType, jsonOf: JsonOf): Json[] => {
  const { properties = {}, required = [] } = jsonOf(schema) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, json]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: json,
  }));
};

const contentOf = (response: Endpoint['response'], jsonOf: JsonOf): Json => {
  if (response === null) return {};
  return typeof response === 'string'
    ? { content: { [response]: { schema: { type: 'string' } } } }
    : { content: { 'application/json': { schema: jsonOf(response) } } };
};

const bodyOf = (body: Endpoint['body'], jsonOf: JsonOf): Json => {
  if (body === null) return {};
  const content =
    body === 'file'
      ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
      : { 'application/json': { schema: jsonOf(body) } };
  return { requestBody: { required: true, content } };
};

const operationOf = (name: string, described: Endpoint, jsonOf: JsonOf): Json => ({
  operationId: name,
  summary: described.summary,
  parameters: [
    ...parametersOf('path', described.params, jsonOf),
    ...parametersOf('query', described.query, jsonOf),
  ],
  ...(described.method === 'get' ? {} : { security: [{ token: [] }] }),
  ...bodyOf(described.body, jsonOf),
  responses: {
    [String(described.status)]: { description: described.summary, ...contentOf(described.response, jsonOf) },
    default: {
      description: 'What is wrong, every problem with its place',
      content: { 'application/problem+json': { schema: { $ref: schemaPath('ProblemDetails') } } },
    },
  },
});

/** The OpenAPI 3.0 document of the whole API, made from the table of endpoints. */
export const openApiDocument = (): Json => {
  const { components, jsonOf } = convertSchemas();
  const paths: Record<string, Json> = {};
  for (const [name, described] of Object.entries(endpoints) as [string, Endpoint][]) {
    const path = described.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [described.method]: operationOf(name, described, jsonOf) };
  }
  return {
    openapi: '3.0.3',
    info: { title: 'Huawu', version: '1', description: 'Call forecasting and staffing of public hotlines' },
    servers: [{ url: apiRoot }],
    paths,
    components: {
      schemas: components,
      securitySchemes: { token: { type: 'apiKey', in: 'header', name: tokenHeader } },
    },
  };
};
