import type { RequestHandler } from 'express';
import { httpFinding } from './http-findings.ts';
import { HttpError } from './problem-details.ts';

const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** True for a Host header that names this machine by a loopback name and the port that was really reached. */
export const isOwnHost = (host: string | undefined, port: number | undefined): boolean => {
  const match = /^(\[::1\]|[a-z0-9.-]+)(?::(\d{1,5}))?$/i.exec(host ?? '');
  if (match === null || !loopbackNames.has((match[1] ?? '').toLowerCase())) return false;
  return port === undefined || Number(match[2] ?? 80) === port;
};

/**
 * Refuses requests for another host or from another page (DNS rebinding, cross-site forgery). Its own are this machine's
 * names and, where there is one, the host of the public address.
 */
export const checkHostAndOrigin = (publicUrl: string): RequestHandler => {
  const known = publicUrl === '' ? undefined : new URL(publicUrl);
  return (request, _response, next) => {
    const { host, origin } = request.headers;
    const isPublic = known !== undefined && host?.toLowerCase() === known.host;
    if (!isPublic && !isOwnHost(host, request.socket.localPort))
      throw new HttpError(
        421,
        httpFinding('foreign-host', { publicUrl: publicUrl === '' ? null : publicUrl }),
      );
    const own = isPublic ? known.origin : `${request.protocol}://${host}`;
    const site = request.headers['sec-fetch-site'];
    const crossSite = site === 'cross-site' || site === 'same-site';
    const navigates = request.headers['sec-fetch-mode'] === 'navigate' && request.method === 'GET';
    if ((origin !== undefined && origin !== own) || (crossSite && !navigates))
      throw new HttpError(403, httpFinding('foreign-origin'));
    next();
  };
};
