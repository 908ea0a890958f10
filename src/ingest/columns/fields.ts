import {
  fileColumn,
  type FieldType as RecordFieldType,
  type RecordFields,
} from '../../kernel/record-fields.ts';
import { type RecordKind, recordKindNames, recordKinds } from '../../kernel/records.ts';

/** How the cells of a column are read. */
export type FieldType = Exclude<RecordFieldType, 'figures'>;

/** One canonical column: how its cells are read, and whether a file must have it. */
export interface FieldSpec {
  readonly field: string;
  readonly type: FieldType;
  /** Headings that mean it, the surest first. */
  readonly headings: readonly string[];
  /** Headings that mean the contrary of it. */
  readonly opposite?: readonly string[];
  readonly required?: boolean;
  /** Nearly every file of the kind has it, though one may lack it. */
  readonly usual?: boolean;
  /** Above this a value is questioned: in seconds for durations. */
  readonly most?: number;
  /** Number of an operator, who may be named instead. */
  readonly person?: true;
}

const namesIn = (headings: string): string[] => headings.split(/\s+/).filter((name) => name !== '');

const fieldsOf = (fields: RecordFields): FieldSpec[] =>
  Object.entries(fields).flatMap(([name, specified]): FieldSpec[] => {
    const { type, required, inferred, key, most, headings = '', opposite, person } = specified;
    const field = fileColumn(name, specified);
    if (field === undefined || type === 'figures') return [];
    return [
      {
        field,
        type,
        headings: namesIn(headings),
        ...(opposite === undefined ? {} : { opposite: namesIn(opposite) }),
        ...(most === undefined ? {} : { most }),
        ...(person === undefined ? {} : { person }),
        ...(required === true && inferred !== true ? { required } : {}),
        ...(inferred === true && key === true ? { usual: true } : {}),
      },
    ];
  });

/** Something for every kind of record. */
const ofRecordKinds = <Value>(of: (kind: RecordKind) => Value): Readonly<Record<RecordKind, Value>> =>
  // every kind is among the entries
  Object.fromEntries(recordKindNames.map((kind) => [kind, of(kind)])) as Record<RecordKind, Value>;

/** Canonical columns of every kind of file (docs/en/reference/data-formats.md), in the order in which they are documented. */
export const fieldsOfKind = ofRecordKinds<readonly FieldSpec[]>((kind) => fieldsOf(recordKinds[kind].fields));

/** Every canonical field name. */
export const allFields: ReadonlySet<string> = new Set(
  recordKindNames.flatMap((kind) => fieldsOfKind[kind].map((spec) => spec.field)),
);

/** The spec of a field of a kind; undefined when the kind has no such field. */
export const fieldSpec = (kind: RecordKind, name: string): FieldSpec | undefined =>
  fieldsOfKind[kind].find((spec) => spec.field === name);

/** A column of a template: its field, and the heading in Chinese by which it is known without a question. */
export interface TemplateColumn extends FieldSpec {
  readonly chinese: string;
}

const han = /\p{Script=Han}/u;

/** Columns of a template of a kind, in the order in which they are documented. Their English headings are the fields. */
export const templateColumns = (kind: RecordKind): TemplateColumn[] =>
  fieldsOfKind[kind].map((spec) => ({
    ...spec,
    chinese: spec.headings.find((name) => han.test(name)) ?? spec.field,
  }));
