/**
 * The language in which a record is specified once (records.ts): its type, the columns of its files and of its table
 * and how ingest reads it follow from its fields.
 */

/** What a field holds, by its type. Shares are 0–1, times are instants (epoch milliseconds), dates YYYY-MM-DD. */
interface FieldValues {
  readonly text: string;
  readonly count: number;
  readonly number: number;
  readonly seconds: number;
  readonly share: number;
  readonly time: number;
  readonly date: string;
  readonly truth: boolean;
  readonly list: readonly string[];
  /** Numbers by name: a file has a column for each. */
  readonly figures: Readonly<Record<string, number>>;
}

export type FieldType = keyof FieldValues;

export interface RecordField {
  readonly type: FieldType;
  /** No record is without it. */
  readonly required?: true;
  /** Tells records apart, together with the other keys. */
  readonly key?: true;
  /** Its column in files, where that is not the field in snake case; null: no file has it. */
  readonly column?: string | null;
  /**
   * Headings under which files have it, Chinese and English, parted by spaces: the further left, the surer. Compared
   * after normalising (lower case, no spaces, punctuation or bracketed units). The name of its column always fits.
   */
  readonly headings?: string;
  /** Required, but a file may lack it: ingest works it out of the rows. */
  readonly inferred?: true;
  /** Stands in files alone (something else is made of it), or in the table alone. */
  readonly only?: 'file' | 'table';
  /** A whole number in its table; other counts are kept as numbers that may have a fraction. */
  readonly whole?: true;
  /** Least and most; left out: from 0 on, shares up to 1. */
  readonly range?: readonly [least: number, most: number];
  /** Above this a value is questioned: in seconds for durations. */
  readonly most?: number;
  /** Mean of another field over so many calls: a file that has this instead of the total is multiplied. */
  readonly meanOf?: { readonly total: string; readonly over: readonly string[] };
  /** A state and not a count: intervals that are joined have their mean, one without calls says nothing of it. */
  readonly state?: true;
}

/** A record's fields in the order in which its files are documented. */
export type RecordFields = Readonly<Record<string, RecordField>>;

type Held<Fields extends RecordFields> = {
  [Name in keyof Fields]: Fields[Name] extends { readonly only: string } ? never : Name;
}[keyof Fields];

type Certain<Fields extends RecordFields> = {
  [Name in Held<Fields>]: Fields[Name] extends { readonly required: true } ? Name : never;
}[Held<Fields>];

/** The record that has these fields; one that a file does not carry is left out. */
export type RecordOf<Fields extends RecordFields> = {
  readonly [Name in Certain<Fields>]: FieldValues[Fields[Name]['type']];
} & {
  readonly [Name in Exclude<Held<Fields>, Certain<Fields>>]?: FieldValues[Fields[Name]['type']];
};

type SnakeCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${SnakeCase<Rest>}`
  : Name;

/** A field's name in files and tables: `startMillis` is start_millis. */
export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);

/** The column of a field in files; undefined where none has it. */
export const fileColumn = (name: string, { column, only }: RecordField): string | undefined =>
  only === 'table' || column === null ? undefined : (column ?? snakeCase(name));

/** The columns that files of these fields may have, as a type: what each must be given a word for. */
export type FileColumn<Fields extends RecordFields> = {
  [Name in keyof Fields & string]: Fields[Name] extends { readonly only: 'table' } | { readonly column: null }
    ? never
    : Fields[Name] extends { readonly column: infer Column extends string }
      ? Column
      : SnakeCase<Name>;
}[keyof Fields & string];

/** The fields of a record, in their order. */
export const heldFields = <Fields extends RecordFields>(
  fields: Fields,
): (keyof RecordOf<Fields> & string)[] =>
  Object.keys(fields).filter(
    (name): name is keyof RecordOf<Fields> & string => fields[name]?.only === undefined,
  );
