import type { Request, RequestHandler } from 'express';
import { apiRoot, tokenHeader } from '../contract/http/api-root.ts';
import { endpoints } from '../contract/http/endpoints.ts';
import type { Settings } from '../contract/settings.ts';
import { UsageError } from '../kernel/errors.ts';
import { httpFinding } from './http-findings.ts';
import { HttpError } from './problem-details.ts';
import type { Services } from './services.ts';

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
    const expected = isPublic ? known.origin : `${request.protocol}://${host}`;
    const site = request.headers['sec-fetch-site'];
    const crossSite = site === 'cross-site' || site === 'same-site';
    const navigates = request.headers['sec-fetch-mode'] === 'navigate' && request.method === 'GET';
    if ((origin !== undefined && origin !== expected) || (crossSite && !navigates))
      throw new HttpError(403, httpFinding('foreign-origin'));
    next();
  };
};

/** Headers by which a request is judged: of two, a proxy may have gone by the one and this server by the other. */
const singleHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'content-type',
  'host',
  'if-match',
  'origin',
  'sec-fetch-site',
  tokenHeader,
  'x-amz-firehose-access-key',
  'x-forwarded-proto',
]);

/** A host as it is told from another: the port that goes without saying is left out. */
const hostOf = (host: string, scheme: string): string => {
  const port = { http: ':80', https: ':443' }[scheme.toLowerCase()];
  const name = host.toLowerCase();
  return port !== undefined && name.endsWith(port) ? name.slice(0, -port.length) : name;
};

/** Whether the line of a request names another host than its head does: a proxy may have gone by that. */
const namesAnotherHost = ({ url, headers: { host = '' } }: Request): boolean => {
  const [, scheme = '', named] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(url) ?? [];
  return named !== undefined && hostOf(named, scheme) !== hostOf(host, scheme);
};

/** Whether a body comes in pieces where none were known yet, or packed besides, which nobody here unpacks. */
const isFramedOddly = ({ httpVersion, headers: { 'transfer-encoding': framing } }: Request): boolean =>
  framing !== undefined && (httpVersion !== '1.1' || framing.toLowerCase() !== 'chunked');

/**
 * Refuses a request that can be read in two ways: one that says the same thing twice, of which it cannot be told where it
 * ends or for whom it is, and JSON that claims to be written in something else than UTF-8, in which the same bytes are other
 * signs.
 */
export const refuseAmbiguous: RequestHandler = (request, response, next) => {
  const { rawHeaders, headers } = request;
  if (namesAnotherHost(request) || isFramedOddly(request)) {
    response.set('Connection', 'close');
    throw new HttpError(400, httpFinding('wrong-request'), 'usage');
  }
  const seen = new Set<string>();
  for (const [at, name] of rawHeaders.entries()) {
    const header = name.toLowerCase();
    if (at % 2 === 1 || !singleHeaders.has(header)) continue;
    if (seen.has(header)) throw new HttpError(400, httpFinding('header-twice', { header }));
    seen.add(header);
  }
  const [, type, charset] =
    /^([^;]*)(?:;.*\bcharset="?([^\s;"]*))?/i.exec(headers['content-type'] ?? '') ?? [];
  if (type !== undefined && /json/i.test(type) && charset !== undefined && !/^utf-?8$/i.test(charset))
    throw new HttpError(415, httpFinding('unknown-encoding'));
  next();
};

/** Paths that are answered without TLS too: nothing of anybody is in the question or the answer. */
const tellNothing: ReadonlySet<string> = new Set(
  [endpoints.health, endpoints.openApi].map(({ path }) => `${apiRoot}${path}`),
);

/**
 * Where people sign in at an https address, or through a proxy that speaks TLS, a request that did not come by TLS is
 * refused before a password, cookie or token of it is looked at: a proxy that forgets to say so lets nobody in.
 */
export const requireTls = ({
  door,
  publicUrl,
  trustedProxy,
}: Pick<Services, 'door' | 'publicUrl' | 'trustedProxy'>): RequestHandler => {
  const wanted = door !== undefined && (publicUrl.startsWith('https:') || trustedProxy !== '');
  return (request, _response, next) => {
    if (wanted && !request.secure && !tellNothing.has(request.path))
      throw new HttpError(
        403,
        httpFinding('https-wanted', { publicUrl: publicUrl === '' ? null : publicUrl }),
      );
    next();
  };
};

const loopback = new Set(['127.0.0.1', 'localhost', '::1']);

export type AddressSettings = Pick<
  Settings,
  'host' | 'signIn' | 'publicUrl' | 'trustedProxy' | 'tlsCert' | 'tlsKey'
>;

/**
 * Why the server will not be reached at an address; undefined where it will. Beyond this machine people sign in, at an
 * address that is known beforehand, and no password crosses the network in the clear.
 */
export const refuseAddress = (settings: AddressSettings): UsageError | undefined => {
  const { host, signIn, publicUrl, trustedProxy, tlsCert, tlsKey } = settings;
  if ((tlsCert === '') !== (tlsKey === '')) return new UsageError(httpFinding('certificate-and-key'));
  if (signIn === 'off') {
    if (!loopback.has(host)) return new UsageError(httpFinding('beyond-this-machine', { host }));
    return publicUrl === ''
      ? undefined
      : new UsageError(httpFinding('address-wants-sign-in', { url: publicUrl }));
  }
  if (loopback.has(host)) return undefined;
  if (publicUrl === '') return new UsageError(httpFinding('beyond-wants-address', { host }));
  if (tlsCert === '' && trustedProxy === '') return new UsageError(httpFinding('beyond-wants-tls', { host }));
  return undefined;
};
