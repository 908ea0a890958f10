import type { Express, Request, RequestHandler, Response } from 'express';
import { AccessError, accessFinding } from '../access/access-findings.ts';
import type { Accounts, ApiToken, Member } from '../access/accounts.ts';
import { openIdMember, type OpenIdTry, reasonOf, tieToProvider } from '../access/openid.ts';
import { derivedFromSecret, newSecret, sameSecret } from '../access/secrets.ts';
import { personOf, type SignedIn, type Visitor } from '../access/sign-in-context.ts';
import type { SignIn } from '../access/sign-in.ts';
import type { CallerDocument, ApiTokenDocument, MemberDocument } from '../contract/http/account-endpoints.ts';
import type { Actor } from '../kernel/actor.ts';
import { dayMillis } from '../kernel/time.ts';
import {
  addressOf,
  browserCookie,
  callerOf,
  dropSession,
  isSecure,
  type KnownCaller,
  openIdCookie,
  readCookie,
  sessionCookie,
} from './guard.ts';
import { httpFinding } from './http-findings.ts';
import { HttpError } from './problem-details.ts';
import type { Door, OpenIdServices, Services } from './services.ts';
import { answer, type GuardedRouter } from './typed-route.ts';

/** Throws where nobody signs in. */
const doorOf = ({ door }: Services): Door => {
  if (door === undefined) throw new HttpError(404, httpFinding('sign-in-off'));
  return door;
};

const visitorOf = (request: Request): Visitor => ({
  address: addressOf(request),
  knownBrowser: readCookie(request, browserCookie(request)) || undefined,
});

const letIn = (response: Response, signIn: SignIn, { secret, member }: SignedIn): void =>
  keepSession(response, secret, signIn.browserOf(member));

/** Whose browser asks; throws where it is no browser that is signed in. */
export const sessionOf = (response: Response) => {
  const who = callerOf(response)?.who;
  if (who?.by !== 'session') throw new HttpError(404, httpFinding('sign-in-off'));
  return who;
};

const describeCaller = (
  known: KnownCaller | undefined,
  openId: OpenIdServices | undefined,
): CallerDocument => {
  const who = known?.who;
  const nobody = {
    user: null,
    name: null,
    role: null,
    operator: null,
    program: null,
    endsAt: null,
    provider: null,
  };
  if (who === undefined) return { signIn: 'off', ...nobody };
  const { user, name, role, operator } = who.member;
  const ends = who.by === 'session' ? who.session.endsMillis : who.token.endsMillis;
  const program = who.by === 'token' ? who.token.name : null;
  const provider = openId === undefined ? null : { name: openId.name, tied: who.member.openid !== null };
  return {
    signIn: 'on',
    user,
    name,
    role,
    operator,
    program,
    endsAt: new Date(ends).toISOString(),
    provider,
  };
};

/** How people come in and go. What they may is the table of rights' business. */
export const addSignInRoutes = (router: GuardedRouter, services: Services): void => {
  const { log } = services;
  answer(router, 'caller', ({ response }) => describeCaller(callerOf(response), services.door?.openId));
  answer(router, 'signIn', async ({ body, request, response }) => {
    const { signIn } = doorOf(services);
    letIn(response, signIn, await signIn.signIn(body.user, body.password, visitorOf(request)));
  });
  answer(router, 'setUp', async ({ body: { name, ...given }, request, response }) => {
    const { signIn } = doorOf(services);
    const wanted = { ...given, ...(name === undefined ? {} : { name }) };
    letIn(response, signIn, await signIn.setUp(wanted, visitorOf(request)));
    log.info('an account was given its password by a code');
  });
  answer(router, 'signOut', async ({ body, response }) => {
    const { session, member } = sessionOf(response);
    await doorOf(services).signIn.signOut(session, member, body.everywhere);
    dropSession(response);
  });
  answer(router, 'sessions', async ({ response }) => {
    const { session: own, member } = sessionOf(response);
    return (await doorOf(services).signIn.sessions(member)).map((session) => ({
      id: session.id,
      createdAt: new Date(session.createdMillis).toISOString(),
      seenAt: new Date(session.seenMillis).toISOString(),
      endsAt: new Date(session.endsMillis).toISOString(),
      current: session.id === own.id,
    }));
  });
  answer(router, 'endSession', async ({ params, response }) => {
    const { member } = sessionOf(response);
    if (!(await doorOf(services).signIn.endSession(member, params.session)))
      throw new HttpError(404, httpFinding('no-session-there'));
  });
  answer(router, 'changePassword', async ({ body, request, response }) => {
    const { signIn } = doorOf(services);
    const { session } = sessionOf(response);
    letIn(response, signIn, await signIn.changePassword(session, body, visitorOf(request)));
  });
};

const path = '/sign-in/openid';
const returnPath = `${path}/return`;

/** How long somebody may take to sign in there. */
const tryMillis = 10 * 60_000;

/** Who gives accounts and roles where the provider's groups say them. */
const openIdActor: Actor = { kind: 'program', id: 'openid', name: 'OpenID Connect' };

/** Tries under way: each is kept by its browser alone, sealed, and counts once. */
interface Tries {
  /** `session`: whose account is to be tied to who signs in there; empty: they are let in. */
  seal(tried: OpenIdTry, session: string): string;
  /** Undefined where it was not sealed here, is too old, or has been used. */
  open(sealed: string): { readonly tried: OpenIdTry; readonly session: string } | undefined;
}

const createTries = (): Tries => {
  const elapsed = (): number => Math.round(performance.now());
  const key = newSecret();
  const used = new Map<string, number>();
  return {
    seal: ({ state, nonce, verifier }, session) => {
      const text = [state, nonce, verifier, session, String(elapsed() + tryMillis)].join('.');
      return `${text}.${derivedFromSecret(key, text)}`;
    },
    open: (sealed) => {
      const [state = '', nonce = '', verifier = '', session = '', until = '', proof = ''] = sealed.split('.');
      const text = [state, nonce, verifier, session, until].join('.');
      if (!sameSecret(proof, derivedFromSecret(key, text))) return undefined;
      for (const [old, end] of used) if (end < elapsed()) used.delete(old);
      if (Number(until) < elapsed() || used.has(state)) return undefined;
      used.set(state, Number(until));
      return { tried: { state, nonce, verifier }, session };
    },
  };
};

/** How often an address may have the provider asked: so many times at once, and then once every so often. */
const asksAtOnce = 30;
const askEveryMillis = 2_000;
/** Questions to the provider under way at a time: anyone may begin a sign-in, and the provider may be slow. */
const mostAsking = 16;

interface Asks {
  /** Asks the provider for who came back from that address; throws `AccessError` where it is asked too often. */
  ask<Answer>(address: string, question: () => Promise<Answer>): Promise<Answer>;
}

const createAsks = (): Asks => {
  /** Until when the asks of an address are used up. */
  const usedUntil = new Map<string, number>();
  let asking = 0;
  return {
    ask: async (address, question) => {
      const now = performance.now();
      for (const [each, until] of usedUntil) if (until <= now) usedUntil.delete(each);
      const until = Math.max(usedUntil.get(address) ?? 0, now) + askEveryMillis;
      if (asking >= mostAsking || until - now > asksAtOnce * askEveryMillis)
        throw new AccessError(accessFinding('openid-away'));
      usedUntil.set(address, until);
      asking += 1;
      try {
        const answered = await question();
        // who is let in by it is nobody who guesses
        usedUntil.set(address, (usedUntil.get(address) ?? 0) - askEveryMillis);
        return answered;
      } finally {
        asking -= 1;
      }
    },
  };
};

/** Of this process: those that begin by an endpoint of the API end by the same path as all others. */
const tries = createTries();

/** Where this server is, as the browser sees it. */
const originOf = (request: Request, publicUrl: string): string =>
  publicUrl === '' ? `${request.protocol}://${request.get('host')}` : publicUrl;

const keepTry = (response: Response, sealed: string): void => {
  const { req: request } = response;
  const secure = isSecure(request);
  // Lax: the browser brings it along when the provider sends it back here.
  const kept = { httpOnly: true, secure, sameSite: 'lax', path: '/' } as const;
  if (sealed === '') response.clearCookie(openIdCookie(request), kept);
  else response.cookie(openIdCookie(request), sealed, { ...kept, maxAge: tryMillis });
};

const openIdDoorOf = (services: Services): OpenIdServices => {
  const { openId } = doorOf(services);
  if (openId === undefined) throw new AccessError(accessFinding('openid-away'));
  return openId;
};

/** Where the browser goes on. `session`: as `Tries` has it. */
const begin = async (services: Services, response: Response, session: string): Promise<string> => {
  const origin = originOf(response.req, services.publicUrl);
  const { address, tried } = await openIdDoorOf(services).openId.begin(`${origin}${returnPath}`);
  keepTry(response, tries.seal(tried, session));
  return address.href;
};

/** Anyone who has a password here ties the account to who they are at the provider: with the password, and a sign-in there. */
export const addTieRoute = (router: GuardedRouter, services: Services): void =>
  answer(router, 'tieProvider', async ({ body, request, response }) => {
    const { session } = sessionOf(response);
    openIdDoorOf(services);
    await doorOf(services).signIn.confirm(session, body.password, visitorOf(request));
    return { address: await begin(services, response, session.id) };
  });

/** The page of one's own account, which says what became of it. */
const accountPage = (said: string): string => `/#/account?${said}`;

/** Signing in through somebody else: a browser goes there and comes back, and the page says what became of it. */
export const addOpenIdRoutes = (app: Express, services: Services): void => {
  const asks = createAsks();
  const answering = (handle: (request: Request, response: Response) => Promise<void>): RequestHandler => {
    return async (request, response) => {
      // By the route, not by the path as it was written: each way to write it would be a series of the metrics.
      response.locals['route'] = String(request.route.path);
      response.set('Cache-Control', 'no-store');
      try {
        await handle(request, response);
      } catch (error) {
        const code = error instanceof AccessError ? error.finding.code : 'openid-away';
        services.log.warn({ refused: code, reason: reasonOf(error) }, 'sign-in through OpenID refused');
        const text = `refused=${code}`;
        response.redirect(303, response.locals['ties'] === true ? accountPage(text) : `/?${text}`);
      }
    };
  };
  app.get(
    path,
    answering(async (_request, response) => response.redirect(303, await begin(services, response, ''))),
  );
  app.get(
    returnPath,
    answering(async (request, response) => {
      const { openId, people } = openIdDoorOf(services);
      const opened = tries.open(readCookie(request, openIdCookie(request)));
      keepTry(response, '');
      if (opened === undefined) throw new AccessError(accessFinding('openid-refused'));
      const { tried, session } = opened;
      response.locals['ties'] = session !== '';
      const returned = new URL(request.originalUrl, originOf(request, services.publicUrl));
      const claims = await asks.ask(visitorOf(request).address, () =>
        openId.finish(returned, tried, (reason) =>
          services.log.warn({ reason }, 'what the OpenID provider answered was refused'),
        ),
      );
      const { signIn, accounts } = doorOf(services);
      if (session !== '') {
        const who = await signIn.bySession(readCookie(request, sessionCookie(request)));
        if (who?.by !== 'session' || who.session.id !== session)
          throw new AccessError(accessFinding('openid-refused'));
        await tieToProvider(claims, who.member, accounts(personOf(who.member)));
        return response.redirect(303, accountPage('changed=provider'));
      }
      const member = await openIdMember(claims, people, accounts(openIdActor));
      letIn(response, signIn, await signIn.welcome(member));
      response.redirect(303, '/');
    }),
  );
};

const knownDays = 180;

/** Lax: a link from a message leads to the page; what changes anything carries the page's token besides. */
const keepSession = (response: Response, secret: string, browser: string): void => {
  const { req: request } = response;
  const secure = isSecure(request);
  response.cookie(sessionCookie(request), secret, { httpOnly: true, secure, sameSite: 'lax', path: '/' });
  response.cookie(browserCookie(request), browser, {
    httpOnly: true,
    secure,
    sameSite: 'strict',
    path: '/',
    maxAge: knownDays * dayMillis,
  });
};

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
