import type { Role } from '../contract/access/roles.ts';
import type { Settings } from '../contract/settings.ts';
import { accessFinding, AccessError } from './access-findings.ts';
import { claimedName } from './account-name.ts';
import type { Member } from './account-store.ts';
import type { Accounts } from './accounts.ts';
import type { Claims } from './openid.ts';

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
export const providerRoles = ({
  oidcIssuer,
  oidcRoleClaim,
  oidcRoles,
}: Pick<Settings, 'oidcIssuer' | 'oidcRoleClaim' | 'oidcRoles'>): Pick<
  OpenIdPeople,
  'roleClaim' | 'roles'
> | null => (oidcIssuer === '' ? null : { roleClaim: oidcRoleClaim, roles: openIdRoles(oidcRoles) });

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
  if (typeof iss !== 'string' || typeof sub !== 'string' || sub === '') throw unknown();
  return `${iss} ${sub}`;
};

/** Issuers are the same address whether or not a slash ends it. */
const sameIdentity = (kept: string | null, given: string): boolean => {
  const parts = (identity: string): readonly string[] => {
    const at = identity.indexOf(' ');
    return [identity.slice(0, at).replace(/\/$/, ''), identity.slice(at + 1)];
  };
  return kept !== null && parts(kept).join(' ') === parts(given).join(' ');
};

/**
 * The account that is theirs: the one they have come into before, by who they are at the provider; else the one of their
 * very name there, where nobody has come into it yet: neither that way, nor with a password of their own. Whoever has a
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
    const name = typeof claims['name'] === 'string' ? claims['name'].trim().slice(0, 80) : '';
    const wanted = { user, name: name === '' ? user : name, role, operator: null, openid };
    // A name that has roles elsewhere, as after a backup was restored, is not given out to whom a provider names so.
    const made = await accounts.add(wanted).catch((error: unknown) => {
      throw error instanceof AccessError ? unknown() : error;
    });
    return made.member;
  }
  const theirs = known.openid === null ? await accounts.bind(known.user, openid) : known;
  return theirs.role === role ? theirs : accounts.change(theirs.user, { role });
};
