import { z } from 'zod';
import { textSchema } from '../../contract/models/model-fields.ts';
import { describeIssue } from '../../contract/describe-issue.ts';
import { BadInputError, problemsOf, type Problem } from '../../kernel/errors.ts';
import type { ColumnProblems } from '../findings/ingest-problems.ts';
import { isZone } from '../../kernel/time.ts';
import { durationUnits } from '../../contract/duration-units.ts';
import { decimalMarks } from '../cells/durations.ts';
import { allFields } from './fields.ts';
import { recordKindNames } from '../../kernel/records.ts';
import { wideHeadings } from '../ingest-limits.ts';

const heading = z.string().min(1);
const scalar = z.union([z.string(), z.number(), z.boolean()]);

/**
 * How a file's own columns stand for the canonical ones (docs/en/reference/data-formats.md), and how its text is to be read.
 * `columns` maps canonical field to heading (several headings of figures are added up, of anything else joined by a
 * space: a date and a time column); `constants` gives fields that the file lacks; `values` translates cells, null drops the row and
 * '' makes the cell empty; `units` says how durations are written.
 */
export const mapFileSchema = z.strictObject({
  name: textSchema.optional(),
  kind: z.enum(recordKindNames).optional(),
  columns: z.record(z.string(), z.union([heading, z.array(heading).min(1).max(4)])).default({}),
  constants: z.record(z.string(), scalar).default({}),
  values: z.record(z.string(), z.record(z.string(), scalar.nullable())).default({}),
  units: z.record(z.string(), z.enum(durationUnits)).default({}),
  zone: z.string().refine(isZone, 'not an IANA time zone').optional(),
  encoding: z.string().optional(),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  sheet: z.string().optional(),
  /** What parts the fraction from the whole: 1.234,5 is written with a decimal comma. */
  decimal: z.enum(decimalMarks).optional(),
  /** Columns of figures, one per queue, date, time of day or weekday, that become a row each. */
  wide: z
    .strictObject({
      columns: z.array(heading).min(1),
      as: z.enum(wideHeadings),
      value: z.string().default('offered'),
    })
    .optional(),
  /** The file has no row of headings: names of its columns in their order; those without a name are numbered from 1. */
  headings: z.array(heading).max(200).optional(),
  /** Columns that follow from others, by their names; see docs/en/reference/data-formats.md. */
  made: z
    .record(
      z.string(),
      z.union([
        z.strictObject({ from: heading, to: z.array(heading).min(1) }),
        z.strictObject({ end: heading, less: z.array(heading).min(1) }),
        z.strictObject({ by: heading, of: z.record(z.string(), heading) }),
        z.strictObject({ filled: heading, yes: z.string(), no: z.string() }),
      ]),
    )
    .optional(),
  /** Order of day, month and year where the year does not come first. */
  dateOrder: z.enum(['ymd', 'dmy', 'mdy']).optional(),
  /** Whether columns that the map does not name are taken by their heading's meaning, and told. */
  others: z.enum(['leave', 'guess']).optional(),
});
export type MapFile = z.output<typeof mapFileSchema>;

/** A map that changes nothing: canonical headings. */
export const emptyMap: MapFile = { columns: {}, constants: {}, values: {}, units: {} };

const mapProblem = problemsOf<ColumnProblems>();

const shapeProblem = (issue: z.core.$ZodIssue, value: unknown): Problem => {
  const there = valueAt(value, issue.path);
  return mapProblem(issue.path.map(String).join('.') || 'map', 'map-file-shape', there, {
    fault: describeIssue(issue, there).message,
  });
};

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );

const unknownFields = (map: MapFile): Problem[] =>
  (['columns', 'constants', 'values', 'units', 'wide'] as const).flatMap((part) =>
    (part === 'wide' ? [map.wide?.value ?? 'offered'] : Object.keys(map[part]))
      .filter((field) => !allFields.has(field) && !field.startsWith('indicator:'))
      .map((field) => mapProblem(`${part}.${field}`, 'map-file-field', field, { fields: [...allFields] })),
  );

/** Checks a parsed JSON map file; throws BadInputError with every problem and its path. */
export const parseMapFile = (value: unknown): MapFile => {
  const parsed = mapFileSchema.safeParse(value);
  if (!parsed.success)
    throw new BadInputError(parsed.error.issues.map((issue) => shapeProblem(issue, value)));
  const problems = unknownFields(parsed.data);
  if (problems.length > 0) throw new BadInputError(problems);
  return parsed.data;
};
