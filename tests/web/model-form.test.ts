import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { modelDocuments } from '../../src/contract/models/model-schemas.ts';
import {
  alternatives,
  controlOf,
  emptyOf,
  fits,
  isRecord,
  isShare,
  rangeOf,
  variantKey,
  withEntry,
  type Part,
  type Shape,
} from '../../src/web/settings/fields/model-shape.ts';
import { newEntry, swapped } from '../../src/web/settings/fields/entries-form.tsx';

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
      expect(unknownParts(shapeOf(modelDocuments[name]), modelIn(name))).toEqual([]);
      expect(unknownParts(shapeOf(modelDocuments[name]), { nonsense: 1 })).toEqual(['/nonsense']);
    },
  );

  test('a part that is added is as the schema takes it, as far as it can be', () => {
    const hotline = shapeOf(modelDocuments.hotline);
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

  test('entries change places, a figure says what it may be where that says anything', () => {
    expect([swapped(['a', 'b', 'c'], 0), swapped(['a', 'b', 'c'], 1)]).toEqual([
      ['b', 'a', 'c'],
      ['a', 'c', 'b'],
    ]);
    const { monitor, hotline } = modelDocuments;
    expect(rangeOf(shapeOf(monitor.shape.attempts))).toEqual({ least: 1, most: 10 });
    expect(rangeOf(shapeOf(hotline.shape.queues.element.shape.queue))).toEqual({});
    expect(rangeOf({ type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER })).toEqual({ least: 0 });
  });

  test('every field is filled in by the control that it needs', () => {
    const of = (schema: z.ZodType) => controlOf(shapeOf(schema));
    const { hotline, tiers, prompts, scorecard, labourRules } = modelDocuments;
    expect(
      [hotline.shape.trunks, hotline.shape.intervalMinutes, hotline.shape.name, hotline.shape.queues].map(of),
    ).toEqual(['figure', 'choice', 'name', 'entries']);
    const tier = tiers.shape.tiers.element.shape;
    expect([tier.connectionTarget, tier.shrinkage, tier.requires.unwrap().shape.skills].map(of)).toEqual([
      'figure',
      'alternatives',
      'words',
    ]);
    expect(of(prompts.shape.rules.shape.quietHours.shape.from)).toBe('clock');
    expect(of(scorecard.shape.indicators.element.shape.scoring)).toBe('variants');
    const rule = labourRules.shape.profiles.element.shape.rules.element;
    expect(variantKey(shapeOf(rule))).toBe('rule');
  });

  test('one more is like the last, under a key of its own, and can be kept as it is', () => {
    const items = shapeOf(modelDocuments.tiers).properties?.tiers?.items ?? {};
    const tiers = modelIn('tiers') as { tiers: readonly { tier: string }[] };
    const last = tiers.tiers.at(-1)?.tier ?? '';
    const more = newEntry(items, tiers.tiers);
    const seen = newEntry(items, tiers.tiers, '专家席');
    expect([more, seen]).toMatchObject([
      { tier: `${last}-2` },
      { tier: '专家席', name: { 'zh-CN': '专家席', en: '专家席' } },
    ]);
    const all = { ...tiers, tiers: [...tiers.tiers, more, seen] };
    expect(modelDocuments.tiers.safeParse(all).success).toBe(true);
    // A third does not take the second's key.
    expect(newEntry(items, [...tiers.tiers, more])).toMatchObject({ tier: `${last}-3` });
  });
});
