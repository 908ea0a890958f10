import type { Request, RequestHandler } from 'express';
import { madeOfSecret, sameSecret } from '../access/secrets.ts';
import type { Recognised } from '../access/recognise.ts';
import type { SignIn } from '../access/sign-in.ts';
import { isForAnyone, mayUse, type Caller } from '../contract/access/rights.ts';
import { endpoints, type EndpointName } from '../contract/http/endpoints.ts';
import { tokenHeader } from '../contract/http/api-root.ts';
import type { Actor } from '../kernel/actor.ts';
import { localUser } from '../store/audit-log.ts';
import { accountOfConnection } from './connection-account.ts';
import { setActor } from './actor-of.ts';
import { callerOf, setCaller } from './caller-of.ts';
import { httpFinding } from './http-findings.ts';
import { HttpError } from './problem-details.ts';
import type { Services } from './services.ts';
import { localCookie, readCookie, sessionCookie } from './session-cookie.ts';

const bearerOf = (request: Request): string =>
  request.get(tokenHeader) ?? /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '')?.[1] ?? '';

/** True of what a program was given to carry, whether it is good or not. */
const isToken = (given: string): boolean => given.startsWith('huawu_');

const reads = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD';

/** What a program or a browser carries to be known by, good or not; empty: nothing. */
export const carriedBy = (request: Request): string => {
  const given = bearerOf(request);
  return isToken(given) ? given : readCookie(request, sessionCookie(request));
};

/** The cookie of a browser that was let in where nobody signs in; undefined: it was not. */
export const letInBy = async (request: Request, { access }: Services): Promise<string | undefined> => {
  const cookie = readCookie(request, localCookie(request));
  return cookie !== '' && access.isLetIn(cookie, await accountOfConnection(request.socket))
    ? cookie
    : undefined;
};

/** What a page's writes carry beside the cookie, which goes along with what another page makes a browser send. */
export const pageToken = (session: string): string => madeOfSecret(session, 'page');

/**
 * Who makes a request: a program by its token, a browser by its cookie, for writes with the token of its page as well;
 * undefined: nobody that is known, as with a cookie of a session that has ended. Throws where a browser is signed in but
 * what it writes is not its page's.
 */
export const recognise = async (request: Request, signIn: SignIn): Promise<Recognised | undefined> => {
  const given = bearerOf(request);
  if (isToken(given)) return signIn.byToken(given);
  const secret = readCookie(request, sessionCookie(request));
  if (secret === '') return undefined;
  if (!reads(request) && !sameSecret(given, pageToken(secret))) {
    if ((await signIn.bySession(secret, false)) === undefined) return undefined;
    throw new HttpError(403, httpFinding('signed-out'));
  }
  // A page that is left open says so by itself: that is not its reader's doing, who is signed out as if it did not.
  return signIn.bySession(secret, request.path !== endpoints.notePresence.path);
};

/** A program is called after whose it is as well: its own name is whatever somebody chose. */
const actorOfRecognised = (who: Recognised): Actor =>
  who.by === 'token'
    ? { kind: 'program', id: who.token.id, name: `${who.member.name} · ${who.token.name}` }
    : { kind: 'person', id: who.member.id, name: who.member.name };

const asCaller = (who: Recognised): Caller => ({
  by: who.by,
  role: who.member.role,
  ...(who.by === 'token' ? { scope: who.token.scope } : {}),
});

/** Finds out who asks, before anything else of a request is looked at; who may what is told endpoint by endpoint. */
export const knowCaller = (services: Services): RequestHandler => {
  const { access, door } = services;
  const isLocal = async (request: Request): Promise<boolean> => {
    const given = bearerOf(request);
    if (sameSecret(given, access.token)) return true;
    const cookie = await letInBy(request, services);
    return cookie !== undefined && (reads(request) || sameSecret(given, pageToken(cookie)));
  };
  return async (request, response, next) => {
    if (door === undefined) {
      if (await isLocal(request)) {
        setActor(response, localUser);
        setCaller(response, { caller: { by: 'local', role: null } });
      }
      return next();
    }
    const who = await recognise(request, door.signIn);
    if (who !== undefined) {
      setActor(response, actorOfRecognised(who));
      setCaller(response, { caller: asCaller(who), who });
    }
    next();
  };
};

/** Refuses whoever is not known: reads and writes of nobody's. */
const refuseStranger = (request: Request, { door }: Services): HttpError => {
  if (door !== undefined)
    return new HttpError(401, httpFinding(isToken(bearerOf(request)) ? 'token-refused' : 'no-sign-in'));
  if (!reads(request)) return new HttpError(403, httpFinding('no-token'));
  return new HttpError(401, httpFinding('no-access'));
};

/** Refuses whoever is not known at all, whatever was asked. */
export const wantCaller = (services: Services): RequestHandler => {
  return (request, response, next) => {
    if (callerOf(response) === undefined) {
      response.set('WWW-Authenticate', 'Bearer realm="huawu"');
      throw refuseStranger(request, services);
    }
    next();
  };
};

/** What is answered in maintenance too, beside all reads: coming in and going out, and giving up work that waits. */
export const inMaintenance: ReadonlySet<EndpointName> = new Set([
  'signIn',
  'setUp',
  'signOut',
  'endSession',
  'cancelJob',
]);

/** How long whoever wants to change something is asked to wait for maintenance to end, seconds. */
const maintenanceSeconds = 300;

/** Refuses every change while there is maintenance; reads go on. */
export const refuseInMaintenance = (endpoint: EndpointName, { store }: Services): RequestHandler => {
  return async (request, response, next) => {
    const maintenance = reads(request) || inMaintenance.has(endpoint) ? null : await store.maintenance();
    if (maintenance === null) {
      next();
      return;
    }
    response.set('Retry-After', String(maintenanceSeconds));
    throw new HttpError(503, httpFinding('in-maintenance', { message: maintenance.message }));
  };
};

/** Refuses an endpoint to whom the table of rights does not give it. */
export const wantRight = (endpoint: EndpointName, services: Services): RequestHandler => {
  return (request, response, next) => {
    if (isForAnyone(endpoint)) {
      next();
      return;
    }
    const known = callerOf(response);
    if (known === undefined) {
      wantCaller(services)(request, response, next);
      return;
    }
    const may = mayUse(known.caller, endpoint);
    if (may === false) {
      // The account by its id alone.
      services.log.warn({ refused: endpoint, account: known.who?.member.id ?? null }, 'no right to it');
      throw new HttpError(403, httpFinding(known.caller.role === null ? 'no-role-here' : 'no-right'));
    }
    response.locals['ownOnly'] = may === 'own';
    next();
  };
};
