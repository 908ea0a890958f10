import type { Request, RequestHandler } from 'express';
import { tokenHeader } from '../contract/http/api-root.ts';
import { localActor } from '../kernel/actor.ts';
import { httpFinding } from './http-findings.ts';
import { setActor } from './actor-of.ts';
import { sameToken, type Access } from './access.ts';
import { HttpError } from './problem-details.ts';

const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** True for a Host header that names this machine by a loopback name and the port that was really reached. */
export const isOwnHost = (host: string | undefined, port: number | undefined): boolean => {
  const match = /^(\[::1\]|[a-z0-9.-]+)(?::(\d{1,5}))?$/i.exec(host ?? '');
  if (match === null || !loopbackNames.has((match[1] ?? '').toLowerCase())) return false;
  return port === undefined || Number(match[2] ?? 80) === port;
};

/** Refuses requests for another host or from another page (DNS rebinding, cross-site forgery). */
export const checkHostAndOrigin: RequestHandler = (request, _response, next) => {
  const { host, origin } = request.headers;
  if (!isOwnHost(host, request.socket.localPort)) throw new HttpError(421, httpFinding('foreign-host'));
  const site = request.headers['sec-fetch-site'];
  const crossSite = site === 'cross-site' || site === 'same-site';
  const navigates = request.headers['sec-fetch-mode'] === 'navigate' && request.method === 'GET';
  if ((origin !== undefined && origin !== `http://${host}`) || (crossSite && !navigates))
    throw new HttpError(403, httpFinding('foreign-origin'));
  next();
};

/** The cookie of this server: its name bears the port, since cookies of all ports of a machine lie together. */
export const sessionCookie = (request: Request): string => `huawu-${request.socket.localPort ?? 0}`;

const cookieOf = (request: Request): string => {
  const wanted = sessionCookie(request);
  for (const part of (request.get('cookie') ?? '').split(';')) {
    const [name = '', value = ''] = part.trim().split('=', 2);
    if (name === wanted) return value;
  }
  return '';
};

/** True for a browser that was let in. */
export const isLetIn = (request: Request, { session }: Access): boolean =>
  sameToken(cookieOf(request), session);

/** True for a request that carries the token: in its own header, or as a bearer's. */
const bearsToken = (request: Request, { token }: Access): boolean => {
  const bearer = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '')?.[1];
  return sameToken(request.get(tokenHeader) ?? bearer ?? '', token);
};

/**
 * Refuses reads from whoever has neither the token nor the cookie, and writes without the token: a cookie goes along
 * with what another page makes a browser send, a header does not.
 */
export const checkAccess = (access: Access): RequestHandler => {
  return (request, response, next) => {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (bearsToken(request, access) || (reads && isLetIn(request, access))) {
      setActor(response, localActor);
      return next();
    }
    if (!reads) throw new HttpError(403, httpFinding('no-token'));
    response.set('WWW-Authenticate', 'Bearer realm="huawu"');
    throw new HttpError(401, httpFinding('no-access'));
  };
};
