import type { Response } from 'express';
import type { Accounts, ApiToken, Member } from '../access/accounts.ts';
import type { ApiTokenDocument, MemberDocument } from '../contract/http/account-endpoints.ts';
import type { Actor } from '../kernel/actor.ts';
import { callerOf } from './guard.ts';
import { httpFinding } from './http-findings.ts';
import { HttpError } from './problem-details.ts';
import type { Services } from './services.ts';
import { doorOf } from './sign-in-routes.ts';
import { answer, type GuardedRouter } from './typed-route.ts';

const instant = (millis: number): string => new Date(millis).toISOString();

/** An account without what lets anybody in. */
export const describeMember = ({
  user,
  name,
  role,
  operator,
  disabled,
  password,
  invitation,
}: Member): MemberDocument => ({
  user,
  name,
  role,
  operator,
  disabled,
  hasPassword: password !== null,
  invitedUntil: invitation === null ? null : instant(invitation.endsMillis),
});

export const describeToken = ({ id, user, name, scope, ...times }: ApiToken): ApiTokenDocument => ({
  id,
  user,
  name,
  scope,
  createdAt: instant(times.createdMillis),
  endsAt: instant(times.endsMillis),
  usedAt: times.usedMillis === null ? null : instant(times.usedMillis),
});

const accountsOf = (services: Services, actor: Actor): Accounts => doorOf(services).accounts(actor);

/** Who may sign in, and what programs carry. */
export const addMemberRoutes = (router: GuardedRouter, services: Services): void => {
  answer(router, 'members', async ({ actor }) =>
    (await accountsOf(services, actor).membersHere()).map(describeMember),
  );
  answer(router, 'addMember', async ({ body, actor }) => {
    const { member, code } = await accountsOf(services, actor).add(body);
    return { member: describeMember(member), code };
  });
  answer(router, 'changeMember', async ({ params, body: { name, role, operator, disabled }, actor }) => {
    const change = {
      ...(name === undefined ? {} : { name }),
      ...(role === undefined ? {} : { role }),
      ...(operator === undefined ? {} : { operator }),
      ...(disabled === undefined ? {} : { disabled }),
    };
    return describeMember(await accountsOf(services, actor).change(params.user, change));
  });
  answer(router, 'inviteMember', async ({ params, actor }) => {
    const accounts = accountsOf(services, actor);
    const code = await accounts.invite(params.user);
    return { member: describeMember(await accounts.member(params.user)), code };
  });
  answer(router, 'endSessions', async ({ params, actor }) => {
    await accountsOf(services, actor).endSessions(params.user);
  });
  addTokenRoutes(router, services);
};

const memberOf = (response: Response): Member => {
  const who = callerOf(response)?.who;
  if (who === undefined) throw new HttpError(404, httpFinding('sign-in-off'));
  return who.member;
};

const addTokenRoutes = (router: GuardedRouter, services: Services): void => {
  /** One's own tokens; an administrator looks after all of the hotline. */
  const seenBy = async ({ user, role }: Member): Promise<readonly ApiToken[]> => {
    const all = await doorOf(services).tokens.list();
    return role === 'administrator' ? all : all.filter((token) => token.user === user);
  };
  answer(router, 'tokens', async ({ response }) => {
    doorOf(services);
    return (await seenBy(memberOf(response))).map(describeToken);
  });
  answer(router, 'addToken', async ({ body, actor, response }) => {
    const { tokens } = doorOf(services);
    const { token, secret } = await tokens.issue(actor, { user: memberOf(response).user, ...body });
    return { token: describeToken(token), secret };
  });
  answer(router, 'removeToken', async ({ params, actor, response }) => {
    const { tokens } = doorOf(services);
    const mine = (await seenBy(memberOf(response))).find(({ id }) => id === params.token);
    if (mine === undefined || !(await tokens.remove(actor, mine)))
      throw new HttpError(404, httpFinding('no-token-there'));
  });
};
