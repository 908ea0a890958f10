import { problemsOf } from '../kernel/errors.ts';
import type { NoValues } from '../kernel/finding.ts';

/** What can be wrong with an installation's settings, by rule, with what its sentences need. */
export interface SettingsProblems {
  'settings-unreadable': NoValues;
  'workers-need-postgres': NoValues;
  'not-a-public-url': NoValues;
  'trusts-everyone': NoValues;
  'not-an-issuer': NoValues;
  'not-a-role-list': NoValues;
  'oidc-incomplete': NoValues;
  'line-is-workspace': { readonly home: string };
  'line-shares-settings': { readonly home: string };
}

export const settingsProblem = problemsOf<SettingsProblems>();
