import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { modelSchemas } from '../../src/contract/models/model-schemas.ts';
import {
  alternatives,
  emptyOf,
  fits,
  isRecord,
  isShare,
  withEntry,
  type Part,
  type Shape,
} from '../../src/web/settings/model-shape.ts';

const shapeOf = (schema: z.ZodType): Shape =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as unknown as Shape;
const modelIn = (file: string): Part =>
  JSON.parse(readFileSync(new URL(`../../models/${file}.json`, import.meta.url), 'utf8')) as Part;

/** Paths of a model's parts that a form made of its schema would not know how to show. */
const unknownParts = (shape: Shape, part: Part, path = ''): string[] => {
  const form = alternatives(shape).find((each) => fits(each, part));
  if (form === undefined) return [path];
  if (form !== shape) return unknownParts(form, part, path);
  if (Array.isArray(part))
    return part.flatMap((each: Part, i) => unknownParts(shape.items ?? {}, each, `${path}/${i}`));
  if (!isRecord(part)) return [];
  const more = typeof shape.additionalProperties === 'object' ? shape.additionalProperties : undefined;
  return Object.entries(part).flatMap(([name, each]) => {
    const own = shape.properties?.[name] ?? more;
    return own === undefined ? [`${path}/${name}`] : unknownParts(own, each, `${path}/${name}`);
  });
};

describe('forms of models, made of their schemas', () => {
  test.each(['hotline', 'targets', 'tiers', 'shifts', 'prompts', 'levers'] as const)(
    'show every part of %s',
    (name) => {
      expect(unknownParts(shapeOf(modelSchemas[name]), modelIn(name))).toEqual([]);
      expect(unknownParts(shapeOf(modelSchemas[name]), { nonsense: 1 })).toEqual(['/nonsense']);
    },
  );

  test('a part that is added is as the schema takes it, as far as it can be', () => {
    const hotline = shapeOf(modelSchemas.hotline);
    const hours = hotline.properties?.openingHours ?? {};
    const week = alternatives(hours).find(({ type }) => type === 'array') ?? {};
    expect(emptyOf(hours)).toBe('learn');
    expect(emptyOf({ ...week, default: undefined })).toHaveLength(7);
    expect(emptyOf({ type: 'number', minimum: 1, maximum: 5 })).toBe(1);
    expect(emptyOf({ enum: ['a', 'b'] })).toBe('a');
    expect(emptyOf({ type: 'object', required: ['n'], properties: { n: { type: 'boolean' } } })).toEqual({
      n: false,
    });
  });

  test('a share is told from other figures, an entry is changed or taken out', () => {
    expect([
      isShare({ type: 'number', minimum: 0, maximum: 1 }),
      isShare({ type: 'number', minimum: 0 }),
    ]).toEqual([true, false]);
    expect(withEntry({ a: 1, b: 2 }, 'a', 3)).toEqual({ a: 3, b: 2 });
    expect(withEntry({ a: 1, b: 2 }, 'a', undefined)).toEqual({ b: 2 });
  });
});
