import {
  fileColumn,
  type RecordField,
  type RecordFields,
  type RecordOf,
} from '../../kernel/record-fields.ts';
import type { Binding } from '../columns/bound-table.ts';
import type { RowReader } from './row-reader.ts';

/** The column of a file that carries a field; undefined where it has none. */
export const bindingOf = (reader: RowReader, name: string, field: RecordField): Binding | undefined => {
  const column = fileColumn(name, field);
  return column === undefined ? undefined : reader.binding(column);
};

/** Reads a number as its field has it off each row: NaN when absent or bad. */
export const numberReader = (
  reader: RowReader,
  binding: Binding | undefined,
  { type, range }: RecordField,
): (() => number) => {
  switch (type) {
    case 'count':
      return () => reader.count(binding);
    case 'seconds':
      return () => reader.seconds(binding);
    case 'share':
      return () => reader.share(binding, ...(range ?? []));
    default:
      return range === undefined ? () => reader.amount(binding) : () => reader.number(binding);
  }
};

/** Reads any field but a time, which wants to know its series. */
const valueReader = (reader: RowReader, name: string, field: RecordField): (() => unknown) => {
  const binding = bindingOf(reader, name, field);
  switch (field.type) {
    case 'text':
      return () => reader.text(binding) ?? (field.required === true ? '' : undefined);
    case 'date':
      return () => reader.date(binding) ?? (field.required === true ? '' : undefined);
    case 'truth':
      return () => reader.truth(binding) ?? (field.required === true ? false : undefined);
    case 'list':
      return () => reader.list(binding);
    default:
      return numberReader(reader, binding, field);
  }
};

/**
 * Reads the fields of a record off the current row in their order, except those that whoever calls reads by itself. An
 * optional one that is absent or bad is left out; a required one that is bad has marked the row as such.
 */
export const fieldsReader = <Fields extends RecordFields, But extends keyof RecordOf<Fields>>(
  reader: RowReader,
  fields: Fields,
  but: readonly But[],
): (() => Omit<RecordOf<Fields>, But>) => {
  const except: readonly PropertyKey[] = but;
  const readers = Object.entries(fields)
    .filter(([name, field]) => fileColumn(name, field) !== undefined && !except.includes(name))
    .map(([name, field]) => [name, field.required === true, valueReader(reader, name, field)] as const);
  return () => {
    const record: Record<string, unknown> = {};
    for (const [name, required, read] of readers) {
      const value = read();
      if (required || (value !== undefined && !Number.isNaN(value))) record[name] = value;
    }
    // each reader answers what its field's type says
    return record as Omit<RecordOf<Fields>, But>;
  };
};
