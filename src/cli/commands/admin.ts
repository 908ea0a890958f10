import { isatty } from 'node:tty';
import { Argument, type Command, Option } from 'commander';
import { AccessError } from '../../access/access-findings.ts';
import { type Accounts, notedAccounts } from '../../access/accounts.ts';
import { type ApiTokens, createApiTokens } from '../../access/recognise.ts';
import { type Role, roles, type TokenScope, tokenScopes } from '../../contract/access/roles.ts';
import { longestTokenDays } from '../../contract/http/account-endpoints.ts';
import { type Maintenance, maintenanceSchema } from '../../contract/documents/line-overview.ts';
import { parseDocument } from '../../contract/parse-document.ts';
import { UsageError } from '../../kernel/errors.ts';
import { localUser } from '../../store/audit-log.ts';
import type { Database } from '../../store/database.ts';
import type { PersonExport } from '../../store/export-person.ts';
import { noFigure } from '../../words/figures.ts';
import { spoken } from '../../words/phrases.ts';
import { messages } from '../../words/messages.ts';
import type { CliContext, CommandAnswer, CommandRunner } from '../cli-context.ts';
import { help, numberOption } from '../option-values.ts';
import { cliFinding } from '../cli-findings.ts';
import { settingsOf } from '../settings-of.ts';
import { withWorkspace } from '../with-workspace.ts';

const roleWords = messages('terminal-role');

const adminWords = messages('terminal-admin');

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
  const { describeMember } = await import('../../http/sign-in-routes.ts');
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

const answerAddUser: CommandAnswer<UserOptions> = async (context, options, [user = '']) => {
  const { describeMember } = await import('../../http/sign-in-routes.ts');
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

const answerChangeUser: CommandAnswer<UserOptions> = async (
  context,
  { name, role, operator, close, open, openid },
  [user = ''],
) => {
  const { describeMember } = await import('../../http/sign-in-routes.ts');
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

const answerInvite: CommandAnswer = async (context, _, [user = '']) => {
  const { describeMember } = await import('../../http/sign-in-routes.ts');
  const { member, code } = await withAccounts(context, async ({ accounts }) => {
    const fresh = await accounts.invite(user);
    return { code: fresh, member: await accounts.member(user) };
  });
  const said = cliFinding('user-invited', { user: member.user, code });
  context.answer({ document: 'admin-user', user: describeMember(member), code }, () => context.say(said));
};

const answerPassword: CommandAnswer = async (context, _, [user = '']) => {
  const { describeMember } = await import('../../http/sign-in-routes.ts');
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
  const { describeToken } = await import('../../http/sign-in-routes.ts');
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

const answerAddToken: CommandAnswer<TokenOptions> = async (context, options, [name = '']) => {
  const { describeToken } = await import('../../http/sign-in-routes.ts');
  const { token, secret } = await withAccounts(context, async ({ accounts, tokens }) => {
    const { user } = await accounts.member(options.user);
    return tokens.issue(localUser, { ...options, user, name });
  });
  context.answer({ document: 'admin-token', token: describeToken(token), secret }, () => secret);
};

const answerRemoveToken: CommandAnswer = async (context, _, [id = '']) => {
  const removed = await withAccounts(context, async ({ tokens }) => {
    const token = (await tokens.list()).find((each) => each.id === id);
    return token !== undefined && (await tokens.remove(localUser, token));
  });
  if (!removed) throw new UsageError(cliFinding('no-such-token', { given: id }));
  context.answer({ document: 'admin-token-removed', token: id }, () =>
    context.say(cliFinding('token-removed', { id })),
  );
};

const answerEndSessions: CommandAnswer = async (context, _, [user]) => {
  const sessions = await withAccounts(context, ({ accounts }) => accounts.endSessions(user));
  context.answer({ document: 'admin-sessions-ended', sessions }, () =>
    context.say(cliFinding('sessions-ended', { sessions })),
  );
};

const answerSignIn = async (context: CliContext, _: object, [state]: readonly string[]): Promise<void> => {
  const { saveSettings } = await import('../../store/workspace-models.ts');
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

const addMaintenanceCommand = (admin: Command, run: CommandRunner): void => {
  admin
    .command('maintenance')
    .summary(help('maintenance-reads-alone'))
    .addArgument(new Argument('<state>', help('on-or-off')).choices(['on', 'off']))
    .option('--message <words>', help('what-people-are-told'))
    .action(run(answerMaintenance));
};

const answerMaintenance: CommandAnswer<{ readonly message?: string }> = async (
  context,
  { message },
  [state],
) => {
  const since = new Date(context.terminal.nowMillis()).toISOString();
  const maintenance: Maintenance | null =
    state === 'on' ? parseDocument(maintenanceSchema, { since, message: message ?? null }) : null;
  await withWorkspace(context, ({ store }) => store.setMaintenance(maintenance));
  const said = cliFinding(maintenance === null ? 'maintenance-off' : 'maintenance-on');
  context.answer({ document: 'admin-maintenance', maintenance }, () => context.say(said));
};

/** What people may ask for: what is kept of them, and that it goes. */
const addPersonCommands = (admin: Command, run: CommandRunner): void => {
  const person = (name: string, summary: string): Command =>
    admin.command(name).summary(summary).argument('<person>', help('operator-as-the-records-have'));
  person('export-person', help('everything-that-is-kept'))
    .option('--out <file>', help('file-write-left'))
    .action(run(answerExport));
  person('erase-person', help('erase-somebody'))
    .option('--yes', help('without-asking'))
    .action(run(answerErase));
};

const withDatabase = async <Answer>(
  context: CliContext,
  work: (database: Database, hotline: string) => Promise<Answer>,
): Promise<Answer> => {
  const { openDatabase } = await import('../../store/open-store.ts');
  const { requireWorkspace } = await import('../../store/open-workspace.ts');
  const { settings } = await settingsOf(context);
  requireWorkspace(context.workspace, settings.store);
  const database = await openDatabase({ folder: context.workspace, ...settings });
  try {
    return await work(database, settings.hotline);
  } finally {
    await database.close();
  }
};

const answerExport: CommandAnswer<{ readonly out?: string }> = async (context, { out }, [person = '']) => {
  const { exportPerson } = await import('../../store/export-person.ts');
  const kept = await withDatabase(context, (database, hotline) => exportPerson(database, hotline, person));
  const document = { document: 'admin-person', ...kept };
  const json = JSON.stringify(document, null, 2);
  if (out === undefined) {
    context.answer(document, () => json);
    return;
  }
  const { writeOutput } = await import('../input-file.ts');
  await writeOutput(out, `${json}\n`, 0o600);
  context.answer(document, () => context.say(cliFinding('person-exported', { person, file: out })));
};

const rowsOf = ({ lines, sessions, tokens }: PersonExport): number =>
  lines.flatMap(({ records }) => Object.values(records)).reduce((sum, rows) => sum + rows.length, 0) +
  sessions.length +
  tokens.length;

const answerErase: CommandAnswer<{ readonly yes?: boolean }> = async (context, { yes }, [person = '']) => {
  const { exportPerson } = await import('../../store/export-person.ts');
  const { erasePerson } = await import('../../store/erase-person.ts');
  const { newId } = await import('../../access/secrets.ts');
  const erased = await withDatabase(context, async (database, hotline) => {
    if (yes !== true && !(await isSure(context, person, await exportPerson(database, hotline, person))))
      throw new UsageError(cliFinding('person-not-erased'));
    const author = { actor: localUser, now: context.terminal.nowMillis };
    return erasePerson(database, hotline, author, person, `erased-${newId()}`);
  });
  const sum = (rows: Readonly<Record<string, number>>): number =>
    Object.values(rows).reduce((total, each) => total + each, 0);
  const said = cliFinding('person-erased', {
    pseudonym: erased.pseudonym,
    removed: sum(erased.removed),
    rewritten: sum(erased.rewritten),
  });
  context.answer({ document: 'admin-person-erased', ...erased }, () => context.say(said));
};

/** Asked at a terminal alone: what is piped in confirms nothing. */
const isSure = async (context: CliContext, person: string, kept: PersonExport): Promise<boolean> => {
  if (!isatty(0) || !context.terminal.interactive) throw new UsageError(cliFinding('person-erase-wants-yes'));
  const { readLine } = await import('../read-secret.ts');
  context.notice(cliFinding('person-erase-asks', { person, rows: rowsOf(kept) }));
  return (await readLine()).trim() === person;
};

interface OpenAccounts {
  readonly accounts: Accounts;
  readonly tokens: ApiTokens;
}

/** Opens the accounts of a workspace's database for the work, and closes them whatever comes of it. */
const withAccounts = async <Answer>(
  context: CliContext,
  work: (open: OpenAccounts) => Promise<Answer>,
): Promise<Answer> => {
  const { openWorkspace } = await import('../../store/open-workspace.ts');
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
