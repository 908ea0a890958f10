import { createPrivateKey, createSign, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider, type JWK } from 'oidc-provider';

const drawKey = (): JWK => ({
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
  use: 'sig',
  alg: 'RS256',
  kid: 'one',
});

/** What goes wrong at the provider, as it is asked. */
export interface ProviderFaults {
  /** It shows other keys than it signs with. */
  otherKeys?: boolean;
  /** Its ID token is two hours old when it is given. */
  expired?: boolean;
  /** It calls itself something else. */
  otherIssuer?: boolean;
}

export interface TestProvider {
  readonly issuer: string;
  readonly faults: ProviderFaults;
  /** What people are called there by now, who were called after their subject at first. */
  readonly renamed: Map<string, string>;
  /** Signs in there as a person would, and answers the address that it sends the browser back to. */
  visit(address: string, login: string): Promise<URL>;
  close(): Promise<void>;
}

export const clientId = 'huawu';
export const clientSecret = 'a-secret-of-the-tests-alone-0123456789';

const claimsOf = (login: string): Record<string, unknown> => ({
  preferred_username: login,
  name: `${login} name`,
  email: `${login}@example.org`,
  email_verified: login !== 'unverified',
  groups: login.startsWith('p') ? ['staff', 'dispatch'] : ['staff'],
});

const createProvider = (
  issuer: string,
  returnTo: () => string,
  key: JWK,
  renamed: ReadonlyMap<string, string>,
): Provider =>
  new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [returnTo()],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    jwks: { keys: [key] },
    pkce: { required: () => true },
    claims: {
      openid: ['sub'],
      profile: ['preferred_username', 'name', 'groups'],
      email: ['email', 'email_verified'],
    },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, ...claimsOf(renamed.get(sub) ?? sub) }),
    }),
    cookies: { keys: ['of the tests'] },
  });

/** A real provider of OpenID Connect on this machine. */
export const openProvider = async (returnTo: () => string): Promise<TestProvider> => {
  const faults: ProviderFaults = {};
  const renamed = new Map<string, string>();
  const [key, other] = [drawKey(), drawKey()];
  const answered = new Map<string, Provider>();
  const server: Server = createServer((request, response) => {
    const issuer = `http://127.0.0.1:${port()}${faults.otherIssuer === true ? '/else' : ''}`;
    const provider = answered.get(issuer) ?? createProvider(issuer, returnTo, key, renamed);
    answered.set(issuer, provider);
    if (request.url === '/jwks' && faults.otherKeys === true) {
      const { n, e, kid, kty, use, alg } = other as Record<string, string>;
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ keys: [{ n, e, kid, kty, use, alg }] }));
      return;
    }
    if (request.url === '/token' && faults.expired === true) makeOld(response, key);
    void provider.callback()(request, response);
  });
  const port = (): number => (server.address() as AddressInfo).port;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    issuer: `http://127.0.0.1:${port()}`,
    faults,
    renamed,
    visit,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await Promise.resolve();
    },
  };
};

/** The ID token of an answer as it was two hours ago, signed with the provider's own key. */
const makeOld = (response: ServerResponse, key: JWK): void => {
  const end = response.end.bind(response) as (body: string) => ServerResponse;
  const signing = createPrivateKey({ key: key as Record<string, string>, format: 'jwk' });
  const old = (token: string): string => {
    const [head = '', body = ''] = token.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as { exp: number; iat: number };
    const aged = { ...claims, iat: claims.iat - 7200, exp: claims.exp - 7200 };
    const said = `${head}.${Buffer.from(JSON.stringify(aged)).toString('base64url')}`;
    return `${said}.${createSign('RSA-SHA256').update(said).sign(signing, 'base64url')}`;
  };
  response.end = ((body: string) => {
    const answer = JSON.parse(body) as { id_token: string };
    response.removeHeader('content-length');
    return end(JSON.stringify({ ...answer, id_token: old(answer.id_token) }));
  }) as typeof response.end;
};

/** Follows the provider's own pages, with its cookies, to where they end. */
const visit = async (address: string, login: string): Promise<URL> => {
  const cookies = new Map<string, string>();
  const start = new URL(address);
  let next = start;
  let form: Record<string, string> | undefined;
  for (let turn = 0; turn < 12; turn += 1) {
    const answer = await fetch(next, {
      redirect: 'manual',
      headers: { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location !== null) {
      next = new URL(location, next);
      form = undefined;
      if (next.origin !== start.origin) return next;
      continue;
    }
    const page = await answer.text();
    const [, prompt] = /name="prompt" value="(\w+)"/.exec(page) ?? [];
    const [, action = ''] = /action="([^"]+)"/.exec(page) ?? [];
    if (prompt === undefined) throw new Error(`the provider asked for nothing: ${answer.status} ${page}`);
    next = new URL(action, next);
    form = prompt === 'login' ? { prompt, login, password: 'x' } : { prompt };
  }
  throw new Error('the provider did not come to an end');
};
