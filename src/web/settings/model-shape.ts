/** As much of a JSON Schema as the forms of models are made of. */
export interface Shape {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
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

export const isRecord = (part: unknown): part is Readonly<Record<string, Part>> =>
  typeof part === 'object' && part !== null && !Array.isArray(part);

/** The alternatives of a shape; itself where it has none. */
export const alternatives = (shape: Shape): readonly Shape[] => shape.anyOf ?? shape.oneOf ?? [shape];

/** A share between nothing and all: written in percent. */
export const isShare = ({ type, minimum, maximum }: Shape): boolean =>
  type === 'number' && minimum === 0 && (maximum === 1 || maximum === 0.9);

/** A name in every language. */
export const isName = ({ properties }: Shape): boolean =>
  properties !== undefined && Object.keys(properties).toSorted().join() === 'en,zh-CN';

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
