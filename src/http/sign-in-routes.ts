import type { Request, Response } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
import type { SignIn } from '../access/sign-in.ts';
import type { SignedIn, Visitor } from '../access/sign-in-ground.ts';
import type { CallerDocument } from '../contract/http/account-documents.ts';
import { callerOf, type KnownCaller } from './caller-of.ts';
import { httpFinding } from './http-findings.ts';
import { HttpError } from './problem-details.ts';
import type { Door, OpenIdDoor, Services } from './services.ts';
import { browserCookie, dropSession, keepSession, readCookie } from './session-cookie.ts';
import { answer, type GuardedRouter } from './typed-route.ts';

/** Throws where nobody signs in. */
export const doorOf = ({ door }: Services): Door => {
  if (door === undefined) throw new HttpError(404, httpFinding('sign-in-off'));
  return door;
};

export const visitorOf = (request: Request): Visitor => ({
  // Whoever has one address of IPv6 has a whole network of them.
  address: ipKeyGenerator(request.ip ?? ''),
  knownBrowser: readCookie(request, browserCookie(request)) || undefined,
});

export const letIn = (response: Response, signIn: SignIn, { secret, member }: SignedIn): void =>
  keepSession(response, secret, signIn.browserOf(member));

/** Whose browser asks; throws where it is no browser that is signed in. */
export const sessionOf = (response: Response) => {
  const who = callerOf(response)?.who;
  if (who?.by !== 'session') throw new HttpError(404, httpFinding('sign-in-off'));
  return who;
};

const describeCaller = (known: KnownCaller | undefined, openId: OpenIdDoor | undefined): CallerDocument => {
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
