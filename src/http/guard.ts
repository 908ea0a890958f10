import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { tokenHeader } from '../contract/http/api-root.ts';
import { text } from '../kernel/text.ts';
import { HttpError } from './problem-details.ts';

const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

const foreignHost = text(
  '请求的 Host 不是本机地址，已拒绝（防止其他网页冒用本机端口）',
  'The Host of this request is not this machine: refused, since any web page could aim a name at a local port',
);
const foreignOrigin = text('请求来自别的网页，已拒绝', 'This request comes from another web page: refused');
const noToken = text(
  '写入请求缺少本页的令牌或令牌已过期，请刷新页面后重试',
  "A write needs the page's token, and this one is missing or out of date: reload the page",
);

/** True for a Host header that names this machine by a loopback name and the port that was really reached. */
export const isOwnHost = (host: string | undefined, port: number | undefined): boolean => {
  const match = /^(\[::1\]|[a-z0-9.-]+)(?::(\d{1,5}))?$/i.exec(host ?? '');
  if (match === null || !loopbackNames.has((match[1] ?? '').toLowerCase())) return false;
  return port === undefined || Number(match[2] ?? 80) === port;
};

/** Refuses requests for another host or from another page (DNS rebinding, cross-site forgery). */
export const checkHostAndOrigin: RequestHandler = (request, _response, next) => {
  const { host, origin } = request.headers;
  if (!isOwnHost(host, request.socket.localPort)) throw new HttpError(421, 'foreign-host', foreignHost);
  const site = request.headers['sec-fetch-site'];
  const crossSite = site === 'cross-site' || site === 'same-site';
  const navigates = request.headers['sec-fetch-mode'] === 'navigate' && request.method === 'GET';
  if ((origin !== undefined && origin !== `http://${host}`) || (crossSite && !navigates))
    throw new HttpError(403, 'foreign-origin', foreignOrigin);
  next();
};

const digest = (value: string): Buffer => createHash('sha256').update(value).digest();

/** Compares in a time that does not depend on where two strings differ. */
export const sameToken = (given: string, wanted: string): boolean =>
  timingSafeEqual(digest(given), digest(wanted));

/** Refuses writes without the page's token. */
export const checkToken = (token: string): RequestHandler => {
  return (request, _response, next) => {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (!reads && !sameToken(request.get(tokenHeader) ?? '', token))
      throw new HttpError(403, 'no-token', noToken);
    next();
  };
};
