import { BadInputError, type Problem, shownValue, type RejectedRow } from '../../kernel/errors.ts';
import type { NoValues } from '../../kernel/finding.ts';
import type { KernelProblems, MonitoredProblems } from '../../kernel/kernel-findings.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { maskPersonal } from '../cells/personal-numbers.ts';
import type {
  ColumnProblems,
  DoubtProblems,
  FileProblems,
  RecordProblems,
  RowProblems,
  SeriesProblems,
  TopicProblems,
} from './ingest-problems.ts';

/** Most problems that are listed one by one, in all and of one rule; the rest are counted. */
const mostListed = 200;
const mostListedPerRule = 50;

/** Rules by which a value is wrong wherever it stands: each value is listed once, with how many rows have it. */
const listedPerValue: ReadonlySet<string> = new Set([
  'unknown-outcome',
  'unknown-queue',
  'operator-not-on-books',
]);

/** Where something is wrong. */
export interface Place {
  readonly file?: string | undefined;
  readonly row?: number | undefined;
  readonly column?: string | undefined;
  readonly value?: unknown;
}

/** A defect in its place, as a problem. A person's number is hidden in all that is said of it: place and values. */
export const problemOf = (
  severity: Problem['severity'],
  { rule, values }: Defect,
  place: Place = {},
): Problem => ({
  rule,
  severity,
  ...(place.file === undefined ? {} : { file: place.file }),
  ...(place.row === undefined ? {} : { row: place.row }),
  ...(place.column === undefined ? {} : { column: maskPersonal(place.column) }),
  ...(place.value === undefined ? {} : { value: shownValue(masked(place.value)) }),
  ...(values === undefined ? {} : { values: masked(values) }),
});

/** A value with persons' numbers hidden, in lists and objects too. */
const masked = (value: unknown): unknown => {
  if (typeof value === 'string') return maskPersonal(value);
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, masked(each)]));
};

/** Collects all problems of an ingest: counts every one, keeps a readable number, and rejected rows. */
export class ProblemLedger {
  readonly rejected: RejectedRow[] = [];
  private readonly skipBadRows: boolean;
  private readonly maxRejectedRows: number;
  private readonly listed: Problem[] = [];
  private readonly counts = new Map<
    string,
    { rule: string; severity: Problem['severity']; all: number; listed: number }
  >();
  private readonly values = new Map<string, { at: number; rows: number }>();
  private errors = 0;
  /** Errors that skipping rows cannot mend: a missing column, a file of another kind. */
  private fatal = 0;

  constructor(skipBadRows: boolean, maxRejectedRows: number) {
    this.skipBadRows = skipBadRows;
    this.maxRejectedRows = maxRejectedRows;
  }

  private add(problem: Problem): void {
    if (listedPerValue.has(problem.rule)) {
      const same = this.values.get(`${problem.rule} ${problem.value ?? ''}`);
      if (same !== undefined) return void (same.rows += 1);
    }
    const key = `${problem.severity} ${problem.rule}`;
    const count = this.counts.get(key) ?? {
      rule: problem.rule,
      severity: problem.severity,
      all: 0,
      listed: 0,
    };
    this.counts.set(key, count);
    count.all += 1;
    if (count.listed >= mostListedPerRule || (this.listed.length >= mostListed && count.listed > 0)) return;
    count.listed += 1;
    if (listedPerValue.has(problem.rule))
      this.values.set(`${problem.rule} ${problem.value ?? ''}`, { at: this.listed.length, rows: 1 });
    this.listed.push(problem);
  }

  /** Something that concerns a file or the whole: refuses it whatever the options say. */
  refuse(wrong: Defect, place: Place = {}): undefined {
    this.fatal += 1;
    this.errors += 1;
    this.add(problemOf('error', wrong, place));
    return undefined;
  }

  warn(wrong: Defect, place: Place = {}): void {
    this.add(problemOf('warning', wrong, place));
  }

  notice(wrong: Defect, place: Place = {}): void {
    this.add(problemOf('notice', wrong, place));
  }

  /**
   * A bad row: an error, or under skipBadRows a row that is left out and a warning. Without `rowText` it is a
   * further problem of a row that was rejected already.
   */
  rejectRow(
    wrong: Defect,
    place: Place & { readonly file: string; readonly row: number },
    rowText: (() => string) | undefined,
  ): void {
    const problem = problemOf(this.skipBadRows ? 'warning' : 'error', wrong, place);
    this.add(problem);
    if (!this.skipBadRows) {
      this.errors += 1;
      return;
    }
    if (rowText === undefined) return;
    if (this.rejected.length >= this.maxRejectedRows) {
      if (this.fatal === 0)
        this.refuse(defect('too-many-bad-rows', { limit: this.maxRejectedRows }), { file: place.file });
      return;
    }
    this.rejected.push({ file: place.file, row: place.row, text: rowText(), problem });
  }

  /** True once nothing can come of it any more. */
  get refused(): boolean {
    return this.fatal > 0;
  }

  /** Every problem listed, then how many more there were of each rule. */
  problems(): Problem[] {
    const hidden = [...this.counts.values()]
      .filter(({ all, listed }) => all > listed)
      .map(({ rule, severity, all, listed }): Problem => ({ rule, severity, unlisted: all - listed }));
    const listed = [...this.listed];
    for (const { at, rows } of this.values.values()) {
      if (rows > 1) listed[at] = { ...valueAt(listed, at), rows };
    }
    return [...listed, ...hidden];
  }

  /** Throws all problems when any of them is an error. */
  throwIfAny(): void {
    if (this.errors > 0) throw new BadInputError(this.problems());
  }
}

/** Everything that can be wrong with what is imported, by rule, with what its sentences need. */
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
