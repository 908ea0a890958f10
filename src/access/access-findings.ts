import { findingsOf, type FindingOf, type NoValues } from '../kernel/finding.ts';

/** Why somebody is not let in, or an account not changed, by code. None tells whether an account is there. */
export interface AccessFindings {
  'sign-in-failed': NoValues;
  'sign-in-wait': { readonly minutes: number };
  'sign-in-busy': NoValues;
  'code-wrong': NoValues;
  'password-too-short': { readonly shortest: number };
  'password-too-long': { readonly longest: number };
  'password-too-easy': NoValues;
  'bad-account-name': NoValues;
  'account-there': { readonly user: string };
  'no-account': { readonly user: string };
  'account-of-other-hotline': { readonly user: string };
  'last-administrator': NoValues;
  'too-many-tokens': { readonly most: number };
  'operator-wants-name': NoValues;
  'openid-refused': NoValues;
  'openid-away': NoValues;
  'openid-unknown': NoValues;
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
