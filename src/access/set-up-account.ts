import { accessFinding, AccessError } from './access-findings.ts';
import { accountName } from './account-name.ts';
import type { Account, AccountStore, Member } from './account-store.ts';
import { refuseFlaws } from './accounts.ts';
import { passwordNote } from './noted-accounts.ts';
import { hashPassword } from './passwords.ts';
import { hashSecret, newCode, newId, sameSecret, typedCode } from './secrets.ts';
import {
  begin,
  failed,
  looked,
  noteFailure,
  personOf,
  takeTurn,
  type SignedIn,
  type SignInGround,
  type Visitor,
} from './sign-in-ground.ts';

/** What somebody with a code gives: the terminal's for the first administrator, or an invitation's. */
export interface SetUpAnswers {
  readonly code: string;
  readonly user: string;
  readonly name?: string;
  readonly password: string;
}

/** Lets in who has a code, under a password that they give themselves. */
export const setUpAccount = async (
  ground: SignInGround,
  { code, user: typed, name, password }: SetUpAnswers,
  { address }: Visitor,
): Promise<SignedIn> => {
  const { store, throttle, now, setUpCode } = ground;
  const user = accountName(typed);
  const attempt = { user: `code ${user}`, address, browser: undefined };
  const member = await store.member(user);
  takeTurn(ground, attempt, member);
  const given = hashSecret(typedCode(code));
  const isFirst = setUpCode !== undefined && !(await store.anyAccount());
  const wanted = isFirst ? hashSecret(typedCode(setUpCode)) : invitedBy(member, now());
  // Without a code that is out there is one that nobody has: both take the same time.
  const isRight = sameSecret(given, wanted ?? hashSecret(newCode()));
  if (!isRight || wanted === undefined) {
    noteFailure(ground, member, 'code');
    throw new AccessError(accessFinding('code-wrong'));
  }
  await refuseFlaws(password, [user, name ?? member?.name ?? '']);
  throttle.succeeded(attempt);
  const kept = await looked(hashPassword(password));
  const first = isFirst ? { user, id: newId(), name: name ?? user } : undefined;
  const letIn = await usedCode(ground, first ?? member, wanted, kept, isFirst);
  return begin(ground, letIn);
};

/** Gives the account its password for a code, once: whoever comes with the same code at the same moment has none. */
const usedCode = (
  { store, now }: SignInGround,
  account: Pick<Member, 'user' | 'id' | 'name'> | undefined,
  wanted: string,
  password: string,
  isFirst: boolean,
): Promise<Member> => {
  if (account === undefined) throw failed();
  const { user } = account;
  return store.together(personOf(account), async (inside, note) => {
    if (isFirst) await addFirst(inside, { ...account, password }, now());
    else {
      if (invitedBy(await inside.member(user), now()) !== wanted)
        throw new AccessError(accessFinding('code-wrong'));
      await inside.changeAccount(user, { password, invitation: null });
    }
    await inside.endSessions(user);
    const member = await inside.member(user);
    if (member === undefined || member.disabled) throw failed();
    note(passwordNote(member));
    return member;
  });
};

const invitedBy = (member: Member | undefined, at: number): string | undefined =>
  member?.invitation != null && member.invitation.endsMillis > at && !member.disabled
    ? member.invitation.hash
    : undefined;

const addFirst = async (
  store: AccountStore,
  wanted: Pick<Account, 'user' | 'id' | 'name' | 'password'>,
  createdMillis: number,
): Promise<void> => {
  const isFirst = !(await store.anyAccount());
  if (
    !isFirst ||
    !(await store.addAccount({ ...wanted, disabled: false, createdMillis, invitation: null, openid: null }))
  )
    throw new AccessError(accessFinding('code-wrong'));
  await store.setRole(wanted.user, 'administrator', null);
};
