import type { NoValues } from '../../kernel/finding.ts';
import type { KernelProblems } from '../../kernel/kernel-problems.ts';
import type { MonitoredProblems } from '../../kernel/monitored-problems.ts';
import type { SeriesProblems } from './series-problems.ts';
import type { ColumnProblems } from './column-problems.ts';
import type { DoubtProblems } from './doubt-problems.ts';
import type { FileProblems } from './file-problems.ts';
import type { RecordProblems } from './record-problems.ts';
import type { TopicProblems } from './topic-problems.ts';
import type { RowProblems } from './row-problems.ts';

/** Everything that can be wrong with what is taken in, by rule, with what its sentences need. */
type IngestProblems = FileProblems &
  ColumnProblems &
  RowProblems &
  RecordProblems &
  SeriesProblems &
  TopicProblems &
  DoubtProblems &
  KernelProblems &
  MonitoredProblems;

/** What is wrong, apart from where. */
export interface Defect {
  readonly rule: string;
  readonly values?: unknown;
}

/** What is wrong by its rule, with the values of its sentences. */
export const defect = <Rule extends keyof IngestProblems>(
  rule: Rule,
  ...[values]: NoValues extends IngestProblems[Rule] ? [] : [values: IngestProblems[Rule]]
): Defect => (values === undefined ? { rule } : { rule, values });
