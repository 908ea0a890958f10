import type { Random } from '../../../src/kernel/random.ts';
import { chance } from './draw.ts';
import { valueOf, type Json } from './fuzz-json.ts';

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: object }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
}

export interface DescribedOperation {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** What an OpenAPI document describes, an operation each. */
export const operationsOf = (described: Json): readonly DescribedOperation[] => {
  const { paths } = described as unknown as { paths: Record<string, Record<string, Operation>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
};

/** A request as an operation describes it; of its parts one in so many is wild. */
export const drawRequest = (
  { method, path, operation }: DescribedOperation,
  described: Json,
  random: Random,
  wild: number,
): { readonly method: string; readonly path: string; readonly body?: string } => {
  const query = new URLSearchParams();
  let filled = path;
  for (const { name, in: where, schema } of operation.parameters ?? []) {
    const value = valueOf(schema, described, random, wild);
    const said = typeof value === 'string' ? value : JSON.stringify(value);
    if (where === 'path')
      filled = filled.replace(`{${name}}`, encodeURIComponent(said.slice(0, 2000)) || 'x');
    else if (chance(random, 0.6)) query.set(name, said.slice(0, 2000));
  }
  const schema = operation.requestBody?.content['application/json']?.schema;
  return {
    method,
    path: `${filled}?${query.toString()}`,
    ...(schema === undefined ? {} : { body: JSON.stringify(valueOf(schema, described, random, wild)) ?? '' }),
  };
};
