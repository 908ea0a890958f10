import { findingsOf, type FindingOf, type Bare } from '../kernel/finding.ts';

/** Why somebody is not let in, or an account not changed, by code. None tells whether an account is there. */
export interface AccessFindings extends Bare<'access'>, Bare<'open-id-refusals'> {
  'sign-in-wait': { readonly minutes: number };
  'password-too-short': { readonly shortest: number };
  'password-too-long': { readonly longest: number };
  'account-there': { readonly user: string };
  'no-account': { readonly user: string };
  'account-of-other-hotline': { readonly user: string };
  'too-many-tokens': { readonly most: number };
}

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
