import { z } from 'zod';
import type { ModelName } from '../../../contract/http/model-name.ts';
import { modelDocuments } from '../../../contract/models/model-schemas.ts';
import type { Shape } from './model-shape.ts';

const shapes = new Map<ModelName, Shape>();

/** What a model's own schema takes, as its forms need it. */
export const shapeOf = (name: ModelName): Shape => {
  const known = shapes.get(name);
  if (known !== undefined) return known;
  const shape = z.toJSONSchema(modelDocuments[name], {
    io: 'input',
    unrepresentable: 'any',
    reused: 'inline',
  });
  shapes.set(name, shape as unknown as Shape);
  return shape as unknown as Shape;
};
