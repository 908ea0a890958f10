import { Argument, Option, type Command } from 'commander';
import { roles, tokenScopes, type Role, type TokenScope } from '../../contract/access/roles.ts';
import { longestTokenDays } from '../../contract/http/account-documents.ts';
import { UsageError } from '../../kernel/errors.ts';
import { noFigure } from '../../words/figures.ts';
import { spoken } from '../../words/phrases.ts';
import { adminWords, roleWords } from '../../words/terminal/admin.ts';
import type { CliContext } from '../cli-context.ts';
import { cliFinding } from '../cli-findings.ts';
import type { CommandRunner } from '../command-runner.ts';
import { help } from '../help-words.ts';
import { numberOption } from '../option-values.ts';
import { addMaintenanceCommand } from './admin-maintenance.ts';
import { addPersonCommands } from './admin-person.ts';
import { settingsOf } from '../settings-of.ts';
import { localUser } from '../../store/audit-log.ts';
import { withAccounts } from '../with-accounts.ts';

export const addAdminCommand = (program: Command, run: CommandRunner): void => {
  const admin = program.command('admin').summary(help('who-may-sign-what'));
  addUserCommands(admin, run);
  addTokenCommands(admin, run);
  addPersonCommands(admin, run);
  admin
    .command('end-sessions')
    .summary(help('sign-somebody-out-everywhere'))
    .argument('[user]', help('what-is-typed-to-sign'))
    .action(run(answerEndSessions));
  addMaintenanceCommand(admin, run);
  admin
    .command('sign-in')
    .summary(help('whether-people-sign'))
    .addArgument(new Argument('<state>', help('on-or-off')).choices(['on', 'off']))
    .action(run(answerSignIn));
};

const roleOption = (): Option =>
  new Option('--role <role>', help('what-they-may-on-this')).choices([...roles, 'none']);

const addUserCommands = (admin: Command, run: CommandRunner): void => {
  const user = (name: string, summary: string): Command =>
    admin.command(name).summary(summary).argument('<user>', help('what-is-typed-to-sign'));
  const withPlace = (command: Command): Command =>
    command
      .option('--name <name>', help('what-people-call-them'))
      .addOption(roleOption())
      .option('--operator <id>', help('which-of-the-operators-this'));
  admin.command('users').summary(help('who-may-sign-roles')).action(run(answerUsers));
  withPlace(user('add-user', help('add-somebody'))).action(run(answerAddUser));
  withPlace(user('change-user', help('another-name')))
    .addOption(new Option('--close', help('nobody-signs-in-to-it')).conflicts('open'))
    .option('--open', help('it-is-open-again'))
    .option('--openid <sub>', help('who-they-are-at-the-provider'))
    .action(run(answerChangeUser));
  user('invite', help('take-a-password-away')).action(run(answerInvite));
  user('password', help('give-a-password')).action(run(answerPassword));
};

const addTokenCommands = (admin: Command, run: CommandRunner): void => {
  admin.command('tokens').summary(help('tokens-of-programs')).action(run(answerTokens));
  admin
    .command('add-token')
    .summary(help('token-for-a-program'))
    .argument('<name>', help('what-the-program-is-called'))
    .requiredOption('--user <user>', help('on-whose-behalf-it-works'))
    .addOption(new Option('--scope <scope>', help('what-it-may')).choices([...tokenScopes]).default('read'))
    .addOption(
      new Option('--days <n>', help('how-long-it-is-good'))
        .argParser(numberOption({ min: 1, max: longestTokenDays, whole: true }))
        .default(90),
    )
    .action(run(answerAddToken));
  admin
    .command('remove-token')
    .summary(help('take-a-token-back'))
    .argument('<token>', help('its-id-in-the-list'))
    .action(run(answerRemoveToken));
};

interface UserOptions {
  readonly name?: string;
  readonly role?: Role | 'none';
  readonly operator?: string;
  readonly close?: boolean;
  readonly open?: boolean;
  readonly openid?: string;
}

const roleOf = (role: Role | 'none' | undefined): Role | null | undefined => (role === 'none' ? null : role);

const answerUsers = async (context: CliContext): Promise<void> => {
  const { describeMember } = await import('../../http/member-routes.ts');
  const users = await withAccounts(context, async ({ accounts }) =>
    (await accounts.members()).map(describeMember),
  );
  const { terminalRows } = await import('../../render/terminal-table.ts');
  const { headed } = await import('../../render/table.ts');
  const words = spoken(adminWords, context.lang);
  context.answer({ document: 'admin-users', users }, () =>
    terminalRows(
      context.lang,
      users,
      headed<(typeof users)[number]>(words.userHeads, [
        ['text', ({ user }) => user],
        ['text', ({ name }) => name],
        ['text', ({ role }) => (role === null ? noFigure : spoken(roleWords, context.lang)[role])],
        ['text', ({ operator }) => operator ?? noFigure],
        ['text', (each) => (each.disabled ? words.closed : each.hasPassword ? words.open : words.invited)],
      ]),
    ),
  );
};

const answerAddUser = async (
  context: CliContext,
  options: UserOptions,
  [user = '']: readonly string[],
): Promise<void> => {
  const { describeMember } = await import('../../http/member-routes.ts');
  const { member, code } = await withAccounts(context, ({ accounts }) =>
    accounts.add({
      user,
      name: options.name ?? user,
      role: roleOf(options.role) ?? null,
      operator: options.operator ?? null,
    }),
  );
  const said = cliFinding('user-invited', { user: member.user, code });
  context.answer({ document: 'admin-user', user: describeMember(member), code }, () => context.say(said));
};

const answerChangeUser = async (
  context: CliContext,
  { name, role, operator, close, open, openid }: UserOptions,
  [user = '']: readonly string[],
): Promise<void> => {
  const { describeMember } = await import('../../http/member-routes.ts');
  const wanted = roleOf(role);
  const { oidcIssuer } = (await settingsOf(context)).settings;
  if (openid !== undefined && openid !== 'none' && oidcIssuer === '')
    throw new UsageError(cliFinding('no-provider'));
  const member = await withAccounts(context, async ({ accounts }) => {
    if (openid !== undefined) await accounts.bind(user, openid === 'none' ? null : `${oidcIssuer} ${openid}`);
    return accounts.change(user, {
      ...(name === undefined ? {} : { name }),
      ...(wanted === undefined ? {} : { role: wanted }),
      ...(operator === undefined ? {} : { operator }),
      ...(close === true ? { disabled: true } : open === true ? { disabled: false } : {}),
    });
  });
  const said = cliFinding('user-changed', { user: member.user });
  context.answer({ document: 'admin-user', user: describeMember(member) }, () => context.say(said));
};

const answerInvite = async (
  context: CliContext,
  _: object,
  [user = '']: readonly string[],
): Promise<void> => {
  const { describeMember } = await import('../../http/member-routes.ts');
  const { member, code } = await withAccounts(context, async ({ accounts }) => {
    const fresh = await accounts.invite(user);
    return { code: fresh, member: await accounts.member(user) };
  });
  const said = cliFinding('user-invited', { user: member.user, code });
  context.answer({ document: 'admin-user', user: describeMember(member), code }, () => context.say(said));
};

const answerPassword = async (
  context: CliContext,
  _: object,
  [user = '']: readonly string[],
): Promise<void> => {
  const { describeMember } = await import('../../http/member-routes.ts');
  const { readSecret } = await import('../read-secret.ts');
  const member = await withAccounts(context, async ({ accounts }) => {
    await accounts.member(user);
    await accounts.setPassword(user, await readSecret(context));
    return accounts.member(user);
  });
  const said = cliFinding('password-set', { user: member.user });
  context.answer({ document: 'admin-user', user: describeMember(member) }, () => context.say(said));
};

const answerTokens = async (context: CliContext): Promise<void> => {
  const { describeToken } = await import('../../http/member-routes.ts');
  const tokens = await withAccounts(context, async ({ tokens: all }) =>
    (await all.list()).map(describeToken),
  );
  const { terminalRows } = await import('../../render/terminal-table.ts');
  const { headed } = await import('../../render/table.ts');
  const words = spoken(adminWords, context.lang);
  context.answer({ document: 'admin-tokens', tokens }, () =>
    terminalRows(
      context.lang,
      tokens,
      headed<(typeof tokens)[number]>(words.tokenHeads, [
        ['text', ({ id }) => id],
        ['text', ({ name }) => name],
        ['text', ({ user }) => user],
        ['text', ({ scope }) => spoken(roleWords, context.lang)[scope]],
        ['text', ({ endsAt }) => endsAt.slice(0, 10)],
        ['text', ({ usedAt }) => usedAt?.slice(0, 10) ?? noFigure],
      ]),
    ),
  );
};

interface TokenOptions {
  readonly user: string;
  readonly scope: TokenScope;
  readonly days: number;
}

const answerAddToken = async (
  context: CliContext,
  options: TokenOptions,
  [name = '']: readonly string[],
): Promise<void> => {
  const { describeToken } = await import('../../http/member-routes.ts');
  const { token, secret } = await withAccounts(context, async ({ accounts, tokens }) => {
    const { user } = await accounts.member(options.user);
    return tokens.issue(localUser, { ...options, user, name });
  });
  context.answer({ document: 'admin-token', token: describeToken(token), secret }, () => secret);
};

const answerRemoveToken = async (
  context: CliContext,
  _: object,
  [id = '']: readonly string[],
): Promise<void> => {
  const removed = await withAccounts(context, async ({ tokens }) => {
    const token = (await tokens.list()).find((each) => each.id === id);
    return token !== undefined && (await tokens.remove(localUser, token));
  });
  if (!removed) throw new UsageError(cliFinding('no-such-token', { given: id }));
  context.answer({ document: 'admin-token-removed', token: id }, () =>
    context.say(cliFinding('token-removed', { id })),
  );
};

const answerEndSessions = async (
  context: CliContext,
  _: object,
  [user]: readonly string[],
): Promise<void> => {
  const sessions = await withAccounts(context, ({ accounts }) => accounts.endSessions(user));
  context.answer({ document: 'admin-sessions-ended', sessions }, () =>
    context.say(cliFinding('sessions-ended', { sessions })),
  );
};

const answerSignIn = async (context: CliContext, _: object, [state]: readonly string[]): Promise<void> => {
  const { saveSettings } = await import('../../store/save-settings.ts');
  const { requireWorkspace } = await import('../../store/open-workspace.ts');
  const { homeFolder } = await import('../../store/workspace-lines.ts');
  const signIn = state === 'on' ? 'on' : 'off';
  const before = await settingsOf(context);
  requireWorkspace(context.workspace, before.settings.store);
  // Lines have their workspace's settings.
  await saveSettings(homeFolder(context.workspace), { signIn });
  const said = cliFinding(signIn === 'on' ? 'sign-in-is-on' : 'sign-in-is-off');
  context.answer({ document: 'admin-sign-in', signIn }, () => context.say(said));
  if (before.sources.signIn === 'environment') context.notice(cliFinding('sign-in-from-environment'));
};
