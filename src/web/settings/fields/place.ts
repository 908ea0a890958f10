import type { ModelName } from '../../../contract/http/model-name.ts';
import type { EditedModels } from '../use-models.ts';
import { shapeOf } from './shape-of.ts';
import {
  fits,
  filledShape,
  alternatives,
  isRecord,
  withEntry,
  type Part,
  type Shape,
} from './model-shape.ts';

/** A place in a model that is being edited: what its schema takes there, what stands there, what is wrong with it. */
export interface Place {
  /** The field's name; the list's where it is an entry. */
  readonly name: string;
  /** The field that it stands in; '' at the top. */
  readonly within: string;
  readonly path: string;
  readonly shape: Shape;
  /** Undefined: left out. */
  readonly part: Part | undefined;
  /** Whether it may be left out. */
  readonly isOptional: boolean;
  readonly wrong: string | undefined;
  /** How much is wrong here and below. */
  readonly wrongs: number;
  /** Writes it anew, or leaves it out; edits under one mark are one step. */
  readonly change: (part: Part | undefined, mark?: string) => void;
  /** The place of a field, or of an entry. */
  readonly at: (key: string | number) => Place;
}

/** The shape of a part's field or entry, as the form that the part has now gives it. */
const shapeWithin = (shape: Shape, part: Part | undefined, key: string | number): Shape => {
  const filled = filledShape(shape).shape;
  const form = alternatives(filled).find((each) => fits(each, part)) ?? filled;
  if (typeof key === 'number') return form.prefixItems?.[key] ?? form.items ?? {};
  const more = typeof form.additionalProperties === 'object' ? form.additionalProperties : {};
  return form.properties?.[key] ?? more;
};

const isRequired = (shape: Shape, part: Part | undefined, key: string | number): boolean => {
  const form = alternatives(filledShape(shape).shape).find((each) => fits(each, part));
  return typeof key === 'number' || form?.required?.includes(key) === true;
};

const partWithin = (part: Part | undefined, key: string | number): Part | undefined => {
  if (typeof key === 'number') return Array.isArray(part) ? (part[key] as Part | undefined) : undefined;
  return isRecord(part) ? part[key] : undefined;
};

const partWith = (whole: Part | undefined, key: string | number, part: Part | undefined): Part => {
  if (typeof key === 'string') return withEntry(isRecord(whole) ? whole : {}, key, part);
  const entries: readonly Part[] = Array.isArray(whole) ? (whole as readonly Part[]) : [];
  return part === undefined ? entries.toSpliced(key, 1) : entries.with(key, part);
};

type Root = Pick<Place, 'name' | 'within' | 'path' | 'shape' | 'part' | 'isOptional' | 'change'> & {
  readonly wrongAt: (path: string) => string | undefined;
  readonly wrongsIn: (path: string) => number;
};

const placeOf = (root: Root): Place => {
  const { path, shape, part, wrongAt, wrongsIn, change } = root;
  return {
    ...root,
    wrong: wrongAt(path),
    wrongs: wrongsIn(path),
    at: (key) => {
      const below = path === '' ? String(key) : `${path}.${key}`;
      return placeOf({
        name: typeof key === 'number' ? root.name : key,
        within: typeof key === 'number' ? root.within : root.name,
        path: below,
        shape: shapeWithin(shape, part, key),
        part: partWithin(part, key),
        isOptional: !isRequired(shape, part, key),
        wrongAt,
        wrongsIn,
        change: (next, mark = below) => change(partWith(part, key, next), mark),
      });
    },
  };
};

/** The place that is a whole model; undefined while what is written is no JSON. */
export const placeOfModel = (models: EditedModels, name: ModelName): Place | undefined => {
  const part = models.part(name);
  if (part === undefined) return undefined;
  return placeOf({
    name: '',
    within: '',
    path: '',
    shape: shapeOf(name),
    part,
    isOptional: false,
    wrongAt: (path) => models.wrong(name, path),
    wrongsIn: (path) => models.wrongsIn(name, path),
    change: (next, mark) => models.edit(name, next, mark),
  });
};

/** Leaves a part empty in the way that its schema takes: as none, as its usual value, left out, else to be filled in. */
export const emptied = ({ shape, isOptional }: Place): Part | undefined => {
  if (filledShape(shape).mayBeNone) return null;
  if (shape.default !== undefined) return shape.default as Part;
  return isOptional ? undefined : null;
};
