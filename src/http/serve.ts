import type { Server } from 'node:http';
import { UsageError } from '../kernel/errors.ts';
import { httpFinding } from './http-findings.ts';
import { openingAddress } from './access.ts';
import { createApp } from './create-app.ts';
import type { Services } from './services.ts';

/** Where the server listens unless told otherwise. */
export const defaultAddress = { host: '127.0.0.1', port: 12_345 } as const;

export interface ServeOptions {
  readonly services: Services;
  readonly host?: string;
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

const loopback = new Set(['127.0.0.1', 'localhost', '::1']);

/** Why the server will not listen on an address; undefined where it will. */
export const loopbackOnly = (host: string): UsageError | undefined =>
  loopback.has(host) ? undefined : new UsageError(httpFinding('beyond-this-machine', { host }));

const listening = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      reject(taken ? new UsageError(httpFinding('port-in-use', { port })) : error);
    });
  });

/**
 * Serves the app and the API on this machine. Refuses any address beyond loopback, and says what to do when the
 * port is taken; both as `UsageError`.
 */
export const serve = async ({ services, host, port }: ServeOptions): Promise<RunningServer> => {
  const address = host ?? defaultAddress.host;
  const refused = loopbackOnly(address);
  if (refused !== undefined) throw refused;
  const server = createApp(services).listen(port ?? defaultAddress.port, address);
  await listening(server, port ?? defaultAddress.port);
  const bound = server.address();
  const boundPort = typeof bound === 'object' && bound !== null ? bound.port : defaultAddress.port;
  const url = `http://${address === '::1' ? '[::1]' : address}:${boundPort}`;
  const { token } = services.access;
  return {
    url,
    token,
    openingAddress: () => openingAddress(url, token, services.now()),
    port: boundPort,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
};
