import { readFile } from 'node:fs/promises';
import { createServer as createHttpServer, STATUS_CODES, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import module from 'node:module';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Express, Request, Response } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
import type { NoAdministrator } from '../access/openid.ts';
import type { AskedJob } from '../contract/http/job-requests.ts';
import type { JobCircumstances, JobQueue, JobRecord } from '../jobs/job-queue.ts';
import { UsageError } from '../kernel/errors.ts';
import { createPlaces } from './guard.ts';
import { httpFinding } from './http-findings.ts';
import { openingAddress } from './access.ts';
import { createApp } from './create-app.ts';
import { HttpError, problemDetailsOf } from './problem-details.ts';
import { type AddressSettings, refuseAddress } from './host-and-origin.ts';
import type { Services } from './services.ts';

/** Where the server listens unless told otherwise. */
const defaultAddress = { host: '127.0.0.1', port: 12_345 } as const;

interface ServeOptions extends Partial<AddressSettings> {
  readonly services: Services;
  /** 0 takes any free port. */
  readonly port?: number;
}

export interface RunningServer {
  readonly url: string;
  /** What programs carry. */
  readonly token: string;
  /** A fresh address that lets one browser in, once. */
  openingAddress(): string;
  readonly port: number;
  /** Ends open streams and stops listening; the jobs are the caller's to close. */
  close(): Promise<void>;
}

/** One machine, one user. */
const alone: AddressSettings & { readonly port: number } = {
  ...defaultAddress,
  signIn: 'off',
  publicUrl: '',
  trustedProxy: '',
  tlsCert: '',
  tlsKey: '',
};

/** Most connections at once, and how long one may take to say what it asks for, milliseconds. */
const mostConnections = 2_000;
const headersMillis = 20_000;

/** Most connections of one address at once, but for this machine and a proxy that is trusted: an office of eighty. */
const mostOfAddress = 500;

const shareConnections = (server: Server, isTrusted: (address: string, at: number) => boolean): void => {
  const takePlace = createPlaces(mostOfAddress);
  server.on('connection', (socket: Socket) => {
    const { remoteAddress = '' } = socket;
    const address = ipKeyGenerator(remoteAddress);
    if (/^127\.|^::1$/.test(address) || address.startsWith('::/') || isTrusted(remoteAddress, 0)) return;
    const giveBack = takePlace(address);
    if (giveBack === undefined) socket.destroy();
    else socket.once('close', giveBack);
  });
};

const unreadableAs = (status: number): string =>
  JSON.stringify(problemDetailsOf(new HttpError(status, httpFinding('wrong-request'), 'usage')));

/** What is no HTTP, or too much of it, is answered as everything else that is refused. */
const answerUnreadable = (error: NodeJS.ErrnoException, socket: Duplex): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = unreadable[error.code ?? ''] ?? 400;
  const body = unreadableAs(status);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Connection: close',
    `Content-Type: ${problemType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
};

const problemType = 'application/problem+json; charset=utf-8';

const unreadable: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
};

/** Most requests that may wait on a connection for the answer before them: browsers send none ahead. */
const mostAhead = 32;

/**
 * The app, which answers one request of a connection at a time: what is sent ahead waits, and is forgotten with its
 * connection. An answer that is begun behind another would not hear that the connection is gone, and would keep whatever it
 * holds. An address that the router cannot read never reaches what the app answers by, nor the framework's own page.
 */
const listenerOf = (app: Express): RequestListener => {
  const ahead = new WeakMap<Socket, (() => void)[]>();
  return (request, response) => {
    const { socket } = request;
    const answer = (): void => {
      response.once('close', () => {
        const next = socket.destroyed ? undefined : ahead.get(socket)?.shift();
        if (next === undefined) ahead.delete(socket);
        else next();
      });
      app(request as Request, response as Response, () => {
        response.writeHead(400, { 'Content-Type': problemType }).end(unreadableAs(400));
      });
    };
    const waiting = ahead.get(socket);
    if (waiting !== undefined && waiting.length >= mostAhead) socket.destroy();
    else if (waiting !== undefined) waiting.push(answer);
    else {
      ahead.set(socket, []);
      answer();
    }
  };
};

/** Of TLS 1.2 only what has forward secrecy and authenticates what it encrypts; of 1.3 everything does. */
const ciphers = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  ...['ECDHE-ECDSA', 'ECDHE-RSA'].flatMap((exchange) =>
    ['AES256-GCM-SHA384', 'CHACHA20-POLY1305', 'AES128-GCM-SHA256'].map((rest) => `${exchange}-${rest}`),
  ),
].join(':');

const createServerFor = async (
  app: RequestListener,
  { tlsCert, tlsKey }: AddressSettings,
): Promise<Server> => {
  if (tlsCert === '') return createHttpServer(app);
  const read = (file: string): Promise<Buffer> =>
    readFile(file).catch(() => {
      throw new UsageError(httpFinding('certificate-unusable', { file }));
    });
  const [cert, key] = await Promise.all([read(tlsCert), read(tlsKey)]);
  try {
    return createTlsServer({ cert, key, minVersion: 'TLSv1.2', ciphers, honorCipherOrder: true }, app);
  } catch {
    throw new UsageError(httpFinding('certificate-unusable', { file: tlsCert }));
  }
};

const listening = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      reject(taken ? new UsageError(httpFinding('port-in-use', { port })) : error);
    });
  });

/**
 * Serves the app and the API. Refuses an address at which it must not be reached (`refuseAddress`), and says what to do
 * when the port is taken; both as `UsageError`.
 */
export const serve = async ({ services, ...given }: ServeOptions): Promise<RunningServer> => {
  const settings = { ...alone, ...given };
  const address = settings.host;
  const refused = refuseAddress(settings);
  if (refused !== undefined) throw refused;
  const app = createApp(services);
  const server = await createServerFor(listenerOf(app), settings);
  server.maxConnections = mostConnections;
  server.headersTimeout = headersMillis;
  shareConnections(server, app.get('trust proxy fn') as (address: string, at: number) => boolean);
  server.on('clientError', answerUnreadable);
  server.listen(settings.port, address);
  await listening(server, settings.port);
  // Threads load much of what is loaded here: they find it compiled, at the first start too.
  module.flushCompileCache?.();
  const bound = server.address();
  const boundPort = typeof bound === 'object' && bound !== null ? bound.port : defaultAddress.port;
  const scheme = settings.tlsCert === '' ? 'http' : 'https';
  const url = `${scheme}://${address === '::1' ? '[::1]' : address}:${boundPort}`;
  const { access } = services;
  return {
    url,
    token: access.token,
    openingAddress: () => openingAddress(url, access, services.now()),
    port: boundPort,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
};

export interface ServedWorkspace extends RunningServer {
  /** Makes the first administrator: for anyone who sees the terminal. Left out where there is one, or nobody signs in. */
  readonly setUpCode?: string;
  /** People sign in, and none of them as an administrator any more. */
  readonly noAdministrator?: NoAdministrator;
  /** Hands in long work of the own hotline as the page does, for a terminal beside it. */
  readonly order: (asked: AskedJob, circumstances?: Pick<JobCircumstances, 'asks'>) => Promise<JobRecord>;
  /** Calls back with a job as it is and with every change; answers how to stop. */
  readonly watch: JobQueue['watch'];
}
