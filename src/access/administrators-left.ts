import type { Member } from './account-store.ts';
import type { OpenIdPeople } from './openid.ts';

/** How an administrator could come in through a provider of OpenID Connect; null: none is set. */
type ProviderRoles = Pick<OpenIdPeople, 'roleClaim' | 'roles'> | null;

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
