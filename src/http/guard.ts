import type { Request, RequestHandler } from 'express';
import { tokenHeader } from '../contract/http/api-root.ts';
import { text } from '../kernel/text.ts';
import { sameToken, type Access } from './access.ts';
import { HttpError } from './problem-details.ts';

const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

const foreignHost = text(
  '请求的 Host 不是本机地址，已拒绝（防止其他网页冒用本机端口）',
  'The Host of this request is not this machine: refused, since any web page could aim a name at a local port',
);
const foreignOrigin = text('请求来自别的网页，已拒绝', 'This request comes from another web page: refused');
const noToken = text(
  '写入请求没有令牌，或令牌已过期：网页请刷新后重试；程序请带上 huawu open --token 给出的令牌',
  'A write needs the token, and this one is missing or out of date: reload the page; a program takes it from huawu open --token',
);
const noAccess = text(
  '这里的数据只给启动话务的人看：请用终端里显示的一次性网址打开，或运行 huawu open 取得新的；程序请带上 huawu open --token 给出的令牌',
  'Only whoever started Huawu sees its data: open the one-time address that the terminal shows, or run huawu open for a new one; a program takes the token from huawu open --token',
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
    if (bearsToken(request, access) || (reads && isLetIn(request, access))) return next();
    if (!reads) throw new HttpError(403, 'no-token', noToken);
    response.set('WWW-Authenticate', 'Bearer realm="huawu"');
    throw new HttpError(401, 'no-access', noAccess);
  };
};
