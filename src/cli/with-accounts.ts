import { AccessError } from '../access/access-findings.ts';
import type { Accounts } from '../access/accounts.ts';
import { createApiTokens, type ApiTokens } from '../access/api-tokens.ts';
import { notedAccounts } from '../access/noted-accounts.ts';
import { localUser } from '../store/audit-log.ts';
import { UsageError } from '../kernel/errors.ts';
import type { CliContext } from './cli-context.ts';
import { settingsOf } from './settings-of.ts';

export interface OpenAccounts {
  readonly accounts: Accounts;
  readonly tokens: ApiTokens;
}

/** Opens the accounts of a workspace's database for the work, and closes them whatever comes of it. */
export const withAccounts = async <Answer>(
  context: CliContext,
  work: (open: OpenAccounts) => Promise<Answer>,
): Promise<Answer> => {
  const { openWorkspace } = await import('../store/open-workspace.ts');
  const { settings } = await settingsOf(context);
  const workspace = await openWorkspace(context.workspace, settings);
  const ground = { store: workspace.accounts, now: context.terminal.nowMillis };
  try {
    return await work({ accounts: notedAccounts(ground, localUser), tokens: createApiTokens(ground) });
  } catch (error) {
    throw error instanceof AccessError ? new UsageError(error.finding) : error;
  } finally {
    await workspace.close();
  }
};
