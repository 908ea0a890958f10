import { apiRoot } from '../../src/contract/http/api-root.ts';
import { openApiDocument } from '../../src/contract/http/open-api.ts';
import { schemaFaults, type Json } from './json-schema.ts';

export interface Answer {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly contentType: string | null;
  readonly body: string;
}

const described = openApiDocument();

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { schema: Json }>> }>
  >;
}

const operationOf = (method: string, path: string): Operation | undefined => {
  for (const [template, methods] of Object.entries(described['paths'] as Record<string, Json>)) {
    const pattern = template.replaceAll(/\{\w+\}/g, '[^/]+');
    // The most exact of several: a path without gaps comes first in no order, so its own name decides.
    if (template === path || (new RegExp(`^${pattern}$`).test(path) && !exact(path)))
      return methods[method.toLowerCase()] as Operation | undefined;
  }
  return undefined;
};

const exact = (path: string): boolean => path in (described['paths'] as object);

/** What is wrong with an answer by the API's own description: its status, its content type, every key of it. */
export const answerFaults = ({ method, path, status, contentType, body }: Answer): string[] => {
  const type = (contentType ?? '').split(';')[0]?.trim() ?? '';
  const operation = operationOf(method, path.slice(apiRoot.length));
  const responses = operation?.responses ?? {};
  if (status < 400 && !(String(status) in responses))
    return [`${method} ${path}: no answer ${status} is described`];
  // What leads nowhere is refused in the same way as what is wrong.
  const problems = {
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDetails' } } },
  };
  const { content = {} }: Operation['responses'][string] =
    responses[String(status)] ?? responses['default'] ?? problems;
  if (Object.keys(content).length === 0)
    return body === '' ? [] : [`${method} ${path}: a body where none is described`];
  const wanted = content[type];
  if (wanted === undefined) return [`${method} ${path} ${status}: the type ${type} is not described`];
  if (!type.endsWith('json')) return [];
  return schemaFaults(wanted.schema, JSON.parse(body), described, `${method} ${path} ${status} $`);
};

/** Throws where an answer of the API is not what its description says. */
export const checkAnswer = (answer: Answer): void => {
  const faults = answer.path.startsWith(apiRoot) ? answerFaults(answer) : [];
  if (faults.length > 0) throw new Error(faults.join('\n'));
};
