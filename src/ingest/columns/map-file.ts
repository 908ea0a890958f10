import { z } from 'zod';
import { describeIssue } from '../../contract/contract-findings.ts';
import { valueAtPath } from '../../contract/parse-document.ts';
import { durationUnits } from '../../contract/duration-units.ts';
import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import { textSchema } from '../../contract/models/model-fields.ts';
import { BadInputError, type Problem, problemsOf } from '../../kernel/errors.ts';
import {
  type MonitoredHotline,
  type MonitoringResult,
  recordKindNames,
  type TestCall,
  type TrafficRecord,
} from '../../kernel/records.ts';
import { isZone } from '../../kernel/time.ts';
import type { DayShape, UsualFigures } from '../../kernel/traffic-doubts.ts';
import { decimalMarks } from '../cells/durations.ts';
import type { ColumnProblems } from '../findings/ingest-problems.ts';
import { type IngestLimits, wideHeadings } from '../ingest-limits.ts';
import type { FileUnpacker } from '../tables/file-unpacker.ts';
import { allFields } from './headings.ts';

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
        z.strictObject({
          filled: heading,
          yes: z.string(),
          no: z.string(),
          only: z.record(heading, z.array(z.string())).optional(),
          other: z.string().optional(),
        }),
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
  const there = valueAtPath(value, issue.path);
  return mapProblem(issue.path.map(String).join('.') || 'map', 'map-file-shape', there, {
    fault: describeIssue(issue, there).message,
  });
};

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

/** What is wrong with a record, apart from its place. */
export type Fault = Pick<Problem, 'rule' | 'column' | 'value' | 'message' | 'remedy'>;

/** What the caller knows of the monitoring that files of test calls and results belong to. */
export interface MonitoringRules {
  /** Every name that a heading may use for an indicator of the scorecard (lower case), to its key. */
  readonly indicatorNames: ReadonlyMap<string, string>;
  /** The line itself as its monitor calls it: test calls of files that name no hotline are its own. */
  readonly own?: string | undefined;
  /** What else the line is called. */
  readonly ownNames?: readonly string[];
  /** Hotlines on the list so far; where there is none, and none in the files, any hotline is taken. */
  readonly listed: readonly MonitoredHotline[];
  /** Whether a hotline that is on none is added; else it is a problem. */
  readonly addUnlisted?: boolean;
  readonly judgeResult: (result: MonitoringResult) => readonly Fault[];
  readonly judgeTestCall: (call: TestCall) => readonly Fault[];
}

/** What the caller knows about files that are to be read, and what takes packed ones apart. */
export interface IngestOptions extends FileKnowledge {
  readonly unpacker: FileUnpacker;
  /** Intervals in the place of files of them. */
  readonly intervals?: readonly TrafficRecord[] | undefined;
  /**
   * Place for what files came to, for who reads them again and again with one more each time, one ingest after the other:
   * calls that stand there are not read again.
   */
  readonly kept?: { calls?: object } | undefined;
}

/** What the caller knows about files that are to be read. */
export interface FileKnowledge {
  /** IANA zone of wall-clock times in the file; a map file's own `zone` goes before it. */
  readonly zone: string;
  /** Epoch milliseconds: times later than two years from here, or than `aheadMillis`, are refused. */
  readonly now: number;
  readonly aheadMillis?: number | undefined;
  readonly map?: MapFile | undefined;
  /** Preset by which a file is read, 'none' for none; left out: the one that it is recognised as. */
  readonly preset?: string | undefined;
  /** 'auto' tells UTF-8, GB18030 and UTF-16 apart; else a label that TextDecoder knows. */
  readonly encoding?: string | undefined;
  /** Queue of every row where the file has no queue column. */
  readonly queue?: string | undefined;
  /** What an interval without a row means inside opening hours (docs/en/reference/data-formats.md). */
  readonly absent: 'gap' | 'zero' | 'auto';
  /** True: bad rows are left out and handed back; false: any error refuses the whole. */
  readonly skipBadRows: boolean;
  /** Queues that the hotline has; left out: any queue is taken. */
  readonly knownQueues?: readonly string[] | undefined;
  /** Other names are new queues. */
  readonly addQueues?: boolean;
  /** Queues of which no row is taken: something else brings them. */
  readonly leftOut?: readonly string[] | undefined;
  /** Other names of queues (such as their Chinese names), to their key. */
  readonly queueAliases?: Readonly<Record<string, string>> | undefined;
  /** Operators on the books by number, with their names where known; left out: nobody is checked. */
  readonly people?: ReadonlyMap<string, string | undefined> | undefined;
  /** Periods whose rosters are published: a file changes none of their days. */
  readonly publishedPeriods?: readonly { readonly from: string; readonly to: string }[] | undefined;
  /** True: figures that calls can hardly have are imported and reported; else they are questioned, as bad. */
  readonly acceptUnusual?: boolean | undefined;
  /** What the stored traffic of each queue is like, to hold new figures against. */
  readonly usual?: ReadonlyMap<string, UsualFigures> | undefined;
  /** Calls of a day of each queue's stored traffic: what forecasts from outside are held against. */
  readonly callsPerDay?: ReadonlyMap<string, number> | undefined;
  /** Files of whole days: the shape by which they become intervals; left out: they stay days. */
  readonly dayShape?: DayShape | undefined;
  readonly answerTimeThresholdSeconds: number;
  readonly shortAbandonSeconds: number;
  /** Interval into which call records are binned, minutes; a divisor of 1440. */
  readonly intervalMinutes: number;
  readonly openingHours: HotlineModel['openingHours'];
  /** Whether interval traffic books a call where it arrived or where it ended. */
  readonly attribution: 'arrival' | 'end';
  /** Secret under which caller numbers are hashed while redials are counted; left out: they are not read. */
  readonly callerKey?: string | undefined;
  /** A call within so many minutes after the same caller's failed one is a redial; default 120. */
  readonly redialWindowMinutes?: number | undefined;
  /** Sheet of a spreadsheet; left out: the first. */
  readonly sheet?: string | undefined;
  readonly limits?: Partial<IngestLimits> | undefined;
  /** Left out: indicators are taken under their own headings and on any scale, and any hotline is taken. */
  readonly monitoring?: MonitoringRules | undefined;
}
