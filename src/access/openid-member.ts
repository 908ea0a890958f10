import type { Role } from '../contract/access/roles.ts';
import { accessFinding, AccessError } from './access-findings.ts';
import { accountName } from './account-name.ts';
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

const unknown = (): AccessError => new AccessError(accessFinding('openid-unknown'));

/** An address of e-mail names somebody only where the provider has seen that it is theirs. */
const nameIn = (claims: Claims, claim: string): string => {
  const given = claims[claim];
  if (typeof given !== 'string' || (claim === 'email' && claims['email_verified'] !== true)) throw unknown();
  try {
    return accountName(given);
  } catch {
    throw unknown();
  }
};

const roleIn = (claims: Claims, { roleClaim, roles }: OpenIdPeople): Role | undefined => {
  const given = claims[roleClaim];
  const values: readonly unknown[] = Array.isArray(given) ? given : [given];
  return roles.find(([value]) => values.includes(value))?.[1];
};

/**
 * The account of who signed in elsewhere. Where roles come from there, an account is made and its role kept to what is
 * said there; else it must have been invited. Throws `AccessError`, the same whether there is none, it is closed, or no
 * role was given.
 */
export const openIdMember = async (
  claims: Claims,
  people: OpenIdPeople,
  accounts: Accounts,
): Promise<Member> => {
  const user = nameIn(claims, people.userClaim);
  const known = (await accounts.members()).find((member) => member.user === user);
  if (known?.disabled === true) throw unknown();
  if (people.roleClaim === '') {
    if (known === undefined) throw unknown();
    return known;
  }
  const role = roleIn(claims, people);
  if (role === undefined) throw unknown();
  if (known?.role === role) return known;
  if (known !== undefined) return accounts.change(user, { role });
  const name = typeof claims['name'] === 'string' ? claims['name'].trim().slice(0, 80) : '';
  const { member } = await accounts.add({ user, name: name === '' ? user : name, role, operator: null });
  return member;
};
