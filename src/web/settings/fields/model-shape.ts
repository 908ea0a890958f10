import { createContext, useContext } from 'react';
import { z } from 'zod';
import type { ModelName } from '../../../contract/http/model-name.ts';
import { modelDocuments } from '../../../contract/models/model-schemas.ts';
import { isWordKey, type PlainKey, useSpeech } from '../../words/words.tsx';

/** As much of a JSON Schema as the forms of models are made of. */
export interface Shape {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
  readonly prefixItems?: readonly Shape[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly enum?: readonly (string | number)[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly default?: unknown;
}

/** A part of a model: what JSON can hold. */
export type Part = null | boolean | number | string | readonly Part[] | { readonly [name: string]: Part };

/** What a part says in words; nothing where it is made of parts itself. */
export const textOf = (part: Part | undefined): string =>
  part === undefined || part === null || typeof part === 'object' ? '' : String(part);

export const isRecord = (part: unknown): part is Readonly<Record<string, Part>> =>
  typeof part === 'object' && part !== null && !Array.isArray(part);

/** The alternatives of a shape; itself where it has none. */
export const alternatives = (shape: Shape): readonly Shape[] => shape.anyOf ?? shape.oneOf ?? [shape];

/** A share between nothing and all: written in percent. */
export const isShare = ({ type, minimum, maximum }: Shape): boolean =>
  type === 'number' && minimum === 0 && (maximum === 1 || maximum === 0.9);

/** Beyond it a bound says only what a number can hold. */
const anyNumber = 1e9;

/** Which figures a shape takes, as far as that is worth saying: nothing where it takes about all of them. */
export const rangeOf = ({
  minimum,
  maximum,
}: Shape): { readonly least?: number; readonly most?: number } => ({
  ...(minimum === undefined || minimum < -anyNumber ? {} : { least: minimum }),
  ...(maximum === undefined || maximum > anyNumber ? {} : { most: maximum }),
});

/** Figures that are money. */
export const isMoney = (name: string): boolean =>
  /^cost(?!Factor)|PerHour$|^price$/.test(name) && name !== 'hoursPerDay';

/** A name in every language. */
export const isName = ({ properties }: Shape): boolean =>
  properties !== undefined && Object.keys(properties).toSorted().join() === 'en,zh-CN';

/** A shape without "none", and whether none is among what it takes. */
export const filledShape = (shape: Shape): { readonly shape: Shape; readonly mayBeNone: boolean } => {
  const forms = alternatives(shape);
  const some = forms.filter(({ type }) => type !== 'null');
  const [only] = some;
  if (some.length === forms.length) return { shape, mayBeNone: false };
  const { anyOf: _any, oneOf: _one, ...rest } = shape;
  return {
    shape: some.length === 1 && only !== undefined ? only : { ...rest, anyOf: some },
    mayBeNone: true,
  };
};

/** The field by whose fixed value the alternatives of a shape are distinguished: a rule's name. */
export const variantKey = (shape: Shape): string | undefined => {
  const forms = alternatives(shape);
  if (forms.length < 2) return undefined;
  return Object.keys(forms[0]?.properties ?? {}).find((name) =>
    forms.every((form) => form.properties?.[name]?.const !== undefined),
  );
};

/** By what kind of control a part is filled in. */
type Control =
  | 'yes-or-no'
  | 'choice'
  | 'figure'
  | 'clock'
  | 'text'
  | 'name'
  | 'weekdays'
  | 'words'
  | 'tuple'
  | 'group'
  | 'variants'
  | 'alternatives'
  | 'entries';

/** How a part of this shape is filled in. */
export const controlOf = (given: Shape): Control => {
  const { shape } = filledShape(given);
  const forms = alternatives(shape);
  if (shape.enum !== undefined || forms.every((form) => form.const !== undefined)) return 'choice';
  if (forms.length > 1) return variantKey(shape) === undefined ? 'alternatives' : 'variants';
  const { type, items } = shape;
  if (type === 'boolean') return 'yes-or-no';
  if (type === 'number' || type === 'integer') return 'figure';
  if (type === 'object') return isName(shape) ? 'name' : 'group';
  if (shape.prefixItems !== undefined) return 'tuple';
  if (type === 'array' && items?.type === 'integer' && items.maximum === 7) return 'weekdays';
  if (type === 'array') return items?.type === 'string' ? 'words' : 'entries';
  return shape.pattern?.includes('24:00') === true ? 'clock' : 'text';
};

const leaves: readonly Control[] = ['yes-or-no', 'choice', 'figure', 'clock', 'text', 'weekdays', 'words'];

/** Whether a part is filled in by one control, and so has its place in a row of such. */
export const isLeaf = (shape: Shape): boolean => leaves.includes(controlOf(shape));

/** Whether a part has the form of a shape, as far as its outermost layer tells. */
export const fits = (shape: Shape, part: Part | undefined): boolean => {
  if (shape.anyOf !== undefined || shape.oneOf !== undefined)
    return alternatives(shape).some((each) => fits(each, part));
  if (shape.const !== undefined) return part === shape.const;
  switch (shape.type) {
    case 'null':
      return part === null;
    case 'array':
      return Array.isArray(part);
    case 'object':
      return (
        isRecord(part) &&
        Object.entries(shape.properties ?? {}).every(
          ([name, own]) => own.const === undefined || part[name] === own.const,
        )
      );
    case 'integer':
      return typeof part === 'number';
    case undefined:
      return true;
    default:
      return typeof part === shape.type;
  }
};

/** What a part starts as when it is added: its default, else the least that its shape allows. */
export const emptyOf = (shape: Shape): Part => {
  if (shape.default !== undefined) return shape.default as Part;
  if (shape.const !== undefined) return shape.const as Part;
  if (shape.enum !== undefined) return shape.enum[0] ?? '';
  const [first] = alternatives(shape);
  if (first !== undefined && first !== shape) return emptyOf(first);
  switch (shape.type) {
    case 'object':
      return Object.fromEntries(
        (shape.required ?? []).map((name) => [name, emptyOf(shape.properties?.[name] ?? {})]),
      );
    case 'array':
      return Array.from({ length: shape.minItems ?? 0 }, () => emptyOf(shape.items ?? {}));
    case 'number':
    case 'integer':
      return Math.max(shape.minimum ?? 0, Math.min(0, shape.maximum ?? 0));
    case 'boolean':
      return false;
    case 'null':
      return null;
    default:
      return '';
  }
};

/** A record with one entry other, or without it. */
export const withEntry = (
  record: Readonly<Record<string, Part>>,
  name: string,
  part: Part | undefined,
): Readonly<Record<string, Part>> => {
  if (part !== undefined) return { ...record, [name]: part };
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
};

/** What a field may name: keys with what they are called. */
export type Choices = Readonly<Record<string, readonly { readonly value: string; readonly label: string }[]>>;

/** What stands around the fields of a form: what they may name, and the money of the line. */
interface Surroundings {
  readonly choices: Choices;
  readonly currency: string | undefined;
}

export const SurroundingsContext = createContext<Surroundings>({ choices: {}, currency: undefined });

export const useSurroundings = (): Surroundings => useContext(SurroundingsContext);

/** A field by its name, and that of the field which it is in: `from` is one thing in a window, another in an indicator. */
interface FieldName {
  readonly name: string;
  readonly within: string;
}

/** Words of a field; its key where nobody has given it any. */
export const useFieldWords = () => {
  const { say } = useSpeech();
  const words = (key: string): string | undefined => (isWordKey(key) ? say(key as PlainKey) : undefined);
  const fieldWords = (kind: string, { name, within }: FieldName): string | undefined =>
    words(`${kind}.${within}.${name}`) ?? words(`${kind}.${name}`);
  return {
    nameOf: (name: string, within = ''): string => fieldWords('part-of', { name, within }) ?? name,
    meaningOf: (field: FieldName): string | undefined => fieldWords('means', field),
    /** What one more of a list is called: "Add a tier". */
    addOf: ({ name }: FieldName): string => words(`add-to.${name}`) ?? say('models.add'),
  };
};

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
