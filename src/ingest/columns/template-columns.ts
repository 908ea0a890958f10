import type { RecordKind } from '../../kernel/records.ts';
import { fieldsOfKind, type FieldSpec } from './fields.ts';

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
