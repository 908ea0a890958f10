import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import type { DayShape, UsualFigures } from '../../kernel/traffic-doubts.ts';
import type { Problem } from '../../kernel/errors.ts';
import type { MonitoredHotline, MonitoringResult, TestCall, TrafficRecord } from '../../kernel/records.ts';
import type { MapFile } from './map-file.ts';
import type { IngestLimits } from '../ingest-limits.ts';
import type { FileUnpacker } from '../tables/file-unpacker.ts';

/** What is wrong with a record, apart from its place. */
export type Fault = Pick<Problem, 'rule' | 'column' | 'value' | 'message' | 'remedy'>;

/** What the caller knows of the monitoring that files of test calls and results belong to. */
export interface MonitoringRules {
  /** Every name that a heading may use for an indicator of the scorecard (lower case), to its key. */
  readonly indicatorNames: ReadonlyMap<string, string>;
  /** The line itself as its monitor calls it: test calls of files that name no hotline are its own. */
  readonly own?: string | undefined;
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
  /** Epoch milliseconds: times later than two years from here are refused. */
  readonly now: number;
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
  /** Tier under which operators seen in call records are reported; default 'all'. */
  readonly presenceTier?: string | undefined;
  /** Sheet of a spreadsheet; left out: the first. */
  readonly sheet?: string | undefined;
  readonly limits?: Partial<IngestLimits> | undefined;
  /** Left out: indicators are taken under their own headings and on any scale, and any hotline is taken. */
  readonly monitoring?: MonitoringRules | undefined;
}
