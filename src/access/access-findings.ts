import { findingsOf, type FindingOf } from '../kernel/finding.ts';
import type { SaidOf } from '../kernel/said-values.ts';

/** Why somebody is not let in, or an account not changed, by code. None tells whether an account is there. */
export interface AccessFindings extends SaidOf<'access'>, SaidOf<'open-id-refusals'> {}

export type AccessFinding = FindingOf<AccessFindings>;
export const accessFinding = findingsOf<AccessFindings>();

/** A refusal of what somebody asked of accounts. `waitMillis`: when it may be asked again. */
export class AccessError extends Error {
  override readonly name = 'AccessError';
  readonly finding: AccessFinding;
  readonly waitMillis: number | undefined;
  constructor(finding: AccessFinding, waitMillis?: number) {
    super(finding.code);
    this.finding = finding;
    this.waitMillis = waitMillis;
  }
}
