import { readFile } from 'node:fs/promises';
import { isIP, type Socket } from 'node:net';
import { endianness } from 'node:os';
import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
import type { Recognised } from '../access/recognise.ts';
import { derivedFromSecret, sameSecret } from '../access/secrets.ts';
import type { SignIn } from '../access/sign-in.ts';
import { type Caller, isForAnyone, mayUse } from '../contract/access/rights.ts';
import { nameHeader, tokenHeader } from '../contract/http/api-root.ts';
import { type EndpointName, endpoints } from '../contract/http/endpoints.ts';
import type { Actor } from '../kernel/actor.ts';
import { localUser } from '../store/audit-log.ts';
import type { MachineAccount } from './access.ts';
import { httpFinding } from './http-findings.ts';
import { HttpError } from './problem-details.ts';
import type { Services } from './services.ts';

/** What is delivered by a stream bears its token in a header of its own, and nothing else does. */
const accessKeyOf = (request: Request): string | undefined =>
  request.path.replace(/\/$/, '').endsWith(endpoints.pushStream.path)
    ? request.get('x-amz-firehose-access-key')
    : undefined;

const bearerOf = (request: Request): string =>
  request.get(tokenHeader) ??
  accessKeyOf(request) ??
  /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '')?.[1] ??
  '';

/** Who somebody at this machine says they are; empty: nothing that can be read. */
const nameSaid = (request: Request): string => {
  try {
    return decodeURIComponent(request.get(nameHeader) ?? '')
      .replaceAll(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, 80);
  } catch {
    return '';
  }
};

/** True of what a program was given to carry, whether it is good or not. */
const isToken = (given: string): boolean => given.startsWith('huawu_');

const reads = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD';

/** What a program or a browser carries to be known by, good or not; empty: nothing. */
export const presentedCredential = (request: Request): string => {
  const token = bearerOf(request);
  return isToken(token) ? token : readCookie(request, sessionCookie(request));
};

/** The cookie of a browser that was let in where nobody signs in; undefined: it was not. */
export const admissionCookie = async (
  request: Request,
  { access }: Services,
): Promise<string | undefined> => {
  const cookie = readCookie(request, localCookie(request));
  return cookie !== '' && access.isLetIn(cookie, await accountOfConnection(request.socket))
    ? cookie
    : undefined;
};

/** What a page's writes carry beside the cookie, which goes along with what another page makes a browser send. */
export const pageToken = (session: string): string => derivedFromSecret(session, 'page');

/**
 * Who makes a request: a program by its token, a browser by its cookie, for writes with the token of its page as well;
 * undefined: nobody that is known, as with a cookie of a session that has ended. Throws where a browser is signed in but
 * what it writes is not its page's.
 */
export const recognise = async (request: Request, signIn: SignIn): Promise<Recognised | undefined> => {
  const token = bearerOf(request);
  if (isToken(token)) return signIn.byToken(token);
  const secret = readCookie(request, sessionCookie(request));
  if (secret === '') return undefined;
  if (!reads(request) && !sameSecret(token, pageToken(secret))) {
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
export const identifyCaller = (services: Services): RequestHandler => {
  const { access, door } = services;
  const isLocal = async (request: Request): Promise<boolean> => {
    const token = bearerOf(request);
    if (sameSecret(token, access.token)) return true;
    const cookie = await admissionCookie(request, services);
    return cookie !== undefined && (reads(request) || sameSecret(token, pageToken(cookie)));
  };
  return async (request, response, next) => {
    if (response.locals['isNobody'] === true) return next();
    if (door === undefined) {
      if (await isLocal(request)) {
        setActor(response, { ...localUser, name: nameSaid(request) || localUser.name });
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

/** Refuses anyone who is not known: reads and writes of nobody's. */
const refuseStranger = (request: Request, { door }: Services): HttpError => {
  if (door !== undefined)
    return new HttpError(401, httpFinding(isToken(bearerOf(request)) ? 'token-refused' : 'no-sign-in'));
  if (!reads(request)) return new HttpError(403, httpFinding('no-token'));
  return new HttpError(401, httpFinding('no-access'));
};

/** Refuses anyone who is not known at all, whatever was asked. */
export const requireCaller = (services: Services): RequestHandler => {
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

/** How long anyone who wants to change something is asked to wait for maintenance to end, seconds. */
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
export const requireRight = (endpoint: EndpointName, services: Services): RequestHandler => {
  return (request, response, next) => {
    if (isForAnyone(endpoint)) {
      next();
      return;
    }
    const known = callerOf(response);
    if (known === undefined) {
      requireCaller(services)(request, response, next);
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

/**
 * From where a request comes, as its tries and numbers are counted. Some proxies add the port, which is another for each
 * connection; and what is no address is whatever somebody has written: the proxy's own stands for it. Anyone who has one address of IPv6 has a whole
 * network of them.
 */
export const addressOf = ({ ip = '', socket }: Request): string => {
  const [, six, four] = /^(?:\[([^\]]+)\](?::\d+)?|([\d.]+):\d+)$/.exec(ip) ?? [];
  const address = six ?? four ?? ip;
  return ipKeyGenerator(isIP(address) === 0 ? (socket.remoteAddress ?? '') : address);
};

/** Rows may be passed over while the kernel writes its table: one that is missing is looked for again. */
const looks = 3;

const known = new WeakMap<Socket, Promise<MachineAccount>>();

/**
 * The account of this machine (its number) that a connection over loopback comes from, as Linux tells it: the machine's
 * own word, which no client can choose. Null: its other end is gone, so nobody's. Undefined: this system does not tell.
 */
export const accountOfConnection = (socket: Socket): Promise<MachineAccount> => {
  const found = known.get(socket) ?? lookUp(socket);
  known.set(socket, found);
  return found;
};

const lookUp = async ({
  localAddress,
  localPort,
  remoteAddress,
  remotePort,
}: Socket): Promise<MachineAccount> => {
  if (process.platform !== 'linux') return undefined;
  const [here, there] = [placesOf(localAddress, localPort), placesOf(remoteAddress, remotePort)];
  for (let turn = 1; ; turn += 1) {
    const rows = await Promise.all(['tcp', 'tcp6'].map(readRows));
    const all = rows.flat();
    const between = (from: readonly string[], to: readonly string[]): Row | undefined =>
      all.find((row) => from.includes(row.local) && to.includes(row.remote));
    const theirs = between(there, here);
    // One without an inode was let go by its program: its number is no longer an account's.
    if (theirs !== undefined) return theirs.inode === 0 ? null : theirs.account;
    // A table that lacks this end as well is none to go by.
    if (turn === looks) return between(here, there) === undefined ? undefined : null;
  }
};

interface Row {
  readonly local: string;
  readonly remote: string;
  readonly account: number;
  readonly inode: number;
}

const readRows = async (table: string): Promise<Row[]> => {
  const text = await readFile(`/proc/net/${table}`, 'latin1').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const [, local = '', remote = '', , , , , account = '', , inode = ''] = line.trim().split(/\s+/);
    return /^[0-9A-F]+:[0-9A-F]{4}$/.test(local)
      ? [{ local, remote, account: Number(account), inode: Number(inode) }]
      : [];
  });
};

/** How the tables write an address and port: each word as the machine keeps it, in both families. */
const placesOf = (address = '', port = 0): string[] => {
  const ending = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const four = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address)?.slice(1).map(Number);
  const zeros = Array.from({ length: 10 }, () => 0);
  if (four !== undefined) return [four, [...zeros, 255, 255, ...four]].map((bytes) => words(bytes) + ending);
  return address === '::1' ? [words([...zeros, 0, 0, 0, 0, 0, 1]) + ending] : [];
};

const words = (bytes: readonly number[]): string => {
  const inWords = Array.from({ length: bytes.length / 4 }, (_, word) => bytes.slice(4 * word, 4 * word + 4));
  return inWords
    .map((word) => Buffer.from(endianness() === 'LE' ? word.toReversed() : word).toString('hex'))
    .join('')
    .toUpperCase();
};

/** Notes who asks, for whatever the request comes to change. */
const setActor = (response: Response, actor: Actor): void => {
  response.locals['actor'] = actor;
};

export interface KnownCaller {
  readonly caller: Caller;
  /** Left out where nobody signs in. */
  readonly who?: Recognised;
}

const setCaller = (response: Response, known: KnownCaller): void => {
  response.locals['caller'] = known;
};

/** Who makes a request; undefined: nobody that is known. */
export const callerOf = ({ locals }: Response): KnownCaller | undefined =>
  locals['caller'] as KnownCaller | undefined;

/** Whose account asks: of a program its owner's. */
export const accountOf = (response: Response, actor: Actor): string =>
  callerOf(response)?.who?.member.id ?? actor.id;

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

export const dropSession = (response: Response): void => {
  const { req: request } = response;
  response.clearCookie(sessionCookie(request), { secure: isSecure(request), path: '/' });
};

/** Places of which each holder has so many: a place to give back, once; undefined where all of a holder's are taken. */
export const createPlaces = (most: number) => {
  const held = new Map<string, number>();
  return (holder: string): (() => void) | undefined => {
    const before = held.get(holder) ?? 0;
    if (before >= most) return undefined;
    held.set(holder, before + 1);
    return () => {
      const left = (held.get(holder) ?? 1) - 1;
      if (left > 0) held.set(holder, left);
      else held.delete(holder);
    };
  };
};
