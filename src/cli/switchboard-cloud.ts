import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { GenesysCloud } from '../demo/genesys-cloud.ts';
import type { OpenSocket, SocketSettings } from './switchboard-socket.ts';

interface CloudSettings extends SocketSettings {
  /** So many questions of one token are answered in so many seconds. */
  readonly questions?: number;
  readonly seconds?: number;
}

/** Answers of which one that is torn goes on for so long; which of the next ones that is. */
const [tornBytes, tornEvery, tornWithin] = [40, 7, 20];

/**
 * Opens a made-up Genesys Cloud on this machine alone, by plain HTTP: sign-in by client credentials, and its analytics of what
 * it has heard. One who asks too often is told to wait.
 */
export const openCloud = async ({
  day,
  password,
  user = 'huawu',
  port = 0,
  questions = 300,
  seconds = 60,
}: CloudSettings): Promise<OpenSocket> => {
  const cloud = new GenesysCloud(day);
  const login = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  /** When each token's time began, and how often it has asked since. */
  const tokens = new Map<string, { since: number; asked: number }>();
  let [issued, cuts] = [0, 0];
  /** Questions until one is not answered as it should be, and how. */
  let [left, how]: [number, 'torn' | 'farewell'] = [Infinity, 'torn'];
  const say = (response: ServerResponse, status: number, said: object, head = {}): void => {
    response.writeHead(status, { 'content-type': 'application/json', ...head }).end(JSON.stringify(said));
  };
  const refuse = (response: ServerResponse, status: number, code: string, head = {}): void =>
    say(response, status, { status, code, message: code }, head);
  const hear = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://cloud');
    const body = await text(request);
    if (pathname === '/oauth/token') {
      const isRight = request.headers.authorization === login;
      if (!isRight || new URLSearchParams(body).get('grant_type') !== 'client_credentials')
        return say(response, 401, { error: 'invalid_client' });
      issued += 1;
      const token = `token-${issued}-${process.hrtime.bigint()}`;
      tokens.set(token, { since: performance.now(), asked: 0 });
      return say(response, 200, { access_token: token, token_type: 'bearer', expires_in: 86_399 });
    }
    const session = tokens.get(request.headers.authorization?.replace(/^Bearer /, '') ?? '');
    if (session === undefined) return refuse(response, 401, 'bad.credentials');
    const passed = performance.now() - session.since;
    if (passed >= 1000 * seconds) Object.assign(session, { since: performance.now(), asked: 0 });
    session.asked += 1;
    if (session.asked > questions)
      return refuse(response, 429, 'too.many.requests', {
        'retry-after': String(Math.ceil(seconds - passed / 1000)),
      });
    left -= 1;
    if (left <= 0) {
      left = Infinity;
      if (how === 'torn') {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"conversations":[{"conversationId":"'.padEnd(tornBytes, '0'));
        setTimeout(() => response.destroy(), 20);
        return;
      }
      tokens.clear();
      return refuse(response, 401, 'bad.credentials');
    }
    try {
      const asked = body === '' ? {} : (JSON.parse(body) as Parameters<GenesysCloud['answer']>[2]);
      const answer = cloud.answer(pathname, searchParams, asked);
      if (answer === undefined) refuse(response, 404, 'not.found');
      else say(response, 200, answer);
    } catch {
      refuse(response, 400, 'bad.request');
    }
  };
  const server = createServer((request, response) => {
    hear(request, response).catch(() => response.destroy());
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    listeners: () => tokens.size,
    send: async (events) => cloud.learn(events),
    cut: async (by = 'torn') => {
      cuts += 1;
      [left, how] = [1 + ((cuts * tornEvery) % tornWithin), by];
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
