import type { Express, Request, RequestHandler, Response } from 'express';
import { AccessError, accessFinding } from '../access/access-findings.ts';
import { openIdMember } from '../access/openid-member.ts';
import { reasonOf, type OpenIdTry } from '../access/openid.ts';
import { madeOfSecret, newSecret, sameSecret } from '../access/secrets.ts';
import type { Actor } from '../kernel/actor.ts';
import type { OpenIdDoor, Services } from './services.ts';
import { isSecure, openIdCookie, readCookie } from './session-cookie.ts';
import { doorOf, letIn } from './sign-in-routes.ts';

const path = '/sign-in/openid';
const returnPath = `${path}/return`;

/** How long somebody may take to sign in there. */
const tryMillis = 10 * 60_000;

/** Who gives accounts and roles where the provider's groups say them. */
const openIdActor: Actor = { kind: 'program', id: 'openid', name: 'OpenID Connect' };

/** Tries under way: each is kept by its browser alone, sealed, and counts once. */
interface Tries {
  seal(tried: OpenIdTry): string;
  /** Undefined where it was not sealed here, is too old, or has been used. */
  open(sealed: string): OpenIdTry | undefined;
}

const createTries = (): Tries => {
  const elapsed = (): number => Math.round(performance.now());
  const key = newSecret();
  const used = new Map<string, number>();
  return {
    seal: ({ state, nonce, verifier }) => {
      const said = [state, nonce, verifier, String(elapsed() + tryMillis)].join('.');
      return `${said}.${madeOfSecret(key, said)}`;
    },
    open: (sealed) => {
      const [state = '', nonce = '', verifier = '', until = '', proof = ''] = sealed.split('.');
      if (!sameSecret(proof, madeOfSecret(key, [state, nonce, verifier, until].join('.')))) return undefined;
      for (const [old, end] of used) if (end < elapsed()) used.delete(old);
      if (Number(until) < elapsed() || used.has(state)) return undefined;
      used.set(state, Number(until));
      return { state, nonce, verifier };
    },
  };
};

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

/** Signing in through somebody else: a browser goes there and comes back, and the page says what became of it. */
export const addOpenIdRoutes = (app: Express, services: Services, limit: RequestHandler): void => {
  const tries = createTries();
  const door = (): OpenIdDoor => {
    const { openId } = doorOf(services);
    if (openId === undefined) throw new AccessError(accessFinding('openid-away'));
    return openId;
  };
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
        response.redirect(303, `/?refused=${code}`);
      }
    };
  };
  app.get(
    path,
    limit,
    answering(async (request, response) => {
      const { address, tried } = await door().openId.begin(
        `${originOf(request, services.publicUrl)}${returnPath}`,
      );
      keepTry(response, tries.seal(tried));
      response.redirect(303, address.href);
    }),
  );
  app.get(
    returnPath,
    limit,
    answering(async (request, response) => {
      const { openId, people } = door();
      const tried = tries.open(readCookie(request, openIdCookie(request)));
      keepTry(response, '');
      if (tried === undefined) throw new AccessError(accessFinding('openid-refused'));
      const returned = new URL(request.originalUrl, originOf(request, services.publicUrl));
      const claims = await openId.finish(returned, tried, (reason) =>
        services.log.warn({ reason }, 'what the OpenID provider answered was refused'),
      );
      const { signIn, accounts } = doorOf(services);
      const member = await openIdMember(claims, people, accounts(openIdActor));
      letIn(response, signIn, await signIn.welcome(member));
      response.redirect(303, '/');
    }),
  );
};
