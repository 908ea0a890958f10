import { lookup } from 'node:dns/promises';
import { BlockList } from 'node:net';
import type { Configuration, CustomFetch } from 'openid-client';
import type { Role } from '../contract/access/roles.ts';
import type { Settings } from '../contract/settings.ts';
import { firstUnwritable, replaceUnwritable } from '../kernel/text.ts';
import { AccessError, accessFinding } from './access-findings.ts';
import { type Accounts, claimedName, type Member } from './accounts.ts';

interface OpenIdSettings {
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

type Claims = Readonly<Record<string, unknown>>;

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
/** A provider's addresses and keys are looked up again after this long. */
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
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(network, size, 'ipv4');
for (const [network, size] of [
  // Addresses of the above written as ones of IPv6, or reached through a translator or tunnel.
  ['::', 96],
  ['::ffff:0:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2001::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  inside.addSubnet(network, size, 'ipv6');

/** True of an address whose name leads to where no provider is. */
export const isPrivateAddress = async ({ hostname }: URL): Promise<boolean> => {
  const found = await lookup(hostname.replace(/^\[(.*)\]$/, '$1'), { all: true });
  return found.some(({ address, family }) => inside.check(address, family === 6 ? 'ipv6' : 'ipv4'));
};

/**
 * What the provider's own documents may make this server reach: the issuer's own place, and by TLS other places out there
 * (providers keep keys and tokens under several names); nothing else of this machine or its network. Answers are bounded
 * in time and length, and none leads on to another address.
 */
const fetchOf = (issuer: URL): CustomFetch => {
  return async (text, options) => {
    const address = new URL(text);
    if (
      address.origin !== issuer.origin &&
      (address.protocol !== 'https:' || (await isPrivateAddress(address)))
    )
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
  const named = { ...more, ...told };
  // Whether an address was looked at is said of the address beside it, not of one that is named elsewhere.
  const said = [told, more].filter((side) => side.email === named.email && 'email_verified' in side);
  const isVerified = said.length > 0 && said.every((side) => side.email_verified === true);
  return { ...named, email_verified: isVerified };
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

/** An answer's body, from somebody who may send without end: throws once it is longer than that many bytes. */
export const readAtMost = async (answer: Response, bytes: number): Promise<Buffer> => {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.byteLength;
    // Leaving the loop lets go of the connection.
    if (length > bytes) throw new RangeError(`an answer of more than ${bytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
};

/** How somebody who signed in elsewhere becomes an account here. */
export interface OpenIdPeople {
  /** The claim that holds the name of the account. */
  readonly userClaim: string;
  /** The claim that holds groups or roles; empty: only who was invited comes in, with the role given here. */
  readonly roleClaim: string;
  /** Which value of it is which role here, the first that somebody has counts. */
  readonly roles: readonly (readonly [value: string, role: Role])[];
}

/** `dispatch=planner, leads=team-leader` as pairs. */
export const openIdRoles = (written: string): OpenIdPeople['roles'] =>
  written
    .split(',')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.lastIndexOf('=');
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim() as Role] as const;
    });

/** What the settings say of roles that come from a provider; null: there is none. */
type ProviderRoles = Pick<OpenIdPeople, 'roleClaim' | 'roles'> | null;

export const providerRoles = ({
  oidcIssuer,
  oidcRoleClaim,
  oidcRoles,
}: Pick<Settings, 'oidcIssuer' | 'oidcRoleClaim' | 'oidcRoles'>): ProviderRoles =>
  oidcIssuer === '' ? null : { roleClaim: oidcRoleClaim, roles: openIdRoles(oidcRoles) };

/** Nobody can sign in as an administrator. `user`: one who is none the less, and what keeps them out. */
export interface NoAdministrator {
  readonly user: string | null;
  readonly why: 'closed' | 'no-way-in' | null;
}

const canComeIn = (
  { disabled, password, invitation }: Member,
  at: number,
  provider: ProviderRoles,
): boolean =>
  !disabled &&
  (password !== null || provider !== null || (invitation !== null && invitation.endsMillis > at));

/**
 * Undefined where somebody can sign in as an administrator, or nobody has an account yet: then the terminal's code makes
 * one. A provider that is set counts as a way in; whether it answers is not asked.
 */
export const administratorMissing = (
  members: readonly Member[],
  at: number,
  provider: ProviderRoles,
): NoAdministrator | undefined => {
  if (members.length === 0) return undefined;
  const namesSome =
    provider !== null && provider.roleClaim !== '' && provider.roles.some(([, role]) => role === 'administrator'); // prettier-ignore
  const administrators = members.filter(({ role }) => role === 'administrator');
  if (namesSome || administrators.some((each) => canComeIn(each, at, provider))) return undefined;
  const kept = administrators.find(({ disabled }) => !disabled) ?? administrators[0];
  if (kept === undefined) return { user: null, why: null };
  return { user: kept.user, why: kept.disabled ? 'closed' : 'no-way-in' };
};

const unknown = (): AccessError => new AccessError(accessFinding('openid-unknown'));

/** An address of e-mail names somebody only where the provider has seen that it is theirs. */
const nameIn = (claims: Claims, claim: string): string => {
  const given = claims[claim];
  if (typeof given !== 'string' || (claim === 'email' && claims['email_verified'] !== true)) throw unknown();
  try {
    return claimedName(given);
  } catch {
    throw unknown();
  }
};

const roleIn = (claims: Claims, { roleClaim, roles }: OpenIdPeople): Role | undefined => {
  const given = claims[roleClaim];
  const values: readonly unknown[] = Array.isArray(given) ? given : [given];
  return roles.find(([value]) => values.includes(value))?.[1];
};

/** Who somebody is at a provider, for good: names and addresses there may change, and be given out again. */
const identityOf = ({ iss, sub }: Claims): string => {
  if (typeof iss !== 'string' || typeof sub !== 'string' || sub === '' || firstUnwritable(sub) !== undefined)
    throw unknown();
  return `${iss} ${sub}`;
};

/** Issuers are the same address whether or not a slash ends it. */
const sameIdentity = (kept: string | null, claimed: string): boolean => {
  const parts = (identity: string): readonly string[] => {
    const at = identity.indexOf(' ');
    return [identity.slice(0, at).replace(/\/$/, ''), identity.slice(at + 1)];
  };
  return kept !== null && parts(kept).join(' ') === parts(claimed).join(' ');
};

/**
 * The account that is theirs: the one they have come into before, by who they are at the provider; else the one of their
 * very name there, where nobody has come into it yet: neither that way, nor with a password of their own. Anyone who has a
 * password is tied to who they are at the provider by an administrator or, signed in with it, by themselves (`tieToProvider`), never by a name.
 */
const accountOf = async (
  claims: Claims,
  { userClaim }: OpenIdPeople,
  accounts: Accounts,
): Promise<Member | undefined> => {
  const openid = identityOf(claims);
  const members = await accounts.members();
  const theirs = members.find((member) => sameIdentity(member.openid, openid));
  if (theirs !== undefined) return theirs;
  const user = nameIn(claims, userClaim);
  const named = members.find((member) => member.user === user);
  if (named !== undefined && (named.openid !== null || named.password !== null)) throw unknown();
  return named;
};

/** Ties an account to who somebody is at the provider. Throws `AccessError` where that is somebody else's account. */
export const tieToProvider = async (claims: Claims, { user }: Member, accounts: Accounts): Promise<void> => {
  const openid = identityOf(claims);
  const isOthers = (await accounts.members()).some(
    (each) => each.user !== user && sameIdentity(each.openid, openid),
  );
  if (isOthers) throw unknown();
  await accounts.bind(user, openid);
};

/**
 * The account of who signed in elsewhere, which is tied to them the first time. Where roles come from there, an account is
 * made and its role kept to what is said there; else it must have been invited. Throws `AccessError`, the same whether
 * there is none, it is closed or somebody else's, or no role was given.
 */
export const openIdMember = async (
  claims: Claims,
  people: OpenIdPeople,
  accounts: Accounts,
): Promise<Member> => {
  const openid = identityOf(claims);
  const known = await accountOf(claims, people, accounts);
  if (known?.disabled === true) throw unknown();
  const role = people.roleClaim === '' ? known?.role : roleIn(claims, people);
  if (role === undefined) throw unknown();
  if (known === undefined) {
    const user = nameIn(claims, people.userClaim);
    const told = typeof claims['name'] === 'string' ? claims['name'] : '';
    const name = replaceUnwritable(told.trim().slice(0, 80)).trim();
    const wanted = { user, name: name === '' ? user : name, role, operator: null, openid };
    // A name that has roles elsewhere, as after a backup was restored, is not given out to whom a provider names so.
    const made = await accounts.add(wanted).catch((error: unknown) => {
      throw error instanceof AccessError ? unknown() : error;
    });
    return made.member;
  }
  const theirs = known.openid === null ? await accounts.bind(known.user, openid, true) : known;
  return theirs.role === role ? theirs : accounts.change(theirs.user, { role });
};
