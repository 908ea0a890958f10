import { lookup } from 'node:dns/promises';
import { BlockList } from 'node:net';
import type { Configuration, CustomFetch } from 'openid-client';
import { accessFinding, AccessError } from './access-findings.ts';
import { readAtMost } from './read-at-most.ts';

export interface OpenIdSettings {
  /** The address that the provider's discovery document stands under. */
  readonly issuer: string;
  readonly clientId: string;
  /** Empty: the provider knows this client without one; PKCE is used either way. */
  readonly clientSecret: string;
  readonly scopes: string;
}

/** What of a try to sign in must come back with it; the browser keeps it until then. */
export interface OpenIdTry {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export type Claims = Readonly<Record<string, unknown>>;

/** Sign-in at somebody else's: OpenID Connect, authorisation code with PKCE. */
export interface OpenId {
  /** Where to send the browser. Throws `AccessError` where the provider cannot be reached, or is not who it should be. */
  begin(returnTo: string): Promise<{ readonly address: URL; readonly tried: OpenIdTry }>;
  /**
   * What the provider says of who signed in there, once issuer, signature, nonce, state and times have been looked at.
   * Throws `AccessError`, which tells no reason; `reason` hears it.
   */
  finish(returned: URL, tried: OpenIdTry, reason: (why: string) => void): Promise<Claims>;
}

const answerSeconds = 10;
/** A provider that changes its addresses or keys is known anew after this long. */
const knownMillis = 3_600_000;

/** The provider is asked when somebody first signs in through it: a server starts without it. */
export const createOpenId = (
  settings: OpenIdSettings,
  elapsed: () => number = () => performance.now(),
): OpenId => {
  let known: { readonly configuration: Promise<Configuration>; readonly until: number } | undefined;
  const configured = async (): Promise<Configuration> => {
    if (known === undefined || known.until <= elapsed()) {
      const configuration = discover(settings);
      known = { configuration, until: elapsed() + knownMillis };
      // One that was away is asked again the next time.
      configuration.catch(() => (known = undefined));
    }
    return known.configuration;
  };
  return {
    begin: async (returnTo) => {
      const library = await import('openid-client');
      const configuration = await configured();
      const tried = {
        state: library.randomState(),
        nonce: library.randomNonce(),
        verifier: library.randomPKCECodeVerifier(),
      };
      const address = library.buildAuthorizationUrl(configuration, {
        redirect_uri: returnTo,
        scope: settings.scopes,
        state: tried.state,
        nonce: tried.nonce,
        code_challenge: await library.calculatePKCECodeChallenge(tried.verifier),
        code_challenge_method: 'S256',
      });
      return { address, tried };
    },
    finish: async (returned, tried, reason) => {
      try {
        return await claimsOf(await configured(), returned, tried);
      } catch (error) {
        reason(reasonOf(error));
        throw new AccessError(accessFinding(isAway(error) ? 'openid-away' : 'openid-refused'));
      }
    },
  };
};

const discover = async ({ issuer, clientId, clientSecret }: OpenIdSettings): Promise<Configuration> => {
  const library = await import('openid-client');
  const address = new URL(issuer);
  const configuration = await library.discovery(
    address,
    clientId,
    clientSecret === '' ? { token_endpoint_auth_method: 'none' } : clientSecret,
    clientSecret === '' ? library.None() : undefined,
    {
      timeout: answerSeconds,
      [library.customFetch]: fetchOf(address),
      // The settings take http from this machine alone.
      ...(address.protocol === 'http:' ? { execute: [library.allowInsecureRequests] } : {}),
    },
  );
  // The signature is looked at as well, not TLS alone relied on.
  library.enableNonRepudiationChecks(configuration);
  return configuration;
};

/** Longest answer of a provider, bytes: its keys and claims are a hundredth of it. */
const longestAnswer = 2 ** 20;

/** Addresses that no provider out there has: this machine, its network, and what clouds tell machines of themselves. */
const inside = new BlockList();
for (const [network, size] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(network, size, 'ipv4');
for (const [network, size] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inside.addSubnet(network, size, 'ipv6');

const isInside = async ({ hostname }: URL): Promise<boolean> => {
  const found = await lookup(hostname.replace(/^\[(.*)\]$/, '$1'), { all: true });
  return found.some(({ address, family }) => inside.check(address, family === 6 ? 'ipv6' : 'ipv4'));
};

/**
 * What the provider's own documents may make this server reach: the issuer's own place, and by TLS other places out there
 * (providers keep keys and tokens under several names); nothing else of this machine or its network. Answers are bounded
 * in time and length, and none leads on to another address.
 */
const fetchOf = (issuer: URL): CustomFetch => {
  return async (given, options) => {
    const address = new URL(given);
    if (address.origin !== issuer.origin && (address.protocol !== 'https:' || (await isInside(address))))
      throw new AccessError(accessFinding('openid-away'));
    const answer = await fetch(address, { ...options, redirect: 'manual' } as RequestInit);
    const body = await readAtMost(answer, longestAnswer);
    const { status, headers } = answer;
    return new Response(body.length === 0 ? null : new Uint8Array(body), { status, headers });
  };
};

const claimsOf = async (
  configuration: Configuration,
  returned: URL,
  { state, nonce, verifier }: OpenIdTry,
): Promise<Claims> => {
  const library = await import('openid-client');
  const answered = await library.authorizationCodeGrant(configuration, returned, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  });
  const told = answered.claims();
  if (told === undefined) throw new Error('the answer holds no ID token');
  if (configuration.serverMetadata().userinfo_endpoint === undefined) return told;
  const more = await library.fetchUserInfo(configuration, answered.access_token, told.sub);
  return { ...more, ...told };
};

/** For the log: what the library names, never what the provider sent, which may hold somebody's name. */
export const reasonOf = (error: unknown): string => {
  const { code, message, cause } = error as Readonly<Record<'code' | 'message' | 'cause', unknown>>;
  const claim = (cause as { readonly claim?: unknown } | undefined)?.claim;
  const inner = cause instanceof Error ? cause.message : claim;
  return [code, message, inner].filter((part) => typeof part === 'string').join(': ');
};

const awayCodes: readonly unknown[] = ['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM'];

/** Nobody answered, or not as the protocol has it. */
const isAway = (error: unknown): boolean =>
  error instanceof AccessError ||
  error instanceof RangeError ||
  (error instanceof TypeError && error.message.includes('fetch failed')) ||
  awayCodes.includes((error as { readonly code?: unknown }).code);
