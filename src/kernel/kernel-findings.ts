import type { coverageNotice } from './calendar.ts';
import { problemsOf } from './errors.ts';
import { type FindingOf, findingsOf, type NoValues } from './finding.ts';
import type { TrafficDoubt, DoubtedFigure } from './traffic-doubts.ts';
import type { SaidOf } from './said-values.ts';
import type { weeklyHours } from './time-window.ts';

/** What the foundations that all stages stand on have to say, by code, with the values that go with it. */
export type KernelFindings = {
  'weekly-hours': ReturnType<typeof weeklyHours>['values'];
  'holidays-known-until': NonNullable<ReturnType<typeof coverageNotice>>['values'];
} & { [Code in TrafficDoubt['code'] as `unusual-${Code}`]: DoubtedFigure };

const kernelFinding = findingsOf<KernelFindings>();

/** A doubt about a queue's traffic as a finding. */
export const doubtFinding = ({
  code,
  queue,
  value,
  usual,
  rows,
  day,
}: TrafficDoubt): FindingOf<Pick<KernelFindings, `unusual-${TrafficDoubt['code']}`>> =>
  kernelFinding(`unusual-${code}`, {
    queue,
    value,
    usual: Number.isNaN(usual) ? null : usual,
    intervals: rows.length,
    ...(day === undefined ? {} : { day }),
  });

/** What can be wrong with dates, zones and transfers, wherever they are found, by rule, with what its sentences need. */
export interface KernelProblems extends SaidOf<'kernel-problems'> {
  /** `character`: as U+0000. */
  'character-not-allowed': { readonly character: string };
  'transfer-circle': { readonly toItself: boolean };
}

export const kernelProblem = problemsOf<KernelProblems>();

/** What can be wrong with monitored results, whether a file or a form brings them, by rule. */
export interface MonitoredProblems {
  'connected-above-test-calls': { readonly testCalls: number };
  /** `inFile`: the indicator is a column, which a map file can leave alone. */
  'unknown-indicator': { readonly indicators: readonly string[]; readonly inFile: boolean };
  'unknown-hotline': NoValues;
  /** Where the other result of the same hotline and period stands, as far as that is known. */
  'two-results': { readonly other: { readonly file: string | null; readonly row: number } | null };
}
