import { z } from 'zod';
import { rights, type Right } from '../access/rights.ts';
import { apiRoot, tokenHeader } from './api-root.ts';
import { type Endpoint } from './endpoint.ts';
import { endpoints, type EndpointName } from './endpoints.ts';
import { problemDetailsSchema } from '../documents/schema-parts.ts';

type Json = Record<string, unknown>;
type JsonOf = (schema: z.ZodType) => Json;

const schemaPath = (id: string): string => `#/components/schemas/${id}`;
const idOf = (schema: z.ZodType): string | undefined => z.globalRegistry.get(schema)?.id;

/** What a call takes is described as it may be given, what it answers as it comes: no key that is not named here. */
interface Converted {
  readonly components: Json;
  readonly jsonOf: JsonOf;
}

/**
 * Schemas as JSON Schema: those with an id as components, the others to be put where they are. One conversion of all
 * of them, since zod then writes the references by itself.
 */
const convertSchemas = (schemas: readonly unknown[], io: 'input' | 'output'): Converted => {
  const registry = z.registry<{ id: string }>();
  const keys = new Map<z.ZodType, string>();
  const add = (schema: unknown): void => {
    if (!(schema instanceof z.ZodType) || keys.has(schema)) return;
    const key = idOf(schema) ?? `anonymous${keys.size}`;
    keys.set(schema, key);
    registry.add(schema, { id: key });
  };
  for (const schema of schemas) {
    if (schema instanceof z.ZodArray) add(schema.element);
    if (schema instanceof z.ZodUnion) for (const option of schema.options) add(option);
    add(schema);
  }
  const converted = z.toJSONSchema(registry, { io, uri: schemaPath }).schemas;
  const plain = (key: string): Json => {
    const { $id: _, $schema: _dialect, ...json } = (converted[key] ?? {}) as Json;
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
  if (response instanceof z.ZodType) return { content: { 'application/json': { schema: jsonOf(response) } } };
  const types = typeof response === 'string' ? [response] : response;
  // What another system's JSON holds is described by that system.
  const schemaOf = (type: string): Json => (type === 'application/json' ? {} : { type: 'string' });
  return { content: Object.fromEntries(types.map((type) => [type, { schema: schemaOf(type) }])) };
};

const bodyOf = (body: Endpoint['body'], jsonOf: JsonOf): Json => {
  if (body === null) return {};
  const content =
    body === 'file'
      ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
      : { 'application/json': { schema: jsonOf(body) } };
  return { requestBody: { required: true, content } };
};

/** Who may call: reads go with a token or a browser's cookie, writes with a token; some go with neither. */
const securityOf = (name: EndpointName, { method }: Endpoint): Json[] => {
  const right: Right = rights[name];
  if (right.anyone === true) return [];
  const byToken = [{ token: [] }, { bearer: [] }];
  return method === 'get' ? [...byToken, { session: [] }] : byToken;
};

/** Where people sign in: the roles that may, and those that may where it is about themselves. */
const rolesOf = (name: EndpointName): Json => {
  const right: Right = rights[name];
  if (right.anyone === true) return {};
  return { 'x-roles': right.roles, ...(right.own === undefined ? {} : { 'x-own': right.own }) };
};

const operationOf = (name: EndpointName, described: Endpoint, taken: JsonOf, answered: JsonOf): Json => ({
  operationId: name,
  summary: described.summary,
  parameters: [
    ...parametersOf('path', described.params, taken),
    ...parametersOf('query', described.query, taken),
  ],
  security: securityOf(name, described),
  ...rolesOf(name),
  ...bodyOf(described.body, taken),
  responses: {
    [String(described.status)]: {
      description: described.summary,
      ...contentOf(described.response, answered),
    },
    default: {
      description: 'What is wrong, every problem with its place',
      content: { 'application/problem+json': { schema: { $ref: schemaPath('ProblemDetails') } } },
    },
  },
});

/** The OpenAPI 3.1 document of the whole API, made from the table of endpoints. */
export const openApiDocument = (): Json => {
  const all = Object.entries(endpoints) as [EndpointName, Endpoint][];
  const taken = convertSchemas(
    all.flatMap(([, { params, query, body }]) => [params, query, body]),
    'input',
  );
  const answered = convertSchemas(
    [problemDetailsSchema, ...all.map(([, { response }]) => response)],
    'output',
  );
  const paths: Record<string, Json> = {};
  for (const [name, described] of all) {
    const path = described.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = {
      ...paths[path],
      [described.method]: operationOf(name, described, taken.jsonOf, answered.jsonOf),
    };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Huawu', version: '1', description: 'Call forecasting and staffing of public hotlines' },
    servers: [{ url: apiRoot }],
    paths,
    components: {
      schemas: { ...taken.components, ...answered.components },
      securitySchemes: {
        token: { type: 'apiKey', in: 'header', name: tokenHeader },
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'huawu-PORT' },
      },
    },
  };
};
