import type { Request, Response } from 'express';

/** The name of a cookie bears the port where there is no TLS, since cookies of all ports of a machine lie together. */
const named = (request: Request, what: string): string =>
  isSecure(request) ? `__Host-huawu${what}` : `huawu${what}-${request.socket.localPort ?? 0}`;

/** True where the browser speaks TLS with this server, or with the proxy before it that is trusted. */
export const isSecure = (request: Request): boolean => request.secure;

/** The cookie of a browser that was let in by a one-time address, where nobody signs in. */
export const localCookie = (request: Request): string => `huawu-${request.socket.localPort ?? 0}`;

export const sessionCookie = (request: Request): string => named(request, '-session');

export const browserCookie = (request: Request): string => named(request, '-browser');

/** What a browser keeps while somebody signs in elsewhere. */
export const openIdCookie = (request: Request): string => named(request, '-openid');

export const readCookie = (request: Request, wanted: string): string => {
  for (const part of (request.get('cookie') ?? '').split(';')) {
    const [name = '', value = ''] = part.trim().split('=', 2);
    if (name === wanted) return value;
  }
  return '';
};

const knownDays = 180;

/** Lax: a link from a message leads to the page; what changes anything carries the page's token besides. */
export const keepSession = (response: Response, secret: string, browser: string): void => {
  const { req: request } = response;
  const secure = isSecure(request);
  response.cookie(sessionCookie(request), secret, { httpOnly: true, secure, sameSite: 'lax', path: '/' });
  response.cookie(browserCookie(request), browser, {
    httpOnly: true,
    secure,
    sameSite: 'strict',
    path: '/',
    maxAge: knownDays * 86_400_000,
  });
};

export const dropSession = (response: Response): void => {
  const { req: request } = response;
  response.clearCookie(sessionCookie(request), { secure: isSecure(request), path: '/' });
};
