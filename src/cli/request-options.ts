import { Option, type Command } from 'commander';
import { z } from 'zod';
import { parseDocument } from '../contract/parse-document.ts';
import { UsageError } from '../kernel/errors.ts';
import { optionKey, optionName, type OptionWords } from '../words/help.ts';
import type { CliContext } from './cli-context.ts';
import { cliFinding, type NumberRange } from './cli-findings.ts';
import { invalid, latestPlan, numberOption } from './option-values.ts';

/** What the terminal must know of a field beside its schema and words. */
interface FieldReading {
  /** Reads text that has a form of its own. */
  readonly read?: (given: string) => unknown;
  /** Options that cannot be given with it. */
  readonly conflicts?: readonly string[];
}

/**
 * Options of a command by which the fields of a request are given: `testCalls` is `--test-calls`. What a field may be
 * (a choice, a range of numbers) is read off its schema, so that the terminal allows what HTTP does.
 */
export const addRequestOptions = <Shape extends z.core.$ZodShape>(
  command: Command,
  { shape }: z.ZodObject<Shape>,
  words: Readonly<Partial<Record<keyof Shape & string, OptionWords>>>,
  readings?: Readonly<Partial<Record<keyof Shape & string, FieldReading>>>,
): Command => {
  for (const [field, said] of Object.entries<OptionWords | undefined>(words)) {
    const schema = shape[field];
    if (said === undefined || schema === undefined) continue;
    command.addOption(optionOf(field, schema, said, readings?.[field]));
  }
  return command;
};

const optionOf = (
  field: string,
  schema: z.core.$ZodType,
  words: OptionWords,
  { read, conflicts = [] }: FieldReading = {},
): Option => {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const { argument = argumentOf(json), en: help } = words;
  const name = `${optionName(field, words)} ${argument}`.trim();
  const option = new Option(name, optionKey(words)).conflicts([...conflicts]);
  option.attributeName = () => field;
  const { enum: choices, type } = json;
  // help that tells the default itself is left alone; a flag that is not given says no by that
  if (json.default !== undefined && type !== 'boolean' && !help.includes('default'))
    option.default(json.default, Array.isArray(json.default) ? json.default.join() : undefined);
  if (choices !== undefined) return option.choices(choices.map(String));
  const parse = read ?? numberReaderOf(json) ?? listReaderOf(json);
  return parse === undefined ? option : option.argParser(parse);
};

/** How a value is written where the words of its option do not say. */
const argumentOf = ({ type }: z.core.JSONSchema.BaseSchema): string => {
  if (type === 'boolean') return '';
  return type === 'number' || type === 'integer' ? '<n>' : '<value>';
};

const numberReaderOf = ({
  type,
  ...limits
}: z.core.JSONSchema.BaseSchema): ((given: string) => number) | undefined =>
  type === 'number' || type === 'integer'
    ? numberOption({ ...rangeOf(limits), ...(type === 'integer' ? { whole: true } : {}) })
    : undefined;

/** Values parted by commas. */
const listReaderOf = ({ type, items, maxItems = Infinity }: z.core.JSONSchema.BaseSchema) => {
  if (type !== 'array' || typeof items !== 'object') return undefined;
  const read = Array.isArray(items) ? undefined : numberReaderOf(items);
  return (value: string): readonly unknown[] => {
    const parts = value.split(',').map((part) => (read === undefined ? part.trim() : read(part)));
    if (parts.length > maxItems) throw invalid(cliFinding('too-many-values', { most: maxItems }));
    return parts;
  };
};

const rangeOf = ({
  minimum,
  maximum,
  exclusiveMinimum,
  exclusiveMaximum,
}: z.core.JSONSchema.BaseSchema): NumberRange => ({
  ...endOf('min', minimum ?? exclusiveMinimum),
  ...endOf('max', maximum ?? exclusiveMaximum),
  ...(exclusiveMinimum === undefined ? {} : { open: true }),
  ...(exclusiveMaximum === undefined ? {} : { openAbove: true }),
});

/** JSON Schema of old may say true here; zod says the number. */
const endOf = (end: 'min' | 'max', value: number | boolean | undefined): NumberRange =>
  typeof value === 'number' ? { [end]: value } : {};

/**
 * The request that a command's options make, with the seed of all commands where it takes one; `latest` is the plan
 * that no name stands for. Throws `BadInputError` where the fields do not go together.
 */
export const requestOf = <Schema extends z.ZodObject>(
  schema: Schema,
  context: Pick<CliContext, 'seed'>,
  options: object,
): z.output<Schema> => {
  const asked: Readonly<Record<string, unknown>> = { seed: context.seed, ...options };
  const given = Object.entries(asked).filter(
    ([field, value]) =>
      field in schema.shape && value !== undefined && !(field === 'plan' && value === latestPlan),
  );
  return parseDocument(schema, Object.fromEntries(given));
};

/** Refuses an option that says how a table is read, where no table is given. */
export const refuseWithoutInput = <Options extends { readonly input?: string }>(
  options: Options,
  tableOptions: readonly (keyof Options & string)[],
): void => {
  const stray = tableOptions.find((field) => options[field] !== undefined);
  if (options.input === undefined && stray !== undefined)
    throw new UsageError(cliFinding('goes-with-input', { option: optionName(stray) }));
};
