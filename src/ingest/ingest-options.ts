import type { HotlineModel } from '../contract/models/hotline-model.ts';
import type { Problem } from '../kernel/errors.ts';
import type { MonitoredHotline, MonitoringResult, TestCall } from '../kernel/records.ts';
import type { UsualFigures } from '../kernel/traffic-doubts.ts';
import type { MapFile } from './columns/map-file.ts';
import type { FileUnpacker } from './tables/file-unpacker.ts';

/** How much a file may ask of the machine before it is refused. */
export interface IngestLimits {
  /** Longest record, bytes: a row with its line end. */
  readonly maxRecordBytes: number;
  /** Most bytes of a gzip file once inflated. */
  readonly maxInflatedBytes: number;
  /** Most bytes out per byte in, looked at once 64 MiB have come out. */
  readonly maxInflationRatio: number;
  /** Most bytes of a spreadsheet file, and of its parts once inflated. */
  readonly maxSpreadsheetBytes: number;
  readonly maxSpreadsheetInflatedBytes: number;
  /** Most cells of a workbook, all sheets together, and bytes of their text. */
  readonly maxWorkbookCells: number;
  readonly maxWorkbookTextBytes: number;
  /** Most memory of the process that reads a workbook, and its processor time: so much, and more per MB of the file. */
  readonly maxWorkbookMemoryBytes: number;
  readonly maxWorkbookSeconds: number;
  readonly maxWorkbookSecondsPerMegabyte: number;
  /** Rows that may be rejected under skipBadRows before the file as a whole is refused. */
  readonly maxRejectedRows: number;
}

export const defaultLimits: IngestLimits = {
  maxRecordBytes: 1_048_576,
  maxInflatedBytes: 16 * 2 ** 30,
  maxInflationRatio: 200,
  maxSpreadsheetBytes: 64 * 2 ** 20,
  maxSpreadsheetInflatedBytes: 400 * 2 ** 20,
  maxWorkbookCells: 10_000_000,
  maxWorkbookTextBytes: 128 * 2 ** 20,
  maxWorkbookMemoryBytes: 512 * 2 ** 20,
  maxWorkbookSeconds: 3,
  maxWorkbookSecondsPerMegabyte: 1,
  maxRejectedRows: 200_000,
};

/** What is wrong with a record, apart from its place. */
export type Fault = Pick<Problem, 'rule' | 'column' | 'value' | 'message' | 'remedy'>;

/** What the caller knows of the monitoring that files of test calls and results belong to. */
export interface MonitoringRules {
  /** Every name that a heading may use for an indicator of the scorecard (lower case), to its key. */
  readonly indicatorNames: ReadonlyMap<string, string>;
  /** Hotlines on the list so far; where there is none, and none in the files, any hotline is taken. */
  readonly listed: readonly MonitoredHotline[];
  readonly judgeResult: (result: MonitoringResult) => readonly Fault[];
  readonly judgeTestCall: (call: TestCall) => readonly Fault[];
}

/** What the caller knows about files that are to be read, and what takes packed ones apart. */
export interface IngestOptions extends FileKnowledge {
  readonly unpacker: FileUnpacker;
}

/** What the caller knows about files that are to be read. */
export interface FileKnowledge {
  /** IANA zone of wall-clock times in the file; a map file's own `zone` goes before it. */
  readonly zone: string;
  /** Epoch milliseconds: times later than two years from here are refused. */
  readonly now: number;
  readonly map?: MapFile | undefined;
  /** 'auto' tells UTF-8, GB18030 and UTF-16 apart; else a label that TextDecoder knows. */
  readonly encoding?: string | undefined;
  /** Queue of every row where the file has no queue column. */
  readonly queue?: string | undefined;
  /** What an interval without a row means inside opening hours (docs/data-formats.md). */
  readonly absent: 'gap' | 'zero' | 'auto';
  /** True: bad rows are left out and handed back; false: any error refuses the whole. */
  readonly skipBadRows: boolean;
  /** Queues that the hotline has; left out: any queue is taken. */
  readonly knownQueues?: readonly string[] | undefined;
  /** Other names of queues (such as their Chinese names), to their key. */
  readonly queueAliases?: Readonly<Record<string, string>> | undefined;
  /** True: figures that calls can hardly have are taken in and told; else they are questioned, as bad. */
  readonly acceptUnusual?: boolean | undefined;
  /** What the stored traffic of each queue is like, to hold new figures against. */
  readonly usual?: ReadonlyMap<string, UsualFigures> | undefined;
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
  /** Tier under which operators seen in call records are reported; default 'all'. */
  readonly presenceTier?: string | undefined;
  /** Sheet of a spreadsheet; left out: the first. */
  readonly sheet?: string | undefined;
  readonly limits?: Partial<IngestLimits> | undefined;
  /** Left out: indicators are taken under their own headings and on any scale, and any hotline is taken. */
  readonly monitoring?: MonitoringRules | undefined;
}

export const limitsOf = (options: { readonly limits?: Partial<IngestLimits> | undefined }): IngestLimits => ({
  ...defaultLimits,
  ...options.limits,
});
