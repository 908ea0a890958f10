import { AccessError } from '../access/access-findings.ts';
import { createAccounts, type Accounts } from '../access/accounts.ts';
import { notedAccounts, type KeepNote } from '../access/noted-accounts.ts';
import type { AccountStore } from '../access/account-store.ts';
import { createSignIn, type SignIn } from '../access/sign-in.ts';
import { createSignInThrottle } from '../access/sign-in-throttle.ts';
import { UsageError } from '../kernel/errors.ts';
import type { CliContext } from './cli-context.ts';
import { settingsOf } from './settings-of.ts';

export interface OpenAccounts {
  readonly accounts: Accounts;
  readonly store: AccountStore;
  readonly issueToken: SignIn['issueToken'];
  readonly keep: KeepNote;
}

/** Opens the accounts of a workspace's database for the work, and closes them whatever comes of it. */
export const withAccounts = async <Answer>(
  context: CliContext,
  work: (open: OpenAccounts) => Promise<Answer>,
): Promise<Answer> => {
  const { openWorkspace } = await import('../store/open-workspace.ts');
  const { settings } = await settingsOf(context);
  const workspace = await openWorkspace(context.workspace, settings);
  const now = context.terminal.nowMillis;
  const store = workspace.accounts;
  const throttle = createSignInThrottle(now);
  const signIn = createSignIn({ store, throttle, now, idleMillis: 0, longestMillis: 0 });
  const issueToken: SignIn['issueToken'] = (wanted) => signIn.issueToken(wanted);
  const keep: KeepNote = (note) => workspace.store.noteChange([note]);
  try {
    const accounts = notedAccounts(createAccounts({ store, now, everyHotline: true }), keep);
    return await work({ accounts, store, issueToken, keep });
  } catch (error) {
    throw error instanceof AccessError ? new UsageError(error.finding) : error;
  } finally {
    await workspace.close();
  }
};
