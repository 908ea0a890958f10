import { BadInputError, shorten, type Problem } from '../../kernel/errors.ts';
import { maskPersonal } from '../cells/mask-numbers.ts';
import { text, type Text } from '../../kernel/text.ts';
import type { RejectedRow } from '../ingested.ts';

/** Most problems that are told one by one, in all and of one rule; the rest are counted. */
const mostTold = 200;
const mostToldPerRule = 50;

/** Rules by which a value is wrong wherever it stands: each value is told once, with how many rows have it. */
const toldPerValue = new Set(['unknown-outcome', 'unknown-queue']);

/** What is wrong, apart from where. */
export interface Finding {
  readonly rule: string;
  readonly values?: unknown;
  readonly message?: Text | undefined;
  readonly remedy?: Text | undefined;
}

/** A finding from its rule and its words, each in Chinese and English. */
export const finding = (
  rule: string,
  message: readonly [string, string],
  remedy: readonly [string, string],
): Finding => ({ rule, message: text(...message), remedy: text(...remedy) });

/** Where something is wrong. */
export interface Place {
  readonly file?: string | undefined;
  readonly row?: number | undefined;
  readonly column?: string | undefined;
  readonly value?: unknown;
}

/** Joins a finding and its place into a problem; a person's number in any of it is hidden. */
export const problemOf = (severity: Problem['severity'], finding: Finding, place: Place = {}): Problem => ({
  rule: finding.rule,
  severity,
  ...(place.file === undefined ? {} : { file: place.file }),
  ...(place.row === undefined ? {} : { row: place.row }),
  ...(place.column === undefined ? {} : { column: maskPersonal(place.column) }),
  ...(place.value === undefined ? {} : { value: shorten(masked(place.value)) }),
  ...(finding.values === undefined ? {} : { values: masked(finding.values) }),
  ...(finding.message === undefined ? {} : { message: maskedText(finding.message) }),
  ...(finding.remedy === undefined ? {} : { remedy: maskedText(finding.remedy) }),
});

/** A value with persons' numbers hidden, in lists and objects too. */
const masked = (value: unknown): unknown => {
  if (typeof value === 'string') return maskPersonal(value);
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, masked(each)]));
};

const maskedText = (said: Text): Text => text(maskPersonal(said['zh-CN']), maskPersonal(said.en));

const moreOfTheSame = (rule: string, severity: Problem['severity'], hidden: number): Problem =>
  problemOf(
    severity,
    {
      rule,
      message: text(
        `同类问题另有 ${hidden} 处，不再逐条列出`,
        `${hidden} more of the same (${rule}) are not listed`,
      ),
      remedy: text(
        '改好列出的几处，通常其余的也随之解决',
        'mend the listed ones: the rest usually have the same cause',
      ),
    },
    {},
  );

const withRows = (problem: Problem, rows: number): Problem => ({
  ...problem,
  ...(problem.message === undefined
    ? {}
    : {
        message: text(
          `${problem.message['zh-CN']}，共 ${rows} 行`,
          `${problem.message.en}; ${rows} rows have this value`,
        ),
      }),
});

/** Collects all problems of an ingest: counts every one, keeps a readable number, and rejected rows. */
export class ProblemLedger {
  readonly rejected: RejectedRow[] = [];
  private readonly skipBadRows: boolean;
  private readonly maxRejectedRows: number;
  private readonly told: Problem[] = [];
  private readonly counts = new Map<
    string,
    { rule: string; severity: Problem['severity']; all: number; told: number }
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
    if (toldPerValue.has(problem.rule)) {
      const same = this.values.get(`${problem.rule} ${problem.value ?? ''}`);
      if (same !== undefined) return void (same.rows += 1);
    }
    const key = `${problem.severity} ${problem.rule}`;
    const count = this.counts.get(key) ?? { rule: problem.rule, severity: problem.severity, all: 0, told: 0 };
    this.counts.set(key, count);
    count.all += 1;
    if (count.told >= mostToldPerRule || (this.told.length >= mostTold && count.told > 0)) return;
    count.told += 1;
    if (toldPerValue.has(problem.rule))
      this.values.set(`${problem.rule} ${problem.value ?? ''}`, { at: this.told.length, rows: 1 });
    this.told.push(problem);
  }

  /** Something that concerns a file or the whole: refuses it whatever the options say. */
  refuse(finding: Finding, place: Place = {}): undefined {
    this.fatal += 1;
    this.errors += 1;
    this.add(problemOf('error', finding, place));
    return undefined;
  }

  warn(finding: Finding, place: Place = {}): void {
    this.add(problemOf('warning', finding, place));
  }

  notice(finding: Finding, place: Place = {}): void {
    this.add(problemOf('notice', finding, place));
  }

  /**
   * A bad row: an error, or under skipBadRows a row that is left out and a warning. Without `rowText` it is a
   * further problem of a row that was rejected already.
   */
  rejectRow(
    finding: Finding,
    place: Place & { readonly file: string; readonly row: number },
    rowText: (() => string) | undefined,
  ): void {
    const problem = problemOf(this.skipBadRows ? 'warning' : 'error', finding, place);
    this.add(problem);
    if (!this.skipBadRows) {
      this.errors += 1;
      return;
    }
    if (rowText === undefined) return;
    if (this.rejected.length >= this.maxRejectedRows) {
      if (this.fatal === 0) this.refuse(tooManyBadRows(this.maxRejectedRows), { file: place.file });
      return;
    }
    this.rejected.push({ file: place.file, row: place.row, text: rowText(), problem });
  }

  /** True once nothing can come of it any more. */
  get refused(): boolean {
    return this.fatal > 0;
  }

  /** Every problem told, then how many more there were of each rule. */
  problems(): Problem[] {
    const hidden = [...this.counts.values()]
      .filter(({ all, told }) => all > told)
      .map(({ rule, severity, all, told }) => moreOfTheSame(rule, severity, all - told));
    const told = [...this.told];
    for (const { at, rows } of this.values.values()) {
      const problem = told[at];
      if (problem !== undefined && rows > 1) told[at] = withRows(problem, rows);
    }
    return [...told, ...hidden];
  }

  /** Throws all problems when any of them is an error. */
  throwIfAny(): void {
    if (this.errors > 0) throw new BadInputError(this.problems());
  }
}

const tooManyBadRows = (limit: number): Finding => ({
  rule: 'too-many-bad-rows',
  message: text(`无法使用的行超过 ${limit} 行`, `more than ${limit} rows cannot be used`),
  remedy: text(
    '多半是列对应错了或文件不是这一类：检查映射文件和命令中的数据种类',
    'the columns are probably mapped wrongly or the file is of another kind: check the map file and the kind of data',
  ),
});
